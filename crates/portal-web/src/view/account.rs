//! The account page.

use serde::Serialize;

use super::form::Problem;
use super::shell::Shell;
use super::when::When;
use super::{Choice, Page};

/// `GET /{slug}/account`. Its forms:
/// `POST …/account/profile` (`name`, `language`, `zone`), `POST …/account/password` (`current`, `new`),
/// `POST …/account/sessions/end` (`id`), `POST …/account/sessions/end-others`,
/// `POST …/account/tokens` (`token_name`, `scope` = `read` | `write`, `days`, `idem`; answers this page with `new_token`),
/// `POST …/account/tokens/revoke` (`id`). A refused form answers this page with its problems (422).
#[derive(Clone, Debug, Serialize)]
pub struct AccountPage {
    /// The frame.
    pub shell: Shell,
    /// Address used to sign in.
    pub email: String,
    /// Name, language, zone.
    pub profile: ProfileForm,
    /// Fewest characters of a password.
    pub password_min: u32,
    /// Where the person is signed in, this one first.
    pub sessions: Vec<Session>,
    /// API tokens; `None` where the portal offers none.
    pub tokens: Option<Tokens>,
    /// Of what mails come: messages, changes, openings.
    pub mails: MailChoices,
    /// Problems of a refused form.
    pub problems: Vec<Problem>,
    /// A new address as typed before a refusal.
    pub new_email: String,
    /// The address that waits for its confirmation.
    pub waiting_email: Option<String>,
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "account.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// Of what mails come.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct MailChoices {
    /// Messages.
    pub answers: bool,
    /// What waits, was closed or was opened again.
    pub changes: bool,
    /// What was received or opened.
    pub openings: bool,
}

/// Name, language, zone.
#[derive(Clone, Debug, Serialize)]
pub struct ProfileForm {
    /// As typed or stored.
    pub name: String,
    /// Languages offered, under their own names; the first entry "As in the browser" (empty value) is added by the page.
    pub languages: Vec<Choice>,
    /// Time zones offered (IANA names); the first entry "As in the browser" (empty value) is added by the page.
    pub zones: Vec<Choice>,
}

/// One place where the person is signed in.
#[derive(Clone, Debug, Serialize)]
pub struct Session {
    /// Sent to end it.
    pub id: String,
    /// `Firefox, Windows`; empty where unknown.
    pub browser: String,
    /// This very session.
    pub current: bool,
    /// Signed in.
    pub started: When,
    /// Last used.
    pub used: When,
}

/// API tokens.
#[derive(Clone, Debug, Serialize)]
pub struct Tokens {
    /// Those that exist.
    pub list: Vec<Token>,
    /// The one just made, with its secret: shown this once.
    pub fresh: Option<FreshToken>,
    /// Name typed into the form.
    pub name: String,
    /// Whether *read and write* is chosen.
    pub write: bool,
    /// Days offered, for example 30, 90, 365, and which is chosen.
    pub days: Vec<Days>,
    /// Idempotency key.
    pub idem: String,
}

/// A span of days to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Days {
    /// How many.
    pub days: u32,
    /// Chosen.
    pub selected: bool,
}

/// An API token.
#[derive(Clone, Debug, Serialize)]
pub struct Token {
    /// Sent to revoke it.
    pub id: String,
    /// Given by its owner.
    pub name: String,
    /// May write.
    pub write: bool,
    /// When it ends.
    pub expires: When,
    /// No longer valid.
    pub expired: bool,
    /// Last used; `None` = never.
    pub used: Option<When>,
}

/// A token just made.
#[derive(Clone, Serialize)]
pub struct FreshToken {
    /// Given by its owner.
    pub name: String,
    /// The secret itself.
    pub secret: String,
}

impl std::fmt::Debug for FreshToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FreshToken")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
