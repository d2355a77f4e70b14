use std::time::Duration;

use super::session::SecretHash;
use crate::id::{CompanyId, ContactId, PortalId, RegistrationId};
use crate::text::{EmailAddress, Locale, PersonName};
use crate::time::Timestamp;

/// How long the address of a registration can be verified.
pub const REGISTRATION_LASTS: Duration = Duration::from_hours(24);

/// What became of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegistrationState {
    /// The address is not proven yet.
    Unverified,
    /// The address is proven, and somebody of the staff must approve.
    Waiting,
    /// There is an account.
    Approved,
    /// Somebody of the staff said no.
    Declined,
}

/// Somebody without invitation who asks for an account.
///
/// Until the address is proven it touches no contact, and nothing of an existing one is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Its id.
    pub id: RegistrationId,
    /// The portal.
    pub portal: PortalId,
    /// The address that is to be proven.
    pub address: EmailAddress,
    /// The name, as given last.
    pub name: PersonName,
    /// The language of the page where it was asked for.
    pub language: Locale,
    /// What became of it.
    pub state: RegistrationState,
    /// The hash of the link's secret, once the mail was made.
    pub token: Option<SecretHash>,
    /// The hash of the password chosen once the address was proven, while staff has not decided.
    pub password_hash: Option<String>,
    /// The company whose domain the address has: a proposal for staff, never a grant.
    pub proposed: Option<CompanyId>,
    /// The version of the consent notice that was accepted, with when and in what language.
    pub consent: Option<Accepted>,
    /// The contact that the account belongs to.
    pub contact: Option<ContactId>,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When the link stops working.
    pub expires_at: Timestamp,
    /// When the address was proven.
    pub verified_at: Option<Timestamp>,
}

/// That a version of the consent notice was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The version of the notice.
    pub version: u32,
    /// The language in which it was shown.
    pub language: Locale,
    /// The SHA-256 of the text that was shown.
    pub text: [u8; 32],
    /// When.
    pub at: Timestamp,
}

/// The proof that a contact accepted a portal's consent notice. Proofs are only ever added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentProof {
    /// Who.
    pub contact: ContactId,
    /// Which portal's notice.
    pub portal: PortalId,
    /// Which version, when, and what was shown.
    pub accepted: Accepted,
}
