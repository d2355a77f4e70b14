//! What was done, by whom, for good.
//!
//! Every change that somebody of the staff makes, and everything that concerns who may sign in, leaves one [`AuditEntry`] in
//! the same unit of work: no entry, no change. Entries hold names and numbers, never bodies, passwords, codes or tokens.
//! Each minute those that are new get a [`Seal`], which shows later that nothing was changed (ADR 24).

mod entry;
mod event;
mod query;
mod seal;
mod seal_audit;

pub use entry::{AuditActor, AuditEntry};
pub use event::AuditEvent;
pub use query::{AuditPlace, AuditQuery};
pub use seal::{Seal, SealedEntry};
pub use seal_audit::{SealError, SealFault, SealFaultKind, SealStatus, SealVerdict};
