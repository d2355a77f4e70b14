use async_trait::async_trait;
use portal_core::id::{ContactId, PortalId, SessionId, TokenId};
use portal_core::membership::{Account, ApiToken, Profile, SecretHash, Session, Throttle, ThrottleKey};
use portal_core::ports::{Accounts, Doorway, StoreError};
use portal_core::settings::Host;
use portal_core::text::{EmailAddress, Slug};
use portal_core::time::Timestamp;

use super::tx::SeaTx;

mod credentials;
pub(super) mod sessions;
mod throttles;
mod tokens;

#[async_trait]
impl Accounts for SeaTx {
    async fn doorway(
        &mut self,
        host: &Host,
        slug: &Slug,
        secret: Option<&SecretHash>,
    ) -> Result<Option<Doorway>, StoreError> {
        sessions::doorway(self, host, slug, secret).await
    }

    async fn account_by_address(&mut self, address: &EmailAddress) -> Result<Option<Account>, StoreError> {
        credentials::by_address(self, address).await
    }

    async fn account(&mut self, contact: ContactId) -> Result<Option<Account>, StoreError> {
        credentials::account(self, contact).await
    }

    async fn put_account(&mut self, account: &Account) -> Result<(), StoreError> {
        credentials::put(self, account).await
    }

    async fn forget_devices(&mut self, contact: ContactId, at: Timestamp) -> Result<(), StoreError> {
        credentials::forget_devices(self, contact, at).await
    }

    async fn devices_forgotten(&mut self, contact: ContactId) -> Result<Option<Timestamp>, StoreError> {
        credentials::devices_forgotten(self, contact).await
    }

    async fn add_session(&mut self, session: &Session, keep: u32) -> Result<(), StoreError> {
        sessions::add(self, session, keep).await
    }

    async fn sessions(&mut self, contact: ContactId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        sessions::of(self, contact, now).await
    }

    async fn touch_session(
        &mut self,
        id: SessionId,
        seen_at: Timestamp,
        idle_until: Timestamp,
    ) -> Result<(), StoreError> {
        sessions::touch(self, id, seen_at, idle_until).await
    }

    async fn end_session(&mut self, contact: ContactId, id: SessionId) -> Result<(), StoreError> {
        sessions::end(self, contact, id).await
    }

    async fn end_sessions(&mut self, contact: ContactId, but: Option<SessionId>) -> Result<(), StoreError> {
        sessions::end_all(self, contact, but).await
    }

    async fn living_sessions(&mut self, ids: &[SessionId], now: Timestamp) -> Result<Vec<SessionId>, StoreError> {
        sessions::living(self, ids, now).await
    }

    async fn add_token(&mut self, token: &ApiToken) -> Result<(), StoreError> {
        tokens::add(self, token).await
    }

    async fn token(&mut self, secret: &SecretHash) -> Result<Option<(ApiToken, Profile)>, StoreError> {
        tokens::token(self, secret).await
    }

    async fn tokens(&mut self, contact: ContactId, portal: PortalId) -> Result<Vec<ApiToken>, StoreError> {
        tokens::of(self, contact, portal).await
    }

    async fn touch_token(&mut self, id: TokenId, seen_at: Timestamp) -> Result<(), StoreError> {
        tokens::touch(self, id, seen_at).await
    }

    async fn remove_token(&mut self, contact: ContactId, id: TokenId) -> Result<(), StoreError> {
        tokens::remove(self, contact, id).await
    }

    async fn throttle(&mut self, key: &ThrottleKey) -> Result<Option<Throttle>, StoreError> {
        throttles::throttle(self, key).await
    }

    async fn set_throttle(&mut self, key: &ThrottleKey, throttle: Option<&Throttle>) -> Result<(), StoreError> {
        throttles::set(self, key, throttle).await
    }
}
