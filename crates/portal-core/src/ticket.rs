//! Tickets: what customers ask and what comes of it. Types first, then the customer's use-cases, one file each.

mod body;
mod dressed;
mod event;
mod file;
mod list;
mod message;
mod pipeline;
mod record;
mod step;

mod close_ticket;
mod fetch_file;
mod list_tickets;
mod mark_private;
mod mark_read;
mod open_ticket;
mod reopen_ticket;
mod reply;
mod search_tickets;
mod stage_file;
mod support_form;
mod view_ticket;
mod watch_tickets;
pub(crate) mod writing;

pub use body::{Body, BodyFormat, SafeHtml, snippet};
pub use event::{Event, EventKind};
pub use file::{File, FileHome, FileKey, FileLimits};
pub use list::{Cursor, Edge, ListFilter, ListQuery, RowDetails, Search, Sort, StageCounts, TicketHit, TicketRow};
pub use message::{Author, AuthorKind, Message, Note, Source, Timeline, TimelineItem, TimelineWindow};
pub use pipeline::{Automation, Closing, Pipeline, PipelineError, Stage, Status};
pub use record::{AssociationLabel, LastMessage, Priority, Ticket, Version, search_document};
pub use step::{NoSuchStep, Step, next_stage};

pub use close_ticket::{CloseTicket, CloseTicketError};
pub use fetch_file::{FetchFileError, FetchedFile};
pub use list_tickets::{ListTickets, ListTicketsError, TicketList};
pub use mark_private::{MarkPrivate, MarkPrivateError};
pub use mark_read::MarkReadError;
pub use open_ticket::{OpenTicket, OpenTicketError, OpenedTicket};
pub use reopen_ticket::{ReopenTicket, ReopenTicketError};
pub use reply::{Replied, Reply, ReplyError};
pub use search_tickets::{SearchFound, SearchTickets, SearchTicketsError};
pub use stage_file::{StageFile, StageFileError, TakeInError};
pub use support_form::{OfferedForm, SupportFormError};
pub use view_ticket::{Person, TicketView, ViewTicket, ViewTicketError};
pub use watch_tickets::{Watch, WatchTicketsError};
