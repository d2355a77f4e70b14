use super::message::Author;
use super::pipeline::Stage;
use crate::id::{StatusId, TicketNumber};
use crate::time::Timestamp;

/// Something that happened to a ticket beside messages. All of these may be shown to customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The ticket.
    pub ticket: TicketNumber,
    /// Its place in the ticket's public sequence, shared with messages.
    pub seq: u32,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub by: Author,
    /// What.
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// The status changed, without closing or reopening.
    StatusChanged {
        /// The new status.
        status: StatusId,
        /// Its stage.
        stage: Stage,
    },
    /// An agent took the ticket over.
    OwnerChanged {
        /// The name customers are shown.
        owner: String,
    },
    /// It was closed.
    Closed {
        /// Why, if somebody said.
        reason: Option<String>,
    },
    /// It was opened again.
    Reopened {
        /// Why, if somebody said.
        reason: Option<String>,
    },
    /// It was taken out of the companies' sight.
    MadePrivate,
    /// It was given back to the companies' sight.
    MadeShared,
    /// It was opened because somebody replied to a ticket that could no longer be reopened.
    FollowUpOf {
        /// That ticket.
        ticket: TicketNumber,
    },
}
