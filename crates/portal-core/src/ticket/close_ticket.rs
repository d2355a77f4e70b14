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
use crate::text::Line;

/// Closing a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseTicket {
    /// The portal.
    pub portal: PortalId,
    /// The ticket.
    pub number: TicketNumber,
    /// Why: one line of at most 300 characters, or nothing.
    pub reason: Option<String>,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

/// Why it was not closed.
#[derive(Debug, thiserror::Error)]
pub enum CloseTicketError {
    /// The contact could not enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// It does not exist, or is not in the contact's scope; nobody can tell which.
    #[error("there is no such ticket")]
    NotFound,
    /// The contact sees the ticket and may not close it.
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

use_case_error!(CloseTicketError, NotFound);
from_stop!(CloseTicketError);

impl Portal {
    /// Closes a ticket, to the closed status of its pipeline.
    ///
    /// # Errors
    /// See [`CloseTicketError`].
    pub async fn close_ticket(&self, actor: &Actor, command: CloseTicket) -> Result<(), CloseTicketError> {
        attempt!(self, actor, "close_ticket", self.close_ticket_once(actor, &command))
    }

    async fn close_ticket_once(&self, actor: &Actor, command: &CloseTicket) -> Result<(), CloseTicketError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let (_, viewer) = self.let_in(&mut *tx, actor, command.portal).await?;
        let (number, portal) = (command.number.to_string(), command.portal.to_string());
        let once = Once {
            who: viewer.contact().uuid(),
            use_case: "close_ticket",
            key: command.key.as_ref(),
            command: fingerprint(&[&portal, &number, command.reason.as_deref().unwrap_or_default()]),
            now,
        };
        match once.recall(&mut *tx).await? {
            Before::New => {}
            Before::Done(_) => return Ok(()),
            Before::KeyReused => return Err(CloseTicketError::KeyReused),
        }
        let mut ticket = find_to_change(&mut *tx, &viewer, command.number, Action::Close, now).await?;
        let reason = reason(command.reason.as_deref())?;
        let at = now.max(ticket.last_activity);
        let stage =
            next_stage(ticket.stage, ticket.standing, Step::CustomerClosed).map_err(|_| CloseTicketError::NotFound)?;
        self.move_to(&mut *tx, &mut ticket, stage, at).await?;
        record(
            &mut *tx,
            viewer.contact(),
            &mut ticket,
            at,
            EventKind::Closed { reason },
        )
        .await?;
        let by = AuthorKind::Contact(viewer.contact());
        self.tell_contacts(&mut *tx, &ticket, TicketNews::Closed, by, now)
            .await?;
        once.remember(&mut *tx, "closed".to_owned()).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// A reason as typed; nothing but blanks is none.
pub(super) fn reason(typed: Option<&str>) -> Result<Option<String>, Problems> {
    let Some(text) = typed.map(str::trim).filter(|it| !it.is_empty()) else {
        return Ok(None);
    };
    let line: Line = text
        .parse()
        .map_err(|err: crate::text::LineError| Problems::one("reason", err))?;
    Ok(Some(line.as_str().to_owned()))
}
