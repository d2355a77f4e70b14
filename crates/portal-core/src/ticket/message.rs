use super::body::Body;
use super::event::Event;
use super::file::File;
use crate::id::{AgentId, ContactId, MessageId, NoteId, TicketNumber};
use crate::time::Timestamp;

/// By which way something came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The portal's pages or API.
    Portal,
    /// Team e-mail.
    Email,
    /// A web form.
    Form,
    /// Live chat.
    Chat,
    /// Facebook Messenger.
    Messenger,
    /// An import that did not say, or a phone call somebody wrote down.
    Other,
}

impl Source {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Portal,
        Self::Email,
        Self::Form,
        Self::Chat,
        Self::Messenger,
        Self::Other,
    ];

    /// Its name in files, texts and the configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Email => "email",
            Self::Form => "form",
            Self::Chat => "chat",
            Self::Messenger => "messenger",
            Self::Other => "other",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// Who wrote or did something, with the name they had then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// Which kind of person, and who.
    pub kind: AuthorKind,
    /// The name that is shown. Empty for the system.
    pub name: String,
}

/// Which kind of person an author is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuthorKind {
    /// A contact.
    Contact(ContactId),
    /// Somebody of the staff.
    Agent(AgentId),
    /// A timer or an import.
    System,
}

/// A public message of a ticket. Whoever sees the ticket sees it; it never changes once it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The ticket it belongs to.
    pub ticket: TicketNumber,
    /// Its place in the ticket's public sequence, shared with events; the first item has 1.
    pub seq: u32,
    /// Who wrote it.
    pub author: Author,
    /// When.
    pub at: Timestamp,
    /// By which way it came.
    pub source: Source,
    /// What it says.
    pub body: Body,
    /// Its files, in the order they were attached.
    pub files: Vec<File>,
}

/// A staff-only note. It lives in a table of its own, and nothing that customers can reach ever reads that table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// The ticket it belongs to.
    pub ticket: TicketNumber,
    /// Who wrote it.
    pub author: Author,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub body: Body,
    /// Its files, staff-only like the note.
    pub files: Vec<File>,
}

/// One item of what a customer is shown on a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimelineItem {
    /// A public message.
    Message(Message),
    /// A public event.
    Event(Event),
}

impl TimelineItem {
    /// Its place in the ticket's public sequence.
    #[must_use]
    pub const fn seq(&self) -> u32 {
        match self {
            Self::Message(it) => it.seq,
            Self::Event(it) => it.seq,
        }
    }
}

/// Which part of a timeline is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineWindow {
    /// Everything, up to the newest 1,000 items.
    All,
    /// Of a timeline of more than `first + last` items, only so many from each end.
    Folded {
        /// Items from the beginning.
        first: u32,
        /// Items from the end.
        last: u32,
    },
    /// The items whose place is greater than this one, up to 1,000.
    After(u32),
}

/// Public messages and events of a ticket, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The items, by ascending place.
    pub items: Vec<TimelineItem>,
    /// How many items of the middle were left out.
    pub hidden: u32,
}
