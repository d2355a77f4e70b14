//! One ticket.

use serde::Serialize;

use super::csat::Rate;
use super::file::{FileLimits, FileLink, StagedFile};
use super::form::Problem;
use super::person::Person;
use super::shell::Shell;
use super::status::{Priority, Stage, Status};
use super::when::When;
use super::{Page, SafeHtml};

/// `GET /{slug}/{number}`; `?all=1` shows the folded middle. Also the answer to a refused reply (422).
#[derive(Clone, Debug, Serialize)]
pub struct TicketPage {
    /// The frame.
    pub shell: Shell,
    /// Number, as in the URL.
    pub number: i64,
    /// When to expect a reply, if customers are told.
    pub promise: Option<String>,
    /// As the requester wrote it.
    pub subject: String,
    /// The pill.
    pub status: Status,
    /// The operator's explanation of the status; may be absent.
    pub status_note: Option<String>,
    /// Who asked.
    pub requester: Person,
    /// When.
    pub opened: When,
    /// Last update.
    pub updated: When,
    /// Who can see the ticket.
    pub audience: Audience,
    /// Why the reader sees it.
    pub why: Why,
    /// Shown when set.
    pub priority: Option<Priority>,
    /// Shown when set.
    pub category: Option<String>,
    /// Who takes care of it; shown when set.
    pub owner: Option<Person>,
    /// Further properties that the portal shows.
    pub details: Vec<Detail>,
    /// Stages with their times, in the order they were reached; the rest ahead (see [`Step`]).
    pub progress: Vec<Step>,
    /// People whom the reader may know.
    pub people: Vec<Person>,
    /// Further people whom the reader may not know.
    pub others: u32,
    /// The conversation, oldest first.
    pub thread: Vec<Item>,
    /// Banner above the composer when the reader's answer is needed.
    pub waiting: Option<Waiting>,
    /// The question whether they are satisfied, for whoever is asked.
    pub rate: Option<Rate>,
    /// What the reader may do.
    pub can: Can,
    /// The reply form; `None` when the reader may not write here (`read_only` says so).
    pub composer: Option<Composer>,
    /// Shown instead of the composer.
    pub read_only: Option<ReadOnly>,
    /// Hidden fields of the close and private forms.
    pub version: i64,
    /// Idempotency key of the close form in the dialog.
    pub idem_close: String,
    /// Idempotency key of the reopen form.
    pub idem_reopen: String,
    /// Idempotency key of the private form in the dialog.
    pub idem_private: String,
    /// Whether the middle of the thread is shown (`?all=1`).
    pub all: bool,
    /// Last public sequence on the page, sent by the read beacon.
    pub seen: i64,
    /// Problems of a refused reply; non-empty makes it an error page.
    pub problems: Vec<Problem>,
}

impl Page for TicketPage {
    const TEMPLATE: &'static str = "ticket.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Who can see a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Audience {
    /// The people on it and everybody of these companies who may see company tickets.
    Companies {
        /// Their names, for example `Fernwerk GmbH`; several are joined in the page.
        names: Vec<String>,
    },
    /// Only the people on it (private, or without a company).
    People {
        /// Whether it was marked private.
        private: bool,
    },
}

/// Why the reader sees a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Why {
    /// The reader asked.
    Requester,
    /// The reader is on it.
    Participant,
    /// It belongs to the reader's company.
    Company {
        /// Its name.
        name: String,
    },
}

/// A property of the ticket that the portal shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Detail {
    /// Its label in the reader's language.
    pub label: String,
    /// Its value.
    pub value: String,
}

/// One step of the progress panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Which stage.
    pub status: Status,
    /// Past, now or ahead.
    pub state: StepState,
    /// When it was reached, [`super::when::Times::moment`].
    pub when: Option<When>,
    /// Who took it there.
    pub who: Option<String>,
}

/// Past, now or ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Left behind.
    Done,
    /// Where the ticket is.
    Current,
    /// Not reached.
    Ahead,
}

/// One item of the conversation.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "item", rename_all = "snake_case")]
pub enum Item {
    /// A message.
    Message(Message),
    /// Something that happened, one line.
    Event(EventLine),
    /// Messages left out in the middle of a long thread.
    Fold {
        /// How many.
        messages: u32,
        /// `/{slug}/{number}?all=1#m{sequence}` of the first one left out.
        href: String,
    },
}

/// A message that everybody on the ticket may read.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    /// Public sequence in the ticket; anchor `m{sequence}`.
    pub sequence: i64,
    /// Who wrote it; role `Support` gives the tinted head.
    pub author: Person,
    /// When.
    pub when: When,
    /// Language tag of the text where known and not the page's.
    pub lang: Option<String>,
    /// Sanitised text.
    pub body: SafeHtml,
    /// Quoted history of a mail, folded; sanitised too.
    pub quoted: Option<SafeHtml>,
    /// Withdrawn or taken out by staff: only this is shown.
    pub withdrawn: bool,
    /// The text was longer than stored.
    pub cut: bool,
    /// Not yet read by the reader.
    pub unread: bool,
    /// Files.
    pub files: Vec<FileLink>,
}

/// Something that happened.
#[derive(Clone, Debug, Serialize)]
pub struct EventLine {
    /// What.
    pub event: Event,
    /// Who did it; `None` = done by the system.
    pub who: Option<Person>,
    /// When, [`super::when::Times::recent`] or `moment`.
    pub when: When,
}

/// What happened to a ticket, as far as customers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Event {
    /// Somebody of support took it over.
    Assigned,
    /// The status changed.
    Status {
        /// To this one.
        status: Status,
    },
    /// Closed, perhaps with a reason.
    Closed {
        /// The reason given.
        reason: Option<String>,
    },
    /// Closed because no answer came.
    ClosedByTimer,
    /// Opened again.
    Reopened,
    /// Marked private.
    MadePrivate,
    /// Shared with the company again.
    MadeShared,
    /// Somebody was added.
    PersonAdded {
        /// Who; unnamed where the reader may not know.
        person: Person,
    },
    /// Staff changed who is on it.
    PeopleChanged,
    /// An answer could not leave by a channel.
    NotDelivered {
        /// The channel's name.
        channel: &'static str,
    },
    /// Made of messages of another ticket.
    SplitFrom {
        /// That ticket.
        of: TicketLink,
    },
    /// Opened because somebody replied to a ticket that could no longer be opened again.
    FollowUp {
        /// That ticket.
        of: TicketLink,
    },
    /// Merged into another ticket.
    Merged {
        /// Number and link, where the reader may see that one.
        into: Option<TicketLink>,
    },
}

/// A link to another ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TicketLink {
    /// Its number.
    pub number: i64,
    /// `/{slug}/{number}`.
    pub href: String,
    /// Its subject; may be empty.
    pub subject: String,
}

/// The reader's answer is needed.
#[derive(Clone, Debug, Serialize)]
pub struct Waiting {
    /// Who waits; `None` = the support team.
    pub who: Option<String>,
    /// When the ticket closes by itself, where a timer runs ([`super::when::Times::day`]).
    pub closes: Option<When>,
}

/// What the reader may do here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Can {
    /// Close it.
    pub close: bool,
    /// Open it again.
    pub reopen: bool,
    /// Mark it private.
    pub make_private: bool,
}

/// The reply form: `POST /{slug}/{number}/reply`, multipart.
///
/// Fields: `body`, `files` (repeated), `staged` (ids kept from a refused attempt), `idem`, `v`,
/// `then` = `send` | `close` | `reopen`.
#[derive(Clone, Debug, Serialize)]
pub struct Composer {
    /// Text kept from a refused attempt.
    pub text: String,
    /// Idempotency key.
    pub idem: String,
    /// Files may be attached.
    pub limits: Option<FileLimits>,
    /// Files kept from a refused attempt.
    pub staged: Vec<StagedFile>,
    /// What sending does.
    pub mode: ComposerMode,
}

/// What sending does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ComposerMode {
    /// Send reply.
    Reply,
    /// Send reply, or send and close.
    ReplyOrClose,
    /// The ticket is closed: send and reopen.
    Reopen,
}

/// Why there is no composer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadOnly {
    /// Closed for good; a new ticket about it may be opened (`/{slug}/new?about={number}`).
    FollowUp,
    /// Closed for good.
    Closed,
    /// A colleague's ticket, only to read.
    Colleague,
    /// Merged into another one.
    Merged,
}

impl Step {
    /// The usual four steps where only the present stage is known.
    #[must_use]
    pub fn usual(now: Stage) -> Vec<Self> {
        [Stage::Received, Stage::InProgress, Stage::Waiting, Stage::Closed]
            .into_iter()
            .filter(|&stage| stage != Stage::Waiting || now == Stage::Waiting)
            .map(|stage| {
                let order = |stage| match stage {
                    Stage::Received => 0,
                    Stage::InProgress => 1,
                    Stage::Waiting => 2,
                    Stage::Closed => 3,
                };
                let state = match order(stage) {
                    place if place < order(now) => StepState::Done,
                    place if place == order(now) => StepState::Current,
                    _ => StepState::Ahead,
                };
                Self {
                    status: Status::of(stage),
                    state,
                    when: None,
                    who: None,
                }
            })
            .collect()
    }
}
