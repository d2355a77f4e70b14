//! The door of the staff's side: set-up, the two steps of signing in, proving again.

use serde::Serialize;

use super::Page;
use super::form::Problem;
use super::shell::Shell;

/// Which page of the door it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DoorStep {
    /// Making the first administrator.
    SetUp,
    /// Address and password.
    SignIn,
    /// A code of the app.
    Code,
    /// Connecting an app.
    Enrol,
    /// The recovery codes, shown once.
    Codes,
    /// A code again, for what is dangerous.
    Prove,
}

/// Every page of the door.
#[derive(Clone, Debug, Serialize)]
pub struct DoorPage {
    /// The frame, without navigation.
    pub shell: Shell,
    /// Which page it is.
    pub step: DoorStep,
    /// Where its form goes; for the recovery codes, where one goes on.
    pub action: &'static str,
    /// The secret of the set-up link.
    pub token: String,
    /// As typed.
    pub name: String,
    /// As typed.
    pub email: String,
    /// Where to go afterwards; checked.
    pub next: String,
    /// The secret of the app, for typing.
    pub typed: String,
    /// The address that apps open.
    pub uri: String,
    /// That address as a picture: SVG made by the server.
    pub picture: String,
    /// The recovery codes.
    pub codes: Vec<String>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

impl Page for DoorPage {
    const TEMPLATE: &'static str = "office/door.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}
