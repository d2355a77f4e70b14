use super::writing::{Begun, DeskError};
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::TicketNumber;
use crate::portal::{Portal, attempt};
use crate::ports::IdempotencyKey;
use crate::staff::StaffActor;
use crate::ticket::Priority;
use crate::ticket::writing::fingerprint;

/// Another priority for a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetPriority {
    /// The ticket.
    pub number: TicketNumber,
    /// The priority that whoever changes it saw.
    pub was: Priority,
    /// What it is to be.
    pub priority: Priority,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

impl Portal {
    /// Sets how urgent a ticket is.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn set_priority(&self, actor: &StaffActor, command: SetPriority) -> Result<(), DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "set_priority",
            self.set_priority_once(actor, &command)
        )
    }

    async fn set_priority_once(&self, actor: &StaffActor, command: &SetPriority) -> Result<(), DeskError> {
        let hash = fingerprint(&[&command.number.to_string(), command.priority.name()]);
        let mut sitting = match self.sit(actor, "set_priority", command.key.as_ref(), hash).await? {
            Begun::New(sitting) => sitting,
            Begun::Done(_) => return Ok(()),
        };
        let mut ticket = sitting.take(command.number).await?;
        if ticket.priority == command.priority {
            return Ok(());
        }
        if ticket.priority != command.was {
            return Err(DeskError::Stale);
        }
        ticket.priority = command.priority;
        sitting.store(&mut ticket, None).await?;
        let change = [
            ("from", command.was.name().to_owned()),
            ("to", command.priority.name().to_owned()),
        ];
        self.desk_noted(&mut sitting, AuditEvent::TicketPriorityChanged, &ticket, &change)
            .await?;
        Ok(sitting.done("set".to_owned()).await?)
    }
}
