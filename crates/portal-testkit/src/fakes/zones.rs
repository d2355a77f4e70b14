use portal_core::ports::Zones;
use portal_core::time::{Date, Timestamp};

const MINUTE: i64 = 60 * 1_000_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// Knows the zone `UTC`, by counting days.
#[derive(Clone, Copy, Debug, Default)]
pub struct UtcOnly;

impl UtcOnly {
    fn start_of(day: Date) -> i64 {
        let (year, month, day) = day.parts();
        // Days since 0000-03-01: with March first, the day that leap years add is the last one.
        let (year, month) = (i64::from(year) - i64::from(month < 3), i64::from(month));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
        (year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719_468) * DAY
    }
}

impl Zones for UtcOnly {
    fn knows(&self, zone: &str) -> bool {
        zone == "UTC"
    }

    fn minutes_east(&self, _zone: &str, _at: Timestamp) -> i32 {
        0
    }

    fn date(&self, zone: &str, at: Timestamp) -> Option<Date> {
        if !self.knows(zone) {
            return None;
        }
        let wanted = at.micros();
        // The year is right or one too many; days are counted from there.
        let year = u16::try_from(1970 + wanted.div_euclid(366 * DAY)).ok()?;
        let mut day = Date::new(year, 1, 1)?;
        while let Some(next) = day.next().filter(|it| Self::start_of(*it) <= wanted) {
            day = next;
        }
        Some(day)
    }

    fn instant(&self, zone: &str, day: Date, minutes: u16) -> Option<Timestamp> {
        self.knows(zone)
            .then(|| Timestamp::from_micros(Self::start_of(day) + i64::from(minutes) * MINUTE))
    }
}
