//! Who asks for many different things that are not there is searching by number. Absent and forbidden count the same.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use portal_core::time::Timestamp;

use super::rate::Subject;

const WINDOW: Duration = Duration::from_hours(1);
const PAUSE: Duration = Duration::from_mins(15);
const MANY: usize = 10_000;

/// Counts different misses of each subject.
#[derive(Debug)]
pub(crate) struct Misses {
    most: u32,
    seen: Mutex<HashMap<Subject, Seen>>,
}

#[derive(Debug)]
struct Seen {
    since: Timestamp,
    things: HashSet<String>,
    blocked_until: Option<Timestamp>,
}

impl Misses {
    pub(crate) fn new(most: u32) -> Self {
        Self {
            most,
            seen: Mutex::default(),
        }
    }

    /// Whether nothing is looked for any more, and for how long.
    pub(crate) fn blocked(&self, subject: &Subject, now: Timestamp) -> Option<Duration> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let until = seen.get(subject)?.blocked_until?;
        (until > now).then(|| until.since(now))
    }

    /// Counts a thing that was not there. `true` if that was one too many.
    pub(crate) fn count(&self, subject: &Subject, thing: &str, now: Timestamp) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() > MANY {
            seen.retain(|_, it| now.since(it.since) < WINDOW || it.blocked_until.is_some_and(|until| until > now));
        }
        let fresh = || Seen {
            since: now,
            things: HashSet::new(),
            blocked_until: None,
        };
        let entry = seen.entry(subject.clone()).or_insert_with(fresh);
        if now.since(entry.since) >= WINDOW {
            *entry = fresh();
        }
        entry.things.insert(thing.chars().take(64).collect());
        if entry.things.len() > self.most as usize {
            *entry = Seen {
                blocked_until: Some(now.plus(PAUSE)),
                ..fresh()
            };
            return true;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_misses_count_and_the_same_one_does_not() {
        let misses = Misses::new(3);
        let who = Subject::Network("a".to_owned());
        let at = |seconds: i64| Timestamp::from_micros(1_795_428_000_000_000 + seconds * 1_000_000);
        for _ in 0..50 {
            assert!(!misses.count(&who, "1", at(0)));
        }
        assert!(!misses.count(&who, "2", at(1)));
        assert!(!misses.count(&who, "3", at(2)));
        assert_eq!(misses.blocked(&who, at(3)), None);
        assert!(misses.count(&who, "4", at(3)));
        assert_eq!(misses.blocked(&who, at(3)), Some(PAUSE));
        assert_eq!(misses.blocked(&who, at(3 + 15 * 60)), None);
        assert_eq!(misses.blocked(&Subject::Network("b".to_owned()), at(3)), None);
    }

    #[test]
    fn an_hour_later_it_begins_anew() {
        let misses = Misses::new(1);
        let who = Subject::Network("a".to_owned());
        let at = |seconds: i64| Timestamp::from_micros(1_795_428_000_000_000 + seconds * 1_000_000);
        assert!(!misses.count(&who, "1", at(0)));
        assert!(!misses.count(&who, "2", at(3_600)));
    }
}
