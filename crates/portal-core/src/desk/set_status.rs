use super::writing::{Begun, DeskError};
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::{StatusId, TicketNumber};
use crate::input::{ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::IdempotencyKey;
use crate::ports::{StoreError, StoreErrorKind};
use crate::staff::StaffActor;
use crate::ticket::writing::fingerprint;
use crate::ticket::{EventKind, Step, next_stage};

/// Another status for a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetStatus {
    /// The ticket.
    pub number: TicketNumber,
    /// The status that whoever changes it saw.
    pub was: StatusId,
    /// What it is to be: one of its pipeline.
    pub status: StatusId,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

impl Portal {
    /// Moves a ticket to another status of its pipeline: this closes it and opens it again, too.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn set_status(&self, actor: &StaffActor, command: SetStatus) -> Result<(), DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "set_status",
            self.set_status_once(actor, &command)
        )
    }

    async fn set_status_once(&self, actor: &StaffActor, command: &SetStatus) -> Result<(), DeskError> {
        let hash = fingerprint(&[&command.number.to_string(), &command.status.to_string()]);
        let mut sitting = match self.sit(actor, "set_status", command.key.as_ref(), hash).await? {
            Begun::New(sitting) => sitting,
            Begun::Done(_) => return Ok(()),
        };
        let mut ticket = sitting.take(command.number).await?;
        if next_stage(ticket.stage, ticket.standing, Step::SetTo(ticket.stage)).is_err() {
            return Err(DeskError::NotPossible);
        }
        if ticket.status == command.status {
            return Ok(());
        }
        if ticket.status != command.was {
            return Err(DeskError::Stale);
        }
        let pipeline = sitting.tx.directory().pipeline(ticket.pipeline).await?;
        let pipeline = pipeline.ok_or_else(|| StoreError::bare(StoreErrorKind::Corrupt))?;
        let status = pipeline.offered(command.status);
        let status = status.ok_or_else(|| Problems::one("status", ProblemKind::NotOffered))?;
        let (from, at) = (ticket.stage, sitting.now.max(ticket.last_activity));
        next_stage(from, ticket.standing, Step::SetTo(status.stage)).map_err(|_| DeskError::NotPossible)?;
        ticket.enter(status, at);
        ticket.snoozed_until = None;
        let kind = EventKind::of_move(from, status.id, status.stage);
        sitting.store(&mut ticket, kind).await?;
        let was = pipeline.status(command.was).map(|it| it.name.to_string());
        let change = [("from", was.unwrap_or_default()), ("to", status.name.to_string())];
        self.desk_noted(&mut sitting, AuditEvent::TicketStatusChanged, &ticket, &change)
            .await?;
        Ok(sitting.done("set".to_owned()).await?)
    }
}
