//! Sign in.

use serde::Serialize;

use super::Page;
use super::form::Problem;
use super::shell::Shell;

/// `GET|POST /{slug}/sign-in`: `email`, `password`, `next`.
#[derive(Clone, Debug, Serialize)]
pub struct SignInPage {
    /// The frame, without a person.
    pub shell: Shell,
    /// As typed.
    pub email: String,
    /// Path to go to afterwards (same origin, checked by the handler); empty = the list.
    pub next: String,
    /// How to get access, written by the operator; may be empty.
    pub help: String,
    /// Whether there are passwords.
    pub password: bool,
    /// Whether a code can be sent.
    pub mail: bool,
    /// Whether anyone may register.
    pub registration: bool,
    /// Problems of a refused attempt.
    pub problems: Vec<Problem>,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "sign_in.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}
