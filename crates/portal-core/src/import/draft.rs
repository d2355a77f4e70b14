use crate::property::{PropertyKey, PropertyOwner, PropertyValues};
use crate::text::{EmailAddress, FileName, Line, PersonName, Subject};
use crate::ticket::{BodyFormat, Priority, Source};
use crate::time::Timestamp;

/// A property that the files have and the product does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyDraft {
    /// What it belongs to.
    pub owner: PropertyOwner,
    /// Its internal name.
    pub key: PropertyKey,
    /// The heading of its column.
    pub label: String,
}

/// A company as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyDraft {
    /// The line it stands on, for remarks.
    pub row: u64,
    /// Its key in the system it comes from.
    pub key: String,
    /// Its name.
    pub name: Line,
    /// Its domain name.
    pub domain: Option<Line>,
    /// Everything else that was known of it.
    pub properties: PropertyValues,
}

/// A contact as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactDraft {
    /// The line it stands on, for remarks.
    pub row: u64,
    /// Its key in the system it comes from.
    pub key: String,
    /// The name that is shown.
    pub name: PersonName,
    /// The address, if it is one.
    pub email: Option<EmailAddress>,
    /// Whether no other contact of the files has the address, so that it may be the sign-in address.
    pub address_is_unique: bool,
    /// The key of the primary company.
    pub primary_company: Option<String>,
    /// The keys of all companies.
    pub companies: Vec<String>,
    /// Everything else that was known of it.
    pub properties: PropertyValues,
}

/// Somebody of the staff, as far as names under messages tell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AgentDraft {
    /// The address, if one was given.
    pub email: Option<EmailAddress>,
    /// The name that is shown.
    pub name: PersonName,
}

/// Who takes care of a ticket: a name or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnerDraft {
    /// An address.
    Email(EmailAddress),
    /// A name.
    Name(PersonName),
}

/// A ticket as it was read, with its messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketDraft {
    /// The line it stands on, for remarks.
    pub row: u64,
    /// Its key in the system it comes from.
    pub key: String,
    /// What it is about.
    pub subject: Subject,
    /// What was asked, where the first message does not say it.
    pub description: Option<String>,
    /// The name of its pipeline.
    pub pipeline: Option<Line>,
    /// The name of its status.
    pub status: Option<Line>,
    /// How urgent it is.
    pub priority: Priority,
    /// What kind of request it is.
    pub category: Option<Line>,
    /// By which way it came.
    pub source: Source,
    /// Who takes care of it.
    pub owner: Option<OwnerDraft>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// The keys of its contacts; the first one is the requester.
    pub contacts: Vec<String>,
    /// The keys of its companies.
    pub companies: Vec<String>,
    /// Everything else that was known of it.
    pub properties: PropertyValues,
    /// Its messages and notes, oldest first.
    pub messages: Vec<MessageDraft>,
}

/// Whether customers see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageKind {
    /// Public.
    Message,
    /// Staff-only.
    Note,
}

/// Who wrote something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorDraft {
    /// The address, if it is one.
    pub email: Option<EmailAddress>,
    /// The name, if one was given.
    pub name: Option<PersonName>,
}

/// A message or note as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageDraft {
    /// The line it stands on, for remarks.
    pub row: u64,
    /// Its key among those of its ticket.
    pub key: String,
    /// Whether customers see it.
    pub kind: MessageKind,
    /// Who wrote it.
    pub author: AuthorDraft,
    /// When.
    pub at: Timestamp,
    /// How its body is written.
    pub format: BodyFormat,
    /// What it says.
    pub body: String,
    /// Its files.
    pub files: Vec<FileDraft>,
}

/// A file of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDraft {
    /// How [`Attachments`](super::Attachments) finds its content.
    pub path: String,
    /// Its name for people.
    pub name: FileName,
}
