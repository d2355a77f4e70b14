//! Captured mails, for development and demos.

use serde::Serialize;

use super::Page;
use super::shell::Shell;
use super::when::When;

/// `GET /dev/mail`: `to`.
#[derive(Clone, Debug, Serialize)]
pub struct DevMailsPage {
    /// The frame.
    pub shell: Shell,
    /// Whose mails are looked for.
    pub to: String,
    /// The mails, the newest first.
    pub mails: Vec<DevMailRow>,
}

impl Page for DevMailsPage {
    const TEMPLATE: &'static str = "dev_mails.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// A captured mail.
#[derive(Clone, Debug, Serialize)]
pub struct DevMailRow {
    /// Its page.
    pub href: String,
    /// When it would have left.
    pub at: When,
    /// The sender.
    pub from: String,
    /// The recipient.
    pub to: String,
    /// The subject.
    pub subject: String,
}

/// `GET /dev/mail/{id}`: `part`, `look`.
#[derive(Clone, Debug, Serialize)]
pub struct DevMailPage {
    /// The frame.
    pub shell: Shell,
    /// The mail.
    pub mail: DevMailRow,
    /// The part that is looked at.
    pub part: DevMailPart,
    /// Whether the frame pretends that the reader likes it dark.
    pub is_dark: bool,
    /// The addresses in the text.
    pub links: Vec<String>,
    /// The plain text.
    pub text: String,
    /// The headers.
    pub headers: Vec<(String, String)>,
}

impl Page for DevMailPage {
    const TEMPLATE: &'static str = "dev_mail.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What of a mail is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DevMailPart {
    /// The HTML part, in a frame.
    Html,
    /// The plain text.
    Text,
    /// The headers.
    Headers,
}

impl DevMailPart {
    /// The part of this name; the HTML if there is none.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "text" => Self::Text,
            "headers" => Self::Headers,
            _ => Self::Html,
        }
    }
}
