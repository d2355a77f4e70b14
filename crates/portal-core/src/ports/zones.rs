use crate::time::{Date, Timestamp};

/// Knows time zones of the IANA database (RFC 6557).
pub trait Zones: Send + Sync + 'static {
    /// Whether there is such a zone.
    fn knows(&self, zone: &str) -> bool;

    /// How many minutes the local time of a zone is ahead of UTC at an instant; 0 for a zone that nobody knows.
    fn minutes_east(&self, zone: &str, at: Timestamp) -> i32;

    /// The day that it is in a zone at an instant; `None` if there is no such zone.
    fn date(&self, zone: &str, at: Timestamp) -> Option<Date>;

    /// The instant of so many minutes after midnight of a day by the clocks of a zone, 1,440 being the next midnight. A time
    /// that a clock put forward skips MUST be the one behind the gap, of a time that comes twice the first MUST be taken.
    /// `None` if there is no such zone or day.
    fn instant(&self, zone: &str, day: Date, minutes: u16) -> Option<Timestamp>;
}

/// Knows no zone at all: everybody is in UTC, and working hours are never.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoZones;

impl Zones for NoZones {
    fn knows(&self, _zone: &str) -> bool {
        false
    }

    fn minutes_east(&self, _zone: &str, _at: Timestamp) -> i32 {
        0
    }

    fn date(&self, _zone: &str, _at: Timestamp) -> Option<Date> {
        None
    }

    fn instant(&self, _zone: &str, _day: Date, _minutes: u16) -> Option<Timestamp> {
        None
    }
}
