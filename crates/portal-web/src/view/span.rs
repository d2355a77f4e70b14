//! Spans of time, as people say them.

use std::time::Duration;

use crate::i18n::Translator;

/// `45 min`, `3 h 20 min`, `2 d 4 h`: the two largest units, rounded down, at least a minute if it is anything.
#[must_use]
pub fn span(texts: &Translator, time: Duration) -> String {
    let minutes = if time.is_zero() {
        0
    } else {
        (time.as_secs() / 60).max(1)
    };
    let (days, hours) = (minutes / 1440, minutes / 60 % 24);
    let (large, small, key) = match (days, hours) {
        (0, 0) => (minutes, 0, "span-minutes"),
        (0, _) => (hours, minutes % 60, "span-hours"),
        _ => (days, hours, "span-days"),
    };
    texts.text(key, &[("n", large.into()), ("more", small.into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Locale, Locales};

    #[test]
    fn the_two_largest_units_are_said() {
        let locales = Locales::embedded().unwrap();
        for (seconds, en, de) in [
            (0, "0 min", "0 Min."),
            (20, "1 min", "1 Min."),
            (45 * 60, "45 min", "45 Min."),
            (3600, "1 h", "1 Std."),
            (3 * 3600 + 20 * 60, "3 h 20 min", "3 Std. 20 Min."),
            (86_400, "1 d", "1 Tag"),
            (2 * 86_400 + 4 * 3600 + 59 * 60, "2 d 4 h", "2 Tage 4 Std."),
        ] {
            let time = Duration::from_secs(seconds);
            let plain = |it: String| it.replace(['\u{2068}', '\u{2069}'], "").replace('\u{a0}', " ");
            assert_eq!(plain(span(locales.get(Locale::En), time)), en);
            assert_eq!(plain(span(locales.get(Locale::De), time)), de);
        }
    }
}
