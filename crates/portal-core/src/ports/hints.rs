use async_trait::async_trait;

use crate::access::Principal;
use crate::id::{AgentId, InboxId, PortalId, TicketNumber};
use crate::ticket::Version;

/// The news that a ticket changed: no content, only what decides whom it may concern. Whoever gets one reads again
/// through the rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The portal the ticket is in.
    pub portal: PortalId,
    /// The ticket.
    pub number: TicketNumber,
    /// Its version after the change.
    pub version: Version,
    /// Who reads it after the change. Empty if nobody does, or if there are too many to say: then everybody in the portal
    /// is asked to look.
    pub readers: Vec<Principal>,
}

/// Hints as they come in.
#[async_trait]
pub trait HintFeed: Send {
    /// Waits for the next hint. `None` means that some were missed and listeners should look for themselves; the feed
    /// goes on.
    async fn next(&mut self) -> Option<Hint>;
}

/// Whether somebody of the staff is at a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// They look at it.
    Viewing,
    /// They write something on it.
    Writing,
    /// They went away.
    Gone,
}

impl Presence {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Viewing, Self::Writing, Self::Gone];

    /// Its name in forms and on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Viewing => "viewing",
            Self::Writing => "writing",
            Self::Gone => "gone",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// What happened on a ticket, as far as the desk is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskNews {
    /// The ticket is this version now.
    Changed(Version),
    /// A note was written. Customers' hints have no such thing.
    Noted,
    /// Somebody of the staff is there, or no longer.
    Presence {
        /// Who.
        agent: AgentId,
        /// What colleagues call them.
        name: String,
        /// What they do.
        doing: Presence,
    },
}

/// The news for the staff about a ticket: another type and another feed than [`Hint`], so that no stream of a customer can
/// ever carry one. Whoever gets one asks again for the scope of the listener.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskHint {
    /// The ticket.
    pub number: TicketNumber,
    /// The inbox it is in.
    pub inbox: InboxId,
    /// What happened.
    pub news: DeskNews,
}

/// Hints for the desk as they come in.
#[async_trait]
pub trait DeskFeed: Send {
    /// Waits for the next hint. `None` means that some were missed; the feed goes on.
    async fn next(&mut self) -> Option<DeskHint>;
}

/// The feed of a store that tells the desk nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoDeskFeed;

#[async_trait]
impl DeskFeed for NoDeskFeed {
    async fn next(&mut self) -> Option<DeskHint> {
        std::future::pending().await
    }
}
