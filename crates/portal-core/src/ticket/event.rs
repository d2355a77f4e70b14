use super::message::{Author, Source};
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
    /// It was closed because it waited for the customer, who was reminded, for so many days.
    ClosedByTimer {
        /// How many days.
        days: u16,
    },
    /// Staff put people or companies on it, or took them off. Whom, only staff are told: not everybody who reads the ticket
    /// knows all of them.
    PeopleChanged,
    /// Staff merged it into another one, which closed it.
    MergedInto {
        /// That ticket.
        ticket: TicketNumber,
    },
    /// It was made of messages of another one.
    SplitFrom {
        /// That ticket.
        ticket: TicketNumber,
    },
    /// An answer could not leave by the channel of the conversation that it was for.
    NotDelivered {
        /// Which channel.
        channel: Source,
    },
}

impl EventKind {
    /// What is told of a move from one stage to a status; nothing if a closed ticket stays closed.
    #[must_use]
    pub fn of_move(from: Stage, to: StatusId, stage: Stage) -> Option<Self> {
        match (from, stage) {
            (Stage::Closed, Stage::Closed) => None,
            (_, Stage::Closed) => Some(Self::Closed { reason: None }),
            (Stage::Closed, _) => Some(Self::Reopened { reason: None }),
            (_, stage) => Some(Self::StatusChanged { status: to, stage }),
        }
    }
}
