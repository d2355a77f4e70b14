//! Tickets: what customers ask and what comes of it. Types first, then the customer's use-cases, one file each.

mod body;
mod event;
mod file;
mod list;
mod message;
mod pipeline;
mod record;


pub use body::{Body, BodyFormat, SafeHtml, snippet};
pub use event::{Event, EventKind};
pub use file::{File, FileHome, FileKey, FileLimits};
pub use list::{Cursor, Edge, ListFilter, ListQuery, Search, Sort, StageCounts, TicketHit, TicketRow};
pub use message::{Author, AuthorKind, Message, Note, Source, TimelineItem, TimelineWindow, Timeline};
pub use pipeline::{Pipeline, PipelineError, Stage, Status};
pub use record::{AssociationLabel, LastMessage, Priority, Ticket, Version, search_document};

