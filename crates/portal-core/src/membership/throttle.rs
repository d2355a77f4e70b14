use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::text::EmailAddress;
use crate::time::Timestamp;

/// After so many failures in a row an account's password no longer counts until it is set anew
/// (NIST SP 800-63B-4 §3.2.2 allows at most 100).
pub const LIMIT_BEFORE_RESET: u32 = 100;

/// What is slowed down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThrottleKind {
    /// One sign-in address, whether or not it is known.
    Address,
    /// One network: an IPv4 address or an IPv6 /64.
    Network,
    /// A signed-in contact who is asked for the password again.
    Reauthentication,
    /// Mails with links or codes, asked for from one network.
    MailNetwork,
    /// Mails with links or codes to one address, whether or not it is known.
    MailAddress,
    /// Codes guessed from one network.
    CodeNetwork,
    /// Codes guessed for one address.
    CodeAddress,
    /// Registrations from one network.
    RegistrationNetwork,
    /// Registrations of one address.
    RegistrationAddress,
}

/// Whom the throttle counts against. Only a hash is stored, so the table is no list of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ThrottleKey {
    /// What is slowed down.
    pub kind: ThrottleKind,
    /// SHA-256 over the kind and the thing.
    pub hash: [u8; 32],
}

impl ThrottleKey {
    /// The key of a sign-in address.
    #[must_use]
    pub fn address(address: &EmailAddress) -> Self {
        Self::of(ThrottleKind::Address, "address", address.as_str())
    }

    /// The key of a sign-in address on a device that is known: what others guess elsewhere does not count against it.
    #[must_use]
    pub fn device(address: &EmailAddress, device: uuid::Uuid) -> Self {
        Self::of(ThrottleKind::Address, "device", &format!("{device}\0{address}"))
    }

    /// The key of a network.
    #[must_use]
    pub fn network(network: &str) -> Self {
        Self::of(ThrottleKind::Network, "network", network)
    }

    /// The key of a contact who must show the password again.
    #[must_use]
    pub fn reauthentication(contact: crate::id::ContactId) -> Self {
        Self::of(ThrottleKind::Reauthentication, "reauthentication", &contact.to_string())
    }

    /// The key of a network for another kind of throttle.
    #[must_use]
    pub fn of_network(kind: ThrottleKind, network: &str) -> Self {
        Self::of(kind, "network", network)
    }

    /// The key of an address for another kind of throttle.
    #[must_use]
    pub fn of_address(kind: ThrottleKind, address: &EmailAddress) -> Self {
        Self::of(kind, "address", address.as_str())
    }

    /// The key of a sign-in address of the staff.
    #[must_use]
    pub fn staff_address(address: &EmailAddress) -> Self {
        Self::of(ThrottleKind::Address, "staff address", address.as_str())
    }

    /// The key of the second factor of a staff user: a right password does not clear it.
    #[must_use]
    pub fn staff_factor(agent: crate::id::AgentId) -> Self {
        Self::of(ThrottleKind::Reauthentication, "staff factor", &agent.to_string())
    }

    /// The key of a staff user who must show the password again.
    #[must_use]
    pub fn staff_password(agent: crate::id::AgentId) -> Self {
        Self::of(ThrottleKind::Reauthentication, "staff password", &agent.to_string())
    }

    fn of(kind: ThrottleKind, name: &str, thing: &str) -> Self {
        Self {
            kind,
            hash: Sha256::digest(format!("{name}\0{thing}").as_bytes()).into(),
        }
    }
}

/// The failures in a row that were counted against a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttle {
    /// How many.
    pub failures: u32,
    /// When the last one was.
    pub last_at: Timestamp,
}

impl Throttle {
    /// When the next attempt counts; `None` if it never does, until the password is set anew.
    ///
    /// An address: 2 free failures, then 3 s, from the 9th 10 s, from the 25th 60 s, from the 50th 15 minutes, and an end
    /// at 100. A network, which may be an office of many people: 20 free, then 6 s, from the 100th 60 s; forgotten after
    /// an hour.
    #[must_use]
    pub fn next_attempt(&self, kind: ThrottleKind) -> Option<Timestamp> {
        let seconds = match (kind, self.failures) {
            (ThrottleKind::Network, 0..=19) | (_, 0..=2) => 0,
            (ThrottleKind::Network, 20..=99) => 6,
            (ThrottleKind::Network, _) | (_, 25..=49) => 60,
            (_, 3..=8) => 3,
            (_, 9..=24) => 10,
            (_, 50..LIMIT_BEFORE_RESET) => 15 * 60,
            (_, LIMIT_BEFORE_RESET..) => return None,
        };
        Some(self.last_at.plus(Duration::from_secs(seconds)))
    }

    /// This counter after one more failure.
    #[must_use]
    pub fn failed(before: Option<Self>, kind: ThrottleKind, now: Timestamp) -> Self {
        let forgotten = |it: &Self| kind == ThrottleKind::Network && now.since(it.last_at) > Duration::from_hours(1);
        let failures = before.filter(|it| !forgotten(it)).map_or(0, |it| it.failures);
        Self {
            failures: failures.saturating_add(1),
            last_at: now,
        }
    }
}
