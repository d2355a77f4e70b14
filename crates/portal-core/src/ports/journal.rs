use std::fmt;
use std::str::FromStr;

use async_trait::async_trait;

use super::error::StoreError;
use super::hints::{DeskHint, Hint};
use crate::id::Uuid;
use crate::time::Timestamp;

/// A key a client makes up for one intended write, so that repeating the request does not repeat the effect:
/// 8 to 128 visible ASCII characters.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct IdempotencyKey(String);

/// A text that cannot be an idempotency key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key has 8 to 128 visible ASCII characters")]
pub struct IdempotencyKeyError;

impl IdempotencyKey {
    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for IdempotencyKey {
    type Err = IdempotencyKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fine = (8..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if fine {
            Ok(Self(text.to_owned()))
        } else {
            Err(IdempotencyKeyError)
        }
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What was done under an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// SHA-256 of the command, to notice a key that is used for something else.
    pub command: [u8; 32],
    /// What came of it, in the use-case's own words.
    pub result: String,
    /// When.
    pub at: Timestamp,
}

/// What belongs to the unit of work itself.
#[async_trait]
pub trait Journal: Send {
    /// Tells everybody who listens that a ticket changed, once this unit of work commits, and never if it does not.
    async fn hint(&mut self, hint: &Hint) -> Result<(), StoreError>;

    /// Tells the desk, likewise. It MUST reach no feed but those of [`Store::desk_hints`](super::Store::desk_hints).
    async fn desk_hint(&mut self, hint: &DeskHint) -> Result<(), StoreError>;

    /// What somebody, a contact or one of the staff, did in this use-case under this key since the given instant.
    async fn recall(
        &mut self,
        who: Uuid,
        use_case: &str,
        key: &IdempotencyKey,
        since: Timestamp,
    ) -> Result<Option<Remembered>, StoreError>;

    /// Remembers a success. MUST return `false`, and change nothing, if the key is taken by something done since the
    /// given instant; an older entry is replaced.
    async fn remember(
        &mut self,
        who: Uuid,
        use_case: &str,
        key: &IdempotencyKey,
        what: &Remembered,
        since: Timestamp,
    ) -> Result<bool, StoreError>;
}
