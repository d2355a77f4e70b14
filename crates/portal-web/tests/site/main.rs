//! The pages as a browser without scripts has them, over the reference store.

mod account;
mod cookies;
mod csrf;
mod errors;
mod files;
mod headers;
mod hosts;
mod language;
mod limits;
mod list;
mod path;
mod secrecy;
mod sign_in;
mod stream;
mod tour;
mod world;
