//! A portal with adapters of its own: gateways written from scratch, and a store around the store in memory that keeps
//! a journal on disk and replays it at the start.
//!
//! It shows how little a gateway is, and that a store is held to the same promises as ours: `tests/conformance.rs` runs
//! the whole suite on it. A store written from nothing is as long as the one in `portal-adapters`.

mod gateways;
mod journal;

pub use gateways::{FolderFiles, OsRandom, StderrObserver, SystemClock};
pub use journal::JournalStore;
