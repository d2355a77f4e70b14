//! The form of an inbox's promises: what is typed, and what it means.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use portal_core::id::InboxId;
use portal_core::input::{ProblemKind, Problems};
use portal_core::service::{Goals, InboxTerms, Opening, SaveTerms};
use portal_core::ticket::Priority;
use portal_core::time::{Date, Weekday};

use crate::forms::Fields;

const KINDS: [&str; 3] = ["first_reply", "next_reply", "close"];

/// What is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) seen: u32,
    pub(super) by_hours: bool,
    pub(super) zone: String,
    pub(super) week: [String; 7],
    pub(super) days_off: String,
    /// By priority, the most urgent first.
    pub(super) goals: Vec<(&'static str, Vec<(&'static str, String)>)>,
    pub(super) told: bool,
}

impl Typed {
    /// What stands in the form of terms as they are. Whoever never had hours begins with those of an office.
    pub(super) fn of(it: &InboxTerms, zone: &str) -> Self {
        let hours = it.terms.hours();
        let days_off = hours.map(|it| it.days_off().iter().map(ToString::to_string).collect::<Vec<_>>());
        Self {
            seen: it.version,
            by_hours: hours.is_some(),
            zone: hours.map_or(zone, |it| it.zone()).to_owned(),
            week: Weekday::ALL.map(|day| match (hours, day) {
                (Some(hours), _) => openings(hours.on(day)),
                (None, Weekday::Saturday | Weekday::Sunday) => String::new(),
                (None, _) => "09:00-17:00".to_owned(),
            }),
            days_off: days_off.unwrap_or_default().join("\n"),
            goals: by_priority(|priority, kind| {
                let goals = it.terms.goals(priority);
                let time = match kind {
                    "first_reply" => goals.first_reply,
                    "next_reply" => goals.next_reply,
                    _ => goals.close,
                };
                time.map(hours_of).unwrap_or_default()
            }),
            told: it.terms.told(),
        }
    }

    pub(super) fn read(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).trim().to_owned();
        Self {
            seen: fields.get("seen").parse().unwrap_or_default(),
            by_hours: fields.get("mode") == "hours",
            zone: text("zone"),
            week: Weekday::ALL.map(|day| text(day.name())),
            days_off: text("days_off"),
            goals: by_priority(|priority, kind| text(&format!("goals.{}.{kind}", priority.name()))),
            told: fields.get("told") == "1",
        }
    }

    /// The same, on top of another version.
    pub(super) fn on_top_of(self, version: u32) -> Self {
        Self { seen: version, ..self }
    }

    /// What it means.
    pub(super) fn command(&self, inbox: InboxId) -> Result<SaveTerms, Problems> {
        let mut goals = BTreeMap::new();
        for priority in Priority::ALL {
            let time = |kind| {
                let typed = self.goal(priority, kind);
                let field = || format!("{}.{kind}", priority.name());
                match typed {
                    "" => Ok(None),
                    typed => duration(typed)
                        .map(Some)
                        .ok_or_else(|| Problems::of_item("goals", field(), ProblemKind::Number)),
                }
            };
            let some = Goals {
                first_reply: time("first_reply")?,
                next_reply: time("next_reply")?,
                close: time("close")?,
            };
            goals.insert(priority, some);
        }
        let mut week = BTreeMap::new();
        for (day, typed) in Weekday::ALL.into_iter().zip(&self.week) {
            let openings = read_openings(typed);
            week.insert(
                day,
                openings.ok_or_else(|| Problems::one(day.name(), ProblemKind::Hours))?,
            );
        }
        let days = self
            .days_off
            .split([' ', ',', ';', '\n', '\r'])
            .filter(|it| !it.is_empty());
        let days_off = days.map(str::parse::<Date>).collect::<Result<BTreeSet<_>, _>>();
        Ok(SaveTerms {
            inbox,
            seen: self.seen,
            zone: self.zone.clone(),
            week: self.by_hours.then_some(week),
            days_off: days_off.map_err(|_| Problems::one("days_off", ProblemKind::Date))?,
            goals,
            told: self.told,
        })
    }

    fn goal(&self, priority: Priority, kind: &str) -> &str {
        let of = self.goals.iter().find(|it| it.0 == priority.name());
        let typed = of.and_then(|(_, kinds)| kinds.iter().find(|it| it.0 == kind));
        typed.map_or("", |it| it.1.as_str())
    }
}

fn by_priority(typed: impl Fn(Priority, &'static str) -> String) -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let of = |priority: Priority| KINDS.map(|kind| (kind, typed(priority, kind))).to_vec();
    let all = Priority::ALL.into_iter().rev();
    all.map(|priority| (priority.name(), of(priority))).collect()
}

/// `09:00-12:00, 13:00-17:00`.
pub(super) fn openings(openings: &[Opening]) -> String {
    let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let said = openings
        .iter()
        .map(|it| format!("{}-{}", clock(it.from), clock(it.until)));
    said.collect::<Vec<_>>().join(", ")
}

/// What [`openings`] says, with any dash.
fn read_openings(text: &str) -> Option<Vec<Opening>> {
    let spans = text.split([',', ';']).map(str::trim).filter(|it| !it.is_empty());
    spans
        .map(|it| {
            let (from, until) = it.split_once(['-', '–', '—'])?;
            Some(Opening {
                from: clock(from)?,
                until: clock(until)?,
            })
        })
        .collect()
}

fn clock(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once([':', '.']).unwrap_or((text.trim(), "0"));
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// Hours: `4`, `0.5`, `0,5`, `4:30`. Whole minutes, rounded.
fn duration(text: &str) -> Option<Duration> {
    if let Some((hours, minutes)) = text.split_once(':') {
        let (hours, minutes): (u64, u64) = (hours.parse().ok()?, minutes.parse().ok()?);
        return (minutes < 60 && hours < 10_000).then(|| Duration::from_mins(hours * 60 + minutes));
    }
    let hours: f64 = text.replace(',', ".").parse().ok()?;
    let minutes = (hours * 60.0).round();
    (0.0..600_000.0)
        .contains(&minutes)
        .then(|| Duration::from_secs_f64(minutes * 60.0))
}

fn hours_of(time: Duration) -> String {
    let minutes = time.as_secs() / 60;
    match (minutes / 60, minutes % 60) {
        (hours, 0) => hours.to_string(),
        (hours, minutes) => format!("{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (text, minutes) in [("4", 240), ("0.5", 30), ("0,25", 15), ("4:30", 270), ("0:05", 5)] {
            assert_eq!(duration(text), Some(Duration::from_mins(minutes)), "{text}");
        }
        for text in ["-1", "x", "4:75", "1e9", "NaN", "inf", "4 h"] {
            assert_eq!(duration(text), None, "{text}");
        }
        assert_eq!(hours_of(Duration::from_mins(270)), "4:30");
        assert_eq!(hours_of(Duration::from_hours(2)), "2");
    }

    #[test]
    fn openings_are_read_back_as_they_are_said() {
        let some = read_openings("8-12, 13:30–24:00").unwrap();
        assert_eq!(openings(&some), "08:00-12:00, 13:30-24:00");
        assert_eq!(read_openings(&openings(&some)), Some(some));
        assert_eq!(read_openings(""), Some(Vec::new()));
        for text in ["9", "9-", "25-26", "9:61-10", "a-b"] {
            assert_eq!(read_openings(text), None, "{text}");
        }
    }
}
