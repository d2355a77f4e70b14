//! Who of the staff is at which ticket, as far as this server was told. It is kept in memory, and ends by itself.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use portal_core::id::{AgentId, TicketNumber};
use portal_core::ports::Presence;
use portal_core::time::Timestamp;

/// Pages say every 20 seconds that they are open.
const VIEWS: Duration = Duration::from_secs(50);
/// And every few seconds that somebody types.
const WRITES: Duration = Duration::from_secs(12);

#[derive(Debug)]
struct Here {
    name: String,
    views_until: Timestamp,
    writes_until: Timestamp,
}

/// Somebody at a ticket.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Present {
    pub(crate) name: String,
    pub(crate) writes: bool,
}

/// All tickets that somebody is at.
#[derive(Debug, Default)]
pub(crate) struct Presences(Mutex<HashMap<TicketNumber, HashMap<AgentId, Here>>>);

impl Presences {
    /// Somebody said what they do.
    pub(super) fn note(&self, number: TicketNumber, agent: AgentId, name: &str, doing: Presence, now: Timestamp) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if doing == Presence::Gone {
            if let Some(here) = all.get_mut(&number) {
                here.remove(&agent);
            }
        } else {
            let here = all.entry(number).or_default().entry(agent).or_insert_with(|| Here {
                name: String::new(),
                views_until: now,
                writes_until: now,
            });
            name.clone_into(&mut here.name);
            here.views_until = now.plus(VIEWS);
            if doing == Presence::Writing {
                here.writes_until = now.plus(WRITES);
            }
        }
        for here in all.values_mut() {
            here.retain(|_, it| it.views_until > now);
        }
        all.retain(|_, it| !it.is_empty());
    }

    /// Who is at a ticket beside oneself, by name.
    pub(crate) fn others(&self, number: TicketNumber, me: AgentId, now: Timestamp) -> Vec<Present> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let here = all.get(&number).into_iter().flatten();
        let mut others: Vec<(AgentId, Present)> = here
            .filter(|(agent, it)| **agent != me && it.views_until > now)
            .map(|(agent, it)| {
                let present = Present {
                    name: it.name.clone(),
                    writes: it.writes_until > now,
                };
                (*agent, present)
            })
            .collect();
        others.sort_by(|a, b| (&a.1.name, a.0).cmp(&(&b.1.name, b.0)));
        others.into_iter().map(|it| it.1).collect()
    }
}

#[cfg(test)]
mod tests {
    use portal_core::id::Uuid;

    use super::*;

    fn agent(n: u128) -> AgentId {
        AgentId::from_uuid(Uuid::from_u128(n))
    }

    #[test]
    fn whoever_is_silent_for_long_is_gone_and_writing_ends_first() {
        let all = Presences::default();
        let (number, start) = (TicketNumber::new(7).unwrap(), Timestamp::from_micros(0));
        let later = |seconds| start.plus(Duration::from_secs(seconds));
        all.note(number, agent(1), "Tim", Presence::Writing, start);
        let seen = |at| {
            let others = all.others(number, agent(2), at);
            others.into_iter().map(|it| (it.name, it.writes)).collect::<Vec<_>>()
        };
        assert_eq!(seen(later(5)), [("Tim".to_owned(), true)]);
        assert_eq!(seen(later(20)), [("Tim".to_owned(), false)]);
        assert_eq!(seen(later(51)), []);
        assert_eq!(all.others(number, agent(1), later(5)), [], "nobody is told of themself");
        all.note(number, agent(1), "Tim", Presence::Gone, later(6));
        assert_eq!(seen(later(7)), []);
        assert!(all.0.lock().unwrap().is_empty());
    }

    #[test]
    fn looking_does_not_end_writing() {
        let all = Presences::default();
        let (number, start) = (TicketNumber::new(7).unwrap(), Timestamp::from_micros(0));
        all.note(number, agent(1), "Tim", Presence::Writing, start);
        all.note(number, agent(1), "Tim", Presence::Viewing, start);
        assert!(all.others(number, agent(2), start)[0].writes);
    }
}
