use std::time::Duration;

use super::session::SecretHash;
use crate::id::{AddressChangeId, ContactId, PortalId, SessionId};
use crate::text::EmailAddress;
use crate::time::Timestamp;

/// How long a new address can be confirmed.
pub const CONFIRM_ADDRESS_LASTS: Duration = Duration::from_hours(1);
/// How long the old address can take a change back.
pub const REVERT_ADDRESS_LASTS: Duration = Duration::from_hours(7 * 24);

/// What became of a change of address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AddressChangeState {
    /// The new address is not confirmed yet: the old one counts.
    Waiting,
    /// The new address counts.
    Confirmed,
    /// Given up: by a newer one, a new password, or its owner.
    Cancelled,
    /// Taken back from the old address: the old one counts again.
    Reverted,
}

/// A contact changes their sign-in address: confirmed from the new one, revertible from the old one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressChange {
    /// Its id.
    pub id: AddressChangeId,
    /// Who.
    pub contact: ContactId,
    /// The portal whose page was open.
    pub portal: PortalId,
    /// The session it was asked for in, which goes on.
    pub session: Option<SessionId>,
    /// The address before.
    pub old: EmailAddress,
    /// The address to be.
    pub new: EmailAddress,
    /// What became of it.
    pub state: AddressChangeState,
    /// The hash of the secret in the mail to the new address, once it was made.
    pub confirm: Option<SecretHash>,
    /// The hash of the secret in the mail to the old address, once it was made.
    pub revert: Option<SecretHash>,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Until when the new address can be confirmed.
    pub confirm_until: Timestamp,
    /// When it was confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// Until when it can be taken back, once it was confirmed.
    pub revert_until: Option<Timestamp>,
}
