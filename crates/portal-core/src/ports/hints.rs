use async_trait::async_trait;

use crate::access::Principal;
use crate::id::{PortalId, TicketNumber};
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
