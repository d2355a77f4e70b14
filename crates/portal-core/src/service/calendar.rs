use std::time::Duration;

use crate::time::Timestamp;

/// When time counts: spans that follow each other, or always.
///
/// A calendar is made for a stretch of time ([`WorkingHours::calendar`](super::WorkingHours::calendar)); before and after
/// it nothing counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Ascending, not empty each, none touching the next. `None`: time always counts.
    spans: Option<Vec<Span>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    from: i64,
    until: i64,
    /// What counted before it.
    before: i64,
}

impl Calendar {
    /// Around the clock.
    #[must_use]
    pub const fn always() -> Self {
        Self { spans: None }
    }

    /// Only in these spans, each from its first instant up to its second. They may come in any order and overlap; empty and
    /// reversed ones do not count.
    #[must_use]
    pub fn of(mut spans: Vec<(Timestamp, Timestamp)>) -> Self {
        spans.retain(|(from, until)| from < until);
        spans.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for (from, until) in spans {
            let (from, until) = (from.micros(), until.micros());
            match merged.last_mut() {
                Some(last) if from <= last.until => last.until = last.until.max(until),
                last => {
                    let before = last.map_or(0, |it| it.before + (it.until - it.from));
                    merged.push(Span { from, until, before });
                }
            }
        }
        Self { spans: Some(merged) }
    }

    /// How much time counts from one instant up to another; nothing if they are the other way round.
    #[must_use]
    pub fn worked(&self, from: Timestamp, until: Timestamp) -> Duration {
        if until <= from {
            return Duration::ZERO;
        }
        match &self.spans {
            None => until.since(from),
            Some(spans) => micros(counted(spans, until.micros()) - counted(spans, from.micros())),
        }
    }

    /// The instant at which so much time has counted since `from`; `None` if that is not within the calendar.
    ///
    /// Without any time to go that is `from` itself.
    #[must_use]
    pub fn after(&self, from: Timestamp, time: Duration) -> Option<Timestamp> {
        let spans = match &self.spans {
            _ if time.is_zero() => return Some(from),
            None => return Some(from.plus(time)),
            Some(spans) => spans,
        };
        let wanted = counted(spans, from.micros()).checked_add(i64::try_from(time.as_micros()).ok()?)?;
        // The first span in which, at its end, enough has counted.
        let index = spans.partition_point(|it| it.before + (it.until - it.from) < wanted);
        let span = spans.get(index)?;
        Some(Timestamp::from_micros(span.from + (wanted - span.before)))
    }
}

/// What counts up to an instant.
fn counted(spans: &[Span], at: i64) -> i64 {
    let index = spans.partition_point(|it| it.until <= at);
    match spans.get(index) {
        Some(span) => span.before + (at - span.from).max(0),
        None => spans.last().map_or(0, |it| it.before + (it.until - it.from)),
    }
}

fn micros(it: i64) -> Duration {
    Duration::from_micros(u64::try_from(it).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn at(it: i64) -> Timestamp {
        Timestamp::from_micros(it)
    }

    /// The definition, instant by instant.
    fn naive(spans: &[(i64, i64)], from: i64, until: i64) -> u64 {
        let counts = |it: &i64| spans.iter().any(|(from, until)| from <= it && it < until);
        (from..until.max(from)).filter(counts).count() as u64
    }

    proptest! {
        #[test]
        fn what_counts_is_what_lies_in_a_span(
            spans in vec((0_i64..60, 0_i64..60), 0..6), from in -5_i64..70, until in -5_i64..70, time in 0_u64..40,
        ) {
            let calendar = Calendar::of(spans.iter().map(|(a, b)| (at(*a), at(*b))).collect());
            let worked = calendar.worked(at(from), at(until));
            prop_assert_eq!(worked, Duration::from_micros(naive(&spans, from, until)));
            let time = Duration::from_micros(time);
            match calendar.after(at(from), time) {
                // Exactly so much, and not a moment earlier.
                Some(due) => {
                    prop_assert_eq!(calendar.worked(at(from), due), time);
                    let before = at(due.micros() - 1);
                    prop_assert!(due == at(from) || calendar.worked(at(from), before) < time);
                }
                None => prop_assert!(calendar.worked(at(from), at(100)) < time),
            }
        }

        #[test]
        fn around_the_clock_everything_counts(from in -50_i64..50, time in 0_u64..50) {
            let due = Calendar::always().after(at(from), Duration::from_micros(time)).unwrap();
            prop_assert_eq!(due.micros(), from + time as i64);
            prop_assert_eq!(Calendar::always().worked(at(from), due), Duration::from_micros(time));
        }
    }
}
