//! Taking over what an installation had elsewhere: companies, contacts, staff names, tickets with their messages.
//!
//! Whoever reads the files (`portal import` reads HubSpot's CSV) makes *drafts*; the [`Importer`] writes them. The laws:
//! - **The same input again changes nothing.** Each thing leaves a [`Receipt`](crate::ports::Receipt) with a fingerprint
//!   of what was read; what has the same fingerprint is skipped, what has another one is updated, and messages that
//!   are missing are added. So a run that was killed is simply started again.
//! - **A ticket and everything that hangs on it are written in one unit of work**, together with its receipt.
//! - **Sight comes from the file alone**: associations are taken over as they are, and none is made up.
//! - `last_activity` is the latest of create date, close date and public messages, never the file's own value, because
//!   that one counts notes.
//! - Nobody is told: no hint, no mail.

mod cut;
mod draft;
mod error;
mod fingerprint;
mod importer;
mod people;
mod pipelines;
mod stage;
mod tickets;

pub use cut::cut_body;
pub use draft::{
    AgentDraft, AuthorDraft, CompanyDraft, ContactDraft, FileDraft, MessageDraft, MessageKind, OwnerDraft,
    PropertyDraft, TicketDraft,
};
pub use error::{ImportError, Remark, Tally};
pub use importer::{Attachments, ImportPorts, Importer};
pub use pipelines::{PlannedPipeline, PlannedStatus, WantedStatus, plan_pipelines};
pub use stage::stage_of_status;

/// The most bytes of an imported file (100 MiB): more than customers may upload, so that nothing is lost on the way.
pub const MAX_IMPORTED_FILE: u64 = 100 * 1024 * 1024;
