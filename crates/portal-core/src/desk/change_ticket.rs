use super::change::TicketChange;
use super::writing::{Begun, DeskError};
use crate::actor::Actor;
use crate::id::TicketNumber;
use crate::portal::{Portal, attempt};
use crate::ports::IdempotencyKey;
use crate::staff::StaffActor;
use crate::ticket::Version;
use crate::ticket::writing::fingerprint;

/// A change that gives or takes sight of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeTicket {
    /// The ticket.
    pub number: TicketNumber,
    /// The version whose preview was shown. If the ticket is another one by now, nothing is done.
    pub seen: Version,
    /// What is changed.
    pub change: TicketChange,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

impl Portal {
    /// Makes a ticket private or shared, moves it to another inbox, puts people and companies on it or takes them off, or
    /// says that it is spam, deleted, or neither. It takes effect at the customers' next request.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn change_ticket(&self, actor: &StaffActor, command: ChangeTicket) -> Result<(), DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "change_ticket",
            self.change_ticket_once(actor, &command)
        )
    }

    async fn change_ticket_once(&self, actor: &StaffActor, command: &ChangeTicket) -> Result<(), DeskError> {
        let change = command.change;
        let hash = fingerprint(&[&command.number.to_string(), change.event().name(), &change.text()]);
        let mut sitting = match self.sit(actor, "change_ticket", command.key.as_ref(), hash).await? {
            Begun::New(sitting) => sitting,
            Begun::Done(_) => return Ok(()),
        };
        let mut ticket = sitting.take(command.number).await?;
        if change.is_made(&ticket) {
            return Ok(());
        }
        if ticket.version != command.seen {
            return Err(DeskError::Stale);
        }
        let (task, scope) = (sitting.staff.task(), sitting.scope.clone());
        let event = change.make(&mut *sitting.tx, &task, &scope, &mut ticket).await?;
        sitting.store(&mut ticket, event).await?;
        let to = [("to", change.text())];
        self.desk_noted(&mut sitting, change.event(), &ticket, &to).await?;
        Ok(sitting.done("changed".to_owned()).await?)
    }
}
