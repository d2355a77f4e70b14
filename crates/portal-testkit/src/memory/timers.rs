use async_trait::async_trait;
use portal_core::access::Standing;
use portal_core::actor::Task;
use portal_core::id::{PipelineId, StatusId, TicketNumber};
use portal_core::ports::{StoreError, Timers, Warning};
use portal_core::ticket::{Stage, Ticket};
use portal_core::time::Timestamp;

use super::MemoryTx;
use super::state::State;

/// The tickets of a pipeline that wait, with nothing since an instant, by how long they do.
fn waiting(state: &State, pipeline: PipelineId, quiet_since: Timestamp) -> Vec<&Ticket> {
    let tickets = state.tickets.values().filter(|it| {
        it.pipeline == pipeline
            && it.stage == Stage::WaitingOnContact
            && it.standing == Standing::Live
            && it.snoozed_until.is_none()
            && it.last_activity <= quiet_since
    });
    let mut tickets: Vec<&Ticket> = tickets.collect();
    tickets.sort_by_key(|it| (it.last_activity, it.number));
    tickets
}

/// The reminder about a ticket that still counts.
fn warned<'a>(state: &'a State, ticket: &Ticket) -> Option<&'a Warning> {
    let warning = state.warnings.get(&ticket.number)?;
    (warning.last_activity == ticket.last_activity).then_some(warning)
}

#[async_trait]
impl Timers for MemoryTx {
    async fn to_warn(
        &mut self,
        _task: &Task,
        pipeline: PipelineId,
        quiet_since: Timestamp,
        limit: u32,
    ) -> Result<Vec<TicketNumber>, StoreError> {
        let all = waiting(&self.state, pipeline, quiet_since).into_iter();
        let found = all.filter(|it| warned(&self.state, it).is_none());
        Ok(found.take(limit as usize).map(|it| it.number).collect())
    }

    async fn to_close(
        &mut self,
        _task: &Task,
        pipeline: PipelineId,
        quiet_since: Timestamp,
        warned_before: Timestamp,
        limit: u32,
    ) -> Result<Vec<TicketNumber>, StoreError> {
        let all = waiting(&self.state, pipeline, quiet_since).into_iter();
        let found = all.filter(|it| warned(&self.state, it).is_some_and(|it| it.given_at <= warned_before));
        Ok(found.take(limit as usize).map(|it| it.number).collect())
    }

    async fn warning(&mut self, _task: &Task, number: TicketNumber) -> Result<Option<Warning>, StoreError> {
        Ok(self.state.warnings.get(&number).copied())
    }

    async fn put_warning(&mut self, _task: &Task, warning: &Warning) -> Result<(), StoreError> {
        self.changed()?.warnings.insert(warning.ticket, *warning);
        Ok(())
    }

    async fn hold_pipeline(&mut self, _task: &Task, _pipeline: PipelineId) -> Result<(), StoreError> {
        // Whoever writes is alone.
        Ok(())
    }

    async fn has_status(&mut self, _task: &Task, status: StatusId) -> Result<bool, StoreError> {
        Ok(self.state.tickets.values().any(|it| it.status == status))
    }

    async fn change_status(
        &mut self,
        _task: &Task,
        from: StatusId,
        to: StatusId,
        limit: u32,
    ) -> Result<u64, StoreError> {
        let all = self.changed()?.tickets.values_mut().filter(|it| it.status == from);
        let mut changed = 0;
        for ticket in all.take(limit as usize) {
            ticket.status = to;
            ticket.version.0 += 1;
            changed += 1;
        }
        Ok(changed)
    }
}
