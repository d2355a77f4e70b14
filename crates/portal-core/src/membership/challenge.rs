use std::time::Duration;

use super::session::SecretHash;
use crate::id::{ChallengeId, ContactId, PortalId};
use crate::text::EmailAddress;
use crate::time::Timestamp;

/// How long a mailed link or code signs in.
pub const SIGN_IN_MAIL_LASTS: Duration = Duration::from_mins(10);
/// How long a mailed link lets choose a new password.
pub const RESET_MAIL_LASTS: Duration = Duration::from_mins(30);
/// How long a mail may wait in the outbox before what it is for is given up.
pub const MAIL_MAY_WAIT: Duration = Duration::from_hours(1);
/// How often a code may be guessed.
pub const MAX_TRIES: u32 = 5;

/// What a mailed link or code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChallengePurpose {
    /// Signing in without password.
    SignIn,
    /// Choosing a new password.
    Reset,
}

/// Somebody asked for a mail by which they prove that an address is theirs.
///
/// Whether anybody has the address is found out when the mail is made, not when it is asked for: so asking is the same for
/// known and unknown addresses, down to the work that is done.
#[derive(Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Its id.
    pub id: ChallengeId,
    /// What it is for.
    pub purpose: ChallengePurpose,
    /// The portal whose page was open.
    pub portal: PortalId,
    /// The address that was typed.
    pub address: EmailAddress,
    /// The hash of the secret that the asking browser keeps as a cookie; `None` if staff asked.
    pub browser: Option<SecretHash>,
    /// What kind of browser asked, such as `Firefox, Windows`.
    pub device: String,
    /// Whose the address is, once the mail was made.
    pub contact: Option<ContactId>,
    /// The hash of the link's secret, once the mail was made.
    pub token: Option<SecretHash>,
    /// The signature of the six digits, once the mail was made.
    pub code: Option<[u8; 32]>,
    /// How often a code was guessed.
    pub tries: u32,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When it stops working; counts from the mail once that was made.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
}

impl Challenge {
    /// Whether it may still be used.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.used_at.is_none() && self.contact.is_some() && now < self.expires_at
    }
}

/// No hashes, no address.
impl std::fmt::Debug for Challenge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Challenge")
            .field("id", &self.id)
            .field("purpose", &self.purpose)
            .field("tries", &self.tries)
            .field("used_at", &self.used_at)
            .finish_non_exhaustive()
    }
}
