//! Laws of instants and days.

use std::time::Duration;

use portal_core::time::{Date, Timestamp};
use proptest::prelude::*;

use crate::cases;

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_day_is_read_back_as_it_was_written(year in 0..10_100u16, month in 0..14u8, day in 0..33u8) {
        if let Some(date) = Date::new(year, month, day) {
            let text = date.to_string();
            prop_assert_eq!(text.len(), 10);
            prop_assert_eq!(text.parse::<Date>(), Ok(date));
            prop_assert_eq!(date.parts(), (year, month, day));
        }
    }

    #[test]
    fn what_is_read_as_a_day_is_written_the_same(text in "[0-9]{3,5}-[0-9]{1,3}-[0-9]{1,3}|\\PC{0,12}") {
        if let Ok(date) = text.parse::<Date>() {
            prop_assert_eq!(date.to_string(), text);
        }
    }

    #[test]
    fn days_sort_like_their_texts(a in (1..=9999u16, 1..=12u8, 1..=28u8), b in (1..=9999u16, 1..=12u8, 1..=28u8)) {
        let (a, b) = (Date::new(a.0, a.1, a.2).unwrap(), Date::new(b.0, b.1, b.2).unwrap());
        prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
    }

    #[test]
    fn going_there_and_back_is_standing_still(at in -1_000_000_000_000_000_000..1_000_000_000_000_000_000i64, span in 0..1_000_000_000_000_000_000u64) {
        let (at, span) = (Timestamp::from_micros(at), Duration::from_micros(span));
        prop_assert_eq!(at.plus(span).minus(span), at);
        prop_assert_eq!(at.plus(span).since(at), span);
        prop_assert_eq!(at.since(at.plus(span)), Duration::ZERO);
        prop_assert!(at.minus(span) <= at && at <= at.plus(span));
    }

    #[test]
    fn no_span_leaves_representable_time(at in any::<i64>(), seconds in any::<u64>(), other in any::<i64>()) {
        let (at, span) = (Timestamp::from_micros(at), Duration::from_secs(seconds));
        prop_assert!(at.plus(span) >= at);
        prop_assert!(at.minus(span) <= at);
        let _ = at.since(Timestamp::from_micros(other));
    }

    #[test]
    fn seconds_are_rounded_down_also_before_the_epoch(micros in any::<i64>()) {
        let seconds = Timestamp::from_micros(micros).seconds();
        let whole = i128::from(seconds) * 1_000_000;
        prop_assert!(whole <= i128::from(micros) && i128::from(micros) < whole + 1_000_000);
    }
}

#[test]
fn every_month_ends_when_it_ends() {
    let days = |year, month| (1..=31).filter(|day| Date::new(year, month, *day).is_some()).count();
    let lengths: Vec<usize> = (1..=12).map(|month| days(2026, month)).collect();
    assert_eq!(lengths, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    let februaries = [(1900, 28), (2000, 29), (2024, 29), (2025, 28), (2100, 28), (2400, 29)];
    for (year, expected) in februaries {
        assert_eq!(days(year, 2), expected, "February {year}");
    }
    assert_eq!(
        [
            Date::new(0, 1, 1),
            Date::new(10_000, 1, 1),
            Date::new(2026, 0, 1),
            Date::new(2026, 13, 1),
            Date::new(2026, 1, 0)
        ],
        [None; 5]
    );
}

#[test]
fn time_stops_at_its_ends() {
    let last = Timestamp::from_micros(i64::MAX);
    let first = Timestamp::from_micros(i64::MIN);
    assert_eq!(last.plus(Duration::from_secs(1)), last);
    assert_eq!(first.minus(Duration::from_secs(1)), first);
    assert_eq!(
        first.plus(Duration::MAX),
        first.plus(Duration::from_micros(i64::MAX as u64))
    );
}
