use std::fmt;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::id::{ContactId, SessionId};
use crate::time::Timestamp;

/// A clear secret: 256 random bits as 64 hexadecimal digits, with a prefix that names its kind for secret scanners.
///
/// It is shown to its owner once and never stored; only its [`SecretHash`] is.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// The SHA-256 of a secret. The secret has 256 bits of entropy, so a fast hash is enough.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SecretHash([u8; 32]);

impl Secret {
    /// A secret of a kind (`session`, `api`) from random bytes: `ptl_<kind>_<hex>`.
    #[must_use]
    pub fn from_bytes(kind: &str, bytes: &[u8; 32]) -> Self {
        let mut text = format!("ptl_{kind}_");
        for byte in bytes {
            // Writing into a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }

    /// A secret as a cookie or header brought it; anything longer than a secret can be is not one.
    #[must_use]
    pub fn presented(text: &str) -> Option<Self> {
        let plausible = text.len() <= 96
            && text.starts_with("ptl_")
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        plausible.then(|| Self(text.to_owned()))
    }

    /// The clear text, for the one place that hands it to its owner.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Its hash.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.0.as_bytes()).into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl SecretHash {
    /// A hash as it was stored.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for storing.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(…)")
    }
}

/// A signed-in session of a contact on one host. It is identity only: entry is judged at each request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id, shown on the account page.
    pub id: SessionId,
    /// Who signed in.
    pub contact: ContactId,
    /// The host it counts for.
    pub host: String,
    /// The hash of its secret.
    pub secret: SecretHash,
    /// The kind of browser and system, such as `Firefox, Windows`; from the browser's own word, for the owner's eyes.
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was used last, to within 5 minutes.
    pub seen_at: Timestamp,
    /// When it ends without use.
    pub idle_until: Timestamp,
    /// When it ends in any case.
    pub ends_at: Timestamp,
}

impl Session {
    /// Whether it still counts.
    #[must_use]
    pub fn is_alive(&self, now: Timestamp) -> bool {
        now < self.idle_until && now < self.ends_at
    }
}
