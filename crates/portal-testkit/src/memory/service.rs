use async_trait::async_trait;
use portal_core::access::Standing;
use portal_core::actor::Task;
use portal_core::desk::StaffScope;
use portal_core::id::{InboxId, TicketNumber};
use portal_core::measures::{MeasureQuery, MeasuredTicket};
use portal_core::ports::{KeptTerms, ServiceLevels, StoreError, ToldDue, WatchedTicket};
use portal_core::service::ServiceFacts;
use portal_core::ticket::{Stage, Ticket};
use portal_core::time::Timestamp;

use super::MemoryTx;
use super::state::State;

/// What counts at all, of the scope and perhaps of one inbox.
fn counting(state: &State, scope: &StaffScope, inbox: Option<InboxId>) -> Vec<Ticket> {
    let tickets = state.tickets.keys().filter_map(|it| state.ticket(*it));
    let within = tickets.filter(|it| scope.permits(it) && inbox.is_none_or(|inbox| it.inbox == inbox));
    within
        .filter(|it| matches!(it.standing, Standing::Live | Standing::Unverified))
        .collect()
}

fn facts(state: &State, number: TicketNumber) -> ServiceFacts {
    state.service_facts.get(&number).copied().unwrap_or_default()
}

fn told(state: &State, number: TicketNumber) -> Vec<ToldDue> {
    let both = [false, true].map(|closing| state.told_due.get(&(number, closing)).copied());
    both.into_iter().flatten().collect()
}

#[async_trait]
impl ServiceLevels for MemoryTx {
    async fn service_terms(&mut self, inboxes: &[InboxId]) -> Result<Vec<KeptTerms>, StoreError> {
        let all = self.state.service_terms.values();
        Ok(all.filter(|it| inboxes.contains(&it.inbox)).cloned().collect())
    }

    async fn put_service_terms(&mut self, _task: &Task, terms: &KeptTerms) -> Result<bool, StoreError> {
        let all = &mut self.changed()?.service_terms;
        let kept = all.get(&terms.inbox).map_or(0, |it| it.version);
        if kept + 1 != terms.version {
            return Ok(false);
        }
        all.insert(terms.inbox, terms.clone());
        Ok(true)
    }

    async fn service_facts(
        &mut self,
        scope: &StaffScope,
        numbers: &[TicketNumber],
    ) -> Result<Vec<(TicketNumber, ServiceFacts)>, StoreError> {
        let permitted = |it: &TicketNumber| self.state.ticket(*it).is_some_and(|it| scope.permits(&it));
        let numbers = numbers.iter().copied().filter(permitted);
        Ok(numbers.map(|it| (it, facts(&self.state, it))).collect())
    }

    async fn measured(
        &mut self,
        scope: &StaffScope,
        query: &MeasureQuery,
        limit: u32,
    ) -> Result<Vec<MeasuredTicket>, StoreError> {
        let within = |it: Timestamp| (query.from..query.until).contains(&it);
        let tickets = counting(&self.state, scope, query.inbox);
        let some = tickets
            .into_iter()
            .filter(|it| within(it.created_at) || it.closed_at.is_some_and(within));
        let measured = some.map(|it| {
            let facts = facts(&self.state, it.number);
            MeasuredTicket {
                number: it.number,
                inbox: it.inbox,
                priority: it.priority,
                source: it.source,
                created_at: it.created_at,
                closed_at: it.closed_at,
                first_reply_at: facts.first_reply_at,
                waited: facts.waited,
            }
        });
        Ok(measured.take(limit as usize).collect())
    }

    async fn backlog(
        &mut self,
        scope: &StaffScope,
        inbox: Option<InboxId>,
        limit: u32,
    ) -> Result<Vec<Timestamp>, StoreError> {
        let open = counting(&self.state, scope, inbox);
        let open = open.into_iter().filter(|it| it.stage != Stage::Closed);
        let mut opened: Vec<Timestamp> = open.map(|it| it.created_at).collect();
        opened.sort_unstable();
        opened.truncate(limit as usize);
        Ok(opened)
    }

    async fn watched(
        &mut self,
        _task: &Task,
        inbox: InboxId,
        after: Option<TicketNumber>,
        limit: u32,
    ) -> Result<Vec<WatchedTicket>, StoreError> {
        let state = &self.state;
        let tickets = state.tickets.keys().filter_map(|it| state.ticket(*it));
        let turn = tickets.filter(|it| {
            it.inbox == inbox
                && after.is_none_or(|after| it.number > after)
                && matches!(it.standing, Standing::Live | Standing::Unverified)
                && matches!(it.stage, Stage::Received | Stage::InProgress)
        });
        let watched = turn.take(limit as usize).map(|it| WatchedTicket {
            number: it.number,
            priority: it.priority,
            stage: it.stage,
            created_at: it.created_at,
            facts: facts(state, it.number),
            told: told(state, it.number),
        });
        Ok(watched.collect())
    }

    async fn told_due(&mut self, _task: &Task, number: TicketNumber) -> Result<Vec<ToldDue>, StoreError> {
        Ok(told(&self.state, number))
    }

    async fn put_told_due(&mut self, _task: &Task, it: &ToldDue) -> Result<(), StoreError> {
        self.changed()?.told_due.insert((it.ticket, it.closing), *it);
        Ok(())
    }
}
