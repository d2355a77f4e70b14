use std::sync::Arc;
use std::time::Duration;

use super::account::Profile;
use super::session::{Secret, Session};
use super::token::ApiToken;
use crate::actor::{Actor, ContactActor, Mode};
use crate::id::{SessionId, TokenId};
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, StoreError};
use crate::settings::{CustomerPortal, Host, Looks};
use crate::text::Slug;
use crate::time::Timestamp;

/// A session or token that was used less than this ago is not touched again.
const TOUCH_EVERY: Duration = Duration::from_mins(5);

/// By what somebody says who they are.
#[derive(Clone, Debug)]
pub enum Credential {
    /// Nothing.
    None,
    /// The secret of a session, from its cookie.
    Session(Secret),
    /// A bearer token.
    Token(Secret),
}

/// A request that found its portal.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The portal at the address.
    pub portal: CustomerPortal,
    /// How it looks.
    pub looks: Arc<Looks>,
    /// Who it is, if the credential is good. Whether they may enter is judged by each use-case.
    pub visitor: Option<Visitor>,
}

/// Somebody whose credential is good.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The identity for use-cases.
    pub actor: Actor,
    /// What they see of themself.
    pub profile: Profile,
    /// The session they came with.
    pub session: Option<SessionId>,
    /// The token they came with.
    pub token: Option<TokenId>,
}

/// Why the address could not be looked up.
#[derive(Debug, thiserror::Error)]
pub enum ArriveError {
    /// Not used by this use-case; here so that all use-cases have the same two.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(ArriveError);

impl Portal {
    /// Finds the portal at an address, and who comes: `None` if there is no portal there.
    ///
    /// A credential that has ended, belongs to another host or another portal, or to a contact who is not active, is no
    /// credential. Using a session or token extends it, written down at most every 5 minutes.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn arrive(
        &self,
        host: &Host,
        slug: &Slug,
        credential: &Credential,
    ) -> Result<Option<Arrival>, ArriveError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "arrive",
            self.arrive_once(host, slug, credential)
        )
    }

    async fn arrive_once(
        &self,
        host: &Host,
        slug: &Slug,
        credential: &Credential,
    ) -> Result<Option<Arrival>, ArriveError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Read).await?;
        let secret = match credential {
            Credential::Session(secret) => Some(secret.hash()),
            Credential::None | Credential::Token(_) => None,
        };
        let Some(doorway) = tx.accounts().doorway(host, slug, secret.as_ref()).await? else {
            return Ok(None);
        };
        let looks = self.looks_of(&mut *tx, &doorway.portal).await?;
        let visitor = match credential {
            Credential::None => None,
            Credential::Session(_) => {
                let living = doorway
                    .session
                    .filter(|(it, _)| it.is_alive(now) && it.host == host.as_str());
                drop(tx);
                if let Some((session, _)) = &living {
                    self.touch_session(session, &doorway.portal, now).await?;
                }
                living.map(|(session, profile)| Visitor {
                    actor: Actor::signed_in(session.contact),
                    profile,
                    session: Some(session.id),
                    token: None,
                })
            }
            Credential::Token(secret) => {
                let found = tx.accounts().token(&secret.hash()).await?;
                let living = found.filter(|(it, _)| now < it.ends_at && it.portal == doorway.portal.id);
                drop(tx);
                if let Some((token, _)) = &living {
                    self.touch_token(token, now).await?;
                }
                living.map(|(token, profile)| Visitor {
                    actor: Actor::Contact(ContactActor {
                        contact: token.contact,
                        only: Some(token.portal),
                        mode: token.mode,
                    }),
                    profile,
                    session: None,
                    token: Some(token.id),
                })
            }
        };
        Ok(Some(Arrival {
            portal: doorway.portal,
            looks,
            visitor,
        }))
    }

    async fn touch_session(
        &self,
        session: &Session,
        portal: &CustomerPortal,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if now.since(session.seen_at) < TOUCH_EVERY {
            return Ok(());
        }
        let mut tx = self.store.begin(Access::Write).await?;
        tx.accounts()
            .touch_session(session.id, now, now.plus(portal.sessions.idle))
            .await?;
        tx.commit().await
    }

    async fn touch_token(&self, token: &ApiToken, now: Timestamp) -> Result<(), StoreError> {
        if token.seen_at.is_some_and(|it| now.since(it) < TOUCH_EVERY) {
            return Ok(());
        }
        let mut tx = self.store.begin(Access::Write).await?;
        tx.accounts().touch_token(token.id, now).await?;
        tx.commit().await
    }

    /// The published portals of a host, for the page at its root; whoever is signed in there enters by [`arrive`](Self::arrive).
    ///
    /// # Errors
    /// If the store fails.
    pub async fn portals_on(&self, host: &Host) -> Result<Vec<CustomerPortal>, StoreError> {
        let mut tx = self.store.begin(Access::Read).await?;
        tx.directory().portals_on(host).await
    }

    /// Mode of a bearer token or session that only reads.
    #[must_use]
    pub const fn reads_only(actor: &Actor) -> bool {
        matches!(actor, Actor::Contact(ContactActor { mode: Mode::Read, .. }))
    }
}
