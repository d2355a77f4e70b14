use crate::actor::Actor;
use crate::id::{ContactId, SessionId};
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, StoreError};

/// Why the session could not be ended.
#[derive(Debug, thiserror::Error)]
pub enum SignOutError {
    /// Not used by this use-case; here so that all use-cases have the same two.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(SignOutError);

impl Portal {
    /// Ends the session somebody came with. Ending it twice is fine.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn sign_out(&self, contact: ContactId, session: SessionId) -> Result<(), SignOutError> {
        attempt!(
            self,
            &Actor::signed_in(contact),
            "sign_out",
            self.sign_out_once(contact, session)
        )
    }

    async fn sign_out_once(&self, contact: ContactId, session: SessionId) -> Result<(), SignOutError> {
        let mut tx = self.store.begin(Access::Write).await?;
        tx.accounts().end_session(contact, session).await?;
        tx.commit().await?;
        Ok(())
    }
}
