//! What happens in the demo: 400 tickets with everything that was said, before anything is stored.

use std::time::Duration;

use portal_core::ticket::{Priority, Stage};
use portal_core::time::Timestamp;

use super::random::Random;
use super::script::{Firm, Happening, Topic, Voice, Written, firms, interludes, topics, written};

/// The highest number.
const LAST: i64 = 4712;
/// How many tickets there are.
pub(super) const TICKETS: i64 = 400;
const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

/// Which of the two portals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    Support,
    Service,
}

/// A contact, by company and place in it.
pub(super) type Somebody = (usize, usize);

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doer {
    Contact(Somebody),
    Agent(&'static str),
}

/// What happens on a ticket.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    Says { text: String, files: Vec<String> },
    Notes { text: String, files: Vec<String> },
    TakesOver,
    Moves(Stage),
    MakesPrivate,
}

/// Something that happens at a time.
#[derive(Clone, Debug)]
pub(super) struct Act {
    pub(super) at: Timestamp,
    pub(super) by: Doer,
    pub(super) deed: Deed,
}

/// A ticket as it will be.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) number: i64,
    pub(super) site: Site,
    pub(super) subject: String,
    pub(super) category: String,
    pub(super) priority: Priority,
    pub(super) product: Option<String>,
    pub(super) contacts: Vec<Somebody>,
    pub(super) companies: Vec<usize>,
    pub(super) owner: Option<&'static str>,
    pub(super) stage: Stage,
    pub(super) private: bool,
    pub(super) acts: Vec<Act>,
}

/// The staff of the support portal, and of the service portal.
pub(super) const SUPPORT_TEAM: [&str; 3] = ["Mara Okafor", "Tim Lindner", "Chiara Rossi"];
pub(super) const SERVICE_TEAM: [&str; 2] = ["Tim Lindner", "Jana Petzold"];

/// All tickets, by ascending number, and the companies they speak of.
pub(super) fn plan(now: Timestamp) -> (Vec<Firm>, Vec<Plan>) {
    let firms = firms();
    let mut planner = Planner {
        now,
        random: Random::new(4711),
        topics: topics(),
        firms,
    };
    let fixed = written();
    let mut plans = Vec::new();
    for number in LAST - TICKETS + 1..=LAST {
        let plan = match fixed.iter().find(|it| it.number == number) {
            Some(it) => planner.written(it),
            None => planner.made_up(number),
        };
        plans.extend(plan);
    }
    (planner.firms, plans)
}

struct Planner {
    now: Timestamp,
    random: Random,
    topics: Vec<Topic>,
    firms: Vec<Firm>,
}

/// The tickets that make the first company's lists as long as in the design: open ones, and those of its first contact.
const FERNWERK_OPEN: [i64; 5] = [4710, 4701, 4694, 4688, 4679];
const FERNWERK_CLOSED: [i64; 10] = [4668, 4657, 4631, 4612, 4588, 4560, 4533, 4490, 4446, 4391];
const OF_JONAS: [i64; 2] = [4694, 4612];

impl Planner {
    fn ago(&self, span: Duration) -> Timestamp {
        self.now.minus(span)
    }

    fn written(&mut self, it: &Written) -> Option<Plan> {
        let somebody = |name: &str| {
            self.firms
                .iter()
                .enumerate()
                .find_map(|(firm, it)| Some((firm, it.people.iter().position(|it| it.name == name)?)))
        };
        let contacts: Vec<Somebody> = it.contacts.iter().filter_map(|it| somebody(it)).collect();
        let agent = |name: &str| SUPPORT_TEAM.into_iter().find(|it| *it == name);
        let doer = |name: &str| {
            somebody(name)
                .map(Doer::Contact)
                .or_else(|| agent(name).map(Doer::Agent))
        };
        let mut acts = Vec::new();
        for happening in &it.happenings {
            let (by, ago, deed) = match happening {
                Happening::Said { by, ago, line } => {
                    let (text, files) = (line.text.clone(), line.files.clone());
                    let note = line.voice == Voice::Note;
                    (
                        by,
                        ago,
                        if note {
                            Deed::Notes { text, files }
                        } else {
                            Deed::Says { text, files }
                        },
                    )
                }
                Happening::Owner { by, ago } => (by, ago, Deed::TakesOver),
                Happening::Moved { by, ago, to } => (by, ago, Deed::Moves(*to)),
            };
            acts.push(Act {
                at: self.ago(*ago),
                by: doer(by)?,
                deed,
            });
        }
        Some(Plan {
            number: it.number,
            site: Site::Support,
            subject: it.subject.clone(),
            category: it.category.clone(),
            priority: it.priority,
            product: it.product.clone(),
            companies: contacts.first().map(|(firm, _)| *firm).into_iter().collect(),
            contacts,
            owner: agent(&it.owner),
            stage: it.stage,
            private: false,
            acts,
        })
    }

    fn made_up(&mut self, number: i64) -> Option<Plan> {
        let open = FERNWERK_OPEN.contains(&number);
        let fernwerk = open || FERNWERK_CLOSED.contains(&number);
        let firm = if fernwerk {
            0
        } else {
            1 + usize::try_from(self.random.between(0, self.firms.len() as u64 - 1)).ok()?
        };
        let site = {
            let it = self.firms.get(firm)?;
            match (it.support, it.service) {
                (true, true) if self.random.percent(50) => Site::Service,
                (false, _) => Site::Service,
                _ => Site::Support,
            }
        };
        let people = self.firms.get(firm)?.people.len();
        let person = if OF_JONAS.contains(&number) {
            0
        } else {
            usize::try_from(self.random.between(u64::from(fernwerk), people as u64)).ok()?
        };
        let human = self.firms.get(firm)?.people.get(person)?.clone();
        let age = age(number);
        let stage = match age {
            _ if fernwerk && open && number == 4710 => Stage::Received,
            _ if fernwerk && open => Stage::InProgress,
            _ if fernwerk => Stage::Closed,
            _ => self.stage(age),
        };
        let topic = self.topic(human.german)?;
        let team: &[&'static str] = if site == Site::Support {
            &SUPPORT_TEAM
        } else {
            &SERVICE_TEAM
        };
        let agent = self.random.pick(team).copied()?;
        let mut contacts = vec![(firm, person)];
        let mut companies = vec![firm];
        if !fernwerk {
            if people > 1 && self.random.percent(30) {
                contacts.push((firm, (person + 1) % people));
            }
            if self.random.percent(5) {
                let other = (1..self.firms.len()).filter(|it| *it != firm).find(|it| {
                    self.firms
                        .get(*it)
                        .is_some_and(|it| if site == Site::Support { it.support } else { it.service })
                });
                companies.extend(other);
                contacts.extend(other.map(|it| (it, 0)));
            }
        }
        let words = Words {
            n: self.random.between(2, 16),
            hall: ["A", "B", "C", "D"].get(self.random.between(0, 4) as usize).copied()?,
            version: ["9.1.4", "9.2.0", "9.2.1"]
                .get(self.random.between(0, 3) as usize)
                .copied()?,
            order: self.random.between(10_210, 98_760),
            first: human.name.split(' ').next().unwrap_or_default().to_owned(),
        };
        let mut said = self.conversation(&topic, stage, human.german);
        let private = !fernwerk && self.random.percent(4);
        let quiet = fernwerk && open;
        let times = self.times(said.len(), age, stage, quiet);
        let mut acts = Vec::new();
        let mut taken = false;
        let requester = Doer::Contact((firm, person));
        for (line, at) in said.drain(..).zip(times) {
            let text = words.fill(&line.text);
            let files: Vec<String> = line.files.iter().map(|it| words.fill(it)).collect();
            let (by, deed) = match line.voice {
                Voice::Customer => {
                    let colleague = contacts.get(1).filter(|_| taken && self.random.percent(25));
                    (
                        colleague.map_or(requester, |it| Doer::Contact(*it)),
                        Deed::Says { text, files },
                    )
                }
                Voice::Support | Voice::Question => (Doer::Agent(agent), Deed::Says { text, files }),
                Voice::Note => (Doer::Agent(agent), Deed::Notes { text, files }),
            };
            if matches!(line.voice, Voice::Support | Voice::Question) && !taken {
                taken = true;
                let shortly_before = at.minus(Duration::from_mins(4));
                acts.push(Act {
                    at: shortly_before,
                    by: Doer::Agent(agent),
                    deed: Deed::TakesOver,
                });
                acts.push(Act {
                    at: shortly_before,
                    by: Doer::Agent(agent),
                    deed: Deed::Moves(Stage::InProgress),
                });
            }
            acts.push(Act { at, by, deed });
        }
        let last = acts.last()?.at;
        match stage {
            Stage::WaitingOnContact | Stage::Closed => {
                let after = last.plus(Duration::from_secs(if stage == Stage::Closed { 60 } else { 0 }));
                acts.push(Act {
                    at: after,
                    by: Doer::Agent(agent),
                    deed: Deed::Moves(stage),
                });
            }
            Stage::Received | Stage::InProgress => {}
        }
        if private {
            let opened = acts.first()?.at;
            acts.insert(
                1,
                Act {
                    at: opened.plus(Duration::from_secs(90)),
                    by: requester,
                    deed: Deed::MakesPrivate,
                },
            );
        }
        if stage == Stage::Received {
            acts.truncate(if private { 2 } else { 1 });
        }
        Some(Plan {
            number,
            site,
            subject: words.fill(&topic.subject),
            category: topic.category.clone(),
            priority: topic.priority,
            product: (topic.category == "Devices" || topic.category == "Geräte").then(|| "KX-80 scanner".to_owned()),
            contacts,
            companies,
            owner: taken.then_some(agent),
            stage,
            private,
            acts,
        })
    }

    fn stage(&mut self, age: u64) -> Stage {
        let dice = self.random.between(0, 100);
        match age / DAY {
            0..3 if dice < 40 => Stage::Received,
            0..21 if dice < 60 => Stage::InProgress,
            0..21 if dice < 82 => Stage::WaitingOnContact,
            21..60 if dice < 6 => Stage::InProgress,
            21..60 if dice < 14 => Stage::WaitingOnContact,
            60.. if dice < 1 => Stage::WaitingOnContact,
            _ => Stage::Closed,
        }
    }

    /// About a quarter of the conversations have files.
    fn topic(&mut self, german: bool) -> Option<Topic> {
        let files = self.random.percent(24);
        let fitting: Vec<&Topic> = self
            .topics
            .iter()
            .filter(|it| it.german == german && it.has_files() == files)
            .collect();
        self.random.pick(&fitting).map(|it| (*it).clone())
    }

    /// What is said until the ticket has come to its stage; one in five is long.
    fn conversation(&mut self, topic: &Topic, stage: Stage, german: bool) -> Vec<super::script::Line> {
        let mut lines = topic.lines.clone();
        let is = |voice: Voice| move |it: &super::script::Line| it.voice == voice;
        match stage {
            Stage::Received => lines.truncate(1),
            Stage::InProgress => {
                // The last answer solves it; before that anything that asks nothing back can be the end.
                let solved = lines.iter().rposition(is(Voice::Support)).unwrap_or(lines.len());
                let open = lines
                    .iter()
                    .enumerate()
                    .take(solved)
                    .skip(1)
                    .filter(|(_, it)| it.voice != Voice::Question)
                    .map(|(at, _)| at);
                let ends: Vec<usize> = open.collect();
                match self.random.pick(&ends) {
                    Some(end) => lines.truncate(end + 1),
                    None => {
                        lines.truncate(1);
                        lines.extend(first_answer(german));
                    }
                }
            }
            Stage::WaitingOnContact => {
                let end = lines
                    .iter()
                    .rposition(is(Voice::Question))
                    .or_else(|| lines.iter().position(is(Voice::Support)));
                lines.truncate(end.unwrap_or(0) + 1);
            }
            Stage::Closed => {}
        }
        if stage != Stage::Received && self.random.percent(20) {
            let said = lines.iter().filter(|it| it.voice != Voice::Note).count();
            let pairs = interludes(german);
            let most = pairs.len().min((14_usize.saturating_sub(said)) / 2);
            let count = usize::try_from(self.random.between(1, most as u64 + 1))
                .unwrap_or(1)
                .min(most);
            // Behind the first answer of support, so that question and answer stay together.
            let place = lines
                .iter()
                .position(is(Voice::Support))
                .map_or(lines.len(), |it| it + 1);
            let longer = pairs.into_iter().take(count).flat_map(|(question, answer)| {
                let line = |voice, text| super::script::Line {
                    voice,
                    text,
                    files: Vec::new(),
                };
                [line(Voice::Customer, question), line(Voice::Support, answer)]
            });
            let tail = lines.split_off(place.min(lines.len()));
            lines.extend(longer);
            lines.extend(tail);
        }
        lines
    }

    /// Rising times between the opening and the last word; older ones in working hours.
    fn times(&mut self, count: usize, age: u64, stage: Stage, quiet: bool) -> Vec<Timestamp> {
        let length = match stage {
            // Below the tickets that are written out.
            _ if quiet => age / 6,
            Stage::Closed => self.random.between(4 * HOUR, 6 * DAY).min(age * 9 / 10),
            // Somebody did something lately, if the ticket is not older than three weeks.
            _ if age < 21 * DAY => age - self.random.between(300, (2 * DAY).min(age * 9 / 10).max(301)),
            _ => self.random.between(DAY, 12 * DAY).min(age * 9 / 10),
        };
        let mut parts: Vec<u64> = (1..count).map(|_| self.random.between(60, length.max(61))).collect();
        parts.sort_unstable();
        if let Some(last) = parts.last_mut() {
            *last = length;
        }
        let offsets = std::iter::once(0).chain(parts);
        let times: Vec<Timestamp> = offsets
            .map(|it| self.working_hours(self.ago(Duration::from_secs(age.saturating_sub(it)))))
            .collect();
        times
    }

    /// Moves a time of the night into the day, keeping the order; what is not a day old stays as it is.
    fn working_hours(&self, at: Timestamp) -> Timestamp {
        if self.now.since(at) < Duration::from_secs(30 * HOUR) {
            return at;
        }
        let (day, second) = (at.seconds().div_euclid(DAY as i64), at.seconds().rem_euclid(DAY as i64));
        let moved = day * DAY as i64 + 6 * HOUR as i64 + second * 11 / 24;
        Timestamp::from_micros(moved * 1_000_000)
    }
}

/// How many seconds ago the ticket of a number was opened.
fn age(number: i64) -> u64 {
    const KNOWN: [(i64, u64); 8] = [
        (LAST - TICKETS, 310 * DAY),
        (4600, 31 * DAY),
        (4640, 16 * DAY),
        (4652, 13 * DAY),
        (4683, 6 * DAY),
        (4698, 4 * DAY),
        (4711, 2 * DAY),
        (4712, 3000),
    ];
    let pair = KNOWN.windows(2).find_map(|it| match it {
        [a, b] if (a.0..=b.0).contains(&number) => Some((*a, *b)),
        _ => None,
    });
    pair.map_or(DAY, |((from, old), (to, new))| {
        old - (old - new) * (number - from).unsigned_abs() / (to - from).unsigned_abs()
    })
}

/// What support says while nothing is known yet.
fn first_answer(german: bool) -> Option<super::script::Line> {
    let (_, text) = interludes(german).into_iter().nth(1)?;
    Some(super::script::Line {
        voice: Voice::Support,
        text,
        files: Vec::new(),
    })
}

/// What stands for the words in braces.
struct Words {
    n: u64,
    hall: &'static str,
    version: &'static str,
    order: u64,
    first: String,
}

impl Words {
    fn fill(&self, text: &str) -> String {
        text.replace("{n}", &self.n.to_string())
            .replace("{hall}", self.hall)
            .replace("{ver}", self.version)
            .replace("{order}", &self.order.to_string())
            .replace("{first}", &self.first)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn said(plan: &Plan) -> usize {
        plan.acts
            .iter()
            .filter(|it| matches!(it.deed, Deed::Says { .. }))
            .count()
    }

    #[test]
    fn the_demo_is_as_varied_as_promised() {
        let now = Timestamp::from_micros(1_795_356_300_000_000);
        let (firms, plans) = plan(now);
        assert_eq!((firms.len(), plans.len()), (12, 400));
        let subjects: BTreeSet<&str> = plans.iter().map(|it| it.subject.as_str()).collect();
        assert!(subjects.len() >= 60, "{}", subjects.len());
        for stage in Stage::ALL {
            let count = plans.iter().filter(|it| it.stage == stage).count();
            assert!(count >= 5, "{stage:?} {count}");
        }
        let lengths: BTreeSet<usize> = plans.iter().map(said).collect();
        assert!(
            lengths.first() == Some(&1) && lengths.last().is_some_and(|it| (12..=14).contains(it)),
            "{lengths:?}"
        );
        let with_files = plans
            .iter()
            .filter(|it| {
                it.acts
                    .iter()
                    .any(|it| matches!(&it.deed, Deed::Says { files, .. } if !files.is_empty()))
            })
            .count();
        assert!((60..=120).contains(&with_files), "{with_files}");
        assert!(
            plans
                .iter()
                .filter(|it| it.acts.iter().any(|it| matches!(it.deed, Deed::Notes { .. })))
                .count()
                >= 5
        );
        assert!(plans.iter().filter(|it| it.private).count() >= 5);
        assert!(plans.iter().filter(|it| it.companies.len() > 1).count() >= 5);
        for plan in &plans {
            assert!(plan.acts.iter().all(|it| it.at <= now), "{}", plan.number);
            assert!(said(plan) >= 1, "{}", plan.number);
            let braces =
                |it: &Act| matches!(&it.deed, Deed::Says { text, .. } if text.contains('{') || text.contains('}'));
            assert!(!plan.acts.iter().any(braces), "{}", plan.number);
        }
    }

    #[test]
    fn the_first_companys_lists_are_those_of_the_design() {
        let (_, plans) = plan(Timestamp::from_micros(1_795_356_300_000_000));
        let of_fernwerk: Vec<&Plan> = plans.iter().filter(|it| it.companies.contains(&0)).collect();
        let stage = |stage| of_fernwerk.iter().filter(|it| it.stage == stage).count();
        assert_eq!(of_fernwerk.len(), 24);
        assert_eq!(stage(Stage::WaitingOnContact), 2);
        assert_eq!(stage(Stage::Received) + stage(Stage::InProgress), 9);
        assert_eq!(stage(Stage::Closed), 13);
        assert_eq!(plans.iter().filter(|it| it.contacts.contains(&(0, 0))).count(), 7);
    }
}
