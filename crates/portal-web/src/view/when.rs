//! Times in the reader's language and zone.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use serde::Serialize;

use crate::i18n::Translator;

/// One instant, ready for `<time>`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct When {
    /// For machines: RFC 3339 in UTC.
    pub iso: String,
    /// For the page: `12 min ago`, `20 Nov`.
    pub text: String,
    /// In full with the zone, for the tooltip.
    pub title: String,
    /// Whether the text counts from now (the browser keeps it fresh).
    pub relative: bool,
}

/// Writes instants for one reader.
#[derive(Clone, Debug)]
pub struct Times<'a> {
    translator: &'a Translator,
    zone: TimeZone,
    now: Local,
}

impl<'a> Times<'a> {
    /// `zone` is an IANA name (unknown = UTC), `now` microseconds since 1970.
    #[must_use]
    pub fn new(translator: &'a Translator, zone: &str, now: i64) -> Self {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        Self {
            translator,
            now: Local::new(instant(now), &zone),
            zone,
        }
    }

    /// For lists and threads: relative up to seven days, then the date.
    #[must_use]
    pub fn recent(&self, micros: i64) -> When {
        let at = self.local(micros);
        let seconds = self.now.instant.as_second().saturating_sub(at.instant.as_second());
        let days = self.days_ago(&at);
        let text = |key: &str, n: i64| Some(self.translator.text(key, &[("n", n.into())]));
        let relative = match seconds {
            // A little in the future is a clock that is off; more is a date.
            -300..60 => text("time-now", 0),
            60..3_600 => text("time-minutes", seconds / 60),
            3_600..86_400 => text("time-hours", seconds / 3_600),
            _ if days == 1 => text("time-yesterday", 1),
            _ if (2..=7).contains(&days) => text("time-days", days),
            _ => None,
        };
        match relative {
            Some(text) => When {
                relative: true,
                ..self.when(&at, text)
            },
            None => self.when(&at, self.day_text(at.date)),
        }
    }

    /// A day: `20 Nov`, with the year when it is not this one.
    #[must_use]
    pub fn day(&self, micros: i64) -> When {
        let at = self.local(micros);
        self.when(&at, self.day_text(at.date))
    }

    /// Day and time: `20 Nov, 14:21`, `Today, 13:48`.
    #[must_use]
    pub fn moment(&self, micros: i64) -> When {
        let at = self.local(micros);
        let clock = ("clock", at.clock.as_str().into());
        let text = if self.days_ago(&at) == 0 {
            self.translator.text("time-today-at", &[clock])
        } else {
            let day = ("day", self.day_text(at.date).into());
            self.translator.text("time-day-at", &[day, clock])
        };
        self.when(&at, text)
    }

    /// In full: `22 Nov 2026, 14:05`, German `22. November 2026, 14:05 Uhr`.
    #[must_use]
    pub fn full(&self, micros: i64) -> When {
        let at = self.local(micros);
        self.when(&at, self.full_text(&at))
    }

    /// The first instant of a day in the reader's zone, written `2026-11-26`; of the day after it if `next`. `None` if there
    /// is no such day.
    #[must_use]
    pub fn midnight(&self, day: &str, next: bool) -> Option<i64> {
        let day: Date = day.parse().ok()?;
        let day = if next { day.tomorrow().ok()? } else { day };
        let start = day.to_zoned(self.zone.clone()).ok()?;
        Some(start.timestamp().as_microsecond())
    }

    fn when(&self, at: &Local, text: String) -> When {
        let zone = self.zone.to_offset_info(at.instant);
        let title = self.translator.text(
            "time-in-zone",
            &[
                ("moment", self.full_text(at).into()),
                ("zone", zone.abbreviation().into()),
            ],
        );
        let utc = Offset::UTC.to_datetime(at.instant);
        let (day, time) = (utc.date(), utc.time());
        When {
            iso: format!("{day}T{:02}:{:02}:{:02}Z", time.hour(), time.minute(), time.second()),
            text,
            title,
            relative: false,
        }
    }

    fn local(&self, micros: i64) -> Local {
        Local::new(instant(micros), &self.zone)
    }

    /// Midnights between then and now in the reader's zone.
    fn days_ago(&self, at: &Local) -> i64 {
        at.date.duration_until(self.now.date).as_hours() / 24
    }

    fn day_text(&self, date: Date) -> String {
        let key = if date.year() == self.now.date.year() {
            "time-day"
        } else {
            "time-day-year"
        };
        self.dated(key, date).as_ref().to_owned()
    }

    /// The day is written as the language has it; the clock is the same everywhere.
    fn full_text(&self, at: &Local) -> String {
        self.dated("time-full", at.date).replace(CLOCK, &at.clock)
    }

    /// A text that depends on a day alone, with a mark where a clock stands.
    fn dated(&self, key: &'static str, date: Date) -> Arc<str> {
        let (day, month, year) = (date.day(), date.month(), date.year());
        self.translator.kept((key, year, month, day), || {
            self.translator.text(
                key,
                &[
                    ("day", i64::from(day).into()),
                    ("month", i64::from(month).into()),
                    ("year", i64::from(year).into()),
                    ("clock", CLOCK.into()),
                ],
            )
        })
    }
}

/// Where a clock will stand.
const CLOCK: &str = "\u{1}";

/// An instant, and what calendar and clock show then.
#[derive(Clone, Debug)]
struct Local {
    instant: Timestamp,
    date: Date,
    clock: String,
}

impl Local {
    fn new(instant: Timestamp, zone: &TimeZone) -> Self {
        let shown = zone.to_datetime(instant);
        Self {
            instant,
            date: shown.date(),
            clock: format!("{:02}:{:02}", shown.hour(), shown.minute()),
        }
    }
}

/// Out-of-range numbers become the nearest instant that exists.
fn instant(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Locale, Locales};

    const MINUTE: i64 = 60_000_000;
    const DAY: i64 = 1_440 * MINUTE;
    /// 22 November 2026, 14:05 in Berlin.
    const NOW: i64 = 1_795_352_700_000_000;

    fn said(locale: Locale, say: impl Fn(&Times<'_>) -> When) -> When {
        let locales = Locales::embedded().unwrap();
        say(&Times::new(locales.get(locale), "Europe/Berlin", NOW))
    }

    #[test]
    fn full_times_are_written_as_each_language_does() {
        let en = said(Locale::En, |times| times.full(NOW));
        assert_eq!(
            (en.text.as_str(), en.iso.as_str()),
            ("22 Nov 2026, 14:05", "2026-11-22T13:05:00Z")
        );
        assert_eq!(en.title, "22 Nov 2026, 14:05 (CET)");
        assert_eq!(
            said(Locale::De, |times| times.full(NOW)).text,
            "22. November 2026, 14:05 Uhr"
        );
    }

    #[test]
    fn recent_times_count_from_now_up_to_seven_days() {
        for (ago, en, de, relative) in [
            (0, "Just now", "Gerade eben", true),
            (-MINUTE, "Just now", "Gerade eben", true),
            (12 * MINUTE, "12 min ago", "vor 12 Min.", true),
            (120 * MINUTE, "2 h ago", "vor 2 Std.", true),
            (DAY - MINUTE, "23 h ago", "vor 23 Std.", true),
            (DAY, "Yesterday", "Gestern", true),
            (2 * DAY, "2 days ago", "vor 2 Tagen", true),
            (7 * DAY, "7 days ago", "vor 7 Tagen", true),
            (8 * DAY, "14 Nov", "14. Nov.", false),
            (400 * DAY, "18 Oct 2025", "18. Okt. 2025", false),
            (-2 * DAY, "24 Nov", "24. Nov.", false),
        ] {
            let found = said(Locale::En, |times| times.recent(NOW - ago));
            assert_eq!((found.text.as_str(), found.relative), (en, relative));
            assert_eq!(said(Locale::De, |times| times.recent(NOW - ago)).text, de);
        }
    }

    #[test]
    fn the_readers_zone_decides_the_day() {
        let locales = Locales::embedded().unwrap();
        let texts = locales.get(Locale::En);
        // 23:30 UTC is the next day in Berlin.
        let late = NOW + 625 * MINUTE;
        assert_eq!(Times::new(texts, "Europe/Berlin", late).day(late).text, "23 Nov");
        assert_eq!(Times::new(texts, "UTC", late).day(late).text, "22 Nov");
        assert_eq!(Times::new(texts, "Nowhere/Land", late).day(late).text, "22 Nov");
    }

    #[test]
    fn moments_name_today() {
        assert_eq!(
            said(Locale::En, |times| times.moment(NOW - 17 * MINUTE)).text,
            "Today, 13:48"
        );
        assert_eq!(
            said(Locale::De, |times| times.moment(NOW - 2 * DAY)).text,
            "20. Nov., 14:05 Uhr"
        );
    }

    #[test]
    fn impossible_instants_do_not_end_the_page() {
        assert!(!said(Locale::En, |times| times.recent(i64::MAX)).text.is_empty());
        assert!(!said(Locale::En, |times| times.full(i64::MIN)).text.is_empty());
    }
}
