//! What was done, by whom, for good.
//!
//! Every change that somebody of the staff makes, and everything that concerns who may sign in, leaves one [`AuditEntry`] in
//! the same unit of work: no entry, no change. Entries hold names and numbers, never bodies, passwords, codes or tokens.

mod entry;
mod event;
mod query;

pub use entry::{AuditActor, AuditEntry};
pub use event::AuditEvent;
pub use query::{AuditPlace, AuditQuery};
