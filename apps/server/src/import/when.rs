use jiff::civil::DateTime;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;
use portal_core::time::Timestamp;

/// Formats without zone besides ISO 8601, as HubSpot shows and exports them, and German ones.
///
/// `02/03/2026` is the third of February: with a slash HubSpot's exports have the month first. `02.03.2026` is the second of
/// March.
const FORMATS: &[&str] = &[
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%b %d, %Y %I:%M %p",
    "%b %d, %Y, %I:%M %p",
    "%b %d, %Y",
];

/// The instant that a cell means; texts without zone are in `zone`. Years outside 1970 to 2199 are taken for mistakes.
pub(super) fn instant(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    let micros = if text.len() >= 11 && text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse::<i64>().ok()?.checked_mul(1000)?
    } else if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        // ISO 8601 and RFC 3339 with an offset or `Z`.
        instant.as_microsecond()
    } else {
        civil(text)?.to_zoned(zone.clone()).ok()?.timestamp().as_microsecond()
    };
    const FROM: i64 = 0;
    const TO: i64 = 7_258_118_400_000_000;
    (FROM..TO).contains(&micros).then(|| Timestamp::from_micros(micros))
}

fn civil(text: &str) -> Option<DateTime> {
    if let Ok(it) = text.parse::<DateTime>() {
        return Some(it);
    }
    FORMATS.iter().find_map(|format| {
        let parsed = BrokenDownTime::parse(format, text).ok()?;
        parsed
            .to_datetime()
            .ok()
            .or_else(|| parsed.to_date().ok().map(|it| it.at(0, 0, 0, 0)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        instant(text, &zone).map(|it| jiff::Timestamp::from_microsecond(it.micros()).unwrap().to_string())
    }

    #[test]
    fn with_a_zone_the_text_decides() {
        for text in [
            "2026-11-22T14:05:00Z",
            "2026-11-22T15:05:00+01:00",
            "2026-11-22 14:05:00Z",
            "1795356300000",
        ] {
            assert_eq!(read(text).as_deref(), Some("2026-11-22T14:05:00Z"), "{text}");
        }
        assert_eq!(
            read("2026-11-22T14:05:00.123Z").as_deref(),
            Some("2026-11-22T14:05:00.123Z")
        );
    }

    #[test]
    fn without_a_zone_the_given_one_counts() {
        let texts = [
            "2026-11-22 14:05",
            "2026-11-22T14:05",
            "2026-11-22 14:05:00",
            "2026/11/22 14:05",
            "11/22/2026 14:05",
            "11/22/2026 2:05 PM",
            "22.11.2026 14:05",
            "Nov 22, 2026 2:05 PM",
        ];
        for text in texts {
            assert_eq!(read(text).as_deref(), Some("2026-11-22T13:05:00Z"), "{text}");
        }
        assert_eq!(
            read("2026-07-01 12:00").as_deref(),
            Some("2026-07-01T10:00:00Z"),
            "summer time"
        );
        assert_eq!(read("2026-11-22").as_deref(), Some("2026-11-21T23:00:00Z"));
        assert_eq!(read("22.11.2026").as_deref(), Some("2026-11-21T23:00:00Z"));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "yesterday",
            "2026-13-01",
            "31.02.2026",
            "22/11/2026",
            "0001-01-01",
            "3026-01-01",
            "12",
            "99999999999999999999",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
