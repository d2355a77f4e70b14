use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::calendar::Calendar;
use crate::input::{Checker, ProblemKind, Problems};
use crate::ports::Zones;
use crate::text::LineError;
use crate::time::{Date, Timestamp, Weekday};

/// So many days off can be named.
pub const MAX_DAYS_OFF: usize = 100;
/// So often somebody can open on one day.
const MAX_OPENINGS: usize = 3;
const A_DAY_OF_MINUTES: u16 = 24 * 60;

/// From when until when somebody works on a day, in minutes after midnight; `until` may be 24:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    /// The first minute.
    pub from: u16,
    /// The minute behind the last one.
    pub until: u16,
}

/// When a team works, in a time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingHours {
    zone: String,
    week: BTreeMap<Weekday, Vec<Opening>>,
    days_off: BTreeSet<Date>,
}

impl WorkingHours {
    /// Puts working hours together: an IANA zone, the openings of each day of the week (a day that is not named is free),
    /// and days on which nobody works.
    ///
    /// # Errors
    /// If the zone cannot be one, nobody ever works, there are more than three openings on a day or one hundred days off,
    /// or openings are empty, beyond the day or overlap. Problems name `zone`, the day, or `days_off`.
    pub fn new(zone: &str, week: BTreeMap<Weekday, Vec<Opening>>, days_off: BTreeSet<Date>) -> Result<Self, Problems> {
        let mut checker = Checker::default();
        if zone.is_empty() || zone.len() > 64 {
            checker.note("zone", ProblemKind::TimeZone);
        }
        let week: BTreeMap<_, _> = week.into_iter().filter(|(_, openings)| !openings.is_empty()).collect();
        for (day, openings) in &week {
            let apart = openings.windows(2).all(|it| matches!(it, [a, b] if a.until <= b.from));
            let fine = openings
                .iter()
                .all(|it| it.from < it.until && it.until <= A_DAY_OF_MINUTES);
            if !apart || !fine || openings.len() > MAX_OPENINGS {
                checker.note(day.name(), ProblemKind::Hours);
            }
        }
        if week.is_empty() {
            checker.note("week", LineError::Empty);
        }
        if days_off.len() > MAX_DAYS_OFF {
            checker.note("days_off", ProblemKind::TooMany { max: MAX_DAYS_OFF });
        }
        checker.done()?;
        let zone = zone.to_owned();
        Ok(Self { zone, week, days_off })
    }

    /// The IANA time zone.
    #[must_use]
    pub fn zone(&self) -> &str {
        &self.zone
    }

    /// The openings of a day of the week, in order; none on a free day.
    #[must_use]
    pub fn on(&self, day: Weekday) -> &[Opening] {
        self.week.get(&day).map_or(&[], Vec::as_slice)
    }

    /// The days on which nobody works whatever the day of the week.
    #[must_use]
    pub const fn days_off(&self) -> &BTreeSet<Date> {
        &self.days_off
    }

    /// How much a week without days off has.
    #[must_use]
    pub fn of_a_week(&self) -> Duration {
        let minutes = self
            .week
            .values()
            .flatten()
            .map(|it| u64::from(it.until - it.from))
            .sum::<u64>();
        Duration::from_mins(minutes)
    }

    /// These hours from one instant to another, as instants. Where a clock is put forward or back, a day is shorter or
    /// longer, as people there work. Empty if nobody knows the zone.
    #[must_use]
    pub fn calendar(&self, zones: &dyn Zones, from: Timestamp, until: Timestamp) -> Calendar {
        let mut spans = Vec::new();
        let mut day = zones.date(&self.zone, from);
        while let Some(date) = day {
            let start = zones.instant(&self.zone, date, 0);
            if start.is_none_or(|it| it > until) {
                break;
            }
            if !self.days_off.contains(&date) {
                for opening in self.on(date.weekday()) {
                    let begin = zones.instant(&self.zone, date, opening.from);
                    let end = zones.instant(&self.zone, date, opening.until);
                    spans.extend(begin.zip(end));
                }
            }
            day = date.next();
        }
        Calendar::of(spans)
    }
}
