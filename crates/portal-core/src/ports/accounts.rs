use async_trait::async_trait;

use super::error::StoreError;
use crate::id::{ContactId, PortalId, SessionId, TokenId};
use crate::membership::{Account, ApiToken, Profile, SecretHash, Session, Throttle, ThrottleKey};
use crate::settings::{CustomerPortal, Host};
use crate::text::{EmailAddress, Slug};
use crate::time::Timestamp;

/// Everything about a request's address and cookie, read in one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doorway {
    /// The portal at the address.
    pub portal: CustomerPortal,
    /// The session that the secret belongs to, on that host, with its contact, if there is one and the contact is active;
    /// whether it is still alive is for the caller to say.
    pub session: Option<(Session, Profile)>,
}

/// Credentials, sessions, tokens, throttles.
#[async_trait]
pub trait Accounts: Send {
    /// The portal at an address and the session of a secret, in one statement; `None` if there is no such portal.
    async fn doorway(
        &mut self,
        host: &Host,
        slug: &Slug,
        secret: Option<&SecretHash>,
    ) -> Result<Option<Doorway>, StoreError>;

    /// The account of the active contact with this sign-in address.
    async fn account_by_address(&mut self, address: &EmailAddress) -> Result<Option<Account>, StoreError>;

    /// A contact's account.
    async fn account(&mut self, contact: ContactId) -> Result<Option<Account>, StoreError>;

    /// Adds or replaces an account.
    async fn put_account(&mut self, account: &Account) -> Result<(), StoreError>;

    /// Adds a session, and ends the contact's oldest ones on that host beyond `keep`.
    ///
    /// When the first session of a contact on a host began MUST be remembered for good: what was in the host's portals
    /// before that does not count as [unread](crate::ticket::TicketRow::unread).
    async fn add_session(&mut self, session: &Session, keep: u32) -> Result<(), StoreError>;

    /// The contact's sessions that are alive, the one used last first.
    async fn sessions(&mut self, contact: ContactId, now: Timestamp) -> Result<Vec<Session>, StoreError>;

    /// Notes that a session was used. MUST NOT bring back one that has ended.
    async fn touch_session(
        &mut self,
        id: SessionId,
        seen_at: Timestamp,
        idle_until: Timestamp,
    ) -> Result<(), StoreError>;

    /// Ends one session of a contact. Ending one that is not there is fine.
    async fn end_session(&mut self, contact: ContactId, id: SessionId) -> Result<(), StoreError>;

    /// Ends all sessions of a contact, but one if told so.
    async fn end_sessions(&mut self, contact: ContactId, but: Option<SessionId>) -> Result<(), StoreError>;

    /// Out of these sessions, those that still count at the given instant and whose contacts are active; one statement.
    async fn living_sessions(&mut self, ids: &[SessionId], now: Timestamp) -> Result<Vec<SessionId>, StoreError>;

    /// Adds a bearer token.
    async fn add_token(&mut self, token: &ApiToken) -> Result<(), StoreError>;

    /// The token with this secret, with its contact, if the contact is active; whether it has ended is for the caller to
    /// say.
    async fn token(&mut self, secret: &SecretHash) -> Result<Option<(ApiToken, Profile)>, StoreError>;

    /// A contact's tokens for a portal, newest first.
    async fn tokens(&mut self, contact: ContactId, portal: PortalId) -> Result<Vec<ApiToken>, StoreError>;

    /// Notes that a token was used.
    async fn touch_token(&mut self, id: TokenId, seen_at: Timestamp) -> Result<(), StoreError>;

    /// Removes one token of a contact. Removing one that is not there is fine.
    async fn remove_token(&mut self, contact: ContactId, id: TokenId) -> Result<(), StoreError>;

    /// The failures that were counted against a key. In a `Write` the key MUST be locked until the end of the unit of
    /// work, also if nothing was counted yet, so that attempts at the same moment are counted one after the other.
    async fn throttle(&mut self, key: &ThrottleKey) -> Result<Option<Throttle>, StoreError>;

    /// Sets, or with `None` clears, the failures of a key.
    async fn set_throttle(&mut self, key: &ThrottleKey, throttle: Option<&Throttle>) -> Result<(), StoreError>;

    /// From now on no device counts as known that was marked at the given instant or before. The instant MUST NOT go back.
    async fn forget_devices(&mut self, contact: ContactId, at: Timestamp) -> Result<(), StoreError>;

    /// When the devices of a contact were forgotten last.
    async fn devices_forgotten(&mut self, contact: ContactId) -> Result<Option<Timestamp>, StoreError>;
}
