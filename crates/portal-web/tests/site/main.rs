//! The pages as a browser without scripts has them, over the reference store.

mod path;
mod world;
