use super::account::Profile;
use super::end_sessions::own_account;
use super::session::Session;
use super::token::ApiToken;
use crate::actor::Actor;
use crate::id::PortalId;
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, StoreError};

/// What a contact sees on the account page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountView {
    /// Name, language and so on.
    pub profile: Profile,
    /// The living sessions, the one used last first.
    pub sessions: Vec<Session>,
    /// The bearer tokens for this portal, newest first, those that have ended included.
    pub tokens: Vec<ApiToken>,
}

/// Why there is no account to show.
#[derive(Debug, thiserror::Error)]
pub enum AccountPageError {
    /// Nobody is signed in, or may enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(AccountPageError);

impl Portal {
    /// The contact's own account.
    ///
    /// # Errors
    /// If nobody is signed in with a session, the portal does not let the contact in, or the store fails.
    pub async fn account_page(&self, actor: &Actor, portal: PortalId) -> Result<AccountView, AccountPageError> {
        attempt!(self, actor, "account_page", self.account_page_once(actor, portal))
    }

    async fn account_page_once(&self, actor: &Actor, portal: PortalId) -> Result<AccountView, AccountPageError> {
        let contact = own_account(actor)?;
        let mut tx = self.store.begin(Access::Snapshot).await?;
        self.let_in(&mut *tx, actor, portal).await?;
        let profile = tx
            .directory()
            .profile(contact)
            .await?
            .ok_or(EntryError::SignInRequired)?;
        let sessions = tx.accounts().sessions(contact, self.clock.now()).await?;
        let tokens = tx.accounts().tokens(contact, portal).await?;
        Ok(AccountView {
            profile,
            sessions,
            tokens,
        })
    }
}
