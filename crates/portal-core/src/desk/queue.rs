use crate::access::Standing;
use crate::ticket::{Stage, Ticket};

/// Where a ticket stands for the desk: a function of its standing and its stage, by which the desk's lists are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Queue {
    /// Somebody of the staff has to do something.
    Open,
    /// The customer is asked for something.
    Waiting,
    /// Put aside until a time.
    Snoozed,
    /// Done.
    Closed,
    /// Judged to be spam.
    Spam,
    /// Deleted, and not purged yet.
    Deleted,
}

impl Queue {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Open,
        Self::Waiting,
        Self::Snoozed,
        Self::Closed,
        Self::Spam,
        Self::Deleted,
    ];

    /// Whether a ticket that is here can be in a stage.
    #[must_use]
    pub const fn can_hold(self, stage: Stage) -> bool {
        match self {
            Self::Open => matches!(stage, Stage::Received | Stage::InProgress),
            Self::Waiting => matches!(stage, Stage::WaitingOnContact),
            Self::Snoozed => !matches!(stage, Stage::Closed),
            // A merged ticket is among the closed ones whatever stage it was in.
            Self::Closed | Self::Spam | Self::Deleted => true,
        }
    }

    /// The queue of a ticket.
    #[must_use]
    pub const fn of(ticket: &Ticket) -> Self {
        match ticket.standing {
            Standing::Spam => Self::Spam,
            Standing::Deleted => Self::Deleted,
            // A merged ticket is closed, and stays so.
            Standing::Merged => Self::Closed,
            // What nobody has verified yet is somebody's to look at, like everything that came in.
            Standing::Live | Standing::Unverified => match ticket.stage {
                Stage::Closed => Self::Closed,
                Stage::Received | Stage::InProgress | Stage::WaitingOnContact if ticket.snoozed_until.is_some() => {
                    Self::Snoozed
                }
                Stage::Received | Stage::InProgress => Self::Open,
                Stage::WaitingOnContact => Self::Waiting,
            },
        }
    }
}
