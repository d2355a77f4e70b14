use super::filter::DeskFilter;
use super::view::DeskView;
use crate::access::{Audience, Standing};
use crate::id::{AgentId, ContactId, InboxId, TicketNumber};
use crate::text::{Line, Subject};
use crate::ticket::{Cursor, Edge, LastMessage, Priority, Source, Stage, Version};
use crate::time::Timestamp;

/// The order of a list of the desk. The one is the other backwards, ties included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeskSort {
    /// What happened last comes first; of the same instant, the higher number.
    Newest,
    /// What has been lying there longest comes first.
    Oldest,
}

/// One page of a list of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskQuery {
    /// Which list.
    pub view: DeskView,
    /// Whose desk it is.
    pub agent: AgentId,
    /// Only what is in this inbox.
    pub inbox: Option<InboxId>,
    /// What it is narrowed to.
    pub filter: DeskFilter,
    /// In which order.
    pub sort: DeskSort,
    /// From where. Of the edge's place, last activity and number count.
    pub edge: Edge,
    /// At most how many rows, 1 to 101.
    pub limit: u32,
}

/// What a list of the desk shows of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskRow {
    /// The number.
    pub number: TicketNumber,
    /// The version, for streams.
    pub version: Version,
    /// The subject.
    pub subject: Subject,
    /// The status, as staff call it.
    pub status: String,
    /// The stage of the status.
    pub stage: Stage,
    /// What the ticket is to the installation.
    pub standing: Standing,
    /// How urgent it is.
    pub priority: Priority,
    /// What kind of request it is.
    pub category: Option<Line>,
    /// By which way it came.
    pub source: Source,
    /// Whether its companies read it.
    pub audience: Audience,
    /// Where it is, by name.
    pub inbox: (InboxId, String),
    /// Who takes care of it.
    pub owner: Option<(AgentId, String)>,
    /// Who asked.
    pub requester: Option<(ContactId, String)>,
    /// The primary company of whoever asked.
    pub company: Option<String>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When something happened last.
    pub last_activity: Timestamp,
    /// The newest public message.
    pub last_message: Option<LastMessage>,
    /// How many files its public messages have.
    pub files: u32,
}

impl DeskRow {
    /// The row's place in a list.
    #[must_use]
    pub const fn cursor(&self) -> Cursor {
        Cursor {
            rank: self.stage.rank(),
            last_activity: self.last_activity,
            number: self.number,
        }
    }
}

/// How many open tickets an inbox has, counted up to a cap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxCount {
    /// Which inbox.
    pub inbox: InboxId,
    /// Its name.
    pub name: String,
    /// How many tickets of it are in [`DeskView::Open`].
    pub open: u32,
}

/// What stands around the lists of the desk, each number counted up to the cap. Closed tickets are not counted: nobody
/// has to do anything about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskCounts {
    /// Up to where it was counted.
    pub cap: u32,
    /// In [`DeskView::Mine`].
    pub mine: u32,
    /// In [`DeskView::Unassigned`].
    pub unassigned: u32,
    /// In [`DeskView::Open`].
    pub open: u32,
    /// In [`DeskView::Waiting`].
    pub waiting: u32,
    /// The inboxes of the scope, by name.
    pub inboxes: Vec<InboxCount>,
}
