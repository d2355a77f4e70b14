//! Time zones, from the IANA database that is compiled in.

use jiff::civil;
use jiff::tz::TimeZone;
use portal_core::ports::Zones;
use portal_core::time::{Date, Timestamp};

/// The zones of the IANA database.
#[derive(Clone, Copy, Debug, Default)]
pub struct IanaZones;

impl Zones for IanaZones {
    fn knows(&self, zone: &str) -> bool {
        TimeZone::get(zone).is_ok()
    }

    fn minutes_east(&self, zone: &str, at: Timestamp) -> i32 {
        let zone = TimeZone::get(zone).ok();
        let at = jiff::Timestamp::from_microsecond(at.micros()).ok();
        zone.zip(at).map_or(0, |(zone, at)| zone.to_offset(at).seconds() / 60)
    }

    fn date(&self, zone: &str, at: Timestamp) -> Option<Date> {
        let zone = TimeZone::get(zone).ok()?;
        let day = zone
            .to_datetime(jiff::Timestamp::from_microsecond(at.micros()).ok()?)
            .date();
        let small = |it: i8| u8::try_from(it).ok();
        Date::new(u16::try_from(day.year()).ok()?, small(day.month())?, small(day.day())?)
    }

    fn instant(&self, zone: &str, day: Date, minutes: u16) -> Option<Timestamp> {
        let zone = TimeZone::get(zone).ok()?;
        let (year, month, day) = day.parts();
        let small = |it: u8| i8::try_from(it).ok();
        let day = civil::Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()?;
        let (hour, minute) = (minutes / 60, minutes % 60);
        let time = if hour >= 24 {
            day.tomorrow().ok()?.at(0, 0, 0, 0)
        } else {
            day.at(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0)
        };
        // `compatible` (RFC 5545 §3.3.5): behind a gap, and the first of two.
        let instant = zone.to_ambiguous_timestamp(time).compatible().ok()?;
        Some(Timestamp::from_micros(instant.as_microsecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BERLIN: &str = "Europe/Berlin";

    fn at(text: &str) -> Timestamp {
        let instant: jiff::Timestamp = text.parse().unwrap();
        Timestamp::from_micros(instant.as_microsecond())
    }

    #[test]
    fn days_and_minutes_are_those_of_the_zone() {
        assert!(IanaZones.knows(BERLIN) && !IanaZones.knows("Europe/Atlantis"));
        assert_eq!(
            IanaZones.date(BERLIN, at("2026-11-25T23:30:00Z")),
            Date::new(2026, 11, 26)
        );
        let nine = IanaZones.instant(BERLIN, Date::new(2026, 11, 26).unwrap(), 9 * 60);
        assert_eq!(nine, Some(at("2026-11-26T08:00:00Z")));
        let midnight = IanaZones.instant(BERLIN, Date::new(2026, 12, 31).unwrap(), 24 * 60);
        assert_eq!(midnight, Some(at("2026-12-31T23:00:00Z")));
        assert_eq!(IanaZones.instant("Nowhere", Date::new(2026, 1, 1).unwrap(), 0), None);
    }

    #[test]
    fn summer_counts_and_what_nobody_knows_is_utc() {
        let minutes = |zone: &str, when: &str| IanaZones.minutes_east(zone, at(when));
        assert_eq!(minutes(BERLIN, "2026-11-22T00:00:00Z"), 60);
        assert_eq!(minutes(BERLIN, "2026-07-22T00:00:00Z"), 120);
        assert_eq!(minutes("America/St_Johns", "2026-11-22T00:00:00Z"), -210);
        assert_eq!(minutes("Nowhere/Else", "2026-11-22T00:00:00Z"), 0);
    }

    #[test]
    fn a_clock_put_forward_or_back_has_an_answer() {
        let spring = Date::new(2026, 3, 29).unwrap();
        assert_eq!(IanaZones.instant(BERLIN, spring, 150), Some(at("2026-03-29T01:30:00Z")));
        let autumn = Date::new(2026, 10, 25).unwrap();
        assert_eq!(IanaZones.instant(BERLIN, autumn, 150), Some(at("2026-10-25T00:30:00Z")));
    }
}
