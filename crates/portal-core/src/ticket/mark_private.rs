use super::event::EventKind;
use super::writing::{Before, Once, find_to_change, fingerprint, from_stop, record};
use crate::access::{Action, Audience, Denial};
use crate::actor::Actor;
use crate::id::{PortalId, TicketNumber};
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, IdempotencyKey, StoreError};

/// Taking a ticket out of the company's sight. Only staff can give it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkPrivate {
    /// The portal.
    pub portal: PortalId,
    /// The ticket.
    pub number: TicketNumber,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

/// Why it was not marked.
#[derive(Debug, thiserror::Error)]
pub enum MarkPrivateError {
    /// The contact could not enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// It does not exist, or is not in the contact's scope; nobody can tell which.
    #[error("there is no such ticket")]
    NotFound,
    /// The contact sees the ticket and may not do this.
    #[error(transparent)]
    Denied(Denial),
    /// The idempotency key was used for another command.
    #[error("this idempotency key was used for something else")]
    KeyReused,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(MarkPrivateError, NotFound);
from_stop!(MarkPrivateError);

impl Portal {
    /// Marks a ticket private. Its requester can, where the portal offers it.
    ///
    /// # Errors
    /// See [`MarkPrivateError`].
    pub async fn mark_private(&self, actor: &Actor, command: MarkPrivate) -> Result<(), MarkPrivateError> {
        attempt!(self, actor, "mark_private", self.mark_private_once(actor, &command))
    }

    async fn mark_private_once(&self, actor: &Actor, command: &MarkPrivate) -> Result<(), MarkPrivateError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let (_, viewer) = self.let_in(&mut *tx, actor, command.portal).await?;
        let (number, portal) = (command.number.to_string(), command.portal.to_string());
        let once = Once {
            who: viewer.contact().uuid(),
            use_case: "mark_private",
            key: command.key.as_ref(),
            command: fingerprint(&[&portal, &number]),
            now,
        };
        match once.recall(&mut *tx).await? {
            Before::New => {}
            Before::Done(_) => return Ok(()),
            Before::KeyReused => return Err(MarkPrivateError::KeyReused),
        }
        let mut ticket = find_to_change(&mut *tx, &viewer, command.number, Action::MarkPrivate, now).await?;
        let at = now.max(ticket.last_activity);
        ticket.audience = Audience::Private;
        record(&mut *tx, viewer.contact(), &mut ticket, at, EventKind::MadePrivate).await?;
        once.remember(&mut *tx, "private".to_owned()).await?;
        tx.commit().await?;
        Ok(())
    }
}
