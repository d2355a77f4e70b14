//! What a customer's reply to a merged ticket does to the ticket it is part of.

use crate::access::Standing;
use crate::actor::Task;
use crate::id::TicketNumber;
use crate::portal::Portal;
use crate::ports::{StoreError, StoreErrorKind, Tx};
use crate::ticket::writing::store_changed;
use crate::ticket::{Author, AuthorKind, Event, EventKind, Stage, Ticket};
use crate::time::Timestamp;

impl Portal {
    /// Somebody replied to a part of this ticket, which is locked: it is somebody's turn again. Its own readers may not
    /// know of the part, hence they are told of nothing but the change of its state, and not by whom.
    pub(crate) async fn replied_to_part(
        &self,
        tx: &mut dyn Tx,
        target: TicketNumber,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(mut ticket) = tx.tickets().load(&Task::Maintenance, target).await? else {
            return Ok(());
        };
        match ticket.standing {
            Standing::Live | Standing::Unverified => {}
            Standing::Spam | Standing::Deleted | Standing::Merged => return Ok(()),
        }
        let slept = ticket.snoozed_until.take().is_some();
        let at = now.max(ticket.last_activity);
        let kind = match ticket.stage {
            Stage::Closed => {
                self.move_to(tx, &mut ticket, Stage::InProgress, at).await?;
                EventKind::Reopened { reason: None }
            }
            Stage::WaitingOnContact => EventKind::StatusChanged {
                status: self.move_to(tx, &mut ticket, Stage::InProgress, at).await?,
                stage: Stage::InProgress,
            },
            Stage::Received | Stage::InProgress if slept => return quietly(tx, &ticket).await,
            Stage::Received | Stage::InProgress => return Ok(()),
        };
        let event = Event {
            ticket: target,
            seq: ticket.next_seq(),
            at,
            by: Author {
                kind: AuthorKind::System,
                name: String::new(),
            },
            kind,
        };
        store_changed(tx, &mut ticket).await?;
        tx.tickets().add_event(&event).await
    }
}

/// Stores a ticket without raising its version and without telling anybody: it is none of the customers' business.
pub(super) async fn quietly(tx: &mut dyn Tx, ticket: &Ticket) -> Result<(), StoreError> {
    if tx.tickets().update(ticket, ticket.version).await? {
        Ok(())
    } else {
        Err(StoreError::bare(StoreErrorKind::Retry))
    }
}
