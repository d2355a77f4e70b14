use super::view_desk_ticket::may_own;
use super::writing::{Begun, DeskError};
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::{AgentId, TicketNumber};
use crate::input::{ProblemKind, Problems};
use crate::notify::AgentNews;
use crate::portal::{Portal, attempt};
use crate::ports::IdempotencyKey;
use crate::staff::StaffActor;
use crate::ticket::EventKind;
use crate::ticket::writing::fingerprint;

/// A ticket is given to somebody of the staff, or to nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assign {
    /// The ticket.
    pub number: TicketNumber,
    /// Whose it was when whoever gives it looked.
    pub was: Option<AgentId>,
    /// Whose it is to be.
    pub owner: Option<AgentId>,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

impl Portal {
    /// Gives a ticket to somebody who works at the desk with its inbox, or to nobody.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn assign_ticket(&self, actor: &StaffActor, command: Assign) -> Result<(), DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "assign_ticket",
            self.assign_ticket_once(actor, &command)
        )
    }

    async fn assign_ticket_once(&self, actor: &StaffActor, command: &Assign) -> Result<(), DeskError> {
        let hash = fingerprint(&[
            &command.number.to_string(),
            &command.owner.map(|it| it.to_string()).unwrap_or_default(),
        ]);
        let mut sitting = match self.sit(actor, "assign_ticket", command.key.as_ref(), hash).await? {
            Begun::New(sitting) => sitting,
            Begun::Done(_) => return Ok(()),
        };
        let mut ticket = sitting.take(command.number).await?;
        if ticket.owner == command.owner {
            return Ok(());
        }
        if ticket.owner != command.was {
            return Err(DeskError::Stale);
        }
        let mut change = vec![("from", command.was.map(|it| it.to_string()).unwrap_or_default())];
        let event = match command.owner {
            None => None,
            Some(owner) => {
                let user = sitting.tx.staffing().staff_user(owner).await?;
                let user = user.filter(|it| may_own(it, ticket.inbox));
                let user = user.ok_or_else(|| Problems::one("owner", ProblemKind::NotOffered))?;
                let shown = sitting.tx.directory().agent_name(owner).await?;
                change.push(("to", owner.to_string()));
                Some(EventKind::OwnerChanged {
                    owner: shown.unwrap_or_else(|| user.name.to_string()),
                })
            }
        };
        ticket.owner = command.owner;
        sitting.store(&mut ticket, event).await?;
        if let Some(owner) = ticket.owner {
            let (by, now) = (sitting.me().await?, sitting.now);
            self.tell_agent(&mut *sitting.tx, owner, AgentNews::Assigned, &ticket, &by, now)
                .await?;
        }
        self.desk_noted(&mut sitting, AuditEvent::TicketAssigned, &ticket, &change)
            .await?;
        Ok(sitting.done("assigned".to_owned()).await?)
    }
}
