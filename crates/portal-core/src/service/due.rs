use std::time::Duration;

use super::calendar::Calendar;
use super::facts::Wait;
use super::goals::Goals;
use crate::ticket::Stage;
use crate::time::Timestamp;

/// With so much left, it is soon; with goals of less than four hours, a quarter of the goal.
const SOON: Duration = Duration::from_hours(1);

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueKind {
    /// The first reply.
    FirstReply,
    /// The next reply.
    NextReply,
    /// Closing.
    Close,
}

impl DueKind {
    /// Its name in texts and programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FirstReply => "first_reply",
            Self::NextReply => "next_reply",
            Self::Close => "close",
        }
    }
}

/// How near it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// There is time.
    Ahead,
    /// Within an hour of working time, or in the last quarter of a short goal.
    Soon,
    /// It is over.
    Late,
}

impl Mark {
    /// Its name in texts and programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Soon => "soon",
            Self::Late => "late",
        }
    }
}

/// Something that was promised and has not happened yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// What.
    pub kind: DueKind,
    /// Until when; `None` if that is farther away than the calendar goes.
    pub at: Option<Timestamp>,
    /// How near that is.
    pub mark: Mark,
}

impl Due {
    fn new(kind: DueKind, goal: Duration, at: Option<Timestamp>, calendar: &Calendar, now: Timestamp) -> Self {
        let mark = match at {
            Some(at) if at <= now => Mark::Late,
            Some(at) if calendar.worked(now, at) <= SOON.min(goal / 4) => Mark::Soon,
            Some(_) | None => Mark::Ahead,
        };
        Self { kind, at, mark }
    }
}

/// The reply that is due to somebody who waits.
#[must_use]
pub fn due(wait: Wait, goals: &Goals, calendar: &Calendar, now: Timestamp) -> Option<Due> {
    let (kind, goal) = if wait.is_first {
        (DueKind::FirstReply, goals.first_reply?)
    } else {
        (DueKind::NextReply, goals.next_reply?)
    };
    let at = calendar.after(wait.since, goal);
    Some(Due::new(kind, goal, at, calendar, now))
}

/// When a ticket is to be closed. `stages` are its stages since it was opened, each with the instant at which it began,
/// oldest first. Time in which it waits for the customer, or is closed, does not count: the goal moves on. `None` while it
/// is closed or waits, and if nothing was promised.
#[must_use]
pub fn close_due(stages: &[(Timestamp, Stage)], goals: &Goals, calendar: &Calendar, now: Timestamp) -> Option<Due> {
    let goal = goals.close?;
    let counts = |it: Stage| matches!(it, Stage::Received | Stage::InProgress);
    let (since, _) = stages.last().copied().filter(|(_, stage)| counts(*stage))?;
    let spent = stages
        .windows(2)
        .filter_map(|it| match it {
            [(from, stage), (until, _)] if counts(*stage) => Some(calendar.worked(*from, *until)),
            _ => None,
        })
        .sum::<Duration>();
    let at = match goal.checked_sub(spent) {
        Some(left) => calendar.after(since, left),
        // It was over before it came back.
        None => Some(since),
    };
    Some(Due::new(DueKind::Close, goal, at, calendar, now))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_micros(hours * HOUR)
    }

    fn goals(hours: u64) -> Goals {
        let goal = Some(Duration::from_hours(hours));
        Goals {
            first_reply: goal,
            next_reply: None,
            close: goal,
        }
    }

    #[test]
    fn a_reply_is_ahead_then_soon_then_late() {
        let wait = Wait {
            since: at(10),
            is_first: true,
        };
        // From 9 to 17 o'clock on two days.
        let calendar = Calendar::of(vec![(at(9), at(17)), (at(33), at(41))]);
        let mark = |now| due(wait, &goals(8), &calendar, now).map(|it| (it.at, it.mark));
        assert_eq!(mark(at(11)), Some((Some(at(34)), Mark::Ahead)));
        // The night does not count: there is one hour left all night long.
        assert_eq!(mark(at(20)), Some((Some(at(34)), Mark::Soon)));
        assert_eq!(mark(at(34)), Some((Some(at(34)), Mark::Late)));
        let next = Wait {
            is_first: false,
            ..wait
        };
        assert_eq!(due(next, &goals(8), &calendar, at(11)), None);
    }

    #[test]
    fn waiting_for_the_customer_moves_the_goal_of_closing() {
        let calendar = Calendar::always();
        let open = [(at(0), Stage::Received), (at(1), Stage::InProgress)];
        let due = |stages: &[_], now| close_due(stages, &goals(8), &calendar, now).map(|it| (it.at, it.mark));
        assert_eq!(due(&open, at(2)), Some((Some(at(8)), Mark::Ahead)));
        let waiting = [open[0], open[1], (at(3), Stage::WaitingOnContact)];
        assert_eq!(due(&waiting, at(4)), None);
        let back = [waiting[0], waiting[1], waiting[2], (at(10), Stage::InProgress)];
        assert_eq!(due(&back, at(11)), Some((Some(at(15)), Mark::Ahead)));
        assert_eq!(due(&back, at(15)), Some((Some(at(15)), Mark::Late)));
        let late = [open[0], (at(20), Stage::WaitingOnContact), (at(30), Stage::InProgress)];
        assert_eq!(due(&late, at(31)), Some((Some(at(30)), Mark::Late)));
    }
}
