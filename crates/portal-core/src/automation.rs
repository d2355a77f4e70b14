//! What the system does by itself: it reminds customers whom a ticket waits for, closes what nobody answers, and gives
//! the tickets of a status that is there no more to another one.

mod run_timers;

pub use run_timers::{Ran, RunTimersError};
