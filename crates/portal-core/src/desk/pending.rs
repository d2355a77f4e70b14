use std::time::Duration;

use super::answer::Then;
use crate::id::{AgentId, MessageId, TicketNumber};
use crate::ticket::{Body, File};
use crate::time::Timestamp;

/// How long an answer waits, so that whoever sent it can take it back.
pub const UNDO_WINDOW: Duration = Duration::from_secs(10);

/// An answer that was sent and can be taken back until it is due. No customer knows of it until then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingAnswer {
    /// The id that the message will have, so that it can be there only once.
    pub id: MessageId,
    /// The ticket it will be on.
    pub ticket: TicketNumber,
    /// Who sent it.
    pub agent: AgentId,
    /// What becomes of the ticket.
    pub then: Then,
    /// What it says.
    pub body: Body,
    /// Its files, in the order they were attached.
    pub files: Vec<File>,
    /// When it was sent.
    pub at: Timestamp,
    /// When it leaves.
    pub due_at: Timestamp,
}
