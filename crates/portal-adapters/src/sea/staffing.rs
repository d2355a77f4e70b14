use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::crm::Agent;
use portal_core::id::{AgentId, StaffSessionId};
use portal_core::membership::SecretHash;
use portal_core::ports::{Directory, Staffing, StoreError};
use portal_core::staff::{StaffCredential, StaffSession, StaffToken, StaffTokenKind, StaffUser};
use portal_core::text::EmailAddress;
use portal_core::time::Timestamp;

use super::tx::SeaTx;

mod credentials;
mod sessions;
mod tokens;
mod users;

pub(in crate::sea) use users::{mask, unmasked};

#[async_trait]
impl Staffing for SeaTx {
    async fn staff_user(&mut self, id: AgentId) -> Result<Option<StaffUser>, StoreError> {
        users::user(self, id).await
    }

    async fn staff_users(&mut self, _: &Task) -> Result<Vec<StaffUser>, StoreError> {
        users::all(self).await
    }

    async fn put_staff_user(&mut self, task: &Task, user: &StaffUser) -> Result<(), StoreError> {
        let agent = Agent {
            id: user.id,
            name: user.name.clone(),
            email: Some(user.email.clone()),
        };
        self.put_agent(task, &agent).await?;
        users::put(self, user).await
    }

    async fn staff_by_address(
        &mut self,
        address: &EmailAddress,
    ) -> Result<Option<(StaffUser, Option<StaffCredential>)>, StoreError> {
        users::by_address(self, address).await
    }

    async fn admins(&mut self) -> Result<Vec<AgentId>, StoreError> {
        users::admins(self).await
    }

    async fn has_admin_or_portal(&mut self) -> Result<(bool, bool), StoreError> {
        users::has_admin_or_portal(self).await
    }

    async fn staff_credential(&mut self, agent: AgentId) -> Result<Option<StaffCredential>, StoreError> {
        credentials::credential(self, agent).await
    }

    async fn put_staff_credential(&mut self, credential: &StaffCredential) -> Result<(), StoreError> {
        credentials::put(self, credential).await
    }

    async fn use_step(&mut self, agent: AgentId, step: u64) -> Result<bool, StoreError> {
        credentials::use_step(self, agent, step).await
    }

    async fn set_recovery_codes(&mut self, agent: AgentId, codes: &[[u8; 32]]) -> Result<(), StoreError> {
        credentials::set_codes(self, agent, codes).await
    }

    async fn use_recovery_code(&mut self, agent: AgentId, code: &[u8; 32]) -> Result<bool, StoreError> {
        credentials::use_code(self, agent, code).await
    }

    async fn recovery_codes_left(&mut self, agent: AgentId) -> Result<u32, StoreError> {
        credentials::codes_left(self, agent).await
    }

    async fn staff_doorway(&mut self, secret: &SecretHash) -> Result<Option<(StaffSession, StaffUser)>, StoreError> {
        sessions::doorway(self, secret).await
    }

    async fn add_staff_session(&mut self, session: &StaffSession, keep: u32) -> Result<(), StoreError> {
        sessions::add(self, session, keep).await
    }

    async fn change_staff_session(&mut self, session: &StaffSession) -> Result<bool, StoreError> {
        sessions::change(self, session).await
    }

    async fn touch_staff_session(
        &mut self,
        id: StaffSessionId,
        seen_at: Timestamp,
        idle_until: Timestamp,
    ) -> Result<(), StoreError> {
        sessions::touch(self, id, seen_at, idle_until).await
    }

    async fn staff_sessions(&mut self, agent: AgentId, now: Timestamp) -> Result<Vec<StaffSession>, StoreError> {
        sessions::of(self, agent, now).await
    }

    async fn end_staff_session(&mut self, agent: AgentId, id: StaffSessionId) -> Result<(), StoreError> {
        sessions::end(self, agent, id).await
    }

    async fn end_staff_sessions(&mut self, agent: AgentId, but: Option<StaffSessionId>) -> Result<(), StoreError> {
        sessions::end_all(self, agent, but).await
    }

    async fn living_staff_sessions(
        &mut self,
        ids: &[StaffSessionId],
        now: Timestamp,
    ) -> Result<Vec<StaffSessionId>, StoreError> {
        sessions::living(self, ids, now).await
    }

    async fn add_staff_token(&mut self, token: &StaffToken) -> Result<(), StoreError> {
        tokens::add(self, token).await
    }

    async fn staff_token(&mut self, secret: &SecretHash) -> Result<Option<StaffToken>, StoreError> {
        tokens::token(self, secret).await
    }

    async fn take_staff_token(&mut self, secret: &SecretHash) -> Result<Option<StaffToken>, StoreError> {
        tokens::take(self, secret).await
    }

    async fn staff_token_of(&mut self, agent: AgentId, kind: StaffTokenKind) -> Result<Option<StaffToken>, StoreError> {
        tokens::of(self, agent, kind).await
    }

    async fn remove_staff_tokens(&mut self, agent: Option<AgentId>) -> Result<(), StoreError> {
        tokens::remove(self, agent).await
    }
}
