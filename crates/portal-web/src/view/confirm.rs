//! A question before something is done: what dialogs ask, as a page of its own.

use serde::Serialize;

use super::Page;
use super::form::Problem;
use super::shell::Shell;

/// `GET /{slug}/{number}/close|reopen|private`: posts to the same path (`reason` when closing, `idem`, `v`).
#[derive(Clone, Debug, Serialize)]
pub struct ConfirmPage {
    /// The frame.
    pub shell: Shell,
    /// What is asked.
    pub question: Question,
    /// The ticket.
    pub number: i64,
    /// Its subject.
    pub subject: String,
    /// Reason typed before a refusal.
    pub reason: String,
    /// Idempotency key.
    pub idem: String,
    /// Version of the ticket.
    pub version: i64,
    /// Problems of a refused attempt.
    pub problems: Vec<Problem>,
}

impl Page for ConfirmPage {
    const TEMPLATE: &'static str = "confirm.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Close the ticket?
    Close,
    /// Open it again?
    Reopen,
    /// Mark it private?
    Private,
}
