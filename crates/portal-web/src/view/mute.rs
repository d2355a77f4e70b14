//! Whether mails about a ticket come.

use serde::Serialize;

use super::Page;
use super::shell::Shell;

/// `GET /{slug}/{number}/mails` and `GET /{slug}/mute?token=…`: a question with one button.
#[derive(Clone, Debug, Serialize)]
pub struct MutePage {
    /// The frame.
    pub shell: Shell,
    /// The ticket.
    pub number: i64,
    /// How it is.
    pub state: Muting,
    /// Where the button posts to.
    pub action: String,
    /// Where the ticket is, for whoever is signed in.
    pub back: Option<String>,
}

/// How it is with mails about a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Muting {
    /// They come.
    Told,
    /// They do not.
    Muted,
    /// They have just been ended.
    Done,
}

impl Page for MutePage {
    const TEMPLATE: &'static str = "mute.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}
