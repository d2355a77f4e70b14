use std::time::Duration;

use super::merged_reply::quietly;
use super::queue::Queue;
use super::writing::{Begun, DeskError};
use crate::actor::{Actor, Task};
use crate::audit::AuditEvent;
use crate::id::TicketNumber;
use crate::input::{ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, IdempotencyKey, StoreError};
use crate::staff::StaffActor;
use crate::ticket::writing::fingerprint;
use crate::time::Timestamp;

/// Nothing is put aside for longer.
const LONGEST: Duration = Duration::from_hours(366 * 24);

/// A ticket is put aside until a time, or taken up again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snooze {
    /// The ticket.
    pub number: TicketNumber,
    /// Until when; `None` takes it up again.
    pub until: Option<Timestamp>,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

impl Portal {
    /// Puts a ticket aside until a time. Customers notice nothing of it; whatever they write ends it.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn snooze(&self, actor: &StaffActor, command: Snooze) -> Result<(), DeskError> {
        attempt!(self, &Actor::Anonymous, "snooze", self.snooze_once(actor, &command))
    }

    async fn snooze_once(&self, actor: &StaffActor, command: &Snooze) -> Result<(), DeskError> {
        let until = command.until.map(|it| it.micros().to_string()).unwrap_or_default();
        let hash = fingerprint(&[&command.number.to_string(), &until]);
        let mut sitting = match self.sit(actor, "snooze", command.key.as_ref(), hash).await? {
            Begun::New(sitting) => sitting,
            Begun::Done(_) => return Ok(()),
        };
        let mut ticket = sitting.take(command.number).await?;
        match Queue::of(&ticket) {
            Queue::Open | Queue::Waiting | Queue::Snoozed => {}
            Queue::Closed | Queue::Spam | Queue::Deleted => return Err(DeskError::NotPossible),
        }
        fits(command.until, sitting.now)?;
        ticket.snoozed_until = command.until;
        quietly(&mut *sitting.tx, &ticket).await?;
        let change = [("until", until)];
        self.desk_noted(&mut sitting, AuditEvent::TicketSnoozed, &ticket, &change)
            .await?;
        Ok(sitting.done("snoozed".to_owned()).await?)
    }

    /// Takes up again what was put aside until now, at most `limit` tickets; how many there were.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn wake_snoozed(&self, limit: u32) -> Result<u32, StoreError> {
        let (now, task) = (self.clock.now(), Task::Maintenance);
        let mut tx = self.store.begin(Access::Write).await?;
        let due = tx.desk().due_snoozes(&task, now, limit).await?;
        let mut woken = 0;
        for number in due {
            tx.tickets().lock(number).await?;
            let found = tx.tickets().load(&task, number).await?;
            if let Some(mut ticket) = found.filter(|it| it.snoozed_until.is_some_and(|until| until <= now)) {
                ticket.snoozed_until = None;
                quietly(&mut *tx, &ticket).await?;
                woken += 1;
            }
        }
        tx.commit().await?;
        Ok(woken)
    }
}

/// Whether a ticket can be put aside until then.
pub(super) fn fits(until: Option<Timestamp>, now: Timestamp) -> Result<(), Problems> {
    match until {
        Some(it) if it <= now || it > now.plus(LONGEST) => Err(Problems::one("until", ProblemKind::Date)),
        Some(_) | None => Ok(()),
    }
}
