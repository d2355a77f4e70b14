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
