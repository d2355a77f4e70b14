use jiff::tz::TimeZone;
use portal_core::time::Timestamp;

use crate::letters::TextsError;
use crate::texts::Texts;

/// An instant as people of that language write it, with the zone it is told in.
pub(crate) fn instant(texts: &Texts, at: Timestamp, zone: &str) -> Result<String, TextsError> {
    let (zone_name, zone) = match TimeZone::get(zone) {
        Ok(found) => (zone, found),
        Err(_) => ("UTC", TimeZone::UTC),
    };
    let moment = jiff::Timestamp::from_microsecond(at.micros())
        .map_err(|error| TextsError(error.to_string()))?
        .to_zoned(zone);
    let months = texts.say("months", &[])?;
    let month = usize::try_from(moment.month() - 1).unwrap_or_default();
    let month = months.split('|').nth(month).unwrap_or_default();
    let time = format!("{:02}:{:02}", moment.hour(), moment.minute());
    texts.say(
        "instant",
        &[
            ("day", &moment.day().to_string()),
            ("month", month),
            ("year", &moment.year().to_string()),
            ("time", &time),
            ("zone", zone_name),
        ],
    )
}
