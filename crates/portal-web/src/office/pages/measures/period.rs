use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};
use portal_core::time::Timestamp;

/// A stretch of time up to the end of the present day, week or month, in parts that begin at midnight where the reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// Twelve weeks, which begin on Monday.
    Quarter,
    /// Twelve months.
    Year,
}

impl Period {
    pub(super) const ALL: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::Year];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// How many parts it has, and how long each is.
    fn parts(self) -> (i32, Span) {
        match self {
            Self::Week => (7, 1.day()),
            Self::Month => (30, 1.day()),
            Self::Quarter => (12, 1.week()),
            Self::Year => (12, 1.month()),
        }
    }

    /// The instants between the parts.
    pub(super) fn edges(self, zone: &str, now: Timestamp) -> Vec<Timestamp> {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let now = jiff::Timestamp::from_microsecond(now.micros()).unwrap_or_default();
        let today = zone.to_datetime(now).date();
        let first = match self {
            Self::Week | Self::Month => today,
            Self::Quarter => monday(today),
            Self::Year => today.first_of_month(),
        };
        let (count, part) = self.parts();
        let midnight = |it: Date| {
            let zoned = it.to_zoned(zone.clone()).ok()?;
            Some(Timestamp::from_micros(zoned.timestamp().as_microsecond()))
        };
        let edge = |index: i32| {
            let away = part.checked_mul(i64::from(index)).ok()?;
            midnight(first.checked_add(away).ok()?)
        };
        ((1 - count)..=1).filter_map(edge).collect()
    }
}

fn monday(day: Date) -> Date {
    let behind = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(behind.days()).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(period: Period, now: &str) -> Vec<String> {
        let now: jiff::Timestamp = now.parse().unwrap();
        let edges = period.edges("Europe/Berlin", Timestamp::from_micros(now.as_microsecond()));
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let shown = |it: &Timestamp| zone.to_datetime(jiff::Timestamp::from_microsecond(it.micros()).unwrap());
        assert!(
            edges
                .iter()
                .map(shown)
                .all(|it| it.time() == jiff::civil::Time::midnight())
        );
        edges.iter().map(|it| shown(it).date().to_string()).collect()
    }

    #[test]
    fn periods_end_with_today() {
        // In Berlin it is the 26th already, a Thursday.
        let now = "2026-11-25T23:30:00Z";
        let week = days(Period::Week, now);
        assert_eq!(
            (week.len(), week[0].as_str(), week[7].as_str()),
            (8, "2026-11-20", "2026-11-27")
        );
        assert_eq!(days(Period::Month, now).len(), 31);
        let quarter = days(Period::Quarter, now);
        assert_eq!(
            (quarter[0].as_str(), quarter[12].as_str()),
            ("2026-09-07", "2026-11-30")
        );
        let year = days(Period::Year, now);
        assert_eq!((year[0].as_str(), year[12].as_str()), ("2025-12-01", "2026-12-01"));
    }
}
