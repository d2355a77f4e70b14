use crate::actor::{Actor, Mode};
use crate::id::{ContactId, SessionId};
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, StoreError, Tx};
use crate::time::Timestamp;

/// Which of the contact's own sessions to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndSessions {
    /// This one.
    One(SessionId),
    /// All but this one, which is in use; bearer tokens end too.
    OthersThan(SessionId),
    /// All; bearer tokens end too.
    All,
}

/// Why nothing was ended.
#[derive(Debug, thiserror::Error)]
pub enum EndSessionsError {
    /// Nobody is signed in, or with a token that only reads.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(EndSessionsError);

impl Portal {
    /// Ends sessions of the contact; a session of somebody else is not there.
    ///
    /// # Errors
    /// If nobody is signed in, or the store fails.
    pub async fn end_sessions(&self, actor: &Actor, which: EndSessions) -> Result<(), EndSessionsError> {
        attempt!(self, actor, "end_sessions", self.end_sessions_once(actor, which))
    }

    async fn end_sessions_once(&self, actor: &Actor, which: EndSessions) -> Result<(), EndSessionsError> {
        let contact = own_account(actor)?;
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        match which {
            EndSessions::One(id) => tx.accounts().end_session(contact, id).await?,
            EndSessions::OthersThan(id) => {
                tx.accounts().end_sessions(contact, Some(id)).await?;
                everywhere(&mut *tx, contact, now).await?;
            }
            EndSessions::All => {
                tx.accounts().end_sessions(contact, None).await?;
                everywhere(&mut *tx, contact, now).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }
}

/// Signing out everywhere also ends what needs no session: bearer tokens, links and codes that were mailed, and that devices
/// are known.
async fn everywhere(tx: &mut dyn Tx, contact: ContactId, now: Timestamp) -> Result<(), StoreError> {
    tx.accounts().forget_devices(contact, now).await?;
    tx.members().end_tokens(contact).await?;
    tx.members().end_challenges(contact, None, None).await
}

/// The contact whose account may be changed: one with a session. A bearer token never touches the account.
pub(super) fn own_account(actor: &Actor) -> Result<ContactId, EntryError> {
    let by_session = actor.contact().filter(|it| it.only.is_none() && it.mode == Mode::Write);
    by_session.map(|it| it.contact).ok_or(EntryError::SignInRequired)
}
