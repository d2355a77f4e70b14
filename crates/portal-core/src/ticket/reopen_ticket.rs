use super::close_ticket::reason;
use super::event::EventKind;
use super::message::AuthorKind;
use super::step::{Step, next_stage};
use super::writing::{Before, Once, find_to_change, fingerprint, from_stop, record};
use crate::access::{Action, Denial};
use crate::actor::Actor;
use crate::id::{PortalId, TicketNumber};
use crate::input::Problems;
use crate::mail::TicketNews;
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, IdempotencyKey, StoreError};

/// Opening a closed ticket again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReopenTicket {
    /// The portal.
    pub portal: PortalId,
    /// The ticket.
    pub number: TicketNumber,
    /// Why: one line of at most 300 characters, or nothing.
    pub reason: Option<String>,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

/// Why it was not reopened.
#[derive(Debug, thiserror::Error)]
pub enum ReopenTicketError {
    /// The contact could not enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// It does not exist, or is not in the contact's scope; nobody can tell which.
    #[error("there is no such ticket")]
    NotFound,
    /// The contact sees the ticket and may not reopen it.
    #[error(transparent)]
    Denied(Denial),
    /// The reason must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The idempotency key was used for another command.
    #[error("this idempotency key was used for something else")]
    KeyReused,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(ReopenTicketError, NotFound);
from_stop!(ReopenTicketError);

impl Portal {
    /// Opens a closed ticket again, to the entry status of *In progress*, while the portal's window lasts.
    ///
    /// # Errors
    /// See [`ReopenTicketError`].
    pub async fn reopen_ticket(&self, actor: &Actor, command: ReopenTicket) -> Result<(), ReopenTicketError> {
        attempt!(self, actor, "reopen_ticket", self.reopen_ticket_once(actor, &command))
    }

    async fn reopen_ticket_once(&self, actor: &Actor, command: &ReopenTicket) -> Result<(), ReopenTicketError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let (_, viewer) = self.let_in(&mut *tx, actor, command.portal).await?;
        let (number, portal) = (command.number.to_string(), command.portal.to_string());
        let once = Once {
            who: viewer.contact().uuid(),
            use_case: "reopen_ticket",
            key: command.key.as_ref(),
            command: fingerprint(&[&portal, &number, command.reason.as_deref().unwrap_or_default()]),
            now,
        };
        match once.recall(&mut *tx).await? {
            Before::New => {}
            Before::Done(_) => return Ok(()),
            Before::KeyReused => return Err(ReopenTicketError::KeyReused),
        }
        let mut ticket = find_to_change(&mut *tx, &viewer, command.number, Action::Reopen, now).await?;
        let reason = reason(command.reason.as_deref())?;
        let at = now.max(ticket.last_activity);
        let stage = next_stage(ticket.stage, ticket.standing, Step::CustomerReopened)
            .map_err(|_| ReopenTicketError::NotFound)?;
        self.move_to(&mut *tx, &mut ticket, stage, at).await?;
        record(
            &mut *tx,
            viewer.contact(),
            &mut ticket,
            at,
            EventKind::Reopened { reason },
        )
        .await?;
        let by = AuthorKind::Contact(viewer.contact());
        self.tell_contacts(&mut *tx, &ticket, TicketNews::Reopened, by, now)
            .await?;
        once.remember(&mut *tx, "reopened".to_owned()).await?;
        tx.commit().await?;
        Ok(())
    }
}
