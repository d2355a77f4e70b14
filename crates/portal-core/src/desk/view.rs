use super::queue::Queue;
use crate::id::AgentId;
use crate::ticket::Ticket;

/// One of the lists of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeskView {
    /// What is not closed and is one's own.
    Mine,
    /// What is not closed and is nobody's.
    Unassigned,
    /// What is not closed.
    Open,
    /// What waits for the customer.
    Waiting,
    /// What was put aside until a time.
    Snoozed,
    /// What is closed.
    Closed,
    /// Spam.
    Spam,
    /// What was deleted.
    Deleted,
}

impl DeskView {
    /// All of them, in the order of the navigation.
    pub const ALL: [Self; 8] = [
        Self::Mine,
        Self::Unassigned,
        Self::Open,
        Self::Waiting,
        Self::Snoozed,
        Self::Closed,
        Self::Spam,
        Self::Deleted,
    ];

    /// Its name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Snoozed => "snoozed",
            Self::Closed => "closed",
            Self::Spam => "spam",
            Self::Deleted => "deleted",
        }
    }

    /// The view with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The queues that it shows.
    #[must_use]
    pub const fn queues(self) -> &'static [Queue] {
        match self {
            Self::Mine | Self::Unassigned | Self::Open => &[Queue::Open, Queue::Waiting],
            Self::Waiting => &[Queue::Waiting],
            Self::Snoozed => &[Queue::Snoozed],
            Self::Closed => &[Queue::Closed],
            Self::Spam => &[Queue::Spam],
            Self::Deleted => &[Queue::Deleted],
        }
    }

    /// Whether it shows a ticket to an agent who may see it. This is the meaning that adapters must match.
    #[must_use]
    pub fn wants(self, ticket: &Ticket, agent: AgentId) -> bool {
        let owner = match self {
            Self::Mine => ticket.owner == Some(agent),
            Self::Unassigned => ticket.owner.is_none(),
            Self::Open | Self::Waiting | Self::Snoozed | Self::Closed | Self::Spam | Self::Deleted => true,
        };
        owner && self.queues().contains(&Queue::of(ticket))
    }
}
