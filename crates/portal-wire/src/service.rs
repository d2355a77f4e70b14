use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use portal_core::service;
use portal_core::ticket::Priority;
use portal_core::time::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::{Invalid, parse};

/// What an inbox promises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v")]
pub enum ServiceTerms {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// When time counts; around the clock if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hours: Option<Hours>,
        /// What is promised, by priority.
        goals: BTreeMap<String, Goals>,
        /// Whether customers are told.
        told: bool,
    },
}

/// When a team works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    zone: String,
    /// By day, the first minute after midnight and the one behind the last.
    week: BTreeMap<String, Vec<(u16, u16)>>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    days_off: BTreeSet<String>,
}

/// What is promised for a priority, in minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goals {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_reply: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next_reply: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    close: Option<u64>,
}

impl From<&service::ServiceTerms> for ServiceTerms {
    fn from(it: &service::ServiceTerms) -> Self {
        let minutes = |it: Option<Duration>| it.map(|it| it.as_secs() / 60);
        let goals = Priority::ALL.into_iter().filter_map(|priority| {
            let goals = it.goals(priority);
            let kept = Goals {
                first_reply: minutes(goals.first_reply),
                next_reply: minutes(goals.next_reply),
                close: minutes(goals.close),
            };
            (!goals.is_empty()).then(|| (priority.name().to_owned(), kept))
        });
        Self::V1 {
            hours: it.hours().map(Hours::from),
            goals: goals.collect(),
            told: it.told(),
        }
    }
}

impl From<&service::WorkingHours> for Hours {
    fn from(it: &service::WorkingHours) -> Self {
        let week = Weekday::ALL.into_iter().filter(|day| !it.on(*day).is_empty());
        let openings = |day| it.on(day).iter().map(|it| (it.from, it.until)).collect();
        Self {
            zone: it.zone().to_owned(),
            week: week.map(|day| (day.name().to_owned(), openings(day))).collect(),
            days_off: it.days_off().iter().map(ToString::to_string).collect(),
        }
    }
}

impl TryFrom<ServiceTerms> for service::ServiceTerms {
    type Error = Invalid;

    fn try_from(ServiceTerms::V1 { hours, goals, told }: ServiceTerms) -> Result<Self, Invalid> {
        let duration = |it: Option<u64>| it.map(Duration::from_mins);
        let goals = goals.into_iter().map(|(priority, it)| {
            let priority = Priority::named(&priority).ok_or(Invalid("priority"))?;
            let goals = service::Goals {
                first_reply: duration(it.first_reply),
                next_reply: duration(it.next_reply),
                close: duration(it.close),
            };
            Ok((priority, goals))
        });
        let goals = goals.collect::<Result<_, Invalid>>()?;
        let hours = hours.map(TryInto::try_into).transpose()?;
        Self::new(hours, goals, told).map_err(|_| Invalid("goal"))
    }
}

impl TryFrom<Hours> for service::WorkingHours {
    type Error = Invalid;

    fn try_from(it: Hours) -> Result<Self, Invalid> {
        let week = it.week.into_iter().map(|(day, openings)| {
            let day = Weekday::named(&day).ok_or(Invalid("day of the week"))?;
            let openings = openings
                .into_iter()
                .map(|(from, until)| service::Opening { from, until });
            Ok((day, openings.collect()))
        });
        let week = week.collect::<Result<BTreeMap<Weekday, Vec<_>>, Invalid>>()?;
        let days_off = it.days_off.iter().map(|it| parse::<Date>(it, "day off"));
        Self::new(&it.zone, week, days_off.collect::<Result<_, _>>()?).map_err(|_| Invalid("working hours"))
    }
}
