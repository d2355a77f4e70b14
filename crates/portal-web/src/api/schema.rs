//! What the API sends and takes. These structs are the contract of version 1: fields are added, never changed or removed.

use poem_openapi::types::Any;
use poem_openapi::{Enum, Object};

/// In which of the four words a ticket stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "Stage", rename_all = "snake_case")]
pub(super) enum StageDto {
    /// Nobody has begun yet.
    Received,
    /// Somebody works on it.
    InProgress,
    /// The customer is asked for something.
    WaitingOnContact,
    /// Done, for now.
    Closed,
}

/// Which tickets are wanted.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "Filter", rename_all = "snake_case")]
pub(super) enum FilterDto {
    /// All.
    All,
    /// Those that are not closed.
    Open,
    /// In stage received.
    Received,
    /// In stage in progress.
    InProgress,
    /// In stage waiting on contact.
    WaitingOnContact,
    /// In stage closed.
    Closed,
}

/// Whose tickets.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "Tab", rename_all = "snake_case")]
pub(super) enum TabDto {
    /// Tickets that the contact is on.
    Mine,
    /// Tickets of the contact's company, where the portal shows them.
    Company,
}

/// In which order.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "Sort", rename_all = "snake_case")]
pub(super) enum SortDto {
    /// What waits for the customer first, then by last activity.
    Attention,
    /// By last activity.
    LastActivity,
    /// By number, which is the order of creation.
    Created,
}

/// How urgent a ticket is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "Priority", rename_all = "snake_case")]
pub(super) enum PriorityDto {
    /// Can wait.
    Low,
    /// The default.
    Normal,
    /// Soon.
    High,
    /// An important process is down.
    Urgent,
}

/// Who reads a ticket.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "Audience", rename_all = "snake_case")]
pub(super) enum AudienceDto {
    /// The people on it and its companies.
    Shared,
    /// The people on it only.
    Private,
}

/// Which kind of person wrote something.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "AuthorKind", rename_all = "snake_case")]
pub(super) enum AuthorKindDto {
    /// The owner of the token.
    You,
    /// Another contact.
    Contact,
    /// Somebody of the support team.
    Support,
    /// The system itself.
    System,
}

/// Who wrote or did something.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Author")]
pub(super) struct AuthorDto {
    /// Which kind of person.
    pub(super) kind: AuthorKindDto,
    /// Their name.
    pub(super) name: String,
}

/// Somebody on a ticket.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Person")]
pub(super) struct PersonDto {
    /// The contact's id, for filtering.
    pub(super) id: String,
    /// Their name.
    pub(super) name: String,
}

/// A ticket in a list.
#[derive(Object, Clone, Debug)]
#[oai(rename = "TicketSummary", skip_serializing_if_is_none)]
pub(super) struct TicketSummary {
    /// The key for programs.
    pub(super) id: String,
    /// The number people use.
    pub(super) number: i64,
    /// Grows with each change.
    pub(super) version: i64,
    /// What it is about.
    pub(super) subject: String,
    /// In which of the four words it stands.
    pub(super) stage: StageDto,
    /// How urgent it is.
    pub(super) priority: PriorityDto,
    /// What kind of request it is.
    pub(super) category: Option<String>,
    /// Who reads it.
    pub(super) audience: AudienceDto,
    /// Who asked.
    pub(super) requester: Option<PersonDto>,
    /// When it was opened (RFC 3339, UTC).
    pub(super) created_at: String,
    /// When something happened last (RFC 3339, UTC).
    pub(super) last_activity: String,
    /// The beginning of the newest message.
    pub(super) last_message: Option<String>,
    /// Who wrote the newest message.
    pub(super) last_author: Option<AuthorDto>,
    /// How many files it has.
    pub(super) files: u32,
    /// Whether there is something the contact has not read.
    pub(super) unread: bool,
}

/// How many tickets there are in each stage, counted up to `cap`.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Counts")]
pub(super) struct CountsDto {
    /// Up to where it was counted; a number that reaches it means “so many or more”.
    pub(super) cap: u32,
    /// In stage received.
    pub(super) received: u32,
    /// In stage in progress.
    pub(super) in_progress: u32,
    /// In stage waiting on contact.
    pub(super) waiting_on_contact: u32,
    /// In stage closed.
    pub(super) closed: u32,
}

/// One page of a list.
#[derive(Object, Clone, Debug)]
#[oai(rename = "TicketPage", skip_serializing_if_is_none)]
pub(super) struct TicketPage {
    /// Whose tickets it shows.
    pub(super) tab: TabDto,
    /// The tickets, in order.
    pub(super) tickets: Vec<TicketSummary>,
    /// Give this as `before` for the page before this one.
    pub(super) newer: Option<String>,
    /// Give this as `after` for the page after this one.
    pub(super) older: Option<String>,
    /// How many tickets of this tab are in each stage.
    pub(super) counts: CountsDto,
}

/// A ticket that was found.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Hit", skip_serializing_if_is_none)]
pub(super) struct HitDto {
    /// The ticket.
    pub(super) ticket: TicketSummary,
    /// A piece of a message that has one of the words.
    pub(super) excerpt: Option<String>,
}

/// What was found.
#[derive(Object, Clone, Debug)]
#[oai(rename = "SearchResult", skip_serializing_if_is_none)]
pub(super) struct SearchResult {
    /// The hits, newest ticket first.
    pub(super) hits: Vec<HitDto>,
    /// Give this as `below` for the next page.
    pub(super) older: Option<i64>,
}

/// A file of a message.
#[derive(Object, Clone, Debug)]
#[oai(rename = "File")]
pub(super) struct FileDto {
    /// Its id; its content is at `/files/{id}`.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
    /// Its size in bytes.
    pub(super) size: u64,
}

/// A public message.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Message")]
pub(super) struct MessageDto {
    /// Its id.
    pub(super) id: String,
    /// Its place in the ticket's public sequence.
    pub(super) seq: u32,
    /// Who wrote it.
    pub(super) author: AuthorDto,
    /// When (RFC 3339, UTC).
    pub(super) at: String,
    /// As sanitised HTML.
    pub(super) html: String,
    /// As plain text.
    pub(super) text: String,
    /// Its files.
    pub(super) files: Vec<FileDto>,
}

/// Messages of a ticket.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Messages")]
pub(super) struct MessagesDto {
    /// The messages, oldest first.
    pub(super) messages: Vec<MessageDto>,
    /// The highest place in the ticket's public sequence; give it as `after_seq` to ask for what is new.
    pub(super) seq: u32,
}

/// What can be done with a ticket now.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Allowed")]
pub(super) struct AllowedDto {
    /// Whether the contact may reply.
    pub(super) reply: bool,
    /// Whether the contact may close it.
    pub(super) close: bool,
    /// Whether the contact may reopen it.
    pub(super) reopen: bool,
    /// Whether the contact may mark it private.
    pub(super) mark_private: bool,
    /// Whether the contact may say whether they are satisfied.
    pub(super) rate: bool,
}

/// By what the contact sees a ticket.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "Because", rename_all = "snake_case")]
pub(super) enum BecauseDto {
    /// The contact is on it.
    YouAreOnIt,
    /// The contact's company is on it.
    YourCompanyIsOnIt,
}

/// A ticket.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Ticket", skip_serializing_if_is_none)]
pub(super) struct TicketDto {
    /// The key for programs.
    pub(super) id: String,
    /// The number people use.
    pub(super) number: i64,
    /// Grows with each change.
    pub(super) version: i64,
    /// What it is about.
    pub(super) subject: String,
    /// In which of the four words it stands.
    pub(super) stage: StageDto,
    /// What the portal calls its status, in the portal's language, if it has a word of its own.
    pub(super) status: Option<String>,
    /// How urgent it is.
    pub(super) priority: PriorityDto,
    /// What kind of request it is.
    pub(super) category: Option<String>,
    /// Who reads it.
    pub(super) audience: AudienceDto,
    /// By what the contact sees it.
    pub(super) because: BecauseDto,
    /// When it was opened (RFC 3339, UTC).
    pub(super) created_at: String,
    /// When it was closed (RFC 3339, UTC).
    pub(super) closed_at: Option<String>,
    /// When something happened last (RFC 3339, UTC).
    pub(super) last_activity: String,
    /// Who takes care of it.
    pub(super) owner: Option<String>,
    /// The people on it whom the contact may know by name.
    pub(super) people: Vec<PersonDto>,
    /// How many further people are on it.
    pub(super) other_people: u32,
    /// What can be done with it now.
    pub(super) allowed: AllowedDto,
    /// What the contact said of how it was solved, if it is closed and they did.
    pub(super) rating: Option<RatingDto>,
    /// The highest place in its public sequence.
    pub(super) seq: u32,
}

/// A new ticket.
#[derive(Object, Clone, Debug)]
#[oai(rename = "NewTicket", deny_unknown_fields)]
pub(super) struct NewTicketDto {
    /// What it is about, one line of at most 200 characters.
    pub(super) subject: String,
    /// The description in light Markdown, at most 64 KiB.
    pub(super) description: String,
    /// What kind of request it is, one of the portal's.
    #[oai(default)]
    pub(super) category: Option<String>,
    /// How urgent it is.
    #[oai(default = "normal")]
    pub(super) priority: PriorityDto,
    /// Who may read it.
    #[oai(default = "shared")]
    pub(super) audience: AudienceDto,
    /// Ids of files that were uploaded before.
    #[oai(default)]
    pub(super) files: Vec<String>,
    /// Answers to the further fields of the portal's form, by the name of the property: a text, a number, `YYYY-MM-DD`, true
    /// or false, or a list of texts. What the form does not ask, given the other answers, is ignored.
    #[oai(default)]
    pub(super) fields: Option<Any<serde_json::Map<String, serde_json::Value>>>,
}

fn normal() -> PriorityDto {
    PriorityDto::Normal
}

fn shared() -> AudienceDto {
    AudienceDto::Shared
}

/// A ticket that was opened.
#[derive(Object, Clone, Debug)]
#[oai(rename = "OpenedTicket")]
pub(super) struct OpenedDto {
    /// The key for programs.
    pub(super) id: String,
    /// The number people use.
    pub(super) number: i64,
}

/// A reply.
#[derive(Object, Clone, Debug)]
#[oai(rename = "NewMessage", deny_unknown_fields)]
pub(super) struct NewMessageDto {
    /// The text in light Markdown, at most 64 KiB.
    pub(super) text: String,
    /// Ids of files that were uploaded before.
    #[oai(default)]
    pub(super) files: Vec<String>,
    /// Whether to close the ticket with it.
    #[oai(default)]
    pub(super) close: bool,
}

/// A reply that was stored.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Replied")]
pub(super) struct RepliedDto {
    /// The ticket it is on.
    pub(super) number: i64,
    /// Its place in the ticket's public sequence.
    pub(super) seq: u32,
    /// Whether a follow-up ticket was opened for it, because the ticket can no longer be reopened.
    pub(super) is_follow_up: bool,
}

/// Why a ticket is closed or reopened.
#[derive(Object, Clone, Debug, Default)]
#[oai(rename = "Reason", deny_unknown_fields)]
pub(super) struct ReasonDto {
    /// One line of at most 300 characters.
    #[oai(default)]
    pub(super) reason: Option<String>,
}

/// What a contact thinks of a solution.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "RatingKind", rename_all = "snake_case")]
pub(super) enum RatingKindDto {
    /// It is good.
    Good,
    /// It is not.
    NotGood,
}

/// Whether a contact is satisfied with how a ticket was solved.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Rating", deny_unknown_fields, skip_serializing_if_is_none)]
pub(super) struct RatingDto {
    /// What they think.
    pub(super) rating: RatingKindDto,
    /// What they say about it: plain text of at most 2,000 characters.
    #[oai(default)]
    pub(super) comment: Option<String>,
}

/// Who the token belongs to.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Me", skip_serializing_if_is_none)]
pub(super) struct MeDto {
    /// The contact's id.
    pub(super) id: String,
    /// The name that is shown.
    pub(super) name: String,
    /// The sign-in address.
    pub(super) email: Option<String>,
    /// The name of the primary company.
    pub(super) company: Option<String>,
    /// The name of the portal.
    pub(super) portal: String,
    /// Whether the token may change anything.
    pub(super) may_write: bool,
    /// What a new ticket can be: the kinds of request to choose from.
    pub(super) categories: Vec<String>,
}
