use std::error::Error;

use async_trait::async_trait;

use crate::id::{ContactId, ConversationId, InboxId, IntentId, MessageId, TicketNumber};
use crate::text::EmailAddress;
use crate::ticket::Source;
use crate::time::Timestamp;

/// An answer that is ready to leave by the channel of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingAnswer {
    /// The same for every attempt to hand the same answer over: whoever has taken it already takes it as done.
    pub delivery: IntentId,
    /// By which channel.
    pub channel: Source,
    /// The conversation that it goes on.
    pub conversation: ConversationId,
    /// Where the conversation came in.
    pub inbox: InboxId,
    /// The ticket that the conversation is part of.
    pub ticket: TicketNumber,
    /// What the conversation is about.
    pub subject: String,
    /// What the other side calls itself; may be empty.
    pub to_name: String,
    /// The other side's address, if the channel gave one.
    pub to_address: Option<EmailAddress>,
    /// The contact that the other side was proven to be.
    pub contact: Option<ContactId>,
    /// The message.
    pub message: MessageId,
    /// Who wrote it, by the name that customers are shown.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// The text.
    pub text: String,
    /// The same as safe HTML.
    pub html: String,
}

/// An answer was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ChannelError {
    /// Nobody carries answers of this channel.
    #[error("no program is configured for this channel")]
    NotConfigured,
    /// It refuses this answer for good. The text is its own, shortened.
    #[error("the channel refused: {0}")]
    Refused(String),
    /// It does not work at the moment.
    #[error("the channel is not available: {0}")]
    Unavailable(String, #[source] Option<Box<dyn Error + Send + Sync>>),
}

/// Hands answers to whoever carries them to the other side of a conversation.
#[async_trait]
pub trait Channels: Send + Sync + 'static {
    /// Whether answers leave by this channel at all. Where they do not, the portal and mails tell of them.
    fn carries(&self, channel: Source) -> bool;

    /// Hands one answer over. Once it returned `Ok`, somebody else is responsible for it. MUST end within a minute.
    async fn deliver(&self, answer: &OutgoingAnswer) -> Result<(), ChannelError>;
}

/// Carries nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoChannels;

#[async_trait]
impl Channels for NoChannels {
    fn carries(&self, _: Source) -> bool {
        false
    }

    async fn deliver(&self, _: &OutgoingAnswer) -> Result<(), ChannelError> {
        Err(ChannelError::NotConfigured)
    }
}
