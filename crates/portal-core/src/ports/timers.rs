use async_trait::async_trait;

use super::error::StoreError;
use crate::actor::Task;
use crate::id::{PipelineId, StatusId, TicketNumber};
use crate::time::Timestamp;

/// That a customer was reminded before a timer closes a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The ticket.
    pub ticket: TicketNumber,
    /// Its last activity then: another one takes the warning back.
    pub last_activity: Timestamp,
    /// When.
    pub given_at: Timestamp,
}

/// What the system does by itself to tickets that wait, and to those of a status that is there no more.
///
/// A ticket *waits* here if it is live, not put aside, and in the stage that waits for the customer.
#[async_trait]
pub trait Timers: Send {
    /// Waiting tickets of a pipeline in which nothing happened since an instant, and whose customers were not reminded
    /// since; what has been waiting longest first.
    async fn to_warn(
        &mut self,
        task: &Task,
        pipeline: PipelineId,
        quiet_since: Timestamp,
        limit: u32,
    ) -> Result<Vec<TicketNumber>, StoreError>;

    /// Waiting tickets of a pipeline in which nothing happened since an instant, and whose customers were reminded before
    /// another one, with nothing since; what has been waiting longest first.
    async fn to_close(
        &mut self,
        task: &Task,
        pipeline: PipelineId,
        quiet_since: Timestamp,
        warned_before: Timestamp,
        limit: u32,
    ) -> Result<Vec<TicketNumber>, StoreError>;

    /// The last reminder about a ticket.
    async fn warning(&mut self, task: &Task, number: TicketNumber) -> Result<Option<Warning>, StoreError>;

    /// Adds or replaces the reminder about a ticket.
    async fn put_warning(&mut self, task: &Task, warning: &Warning) -> Result<(), StoreError>;

    /// Holds a pipeline until the end of the unit of work: nobody else who holds it changes it meanwhile.
    async fn hold_pipeline(&mut self, task: &Task, pipeline: PipelineId) -> Result<(), StoreError>;

    /// Whether any ticket has a status.
    async fn has_status(&mut self, task: &Task, status: StatusId) -> Result<bool, StoreError>;

    /// Gives tickets of one status another one of the same stage, at most `limit`; how many. Each counts one change more,
    /// and nothing else of it changes.
    async fn change_status(&mut self, task: &Task, from: StatusId, to: StatusId, limit: u32)
    -> Result<u64, StoreError>;
}
