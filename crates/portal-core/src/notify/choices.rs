use std::collections::BTreeMap;
use std::time::Duration;

use super::agents::AgentNews;
use crate::input::{Checker, ProblemKind, Problems};
use crate::time::Timestamp;

/// Of what a contact wants mails. Mails about the account always leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContactChoices {
    /// Somebody wrote on a ticket of theirs.
    pub answers: bool,
    /// A ticket of theirs waits for them, was closed, or was opened again.
    pub changes: bool,
    /// A ticket of theirs was received, or opened for them.
    pub openings: bool,
}

impl Default for ContactChoices {
    fn default() -> Self {
        Self {
            answers: true,
            changes: true,
            openings: true,
        }
    }
}

/// In which ways somebody of the staff is told of one kind of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// On their pages.
    pub bell: bool,
    /// By mail.
    pub mail: bool,
}

impl Wanted {
    /// As everybody is told who never chose: on their pages; by mail, too, of what concerns themself.
    #[must_use]
    pub const fn usual(news: AgentNews) -> Self {
        Self {
            bell: true,
            mail: !matches!(news, AgentNews::Unassigned),
        }
    }
}

/// How often mails leave to somebody of the staff.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Digest {
    /// At once.
    #[default]
    AtOnce,
    /// What came together in an hour.
    Hourly,
    /// What came together in a day.
    Daily,
}

impl Digest {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Hourly, Self::Daily];

    /// Its name in forms and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::Hourly => "hourly",
            Self::Daily => "daily",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// Hours of the day in which no mail leaves, in the time zone of whoever they are for. They may go past midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// The minute of the day when they begin, 0 to 1439.
    pub from: u16,
    /// The minute of the day when they end, 0 to 1439, another one.
    pub to: u16,
}

const DAY: i64 = 24 * 60;

impl Quiet {
    /// How many minutes are left of the quiet hours at a minute of the day; none outside of them.
    fn left(self, minute: i64) -> i64 {
        let (from, to) = (i64::from(self.from), i64::from(self.to));
        let since = (minute - from).rem_euclid(DAY);
        let length = (to - from).rem_euclid(DAY);
        if since < length { length - since } else { 0 }
    }
}

/// Of what somebody of the staff wants to be told, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentChoices {
    /// Each kind of news; the usual for those of which they said nothing.
    pub wanted: BTreeMap<AgentNews, Wanted>,
    /// How often mails leave.
    pub digest: Digest,
    /// When none do.
    pub quiet: Option<Quiet>,
}

impl Default for AgentChoices {
    /// All of it on one's pages; by mail what concerns oneself.
    fn default() -> Self {
        let wanted = AgentNews::ALL.into_iter().map(|it| (it, Wanted::usual(it)));
        Self {
            wanted: wanted.collect(),
            digest: Digest::AtOnce,
            quiet: None,
        }
    }
}

impl AgentChoices {
    /// In which ways one is told of a kind of news.
    #[must_use]
    pub fn of(&self, news: AgentNews) -> Wanted {
        self.wanted.get(&news).copied().unwrap_or(Wanted::usual(news))
    }

    /// Whether they make sense.
    ///
    /// # Errors
    /// Names the fields that do not.
    pub fn check(&self) -> Result<(), Problems> {
        let mut checker = Checker::default();
        if let Some(quiet) = self.quiet {
            let last = u16::try_from(DAY - 1).unwrap_or(u16::MAX);
            let max = u32::from(last);
            for (field, minute) in [("quiet_from", quiet.from), ("quiet_to", quiet.to)] {
                if minute > last {
                    checker.note(field, ProblemKind::Range { min: 0, max });
                }
            }
            if quiet.from == quiet.to {
                checker.note("quiet_to", ProblemKind::Twice);
            }
        }
        checker.done()
    }

    /// When a mail about something that happens now leaves, if the local time is so many minutes ahead of UTC.
    #[must_use]
    pub fn due(&self, now: Timestamp, minutes_east: i32) -> Timestamp {
        let minute = now.seconds().div_euclid(60) + i64::from(minutes_east);
        let whole = |span: i64| span - minute.rem_euclid(span);
        let wait = match self.digest {
            Digest::AtOnce => 0,
            Digest::Hourly => whole(60),
            // In the morning, at eight.
            Digest::Daily => {
                let until = (8 * 60 - minute).rem_euclid(DAY);
                if until == 0 { DAY } else { until }
            }
        };
        let quiet = self.quiet.map_or(0, |it| it.left((minute + wait).rem_euclid(DAY)));
        match u64::try_from(wait + quiet) {
            Ok(0) | Err(_) => now,
            Ok(minutes) => {
                let whole_minute = Timestamp::from_micros(now.seconds().div_euclid(60) * 60_000_000);
                whole_minute.plus(Duration::from_mins(minutes))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A minute of 1 January 1970.
    fn at(hour: i64, minute: i64) -> Timestamp {
        Timestamp::from_micros((hour * 60 + minute) * 60_000_000)
    }

    fn choices(digest: Digest, quiet: Option<(u16, u16)>) -> AgentChoices {
        AgentChoices {
            digest,
            quiet: quiet.map(|(from, to)| Quiet {
                from: from * 60,
                to: to * 60,
            }),
            ..AgentChoices::default()
        }
    }

    #[test]
    fn digests_leave_at_the_full_hour_or_in_the_morning() {
        assert_eq!(choices(Digest::AtOnce, None).due(at(10, 20), 60), at(10, 20));
        assert_eq!(choices(Digest::Hourly, None).due(at(10, 20), 60), at(11, 0));
        assert_eq!(choices(Digest::Hourly, None).due(at(11, 0), 60), at(12, 0));
        assert_eq!(choices(Digest::Daily, None).due(at(10, 20), 60), at(24 + 7, 0));
        assert_eq!(choices(Digest::Daily, None).due(at(6, 59), 60), at(7, 0));
    }

    #[test]
    fn quiet_hours_are_waited_for_also_past_midnight_and_in_ones_own_zone() {
        let night = choices(Digest::AtOnce, Some((22, 6)));
        assert_eq!(night.due(at(20, 59), 60), at(20, 59));
        assert_eq!(night.due(at(21, 0), 60), at(24 + 5, 0));
        assert_eq!(night.due(at(4, 30), 60), at(5, 0));
        assert_eq!(night.due(at(5, 0), 60), at(5, 0));
        let noon = choices(Digest::Hourly, Some((12, 13)));
        assert_eq!(noon.due(at(11, 30), 0), at(13, 0));
    }

    #[test]
    fn quiet_hours_that_make_no_sense_are_refused() {
        for (from, to) in [(1440, 0), (0, 1440), (5, 5)] {
            let quiet = Some(Quiet { from, to });
            let wrong = AgentChoices {
                quiet,
                ..AgentChoices::default()
            };
            assert!(wrong.check().is_err(), "{from} {to}");
        }
        assert!(choices(Digest::Daily, Some((22, 6))).check().is_ok());
    }
}
