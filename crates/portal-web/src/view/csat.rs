//! Whether a customer is satisfied with how a ticket was solved.

use serde::Serialize;

use super::Page;
use super::form::Problem;
use super::shell::Shell;

/// `GET /{slug}/csat?token=…&rating=…`: the question with one button, and the thanks for the answer. Also the answer to a
/// refused comment (422), from there or from `POST /{slug}/{number}/rate`.
#[derive(Clone, Debug, Serialize)]
pub struct CsatPage {
    /// The frame.
    pub shell: Shell,
    /// The ticket.
    pub number: i64,
    /// Whether the answer has just been kept.
    pub done: bool,
    /// Where the button posts to.
    pub action: String,
    /// The right to answer, for whoever came by a link.
    pub token: Option<String>,
    /// The answer that is chosen already: `good` or `not_good`.
    pub rating: Option<&'static str>,
    /// What was typed.
    pub comment: String,
    /// Where the ticket is, for whoever is signed in.
    pub back: Option<String>,
    /// Problems of a refused answer; non-empty makes it an error page.
    pub problems: Vec<Problem>,
}

impl Page for CsatPage {
    const TEMPLATE: &'static str = "csat.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// The question on the page of a closed ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// The answer that was given: `good` or `not_good`.
    pub given: Option<&'static str>,
    /// What was said with it.
    pub comment: String,
}
