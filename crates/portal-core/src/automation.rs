//! What the system does by itself: it reminds customers whom a ticket waits for, closes what nobody answers, and gives
//! the tickets of a status that is there no more to another one; and it tells the staff what is due.

mod run_timers;
mod warn_of_due;

pub use run_timers::{Ran, RunTimersError};
pub use warn_of_due::{DuePlace, Warned};
