//! The support form.

use serde::Serialize;

use super::file::{FileLimits, StagedFile};
use super::form::Problem;
use super::shell::Shell;
use super::status::Priority;
use super::ticket::TicketLink;
use super::{Choice, Page};

/// `GET|POST /{slug}/new`, multipart: `subject`, `description`, `category`, `priority`, `audience` (`shared` | `private`),
/// `files`, `staged`, `about`, `idem`.
#[derive(Clone, Debug, Serialize)]
pub struct NewTicketPage {
    /// The frame.
    pub shell: Shell,
    /// When to expect a reply, if customers are told.
    pub promise: Option<String>,
    /// The heading, where the portal has words of its own.
    pub heading: Option<String>,
    /// The words on the button, where the portal has its own.
    pub button: Option<String>,
    /// The fields, in order.
    pub fields: Vec<AskedField>,
    /// What was typed.
    pub subject: String,
    /// What was typed.
    pub description: String,
    /// Categories; empty hides the field. The template puts "Choose …" first.
    pub categories: Vec<Choice>,
    /// Priorities offered, worded by consequence; fewer than two hide the field.
    pub priorities: Vec<Priority>,
    /// The one chosen.
    pub priority: Priority,
    /// Who may see it; `None` where there is nothing to say (no company).
    pub audience: Option<AudienceChoice>,
    /// Files may be attached.
    pub limits: Option<FileLimits>,
    /// Files kept from a refused attempt.
    pub staged: Vec<StagedFile>,
    /// The ticket that this one follows (`?about=`).
    pub about: Option<TicketLink>,
    /// Idempotency key.
    pub idem: String,
    /// Problems of a refused attempt.
    pub problems: Vec<Problem>,
}

impl Page for NewTicketPage {
    const TEMPLATE: &'static str = "new_ticket.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// One field of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskedField {
    /// How it is asked.
    pub kind: AskedKind,
    /// Its name in the form.
    pub name: String,
    /// Its label; `None` for those that have the usual words.
    pub label: Option<String>,
    /// A hint.
    pub help: Option<String>,
    /// Whether it must be filled in.
    pub required: bool,
    /// What was typed, of a property.
    pub value: String,
    /// What there is to choose, of a property.
    pub choices: Vec<Choice>,
    /// Whether it is ticked.
    pub ticked: bool,
    /// When it is asked; `None` = always.
    pub when: Option<AskedWhen>,
}

/// How a field is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedKind {
    /// The subject.
    Subject,
    /// The kind of request.
    Category,
    /// How urgent it is.
    Priority,
    /// The description.
    Description,
    /// Files.
    Files,
    /// One line.
    Text,
    /// Several lines.
    Paragraph,
    /// A number.
    Number,
    /// A day.
    Date,
    /// One of several.
    DropDown,
    /// Any of several.
    MultiSelect,
    /// Yes or no.
    Checkbox,
}

/// When a field is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskedWhen {
    /// The name of the field that it depends on.
    pub field: String,
    /// The answers, as a JSON list for the script.
    pub any_of: String,
    /// The label of that field; `None` for those that have the usual words.
    pub label: Option<String>,
    /// The answers in words; empty for a box that is ticked or not.
    pub answers: Vec<String>,
}

impl AskedField {
    /// A field under its usual words.
    #[must_use]
    pub fn new(kind: AskedKind, name: impl Into<String>) -> Self {
        Self {
            kind,
            name: name.into(),
            label: None,
            help: None,
            required: matches!(kind, AskedKind::Subject | AskedKind::Description),
            value: String::new(),
            choices: Vec::new(),
            ticked: false,
            when: None,
        }
    }

    /// The fields of a form that nobody changed.
    #[must_use]
    pub fn usual() -> Vec<Self> {
        [
            (AskedKind::Subject, "subject"),
            (AskedKind::Category, "category"),
            (AskedKind::Priority, "priority"),
            (AskedKind::Description, "description"),
            (AskedKind::Files, "files"),
        ]
        .map(|(kind, name)| Self::new(kind, name))
        .into()
    }
}

/// Who may see a new ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AudienceChoice {
    /// The company with which it is shared; `None` = only the requester and support, said but not chosen.
    pub company: Option<String>,
    /// Whether *private* is offered.
    pub may_be_private: bool,
    /// Whether *private* is chosen.
    pub private: bool,
}
