use std::time::Duration;

use super::end_sessions::own_account;
use super::session::Secret;
use super::token::ApiToken;
use crate::actor::{Actor, Mode};
use crate::id::{PortalId, TokenId};
use crate::input::{Checker, ProblemKind, Problems};
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, PasswordsError, StoreError};
use crate::text::Line;

/// The longest life of a token in days.
const MAX_DAYS: u32 = 366;

/// Making a bearer token for the REST API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateApiToken {
    /// The portal it works in.
    pub portal: PortalId,
    /// What its owner calls it, at most 300 characters.
    pub name: String,
    /// Whether it may change anything.
    pub mode: Mode,
    /// How many days it works, 1 to 366.
    pub days: u32,
}

/// A token that was made. This is the only time its secret is there.
#[derive(Clone, Debug)]
pub struct CreatedApiToken {
    /// The token.
    pub token: ApiToken,
    /// Its secret.
    pub secret: Secret,
}

/// Why no token was made or removed.
#[derive(Debug, thiserror::Error)]
pub enum ApiTokenError {
    /// Nobody is signed in, or may enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// There was no randomness.
    #[error(transparent)]
    Secrets(#[from] PasswordsError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(ApiTokenError);

impl Portal {
    /// Makes a bearer token that acts as the contact in one portal. Only a session can make one.
    ///
    /// # Errors
    /// See [`ApiTokenError`].
    pub async fn create_api_token(
        &self,
        actor: &Actor,
        command: CreateApiToken,
    ) -> Result<CreatedApiToken, ApiTokenError> {
        let secret = Secret::from_bytes("api", &self.secrets.random()?);
        let token = attempt!(
            self,
            actor,
            "create_api_token",
            self.create_api_token_once(actor, &command, &secret)
        )?;
        Ok(CreatedApiToken { token, secret })
    }

    async fn create_api_token_once(
        &self,
        actor: &Actor,
        command: &CreateApiToken,
        secret: &Secret,
    ) -> Result<ApiToken, ApiTokenError> {
        let contact = own_account(actor)?;
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        self.let_in(&mut *tx, actor, command.portal).await?;
        let mut checker = Checker::default();
        let name = checker.take("name", command.name.parse::<Line>());
        if !(1..=MAX_DAYS).contains(&command.days) {
            checker.note("days", ProblemKind::Range { min: 1, max: MAX_DAYS });
        }
        let checked = checker.done();
        let (Some(name), Ok(())) = (name, checked.as_ref()) else {
            return Err(checked
                .err()
                .unwrap_or_else(|| Problems::one("name", ProblemKind::NotOffered))
                .into());
        };
        let token = ApiToken {
            id: TokenId::from_uuid(self.ids.next(now)),
            contact,
            portal: command.portal,
            name,
            mode: command.mode,
            secret: secret.hash(),
            created_at: now,
            ends_at: now.plus(Duration::from_secs(u64::from(command.days) * 24 * 3600)),
            seen_at: None,
        };
        tx.accounts().add_token(&token).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Removes one of the contact's tokens. One that is not there, or belongs to somebody else, is fine.
    ///
    /// # Errors
    /// If nobody is signed in, or the store fails.
    pub async fn remove_api_token(&self, actor: &Actor, id: TokenId) -> Result<(), ApiTokenError> {
        attempt!(self, actor, "remove_api_token", self.remove_api_token_once(actor, id))
    }

    async fn remove_api_token_once(&self, actor: &Actor, id: TokenId) -> Result<(), ApiTokenError> {
        let contact = own_account(actor)?;
        let mut tx = self.store.begin(Access::Write).await?;
        tx.accounts().remove_token(contact, id).await?;
        tx.commit().await?;
        Ok(())
    }
}
