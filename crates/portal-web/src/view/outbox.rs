//! The outbox, as staff see it.

use serde::Serialize;

use super::form::Problem;
use super::shell::Shell;
use super::when::When;
use super::{Page, Pager};

/// `GET /admin/mail`: `state`, `before`.
#[derive(Clone, Debug, Serialize)]
pub struct OutboxPage {
    /// The frame.
    pub shell: Shell,
    /// What can be looked at.
    pub states: Vec<StateLink>,
    /// The state that is looked at.
    pub state: &'static str,
    /// How many mails were given up.
    pub dead: u64,
    /// The mails, the newest first.
    pub mails: Vec<MailRow>,
    /// To older ones.
    pub pager: Pager,
    /// To whom a test goes, as typed or one's own.
    pub test_to: String,
    /// Problems of the form.
    pub problems: Vec<Problem>,
}

impl Page for OutboxPage {
    const TEMPLATE: &'static str = "office/mail.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Mails in one state.
#[derive(Clone, Debug, Serialize)]
pub struct StateLink {
    /// Its name.
    pub state: &'static str,
    /// Where it leads.
    pub href: String,
    /// Whether one is there.
    pub current: bool,
    /// How many there are, where that matters.
    pub count: Option<u64>,
}

/// A mail.
#[derive(Clone, Debug, Serialize)]
pub struct MailRow {
    /// Its id.
    pub id: String,
    /// What it is: the name of its kind.
    pub kind: &'static str,
    /// To whom the last attempt went.
    pub to: Option<String>,
    /// When it was wanted.
    pub created: When,
    /// When it is tried next.
    pub due: Option<When>,
    /// When it came to its state.
    pub settled: Option<When>,
    /// How many attempts there were.
    pub attempts: u32,
    /// What went wrong last.
    pub reason: Option<String>,
    /// Whether it can be sent again.
    pub may_send_again: bool,
    /// Whether it can be discarded.
    pub may_discard: bool,
}
