use std::time::Duration;

use super::customer_portal::SessionLimits;
use crate::input::{Checker, ProblemKind, Problems};
use crate::text::{EmailAddress, Line, LineError};

/// How customers can prove who they are on a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignInMethods {
    /// With a password.
    pub password: bool,
    /// With a link and a code from a mail.
    pub mail: bool,
}

impl Default for SignInMethods {
    /// Both.
    fn default() -> Self {
        Self {
            password: true,
            mail: true,
        }
    }
}

/// The private-content settings of a domain: what holds for getting in to every portal on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrivateContent {
    /// The company that access pages name. Needed before anybody is let in; missing only where nobody set it up yet.
    pub company_name: Option<Line>,
    /// Whom to write to if one cannot get in; access pages show it. Needed as the company's name is.
    pub admin_contact: Option<EmailAddress>,
    /// Whether portals of the domain may let anyone register.
    pub self_registration: bool,
    /// Whether somebody of the staff approves each registration before it counts.
    pub approve_registrations: bool,
    /// How customers sign in.
    pub methods: SignInMethods,
    /// How long sessions last.
    pub limits: SessionLimits,
}

impl PrivateContent {
    /// The shortest session, in minutes.
    pub const LEAST_MINUTES: u32 = 5;
    /// The longest session, in minutes: 90 days.
    pub const MOST_MINUTES: u32 = 90 * 24 * 60;

    /// Checks what no type says.
    ///
    /// # Errors
    /// Names the fields that are wrong.
    pub fn check(&self) -> Result<(), Problems> {
        let mut checker = Checker::default();
        if self.company_name.is_none() {
            checker.note("company_name", LineError::Empty);
        }
        if self.admin_contact.is_none() {
            checker.note("admin_contact", LineError::Empty);
        }
        if !self.methods.password && !self.methods.mail {
            checker.note("methods", ProblemKind::NotOffered);
        }
        let minutes = |it: Duration| u32::try_from(it.as_secs() / 60).unwrap_or(u32::MAX);
        let (idle, absolute) = (minutes(self.limits.idle), minutes(self.limits.absolute));
        if !(Self::LEAST_MINUTES..=absolute.max(Self::LEAST_MINUTES)).contains(&idle) {
            checker.note(
                "idle",
                ProblemKind::Range {
                    min: Self::LEAST_MINUTES,
                    max: absolute,
                },
            );
        }
        if !(Self::LEAST_MINUTES..=Self::MOST_MINUTES).contains(&absolute) {
            checker.note(
                "absolute",
                ProblemKind::Range {
                    min: Self::LEAST_MINUTES,
                    max: Self::MOST_MINUTES,
                },
            );
        }
        checker.done()
    }
}
