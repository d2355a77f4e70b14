use std::time::Duration;

use crate::actor::{Actor, Task};
use crate::id::TicketNumber;
use crate::mail::TicketNews;
use crate::portal::{Portal, UseCaseError, attempt};
use crate::ports::{Access, StoreError, Warning};
use crate::ticket::writing::store_changed;
use crate::ticket::{Author, AuthorKind, Closing, Event, EventKind, Pipeline, Step, Ticket, next_stage};
use crate::time::Timestamp;

/// What a round of timers did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ran {
    /// Tickets whose customers were reminded.
    pub warned: u32,
    /// Tickets that were closed.
    pub closed: u32,
    /// Tickets that got another status, because theirs is there no more.
    pub moved: u64,
}

/// A round of timers ended early; the next one goes on.
#[derive(Debug, thiserror::Error)]
pub enum RunTimersError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl UseCaseError for RunTimersError {
    fn store_error(&self) -> Option<&StoreError> {
        let Self::Store(err) = self;
        Some(err)
    }

    fn is_not_found(&self) -> bool {
        false
    }
}

const TASK: Task = Task::Maintenance;
/// Tickets that get another status in one unit of work.
const BATCH: u32 = 500;

const fn days(count: u16) -> Duration {
    Duration::from_hours(count as u64 * 24)
}

impl Portal {
    /// Does what is due, of each kind at most `limit` tickets, each in a unit of work of its own. Several servers may do so
    /// at the same time: what one of them did, another one finds done.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn run_timers(&self, limit: u32) -> Result<Ran, RunTimersError> {
        let now = self.clock.now();
        let pipelines = attempt!(self, &Actor::Anonymous, "timers.pipelines", async {
            let mut tx = self.store.begin(Access::Read).await?;
            Ok::<_, RunTimersError>(tx.directory().all_pipelines(&TASK).await?)
        })?;
        let mut ran = Ran::default();
        for pipeline in &pipelines {
            ran.moved += self.move_retired(pipeline).await?;
            let Some(closing) = pipeline.automation().closing else {
                continue;
            };
            let patience = days(closing.days.saturating_sub(closing.notice));
            let due = attempt!(self, &Actor::Anonymous, "timers.to_warn", async {
                let mut tx = self.store.begin(Access::Read).await?;
                let quiet_since = now.minus(patience);
                let due = tx.timers().to_warn(&TASK, pipeline.id(), quiet_since, limit).await?;
                Ok::<_, RunTimersError>(due)
            })?;
            for number in due {
                let done = attempt!(
                    self,
                    &Actor::Anonymous,
                    "timers.warn",
                    self.warn_once(number, closing, now)
                )?;
                ran.warned += u32::from(done);
            }
            let due = attempt!(self, &Actor::Anonymous, "timers.to_close", async {
                let mut tx = self.store.begin(Access::Read).await?;
                let quiet_since = now.minus(days(closing.days));
                let warned_before = now.minus(days(closing.notice));
                let timers = tx.timers();
                let due = timers
                    .to_close(&TASK, pipeline.id(), quiet_since, warned_before, limit)
                    .await?;
                Ok::<_, RunTimersError>(due)
            })?;
            for number in due {
                let done = attempt!(
                    self,
                    &Actor::Anonymous,
                    "timers.close",
                    self.expire_once(number, closing, now)
                )?;
                ran.closed += u32::from(done);
            }
        }
        Ok(ran)
    }

    /// Gives all tickets of the statuses that are there no more to their successors.
    pub(crate) async fn move_retired(&self, pipeline: &Pipeline) -> Result<u64, RunTimersError> {
        let mut moved = 0;
        for (status, successor) in pipeline.retired() {
            loop {
                let done = attempt!(self, &Actor::Anonymous, "timers.move", async {
                    let mut tx = self.store.begin(Access::Read).await?;
                    // Most of the time there is nothing to move: then nobody's turn to write is taken.
                    if !tx.timers().has_status(&TASK, status.id).await? {
                        return Ok::<_, RunTimersError>(0);
                    }
                    drop(tx);
                    let mut tx = self.store.begin(Access::Write).await?;
                    let done = tx.timers().change_status(&TASK, status.id, *successor, BATCH).await?;
                    tx.commit().await?;
                    Ok(done)
                })?;
                moved += done;
                if done < u64::from(BATCH) {
                    break;
                }
            }
        }
        Ok(moved)
    }

    async fn warn_once(&self, number: TicketNumber, closing: Closing, now: Timestamp) -> Result<bool, RunTimersError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let quiet_since = now.minus(days(closing.days.saturating_sub(closing.notice)));
        let Some(ticket) = still_waits(&mut *tx, number, quiet_since).await? else {
            return Ok(false);
        };
        let before = tx.timers().warning(&TASK, number).await?;
        if before.is_some_and(|it| it.last_activity == ticket.last_activity) {
            return Ok(false);
        }
        let warning = Warning {
            ticket: number,
            last_activity: ticket.last_activity,
            given_at: now,
        };
        tx.timers().put_warning(&TASK, &warning).await?;
        self.tell_contacts(&mut *tx, &ticket, TicketNews::Reminder, AuthorKind::System, now)
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn expire_once(
        &self,
        number: TicketNumber,
        closing: Closing,
        now: Timestamp,
    ) -> Result<bool, RunTimersError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let quiet_since = now.minus(days(closing.days));
        let Some(mut ticket) = still_waits(&mut *tx, number, quiet_since).await? else {
            return Ok(false);
        };
        let warning = tx.timers().warning(&TASK, number).await?;
        let in_time = warning.is_some_and(|it| {
            it.last_activity == ticket.last_activity && it.given_at <= now.minus(days(closing.notice))
        });
        let Ok(stage) = next_stage(ticket.stage, ticket.standing, Step::TimeIsUp) else {
            return Ok(false);
        };
        if !in_time {
            return Ok(false);
        }
        let at = now.max(ticket.last_activity);
        self.move_to(&mut *tx, &mut ticket, stage, at).await?;
        let event = Event {
            ticket: number,
            seq: ticket.next_seq(),
            at,
            by: Author {
                kind: AuthorKind::System,
                name: String::new(),
            },
            kind: EventKind::ClosedByTimer { days: closing.days },
        };
        store_changed(&mut *tx, &mut ticket).await?;
        tx.tickets().add_event(&event).await?;
        self.tell_contacts(&mut *tx, &ticket, TicketNews::Expired, AuthorKind::System, now)
            .await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// The ticket under lock, if it still waits and nothing happened for so long.
async fn still_waits(
    tx: &mut dyn crate::ports::Tx,
    number: TicketNumber,
    quiet_since: Timestamp,
) -> Result<Option<Ticket>, StoreError> {
    tx.tickets().lock(number).await?;
    let ticket = tx.tickets().load(&TASK, number).await?;
    Ok(ticket.filter(|it| {
        it.standing == crate::access::Standing::Live
            && it.snoozed_until.is_none()
            && it.last_activity <= quiet_since
            && next_stage(it.stage, it.standing, Step::TimeIsUp).is_ok()
    }))
}
