use super::message::Source;
use super::pipeline::Stage;
use super::record::{LastMessage, Priority, Version};
use crate::access::{Audience, Tab};
use crate::id::{ContactId, StatusId, TicketId, TicketNumber};
use crate::property::PropertyValues;
use crate::text::{Line, Localized, Subject};
use crate::time::Timestamp;

/// The order of a list; ties are broken by descending number everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// By what needs attention: [`Stage::rank`], then last activity, newest first.
    Attention,
    /// By last activity, newest first.
    LastActivity,
    /// By number, which is the order of creation, newest first.
    Created,
}

/// Which tickets of a tab are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListFilter {
    /// All.
    All,
    /// Those that are not closed.
    Open,
    /// Those in this stage.
    Stage(Stage),
}

impl ListFilter {
    /// Whether a ticket in this stage is wanted.
    #[must_use]
    pub fn wants(self, stage: Stage) -> bool {
        match self {
            Self::All => true,
            Self::Open => stage.is_open(),
            Self::Stage(wanted) => wanted == stage,
        }
    }
}

/// A row's place in a list, by which the next page is found. It reveals nothing beyond the row and grants nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// The row's rank.
    pub rank: u8,
    /// The row's last activity.
    pub last_activity: Timestamp,
    /// The row's number.
    pub number: TicketNumber,
}

/// From where a page is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// The beginning of the list.
    Start,
    /// The rows that follow this one in the order of the list.
    After(Cursor),
    /// The rows just before this one, still in the order of the list.
    Before(Cursor),
}

/// One page of one tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Whose tickets.
    pub tab: Tab,
    /// Which of them.
    pub filter: ListFilter,
    /// Only those that this contact requested.
    pub requester: Option<ContactId>,
    /// In which order.
    pub sort: Sort,
    /// From where.
    pub edge: Edge,
    /// At most how many rows, 1 to 101.
    pub limit: u32,
}

/// What a list shows of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketRow {
    /// The number.
    pub number: TicketNumber,
    /// The key for programs.
    pub id: TicketId,
    /// The version, for streams.
    pub version: Version,
    /// The subject.
    pub subject: Subject,
    /// The status.
    pub status: StatusId,
    /// The stage of the status.
    pub stage: Stage,
    /// What customers are shown instead of the stage's own word.
    pub status_label: Option<Localized>,
    /// How urgent it is.
    pub priority: Priority,
    /// What kind of request it is.
    pub category: Option<Line>,
    /// By which way it came.
    pub source: Source,
    /// Whether its companies read it.
    pub audience: Audience,
    /// Who asked, with their name, if the viewer may know it: the viewer, a contact of the same primary company, or whoever
    /// wrote the newest message. Nobody else is named.
    pub requester: Option<(ContactId, String)>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When something happened last.
    pub last_activity: Timestamp,
    /// The newest public message.
    pub last_message: Option<LastMessage>,
    /// How many files it has.
    pub files: u32,
    /// Whether there is something the viewer has not read: more in the public sequence than their read mark says. Without
    /// a mark, something if anything happened after the viewer's first session on the portal's host began, or if there was
    /// none yet.
    pub unread: bool,
}

/// What a list shows of a ticket only where its columns say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowDetails {
    /// The ticket.
    pub number: TicketNumber,
    /// The name of the agent who takes care of it.
    pub owner: Option<String>,
    /// Its properties.
    pub properties: PropertyValues,
}

impl TicketRow {
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

/// How many tickets of a tab are in each stage, each counted up to a cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageCounts {
    /// Up to where it was counted; a number that reaches it means “so many or more”.
    pub cap: u32,
    /// In [`Stage::Received`].
    pub received: u32,
    /// In [`Stage::InProgress`].
    pub in_progress: u32,
    /// In [`Stage::WaitingOnContact`].
    pub waiting: u32,
    /// In [`Stage::Closed`].
    pub closed: u32,
}

impl StageCounts {
    /// No tickets at all.
    #[must_use]
    pub const fn none(cap: u32) -> Self {
        Self {
            cap,
            received: 0,
            in_progress: 0,
            waiting: 0,
            closed: 0,
        }
    }

    /// The count of one stage.
    #[must_use]
    pub const fn of(&self, stage: Stage) -> u32 {
        match stage {
            Stage::Received => self.received,
            Stage::InProgress => self.in_progress,
            Stage::WaitingOnContact => self.waiting,
            Stage::Closed => self.closed,
        }
    }

    /// The count of one stage, to set it.
    pub const fn of_mut(&mut self, stage: Stage) -> &mut u32 {
        match stage {
            Stage::Received => &mut self.received,
            Stage::InProgress => &mut self.in_progress,
            Stage::WaitingOnContact => &mut self.waiting,
            Stage::Closed => &mut self.closed,
        }
    }

    /// The sum, up to the cap.
    #[must_use]
    pub fn all(&self) -> u32 {
        (self.received + self.in_progress + self.waiting + self.closed).min(self.cap)
    }

    /// The sum of the open stages, up to the cap.
    #[must_use]
    pub fn open(&self) -> u32 {
        (self.received + self.in_progress + self.waiting).min(self.cap)
    }
}

/// A search over everything in a scope, newest ticket first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// Normalised words; the last one matches as a beginning, the others as whole words. Not empty.
    pub tokens: Vec<String>,
    /// Which stages are wanted.
    pub filter: ListFilter,
    /// Only tickets with a lower number.
    pub below: Option<TicketNumber>,
    /// At most how many hits.
    pub limit: u32,
}

/// A ticket that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketHit {
    /// As lists show it.
    pub row: TicketRow,
    /// The plain text of a public message that has one of the words, else empty; for a marked excerpt.
    pub excerpt: String,
}
