use crate::id::{ContactId, ConversationId, InboxId, MessageId, TicketNumber};
use crate::text::{EmailAddress, Subject};
use crate::ticket::{Author, Body, Source};
use crate::time::Timestamp;

/// Where a conversation stands for the staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConversationState {
    /// Somebody has to look at it, or it goes on in its ticket.
    Open,
    /// Nothing more is to be done.
    Closed,
    /// Judged to be spam.
    Spam,
}

impl ConversationState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Closed, Self::Spam];

    /// Its name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Spam => "spam",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// What somebody said by one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// Where it came in.
    pub inbox: InboxId,
    /// By which way.
    pub channel: Source,
    /// What it is about.
    pub subject: Subject,
    /// Whose it is, if the channel has proven that.
    pub contact: Option<ContactId>,
    /// What the other side calls itself.
    pub name: String,
    /// The other side's address, if it has one.
    pub address: Option<EmailAddress>,
    /// The ticket it is part of.
    pub ticket: Option<TicketNumber>,
    /// Where it stands.
    pub state: ConversationState,
    /// When it began.
    pub created_at: Timestamp,
    /// When something was said last.
    pub last_activity: Timestamp,
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Its id; that of the ticket's message, if the conversation is part of one.
    pub id: MessageId,
    /// The conversation.
    pub conversation: ConversationId,
    /// Who said it.
    pub author: Author,
    /// When.
    pub at: Timestamp,
    /// What.
    pub body: Body,
}

/// A conversation in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationRow {
    /// The conversation.
    pub conversation: Conversation,
    /// The beginning of what was said last.
    pub snippet: String,
}
