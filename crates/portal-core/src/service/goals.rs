use std::collections::BTreeMap;
use std::time::Duration;

use super::hours::WorkingHours;
use crate::input::{Checker, ProblemKind, Problems};
use crate::ticket::Priority;

/// What is promised for tickets of a priority, in working time. What is `None` is not promised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Goals {
    /// From opening to the first reply.
    pub first_reply: Option<Duration>,
    /// From the customer's message to the next reply.
    pub next_reply: Option<Duration>,
    /// From opening to closing, without the time in which it waits for the customer.
    pub close: Option<Duration>,
}

impl Goals {
    /// Whether nothing is promised.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.first_reply.is_none() && self.next_reply.is_none() && self.close.is_none()
    }
}

/// What an inbox promises: in which hours time counts, and how much of it there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceTerms {
    hours: Option<WorkingHours>,
    goals: BTreeMap<Priority, Goals>,
    told: bool,
}

impl ServiceTerms {
    /// Puts terms together: the hours (`None`: around the clock), the goals, and whether customers are told them.
    ///
    /// # Errors
    /// If a goal is empty or more than four weeks have. The problem's item is the priority and the goal, like
    /// `high.first_reply`.
    pub fn new(hours: Option<WorkingHours>, goals: BTreeMap<Priority, Goals>, told: bool) -> Result<Self, Problems> {
        const A_WEEK: Duration = Duration::from_hours(7 * 24);
        let most = hours.as_ref().map_or(A_WEEK, WorkingHours::of_a_week) * 4;
        let mut checker = Checker::default();
        for (priority, goal) in &goals {
            for (name, time) in [
                ("first_reply", goal.first_reply),
                ("next_reply", goal.next_reply),
                ("close", goal.close),
            ] {
                if time.is_some_and(|it| it.is_zero() || it > most) {
                    let hours = most.as_secs() / 3600;
                    checker.note_item(
                        "goals",
                        format_args!("{}.{name}", priority.name()),
                        ProblemKind::Goal { hours },
                    );
                }
            }
        }
        checker.done()?;
        let goals = goals.into_iter().filter(|(_, it)| !it.is_empty()).collect();
        Ok(Self { hours, goals, told })
    }

    /// When time counts; around the clock if `None`.
    #[must_use]
    pub const fn hours(&self) -> Option<&WorkingHours> {
        self.hours.as_ref()
    }

    /// What is promised for a priority.
    #[must_use]
    pub fn goals(&self, priority: Priority) -> Goals {
        self.goals.get(&priority).copied().unwrap_or_default()
    }

    /// Whether customers are told.
    #[must_use]
    pub const fn told(&self) -> bool {
        self.told
    }

    /// Whether nothing is promised to anybody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.goals.is_empty()
    }
}
