use crate::actor::Actor;
use crate::id::{PortalId, TicketNumber};
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, StoreError};

/// Why nothing was marked.
#[derive(Debug, thiserror::Error)]
pub enum MarkReadError {
    /// The contact could not enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// It does not exist, or is not in the contact's scope; nobody can tell which.
    #[error("there is no such ticket")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(MarkReadError, NotFound);

impl Portal {
    /// Raises the contact's own read mark to a place in the ticket's public sequence; a place that is not there yet is
    /// brought down to the last one, and a mark is never lowered.
    ///
    /// # Errors
    /// If the contact may not enter or does not see the ticket, or the store fails.
    pub async fn mark_read(
        &self,
        actor: &Actor,
        portal: PortalId,
        number: TicketNumber,
        seq: u32,
    ) -> Result<(), MarkReadError> {
        attempt!(
            self,
            actor,
            "mark_read",
            self.mark_read_once(actor, portal, number, seq)
        )
    }

    async fn mark_read_once(
        &self,
        actor: &Actor,
        portal: PortalId,
        number: TicketNumber,
        seq: u32,
    ) -> Result<(), MarkReadError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let (_, viewer) = self.let_in(&mut *tx, actor, portal).await?;
        let ticket = tx
            .tickets()
            .find(viewer.scope(), number)
            .await?
            .ok_or(MarkReadError::NotFound)?;
        tx.tickets()
            .raise_read_mark(viewer.contact(), number, seq.min(ticket.public_seq))
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
