//! The pages on the way in: forgotten passwords, mailed links and codes, invitations, registrations, addresses, consent.

use serde::Serialize;

use super::Page;
use super::form::Problem;
use super::shell::Shell;
use super::when::When;

/// One step on the way in. What a step does not show is empty.
#[derive(Clone, Debug, Serialize)]
pub struct WayInPage {
    /// The frame, without a person but for [`Step::Consent`].
    pub shell: Shell,
    /// Which step it is.
    pub step: Step,
    /// The secret of the link, which the form sends on.
    pub token: String,
    /// An address: as typed, fixed, or as a hint.
    pub email: String,
    /// The address to be, where there are two.
    pub new_email: String,
    /// A name: as typed or on record.
    pub name: String,
    /// Where to go afterwards, checked by the handler; empty = the list.
    pub next: String,
    /// Whether a password is to be chosen, or a code to be typed.
    pub asks: bool,
    /// Fewest characters of a password.
    pub password_min: u32,
    /// What kind of browser asked for the mail.
    pub device: String,
    /// When the mail was asked for.
    pub asked: Option<When>,
    /// What is to be accepted.
    pub consent: Option<Consent>,
    /// How to get help, written by the operator or the address of one; may be empty.
    pub help: String,
    /// Problems of a refused attempt.
    pub problems: Vec<Problem>,
}

/// A consent notice.
#[derive(Clone, Debug, Serialize)]
pub struct Consent {
    /// Its version.
    pub version: u32,
    /// Its text, plain.
    pub text: String,
}

/// Which step it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Ask for a mail to choose a new password.
    Forgot,
    /// That mail is on its way.
    ForgotSent,
    /// The sign-in mail is on its way: type the code.
    Code,
    /// The link of a sign-in mail.
    Link,
    /// Choose a new password.
    Reset,
    /// Accept an invitation.
    Invitation,
    /// An invitation that is too old.
    InvitationExpired,
    /// A new invitation is on its way.
    InvitationSent,
    /// There is an account already.
    Registered,
    /// Ask for an account.
    Register,
    /// Only who was invited gets in.
    InvitedOnly,
    /// The mail to verify the address is on its way.
    RegisterSent,
    /// Finish a registration.
    Verify,
    /// Staff has to approve.
    Waiting,
    /// Confirm a new address.
    AddressConfirm,
    /// The new address counts.
    AddressConfirmed,
    /// Take a change of address back.
    AddressRevert,
    /// The old address counts again.
    AddressReverted,
    /// Accept the notice before going on.
    Consent,
    /// A link that does not work.
    Gone,
}

impl WayInPage {
    /// A step that shows nothing yet.
    #[must_use]
    pub fn new(shell: Shell, step: Step) -> Self {
        Self {
            shell,
            step,
            token: String::new(),
            email: String::new(),
            new_email: String::new(),
            name: String::new(),
            next: String::new(),
            asks: false,
            password_min: 0,
            device: String::new(),
            asked: None,
            consent: None,
            help: String::new(),
            problems: Vec::new(),
        }
    }
}

impl Page for WayInPage {
    const TEMPLATE: &'static str = "way_in.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}
