use portal_core::id::TicketNumber;
use portal_core::ticket;
use serde::{Deserialize, Serialize};

use crate::{Invalid, parse};

/// What happened to a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum EventKind {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// What.
        what: What,
    },
}

/// The kinds of the first form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum What {
    /// The status changed.
    StatusChanged {
        /// The new one.
        status: String,
        /// The rank of its stage.
        rank: u8,
    },
    /// An agent took the ticket over.
    OwnerChanged {
        /// The name customers are shown.
        owner: String,
    },
    /// It was closed.
    Closed {
        /// Why.
        reason: Option<String>,
    },
    /// It was opened again.
    Reopened {
        /// Why.
        reason: Option<String>,
    },
    /// It became private.
    MadePrivate,
    /// It became shared.
    MadeShared,
    /// It follows up another ticket.
    FollowUpOf {
        /// That ticket.
        ticket: i64,
    },
    /// It was closed by a timer.
    ClosedByTimer {
        /// After so many days.
        days: u16,
    },
    /// People or companies were put on it or taken off.
    PeopleChanged,
    /// It was merged into another ticket.
    MergedInto {
        /// That ticket.
        ticket: i64,
    },
    /// It was made of messages of another ticket.
    SplitFrom {
        /// That ticket.
        ticket: i64,
    },
    /// An answer could not leave by a channel.
    NotDelivered {
        /// The channel's name.
        channel: String,
    },
}

impl From<&ticket::EventKind> for EventKind {
    fn from(it: &ticket::EventKind) -> Self {
        let what = match it {
            ticket::EventKind::StatusChanged { status, stage } => What::StatusChanged {
                status: status.to_string(),
                rank: stage.rank(),
            },
            ticket::EventKind::OwnerChanged { owner } => What::OwnerChanged { owner: owner.clone() },
            ticket::EventKind::Closed { reason } => What::Closed { reason: reason.clone() },
            ticket::EventKind::Reopened { reason } => What::Reopened { reason: reason.clone() },
            ticket::EventKind::MadePrivate => What::MadePrivate,
            ticket::EventKind::MadeShared => What::MadeShared,
            ticket::EventKind::FollowUpOf { ticket } => What::FollowUpOf { ticket: ticket.get() },
            ticket::EventKind::ClosedByTimer { days } => What::ClosedByTimer { days: *days },
            ticket::EventKind::PeopleChanged => What::PeopleChanged,
            ticket::EventKind::MergedInto { ticket } => What::MergedInto { ticket: ticket.get() },
            ticket::EventKind::SplitFrom { ticket } => What::SplitFrom { ticket: ticket.get() },
            ticket::EventKind::NotDelivered { channel } => What::NotDelivered {
                channel: channel.name().to_owned(),
            },
        };
        Self::V1 { what }
    }
}

impl TryFrom<EventKind> for ticket::EventKind {
    type Error = Invalid;

    fn try_from(EventKind::V1 { what }: EventKind) -> Result<Self, Invalid> {
        Ok(match what {
            What::StatusChanged { status, rank } => Self::StatusChanged {
                status: parse(&status, "status")?,
                stage: ticket::Stage::from_rank(rank).ok_or(Invalid("stage"))?,
            },
            What::OwnerChanged { owner } => Self::OwnerChanged { owner },
            What::Closed { reason } => Self::Closed { reason },
            What::Reopened { reason } => Self::Reopened { reason },
            What::MadePrivate => Self::MadePrivate,
            What::MadeShared => Self::MadeShared,
            What::FollowUpOf { ticket } => Self::FollowUpOf {
                ticket: number(ticket)?,
            },
            What::PeopleChanged => Self::PeopleChanged,
            What::MergedInto { ticket } => Self::MergedInto {
                ticket: number(ticket)?,
            },
            What::SplitFrom { ticket } => Self::SplitFrom {
                ticket: number(ticket)?,
            },
            What::ClosedByTimer { days } => Self::ClosedByTimer { days },
            What::NotDelivered { channel } => Self::NotDelivered {
                channel: ticket::Source::named(&channel).ok_or(Invalid("channel"))?,
            },
        })
    }
}

fn number(number: i64) -> Result<TicketNumber, Invalid> {
    TicketNumber::new(number).ok_or(Invalid("ticket number"))
}
