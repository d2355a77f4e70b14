use jiff::tz::TimeZone;
use portal_core::ports::Zones;
use portal_core::time::Timestamp;

/// The time zones that came with the program.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BundledZones;

impl Zones for BundledZones {
    fn minutes_east(&self, zone: &str, at: Timestamp) -> i32 {
        let zone = TimeZone::get(zone).ok();
        let at = jiff::Timestamp::from_microsecond(at.micros()).ok();
        zone.zip(at).map_or(0, |(zone, at)| zone.to_offset(at).seconds() / 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summer_counts_and_what_nobody_knows_is_utc() {
        // 22 November 2026, and 22 July.
        let (winter, summer) = (1_795_305_600_000_000, 1_784_678_400_000_000);
        let minutes = |zone: &str, at| BundledZones.minutes_east(zone, Timestamp::from_micros(at));
        assert_eq!(minutes("Europe/Berlin", winter), 60);
        assert_eq!(minutes("Europe/Berlin", summer), 120);
        assert_eq!(minutes("America/St_Johns", winter), -210);
        assert_eq!(minutes("Nowhere/Else", winter), 0);
    }
}
