//! What only the machine knows: the time, randomness, and identifiers made of both.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use portal_core::id::Uuid;
use portal_core::ports::{Clock, Ids, PasswordsError, Secrets};
use portal_core::time::Timestamp;

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the adapter behind the Clock port")]
    fn now(&self) -> Timestamp {
        let now = SystemTime::now();
        let micros = match now.duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_micros()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_micros()).map_or(i64::MIN, |it| -it),
        };
        Timestamp::from_micros(micros)
    }
}

/// The random generator of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsSecrets;

impl Secrets for OsSecrets {
    fn random(&self) -> Result<[u8; 32], PasswordsError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|it| PasswordsError::Failed(Box::new(it)))?;
        Ok(bytes)
    }
}

/// Identifiers of version 7 (RFC 9562 §5.7): milliseconds, then 74 bits that ascend within a millisecond (§6.2, method 2).
///
/// They ascend for one process even if the clock stands still or goes back, so that indexes grow at their end.
/// Clones make them together.
#[derive(Clone, Debug, Default)]
pub struct UuidV7Ids {
    last: Arc<Mutex<Last>>,
}

/// The last identifier: its millisecond and the 74 bits behind it.
#[derive(Clone, Copy, Debug, Default)]
struct Last {
    millis: u64,
    tail: u128,
}

const TAIL_BITS: u32 = 74;
const RANDOM_B_BITS: u32 = 62;

impl Ids for UuidV7Ids {
    fn next(&self, now: Timestamp) -> Uuid {
        let millis = u64::try_from(now.micros() / 1000).unwrap_or(0);
        // A panic elsewhere leaves two integers, which are fine as they are.
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = last.following(millis, random());
        last.uuid()
    }
}

impl Last {
    fn following(self, millis: u64, random: u128) -> Self {
        // The highest bit stays free, so that counting up from here almost never overflows.
        let fresh = random & ((1 << (TAIL_BITS - 1)) - 1);
        if millis > self.millis {
            return Self { millis, tail: fresh };
        }
        let step = 1 + (random & u128::from(u32::MAX));
        let tail = self.tail + step;
        if tail >> TAIL_BITS == 0 {
            Self {
                millis: self.millis,
                tail,
            }
        } else {
            Self {
                millis: self.millis + 1,
                tail: fresh,
            }
        }
    }

    fn uuid(self) -> Uuid {
        let random_b = (1 << RANDOM_B_BITS) - 1;
        let millis = u128::from(self.millis & 0xFFFF_FFFF_FFFF) << 80;
        let version = 0x7 << 76;
        let variant = 0b10 << RANDOM_B_BITS;
        let tail = ((self.tail >> RANDOM_B_BITS) << 64) | (self.tail & random_b);
        Uuid::from_u128(millis | version | variant | tail)
    }
}

/// 128 random bits. Identifiers are names and no secrets: if the system has no randomness, what the standard library
/// seeds its hash maps with will do.
fn random() -> u128 {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_ok() {
        return u128::from_ne_bytes(bytes);
    }
    use std::hash::BuildHasher;
    let half = || u128::from(std::hash::RandomState::new().hash_one(0));
    (half() << 64) | half()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_clock_is_past_the_year_this_was_written() {
        assert!(SystemClock.now() > Timestamp::from_micros(1_750_000_000_000_000));
    }

    #[test]
    fn secrets_differ() {
        assert_ne!(OsSecrets.random().unwrap(), OsSecrets.random().unwrap());
    }

    #[test]
    fn ids_are_version_7_of_their_instant() {
        let ids = UuidV7Ids::default();
        let id = ids.next(Timestamp::from_micros(1_700_000_000_123_456));
        assert_eq!(id.get_version_num(), 7);
        assert_eq!(id.get_variant(), uuid::Variant::RFC4122);
        let (seconds, nanos) = id.get_timestamp().unwrap().to_unix();
        assert_eq!((seconds, nanos), (1_700_000_000, 123_000_000));
    }

    #[test]
    fn ids_ascend_within_a_millisecond_and_when_the_clock_goes_back() {
        let ids = UuidV7Ids::default();
        let instants = [5_000_000, 5_000_000, 5_000_001, 4_000_000, 5_001_000, 5_000_000];
        let made: Vec<Uuid> = (0..1000)
            .flat_map(|_| instants)
            .map(|it| ids.next(Timestamp::from_micros(it)))
            .collect();
        assert!(made.is_sorted_by(|a, b| a < b));
        assert_eq!(made.iter().collect::<HashSet<_>>().len(), made.len());
    }

    #[test]
    fn a_full_millisecond_spills_into_the_next_one() {
        let full = Last {
            millis: 7,
            tail: (1 << TAIL_BITS) - 1,
        };
        let next = full.following(7, u128::MAX);
        assert_eq!(next.millis, 8);
        assert!(next.uuid() > full.uuid());
        assert_eq!(next.uuid().get_version_num(), 7);
        assert_eq!(full.uuid().get_variant(), uuid::Variant::RFC4122);
    }
}
