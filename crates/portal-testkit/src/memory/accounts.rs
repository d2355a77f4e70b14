use std::cmp::Reverse;

use async_trait::async_trait;
use portal_core::id::{ContactId, PortalId, SessionId, TokenId};
use portal_core::membership::{Account, ApiToken, Profile, SecretHash, Session, Throttle, ThrottleKey};
use portal_core::ports::{Accounts, Directory, Doorway, StoreError};
use portal_core::settings::Host;
use portal_core::text::{EmailAddress, Slug};
use portal_core::time::Timestamp;

use super::{MemoryTx, conflict};

#[async_trait]
impl Accounts for MemoryTx {
    async fn doorway(
        &mut self,
        host: &Host,
        slug: &Slug,
        secret: Option<&SecretHash>,
    ) -> Result<Option<Doorway>, StoreError> {
        let Some(portal) = self.portal_at(host, slug).await? else {
            return Ok(None);
        };
        let state = &self.state;
        let session = state
            .sessions
            .values()
            .find(|it| Some(&it.secret) == secret && it.host == host.as_str())
            .filter(|it| state.is_active(it.contact))
            .and_then(|it| Some((it.clone(), state.profile(it.contact)?)));
        Ok(Some(Doorway { portal, session }))
    }

    async fn account_by_address(&mut self, address: &EmailAddress) -> Result<Option<Account>, StoreError> {
        let state = &self.state;
        let contact = state
            .contacts
            .values()
            .find(|it| it.membership_email.as_ref() == Some(address) && state.is_active(it.id));
        Ok(contact.and_then(|it| state.accounts.get(&it.id)).cloned())
    }

    async fn account(&mut self, contact: ContactId) -> Result<Option<Account>, StoreError> {
        Ok(self.state.accounts.get(&contact).cloned())
    }

    async fn put_account(&mut self, account: &Account) -> Result<(), StoreError> {
        self.changed()?.accounts.insert(account.contact, account.clone());
        Ok(())
    }

    async fn forget_devices(&mut self, contact: ContactId, at: Timestamp) -> Result<(), StoreError> {
        let state = self.changed()?;
        if state.accounts.contains_key(&contact) {
            let since = state.devices_since.entry(contact).or_insert(at);
            *since = at.max(*since);
        }
        Ok(())
    }

    async fn devices_forgotten(&mut self, contact: ContactId) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.state.devices_since.get(&contact).copied())
    }

    async fn add_session(&mut self, session: &Session, keep: u32) -> Result<(), StoreError> {
        let state = self.changed()?;
        let sessions = &mut state.sessions;
        if sessions
            .values()
            .any(|it| it.id == session.id || it.secret == session.secret)
        {
            return Err(conflict());
        }
        let first = state.first_sessions.entry((session.contact, session.host.clone()));
        first.or_insert(session.created_at);
        sessions.insert(session.id, session.clone());
        let mut same: Vec<(Timestamp, SessionId)> = sessions
            .values()
            .filter(|it| it.contact == session.contact && it.host == session.host)
            .map(|it| (it.created_at, it.id))
            .collect();
        same.sort_unstable_by_key(|it| Reverse(*it));
        for (_, id) in same.into_iter().skip(keep as usize) {
            sessions.remove(&id);
        }
        Ok(())
    }

    async fn sessions(&mut self, contact: ContactId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        let mut found: Vec<Session> = self
            .state
            .sessions
            .values()
            .filter(|it| it.contact == contact && it.is_alive(now))
            .cloned()
            .collect();
        found.sort_by_key(|it| Reverse((it.seen_at, it.id)));
        Ok(found)
    }

    async fn touch_session(
        &mut self,
        id: SessionId,
        seen_at: Timestamp,
        idle_until: Timestamp,
    ) -> Result<(), StoreError> {
        if let Some(session) = self.changed()?.sessions.get_mut(&id) {
            session.seen_at = seen_at;
            session.idle_until = idle_until;
        }
        Ok(())
    }

    async fn end_session(&mut self, contact: ContactId, id: SessionId) -> Result<(), StoreError> {
        self.changed()?
            .sessions
            .retain(|_, it| it.contact != contact || it.id != id);
        Ok(())
    }

    async fn end_sessions(&mut self, contact: ContactId, but: Option<SessionId>) -> Result<(), StoreError> {
        self.changed()?
            .sessions
            .retain(|_, it| it.contact != contact || Some(it.id) == but);
        Ok(())
    }

    async fn living_sessions(&mut self, ids: &[SessionId], now: Timestamp) -> Result<Vec<SessionId>, StoreError> {
        let state = &self.state;
        let lives = |id: &SessionId| {
            let session = state.sessions.get(id);
            session.is_some_and(|it| it.is_alive(now) && state.is_active(it.contact))
        };
        Ok(ids.iter().copied().filter(lives).collect())
    }

    async fn add_token(&mut self, token: &ApiToken) -> Result<(), StoreError> {
        let tokens = &mut self.changed()?.tokens;
        if tokens.values().any(|it| it.id == token.id || it.secret == token.secret) {
            return Err(conflict());
        }
        tokens.insert(token.id, token.clone());
        Ok(())
    }

    async fn token(&mut self, secret: &SecretHash) -> Result<Option<(ApiToken, Profile)>, StoreError> {
        let state = &self.state;
        let token = state.tokens.values().find(|it| it.secret == *secret);
        Ok(token
            .filter(|it| state.is_active(it.contact))
            .and_then(|it| Some((it.clone(), state.profile(it.contact)?))))
    }

    async fn tokens(&mut self, contact: ContactId, portal: PortalId) -> Result<Vec<ApiToken>, StoreError> {
        let mut found: Vec<ApiToken> = self
            .state
            .tokens
            .values()
            .filter(|it| it.contact == contact && it.portal == portal)
            .cloned()
            .collect();
        found.sort_by_key(|it| Reverse((it.created_at, it.id)));
        Ok(found)
    }

    async fn touch_token(&mut self, id: TokenId, seen_at: Timestamp) -> Result<(), StoreError> {
        if let Some(token) = self.changed()?.tokens.get_mut(&id) {
            token.seen_at = Some(seen_at);
        }
        Ok(())
    }

    async fn remove_token(&mut self, contact: ContactId, id: TokenId) -> Result<(), StoreError> {
        self.changed()?
            .tokens
            .retain(|_, it| it.contact != contact || it.id != id);
        Ok(())
    }

    async fn throttle(&mut self, key: &ThrottleKey) -> Result<Option<Throttle>, StoreError> {
        Ok(self.state.throttles.get(&(key.kind, key.hash)).copied())
    }

    async fn set_throttle(&mut self, key: &ThrottleKey, throttle: Option<&Throttle>) -> Result<(), StoreError> {
        let throttles = &mut self.changed()?.throttles;
        let place = (key.kind, key.hash);
        match throttle {
            Some(it) => throttles.insert(place, *it),
            None => throttles.remove(&place),
        };
        Ok(())
    }
}
