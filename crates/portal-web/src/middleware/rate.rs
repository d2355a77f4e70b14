//! How many requests a network or a contact gets answered: token buckets in the memory of this server.
//!
//! They protect the server from being busy with one client. What protects passwords is counted in the store, inside the
//! use-case.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use portal_core::id::ContactId;
use portal_core::time::Timestamp;

/// So many requests at once, and one more each time the span is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// At once.
    pub burst: u32,
    /// The span after which there is one more.
    pub every: Duration,
}

impl Bucket {
    /// So many at once, one more each span.
    #[must_use]
    pub const fn new(burst: u32, every: Duration) -> Self {
        Self { burst, every }
    }
}

/// How many requests are answered, by network and by contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimits {
    /// Pages, of a network.
    pub reads_of_network: Bucket,
    /// Pages, of a contact.
    pub reads_of_contact: Bucket,
    /// Searches, of a contact.
    pub searches_of_contact: Bucket,
    /// Forms, of a network.
    pub writes_of_network: Bucket,
    /// Forms, of a contact.
    pub writes_of_contact: Bucket,
    /// Forms with files, of a network.
    pub uploads_of_network: Bucket,
    /// Different tickets and files that are not there, within an hour, until the rest of them is not looked for.
    pub misses: u32,
}

impl Default for RateLimits {
    fn default() -> Self {
        let millis = Duration::from_millis;
        Self {
            reads_of_network: Bucket::new(300, millis(200)),
            reads_of_contact: Bucket::new(120, millis(500)),
            searches_of_contact: Bucket::new(30, Duration::from_secs(2)),
            writes_of_network: Bucket::new(60, Duration::from_secs(1)),
            writes_of_contact: Bucket::new(30, Duration::from_secs(5)),
            uploads_of_network: Bucket::new(20, Duration::from_secs(3)),
            misses: 60,
        }
    }
}

impl RateLimits {
    /// No limit that anybody would reach; for tests and measurements.
    #[must_use]
    pub const fn unlimited() -> Self {
        let bucket = Bucket::new(u32::MAX, Duration::from_micros(1));
        Self {
            reads_of_network: bucket,
            reads_of_contact: bucket,
            searches_of_contact: bucket,
            writes_of_network: bucket,
            writes_of_contact: bucket,
            uploads_of_network: bucket,
            misses: u32::MAX,
        }
    }
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    /// Pages.
    Read,
    /// Searches.
    Search,
    /// Forms.
    Write,
    /// Forms with files.
    Upload,
}

/// Whom it is counted against.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    /// A network.
    Network(String),
    /// A contact.
    Contact(ContactId),
}

/// Counts.
#[derive(Debug)]
pub(crate) struct Limiter {
    limits: RateLimits,
    levels: Mutex<HashMap<(Class, Subject), Level>>,
}

/// Microseconds of credit that were used, as of an instant.
#[derive(Clone, Copy, Debug)]
struct Level {
    used: u64,
    at: Timestamp,
}

/// More entries than this are first cleared of those that are full again.
const MANY: usize = 50_000;

impl Limiter {
    pub(crate) fn new(limits: RateLimits) -> Self {
        Self {
            limits,
            levels: Mutex::default(),
        }
    }

    /// Takes one request out of all buckets it counts against, or none if one of them is empty.
    ///
    /// # Errors
    /// After how long to try again.
    pub(crate) fn take(&self, class: Class, subject: Subject, now: Timestamp) -> Result<(), Duration> {
        let classes: &[Class] = match class {
            Class::Read => &[Class::Read],
            Class::Search => &[Class::Search, Class::Read],
            Class::Write => &[Class::Write],
            Class::Upload => &[Class::Upload, Class::Write],
        };
        let mut levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        if levels.len() > MANY {
            levels.retain(|_, level| level.used_at(now) > 0);
            if levels.len() > MANY {
                levels.clear();
            }
        }
        let mut after = Vec::new();
        for &class in classes {
            let Some(bucket) = bucket(&self.limits, class, &subject) else {
                continue;
            };
            let key = (class, subject.clone());
            let used = levels.get(&key).map_or(0, |it| it.used_at(now));
            let one = micros(bucket.every);
            let full = one.saturating_mul(u64::from(bucket.burst));
            let wanted = used.saturating_add(one);
            if wanted > full {
                return Err(Duration::from_micros(wanted - full));
            }
            after.push((key, Level { used: wanted, at: now }));
        }
        levels.extend(after);
        Ok(())
    }
}

impl Level {
    /// What is used now: it flows back with time.
    fn used_at(&self, now: Timestamp) -> u64 {
        self.used.saturating_sub(micros(now.since(self.at)))
    }
}

fn micros(span: Duration) -> u64 {
    u64::try_from(span.as_micros()).unwrap_or(u64::MAX)
}

/// The bucket of a class for a kind of subject, if it is counted there.
fn bucket(limits: &RateLimits, class: Class, subject: &Subject) -> Option<Bucket> {
    match (class, subject) {
        (Class::Read, Subject::Network(_)) => Some(limits.reads_of_network),
        (Class::Read, Subject::Contact(_)) => Some(limits.reads_of_contact),
        (Class::Search, Subject::Network(_)) => None,
        (Class::Search, Subject::Contact(_)) => Some(limits.searches_of_contact),
        (Class::Write, Subject::Network(_)) => Some(limits.writes_of_network),
        (Class::Write, Subject::Contact(_)) => Some(limits.writes_of_contact),
        (Class::Upload, Subject::Network(_)) => Some(limits.uploads_of_network),
        (Class::Upload, Subject::Contact(_)) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_micros(1_795_428_000_000_000 + millis * 1_000)
    }

    fn limiter(burst: u32) -> Limiter {
        let every = Duration::from_millis(100);
        Limiter::new(RateLimits {
            reads_of_network: Bucket::new(burst, every),
            ..RateLimits::default()
        })
    }

    #[test]
    fn a_burst_then_one_each_span() {
        let limiter = limiter(3);
        let take = |millis| limiter.take(Class::Read, Subject::Network("a".to_owned()), at(millis));
        assert_eq!([take(0), take(0), take(0)], [Ok(()); 3]);
        assert_eq!(take(0), Err(Duration::from_millis(100)));
        assert_eq!(take(40), Err(Duration::from_millis(60)));
        assert_eq!(take(100), Ok(()));
        assert!(take(100).is_err());
        // A refused request costs nothing, and time going back gives nothing.
        assert!(take(50).is_err());
        assert_eq!(take(10_000), Ok(()));
    }

    #[test]
    fn each_has_its_own() {
        let limiter = limiter(1);
        for name in ["a", "b", "c"] {
            assert_eq!(
                limiter.take(Class::Read, Subject::Network(name.to_owned()), at(0)),
                Ok(())
            );
        }
        assert!(
            limiter
                .take(Class::Read, Subject::Network("b".to_owned()), at(0))
                .is_err()
        );
        assert_eq!(
            limiter.take(Class::Write, Subject::Network("b".to_owned()), at(0)),
            Ok(())
        );
    }

    #[test]
    fn a_crowd_does_not_fill_the_memory() {
        let limiter = limiter(5);
        for index in 0..MANY + 10 {
            let _ = limiter.take(Class::Read, Subject::Network(index.to_string()), at(0));
        }
        let _ = limiter.take(Class::Read, Subject::Network("late".to_owned()), at(60_000));
        assert!(limiter.levels.lock().unwrap().len() < 100);
    }
}
