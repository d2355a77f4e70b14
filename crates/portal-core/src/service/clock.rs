use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::calendar::Calendar;
use super::due::{Due, close_due, due};
use super::facts::ServiceFacts;
use super::goals::ServiceTerms;
use crate::access::Standing;
use crate::desk::{DeskRow, StaffScope};
use crate::id::{InboxId, TicketNumber};
use crate::portal::Portal;
use crate::ports::{StoreError, Tx};
use crate::ticket::{EventKind, Stage, Ticket, TimelineItem};
use crate::time::Timestamp;

/// A calendar goes back at most so far: whoever waits longer is late anyway.
const BACK: Duration = Duration::from_hours(24 * 120);
/// And so far ahead: no goal is farther away, days off included.
const AHEAD: Duration = Duration::from_hours(24 * 60);
/// The stages of a ticket are read from so many items of its thread.
const ITEMS: u32 = 1000;

/// The replies that are due on a page of the desk, by ticket.
pub type DeskClocks = BTreeMap<TicketNumber, Due>;

/// What was promised for one ticket, and how it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TicketClock {
    /// How it was served so far.
    pub facts: ServiceFacts,
    /// The reply that is due, if somebody waits for one that was promised.
    pub reply: Option<Due>,
    /// When it is to be closed, if that was promised and it is the staff's turn.
    pub close: Option<Due>,
}

impl Portal {
    /// The replies that are due on a page of the desk.
    pub(crate) async fn desk_clocks(
        &self,
        tx: &mut dyn Tx,
        scope: &StaffScope,
        rows: &[DeskRow],
    ) -> Result<DeskClocks, StoreError> {
        let open = rows.iter().filter(|it| counts(it.standing, it.stage));
        let open: BTreeMap<TicketNumber, &DeskRow> = open.map(|it| (it.number, it)).collect();
        let inboxes: BTreeSet<InboxId> = open.values().map(|it| it.inbox.0).collect();
        let inboxes: Vec<InboxId> = inboxes.into_iter().collect();
        let terms = promised(tx, &inboxes).await?;
        if terms.is_empty() {
            return Ok(DeskClocks::new());
        }
        let numbers: Vec<TicketNumber> = open.keys().copied().collect();
        let facts = tx.service().service_facts(scope, &numbers).await?;
        let waits = facts.into_iter().filter_map(|(number, facts)| {
            let row = open.get(&number)?;
            Some((*row, facts.wait(row.stage)?))
        });
        let waits: Vec<_> = waits.collect();
        let now = self.clock.now();
        let calendars: BTreeMap<InboxId, Calendar> = terms
            .iter()
            .map(|(inbox, terms)| {
                let own = waits.iter().filter(|(row, _)| row.inbox.0 == *inbox);
                let since = own.map(|(_, wait)| wait.since).min().unwrap_or(now);
                (*inbox, self.calendar_of(terms, since, now))
            })
            .collect();
        let clock = |(row, wait): &(&DeskRow, _)| {
            let goals = terms.get(&row.inbox.0)?.goals(row.priority);
            Some((row.number, due(*wait, &goals, calendars.get(&row.inbox.0)?, now)?))
        };
        Ok(waits.iter().filter_map(clock).collect())
    }

    /// What was promised for one ticket, and how it stands.
    pub(crate) async fn ticket_clock(
        &self,
        tx: &mut dyn Tx,
        scope: &StaffScope,
        ticket: &Ticket,
    ) -> Result<TicketClock, StoreError> {
        let found = tx.service().service_facts(scope, &[ticket.number]).await?;
        let facts = found.into_iter().map(|it| it.1).next().unwrap_or_default();
        let silent = TicketClock {
            facts,
            ..TicketClock::default()
        };
        let terms = promised(tx, &[ticket.inbox]).await?.remove(&ticket.inbox);
        let Some(terms) = terms.filter(|_| counts(ticket.standing, ticket.stage)) else {
            return Ok(silent);
        };
        let now = self.clock.now();
        let goals = terms.goals(ticket.priority);
        let calendar = self.calendar_of(&terms, ticket.created_at, now);
        let stages = match goals.close {
            Some(_) => {
                let thread = tx.desk().desk_thread(scope, ticket.number, ITEMS).await?;
                stages(ticket, &thread.items)
            }
            None => Vec::new(),
        };
        Ok(TicketClock {
            facts,
            reply: facts
                .wait(ticket.stage)
                .and_then(|wait| due(wait, &goals, &calendar, now)),
            close: close_due(&stages, &goals, &calendar, now),
        })
    }

    /// The calendar of some terms around now, back to an instant.
    pub(crate) fn calendar_of(&self, terms: &ServiceTerms, since: Timestamp, now: Timestamp) -> Calendar {
        match terms.hours() {
            None => Calendar::always(),
            Some(hours) => hours.calendar(&*self.zones, since.max(now.minus(BACK)), now.plus(AHEAD)),
        }
    }
}

/// Whether the staff has to do something about it.
const fn counts(standing: Standing, stage: Stage) -> bool {
    matches!(standing, Standing::Live | Standing::Unverified) && matches!(stage, Stage::Received | Stage::InProgress)
}

/// The terms of those of these inboxes that promise something.
async fn promised(tx: &mut dyn Tx, inboxes: &[InboxId]) -> Result<BTreeMap<InboxId, ServiceTerms>, StoreError> {
    if inboxes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let kept = tx.service().service_terms(inboxes).await?;
    let some = kept.into_iter().filter(|it| !it.terms.is_empty());
    Ok(some.map(|it| (it.inbox, it.terms)).collect())
}

/// The stages of a ticket since it was opened, as far as its thread says.
fn stages(ticket: &Ticket, items: &[TimelineItem]) -> Vec<(Timestamp, Stage)> {
    let mut stages = vec![(ticket.created_at, Stage::Received)];
    for item in items {
        let TimelineItem::Event(event) = item else { continue };
        match &event.kind {
            EventKind::StatusChanged { stage, .. } => stages.push((event.at, *stage)),
            EventKind::Closed { .. } | EventKind::ClosedByTimer { .. } | EventKind::MergedInto { .. } => {
                stages.push((event.at, Stage::Closed));
            }
            EventKind::Reopened { .. } => stages.push((event.at, Stage::InProgress)),
            _ => {}
        }
    }
    stages
}
