//! The staff's pages about pipelines, notifications, and tickets opened for customers.

use serde::Serialize;

use super::desk::{DeskText, Rail};
use super::file::{FileLimits, StagedFile};
use super::form::Problem;
use super::person::Person;
use super::shell::Shell;
use super::status::Status;
use super::when::When;
use super::{Choice, Page};

macro_rules! pages {
    ($($page:ident = $template:literal;)*) => {$(
        impl Page for $page {
            const TEMPLATE: &'static str = $template;

            fn shell(&self) -> &Shell {
                &self.shell
            }
        }
    )*};
}

pages! {
    PipelinesPage = "office/pipelines.html";
    PipelinePage = "office/pipeline.html";
    StatusPage = "office/status.html";
    NoticesPage = "office/notices.html";
    ChoicesPage = "office/choices.html";
    OpenForPage = "office/open_for.html";
    ConversationsPage = "office/conversations.html";
    ConversationPage = "office/conversation.html";
}

/// `GET /admin/pipelines`.
#[derive(Clone, Debug, Serialize)]
pub struct PipelinesPage {
    /// The frame.
    pub shell: Shell,
    /// All of them, by name.
    pub pipelines: Vec<PipelineLine>,
    /// Inboxes with the pipeline that their new tickets enter.
    pub inboxes: Vec<InboxLine>,
    /// The name of a new one, as typed.
    pub name: String,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

/// A pipeline in the list.
#[derive(Clone, Debug, Serialize)]
pub struct PipelineLine {
    /// Where it leads.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Its statuses.
    pub statuses: Vec<Status>,
    /// After how many days of waiting its tickets are closed; `None` for never.
    pub close_days: Option<u16>,
}

/// An inbox in the list.
#[derive(Clone, Debug, Serialize)]
pub struct InboxLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The pipelines.
    pub pipelines: Vec<Choice>,
    /// What it does with what comes in; the labels are names, for the texts.
    pub kinds: Vec<Choice>,
}

/// `GET /admin/pipelines/{id}`.
#[derive(Clone, Debug, Serialize)]
pub struct PipelinePage {
    /// The frame.
    pub shell: Shell,
    /// Its own address.
    pub base: String,
    /// Its name, as typed or stored.
    pub name: String,
    /// Whether a ticket waits for the customer after an answer.
    pub answer_waits: bool,
    /// Whether it closes what waits.
    pub closes: bool,
    /// After how many days.
    pub close_days: String,
    /// How many days before the customer is reminded.
    pub notice_days: String,
    /// Its statuses, in order.
    pub statuses: Vec<StatusRow>,
    /// Statuses out of use, each with its successor.
    pub retired: Vec<(String, String)>,
    /// The stages for a new status; the labels are names, for the texts.
    pub stages: Vec<Choice>,
    /// The name of a new status, as typed.
    pub new_name: String,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

/// A status in its pipeline.
#[derive(Clone, Debug, Serialize)]
pub struct StatusRow {
    /// Where it is changed.
    pub href: String,
    /// Its name for staff.
    pub name: String,
    /// What customers see.
    pub shown: Status,
    /// Whether tickets that come into its stage get it.
    pub entry: bool,
    /// Whether it is the first of all.
    pub first: bool,
    /// Whether it is the last of all.
    pub last: bool,
}

/// `GET /admin/pipelines/{id}/statuses/{word}`.
#[derive(Clone, Debug, Serialize)]
pub struct StatusPage {
    /// The frame.
    pub shell: Shell,
    /// Where the pipeline is.
    pub pipeline: String,
    /// The pipeline's name.
    pub pipeline_name: String,
    /// Its own address.
    pub base: String,
    /// Its name for staff, as typed or stored.
    pub name: String,
    /// The usual word of its stage.
    pub stage: Status,
    /// What customers are shown, by language.
    pub labels: Vec<TextIn>,
    /// A sentence for customers, by language.
    pub explanations: Vec<TextIn>,
    /// Which statuses can take its tickets.
    pub successors: Vec<Choice>,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

/// A text in one language.
#[derive(Clone, Debug, Serialize)]
pub struct TextIn {
    /// The field.
    pub name: String,
    /// The language's code.
    pub code: &'static str,
    /// The language in itself.
    pub language: &'static str,
    /// As typed or stored.
    pub value: String,
}

/// `GET /desk/notices`.
#[derive(Clone, Debug, Serialize)]
pub struct NoticesPage {
    /// The frame.
    pub shell: Shell,
    /// The newest.
    pub notices: Vec<NoticeLine>,
    /// How many are unread, up to a cap.
    pub unread: u32,
}

/// A notice.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeLine {
    /// What: a name, for the texts.
    pub news: &'static str,
    /// Who did it.
    pub by: String,
    /// The ticket.
    pub number: i64,
    /// Its subject.
    pub subject: String,
    /// Where it is.
    pub href: String,
    /// When.
    pub when: When,
    /// Whether it was not read yet.
    pub unread: bool,
}

/// `GET /desk/notices/choices`.
#[derive(Clone, Debug, Serialize)]
pub struct ChoicesPage {
    /// The frame.
    pub shell: Shell,
    /// Each kind of news: its name, on pages, by mail.
    pub rows: Vec<(&'static str, bool, bool)>,
    /// How often mails leave; the labels are names, for the texts.
    pub digests: Vec<Choice>,
    /// Whether there are quiet hours.
    pub quiet: bool,
    /// When they begin, `22:00`.
    pub quiet_from: String,
    /// When they end.
    pub quiet_to: String,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

/// `GET /desk/new`: `q`, `contact`.
#[derive(Clone, Debug, Serialize)]
pub struct OpenForPage {
    /// The frame.
    pub shell: Shell,
    /// The lists.
    pub rail: Rail,
    /// What is searched for among contacts.
    pub q: String,
    /// Contacts that were found: id, name, what tells them apart.
    pub found: Vec<(String, String, String)>,
    /// Whether anybody was searched for.
    pub searched: bool,
    /// For whom: id and name.
    pub contact: Option<(String, String)>,
    /// Where.
    pub inboxes: Vec<Choice>,
    /// By which way they came; the labels are names, for the texts.
    pub sources: Vec<Choice>,
    /// How urgent; the labels are names, for the texts.
    pub priorities: Vec<Choice>,
    /// As typed.
    pub subject: String,
    /// As typed.
    pub text: String,
    /// How much the form takes.
    pub limits: FileLimits,
    /// Files that are uploaded already.
    pub staged: Vec<StagedFile>,
    /// Idempotency key.
    pub idem: String,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

/// `GET /desk/conversations`: `state`, `inbox`, `after`.
#[derive(Clone, Debug, Serialize)]
pub struct ConversationsPage {
    /// The frame.
    pub shell: Shell,
    /// Each state: its name, and whether it is the one shown.
    pub states: Vec<(&'static str, bool)>,
    /// The state shown.
    pub state: &'static str,
    /// The inboxes of whoever looks.
    pub inboxes: Vec<Choice>,
    /// The one shown; empty for all of them.
    pub inbox: String,
    /// Whether conversations of any of them wait for somebody.
    pub waits: bool,
    /// The rows.
    pub rows: Vec<ConversationLine>,
    /// The next page.
    pub more: Option<String>,
}

/// What is shown of a conversation everywhere.
#[derive(Clone, Debug, Serialize)]
pub struct ConversationHead {
    /// Where it is.
    pub href: String,
    /// What it is about.
    pub subject: String,
    /// Whose it is.
    pub who: Person,
    /// Their address.
    pub address: Option<String>,
    /// Whether the channel has proven who it is.
    pub proven: bool,
    /// By which way it came: a name, for the texts.
    pub channel: &'static str,
    /// The ticket it is part of.
    pub ticket: Option<i64>,
    /// When something was said last.
    pub when: When,
}

/// A conversation in the list.
#[derive(Clone, Debug, Serialize)]
pub struct ConversationLine {
    /// What is shown everywhere.
    pub head: ConversationHead,
    /// The beginning of what was said last.
    pub snippet: String,
}

/// `GET /desk/conversations/{id}`.
#[derive(Clone, Debug, Serialize)]
pub struct ConversationPage {
    /// The frame.
    pub shell: Shell,
    /// What is shown everywhere.
    pub head: ConversationHead,
    /// The name of its inbox.
    pub inbox: String,
    /// Where it stands: a name, for the texts.
    pub state: &'static str,
    /// What was said, oldest first.
    pub said: Vec<DeskText>,
    /// The number of a ticket, as typed.
    pub ticket: String,
    /// What a step would do to who sees it, once that was asked.
    pub change: Option<SightChange>,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
}

/// Who gains or loses sight by a step.
#[derive(Clone, Debug, Serialize)]
pub struct SightChange {
    /// The step: `make`, `attach`, `detach`.
    pub what: &'static str,
    /// Who gains it, by name.
    pub gain: Vec<String>,
    /// Who loses it, by name.
    pub lose: Vec<String>,
    /// There may be more.
    pub is_cut: bool,
}
