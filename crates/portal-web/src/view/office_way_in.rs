//! How the staff gets in: the set-up, links to choose a password, signing in, the second factor.

use serde::Serialize;

use super::Page;
use super::form::Problem;
use super::shell::Shell;

/// Which of the pages it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Address and password.
    #[default]
    SignIn,
    /// A code of the authenticator app, or a recovery code.
    Factor,
    /// Connecting an authenticator app.
    Enrol,
    /// The recovery codes, shown once.
    Codes,
    /// The first administrator.
    SetUp,
    /// Choosing a password by a link.
    Join,
    /// Connecting another app in the place of the old one.
    Renew,
    /// The code again, for what is dangerous.
    Prove,
}

/// `/setup`, `/desk/sign-in`, `/desk/second-step`, `/desk/join`, `/desk/prove`.
#[derive(Clone, Debug, Serialize)]
pub struct OfficeWayIn {
    /// The frame.
    pub shell: Shell,
    /// Which of the pages.
    pub step: Step,
    /// As typed, or whose link it is.
    pub email: String,
    /// As typed, or whose link it is.
    pub name: String,
    /// The secret of the link.
    pub token: String,
    /// Path to go to afterwards.
    pub next: String,
    /// The QR code, made by us.
    pub picture: String,
    /// The secret of the app, to be typed.
    pub typed: String,
    /// The address that apps on this device open.
    pub uri: String,
    /// Where the form goes that was refused for want of a proof; empty if there is none.
    pub redo: String,
    /// The fields of that form, each `name=value`.
    pub carried: Vec<String>,
    /// Recovery codes.
    pub codes: Vec<String>,
    /// Fewest characters of a password.
    pub least: u64,
    /// Problems of a refused attempt.
    pub problems: Vec<Problem>,
}

impl OfficeWayIn {
    /// An empty page.
    #[must_use]
    pub fn new(shell: Shell, step: Step, next: impl Into<String>) -> Self {
        Self {
            shell,
            step,
            email: String::new(),
            name: String::new(),
            token: String::new(),
            next: next.into(),
            picture: String::new(),
            typed: String::new(),
            uri: String::new(),
            redo: String::new(),
            carried: Vec::new(),
            codes: Vec::new(),
            least: portal_core::membership::Password::MIN_STAFF_CHARS as u64,
            problems: Vec::new(),
        }
    }
}

impl Page for OfficeWayIn {
    const TEMPLATE: &'static str = "office/way_in.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}
