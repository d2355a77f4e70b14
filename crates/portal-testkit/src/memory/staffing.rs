use std::cmp::Reverse;

use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::crm::Agent;
use portal_core::id::{AgentId, StaffSessionId};
use portal_core::membership::SecretHash;
use portal_core::ports::{Staffing, StoreError};
use portal_core::staff::{
    StaffCredential, StaffSession, StaffSessionStage, StaffStanding, StaffToken, StaffTokenKind, StaffUser,
};
use portal_core::text::EmailAddress;
use portal_core::time::Timestamp;

use super::{MemoryTx, conflict};

#[async_trait]
impl Staffing for MemoryTx {
    async fn staff_user(&mut self, id: AgentId) -> Result<Option<StaffUser>, StoreError> {
        Ok(self.state.staff_users.get(&id).cloned())
    }

    async fn staff_users(&mut self, _task: &Task) -> Result<Vec<StaffUser>, StoreError> {
        let mut users: Vec<StaffUser> = self.state.staff_users.values().cloned().collect();
        users.sort_by(|a, b| (a.name.as_str(), a.id).cmp(&(b.name.as_str(), b.id)));
        Ok(users)
    }

    async fn put_staff_user(&mut self, _task: &Task, user: &StaffUser) -> Result<(), StoreError> {
        let active = |it: &StaffUser| it.standing == StaffStanding::Active;
        let taken = self
            .state
            .staff_users
            .values()
            .any(|it| it.id != user.id && active(it) && active(user) && it.email == user.email);
        if taken {
            return Err(conflict());
        }
        let agent = Agent {
            id: user.id,
            name: user.name.clone(),
            email: Some(user.email.clone()),
        };
        let state = self.changed()?;
        state.agents.insert(agent.id, agent);
        state.staff_users.insert(user.id, user.clone());
        Ok(())
    }

    async fn staff_by_address(
        &mut self,
        address: &EmailAddress,
    ) -> Result<Option<(StaffUser, Option<StaffCredential>)>, StoreError> {
        let state = &self.state;
        let user = state
            .staff_users
            .values()
            .find(|it| it.email == *address && it.standing == StaffStanding::Active);
        Ok(user.map(|it| (it.clone(), state.staff_credentials.get(&it.id).cloned())))
    }

    async fn admins(&mut self) -> Result<Vec<AgentId>, StoreError> {
        let users = self.state.staff_users.values();
        Ok(users.filter(|it| it.is_admin()).map(|it| it.id).collect())
    }

    async fn has_admin_or_portal(&mut self) -> Result<(bool, bool), StoreError> {
        let state = &self.state;
        let admin = state.staff_users.values().any(StaffUser::is_admin);
        Ok((admin, !state.portals.is_empty()))
    }

    async fn staff_credential(&mut self, agent: AgentId) -> Result<Option<StaffCredential>, StoreError> {
        Ok(self.state.staff_credentials.get(&agent).cloned())
    }

    async fn put_staff_credential(&mut self, credential: &StaffCredential) -> Result<(), StoreError> {
        let credentials = &mut self.changed()?.staff_credentials;
        credentials.insert(credential.agent, credential.clone());
        Ok(())
    }

    async fn use_step(&mut self, agent: AgentId, step: u64) -> Result<bool, StoreError> {
        let credential = self.changed()?.staff_credentials.get_mut(&agent);
        let Some(authenticator) = credential.and_then(|it| it.authenticator.as_mut()) else {
            return Ok(false);
        };
        let fresh = step > authenticator.last_step;
        if fresh {
            authenticator.last_step = step;
        }
        Ok(fresh)
    }

    async fn set_recovery_codes(&mut self, agent: AgentId, codes: &[[u8; 32]]) -> Result<(), StoreError> {
        self.changed()?.recovery_codes.insert(agent, codes.to_vec());
        Ok(())
    }

    async fn use_recovery_code(&mut self, agent: AgentId, code: &[u8; 32]) -> Result<bool, StoreError> {
        let codes = self.changed()?.recovery_codes.entry(agent).or_default();
        let before = codes.len();
        codes.retain(|it| it != code);
        Ok(codes.len() < before)
    }

    async fn recovery_codes_left(&mut self, agent: AgentId) -> Result<u32, StoreError> {
        let left = self.state.recovery_codes.get(&agent).map_or(0, Vec::len);
        Ok(u32::try_from(left).unwrap_or(u32::MAX))
    }

    async fn staff_doorway(&mut self, secret: &SecretHash) -> Result<Option<(StaffSession, StaffUser)>, StoreError> {
        let state = &self.state;
        let session = state.staff_sessions.values().find(|it| it.secret == *secret);
        Ok(session.and_then(|it| {
            let user = state.staff_users.get(&it.agent)?;
            (user.standing == StaffStanding::Active).then(|| (it.clone(), user.clone()))
        }))
    }

    async fn add_staff_session(&mut self, session: &StaffSession, keep: u32) -> Result<(), StoreError> {
        let sessions = &mut self.changed()?.staff_sessions;
        if sessions
            .values()
            .any(|it| it.id == session.id || it.secret == session.secret)
        {
            return Err(conflict());
        }
        sessions.insert(session.id, session.clone());
        let mut same: Vec<(Timestamp, StaffSessionId)> = sessions
            .values()
            .filter(|it| it.agent == session.agent)
            .map(|it| (it.created_at, it.id))
            .collect();
        same.sort_unstable_by_key(|it| Reverse(*it));
        for (_, id) in same.into_iter().skip(keep as usize) {
            sessions.remove(&id);
        }
        Ok(())
    }

    async fn change_staff_session(&mut self, session: &StaffSession) -> Result<bool, StoreError> {
        let sessions = &mut self.changed()?.staff_sessions;
        let there = sessions.get_mut(&session.id).map(|it| *it = session.clone());
        Ok(there.is_some())
    }

    async fn touch_staff_session(
        &mut self,
        id: StaffSessionId,
        seen_at: Timestamp,
        idle_until: Timestamp,
    ) -> Result<(), StoreError> {
        if let Some(session) = self.changed()?.staff_sessions.get_mut(&id) {
            session.seen_at = seen_at;
            session.idle_until = idle_until;
        }
        Ok(())
    }

    async fn staff_sessions(&mut self, agent: AgentId, now: Timestamp) -> Result<Vec<StaffSession>, StoreError> {
        let mut found: Vec<StaffSession> = self
            .state
            .staff_sessions
            .values()
            .filter(|it| it.agent == agent && it.is_alive(now) && it.stage == StaffSessionStage::Complete)
            .cloned()
            .collect();
        found.sort_by_key(|it| Reverse((it.seen_at, it.id)));
        Ok(found)
    }

    async fn end_staff_session(&mut self, agent: AgentId, id: StaffSessionId) -> Result<(), StoreError> {
        let sessions = &mut self.changed()?.staff_sessions;
        sessions.retain(|_, it| it.agent != agent || it.id != id);
        Ok(())
    }

    async fn end_staff_sessions(&mut self, agent: AgentId, but: Option<StaffSessionId>) -> Result<(), StoreError> {
        let sessions = &mut self.changed()?.staff_sessions;
        sessions.retain(|_, it| it.agent != agent || Some(it.id) == but);
        Ok(())
    }

    async fn living_staff_sessions(
        &mut self,
        ids: &[StaffSessionId],
        now: Timestamp,
    ) -> Result<Vec<StaffSessionId>, StoreError> {
        let state = &self.state;
        let lives = |id: &StaffSessionId| {
            let session = state.staff_sessions.get(id);
            session
                .filter(|it| it.is_alive(now) && it.stage == StaffSessionStage::Complete)
                .and_then(|it| state.staff_users.get(&it.agent))
                .is_some_and(|it| it.standing == StaffStanding::Active)
        };
        Ok(ids.iter().copied().filter(lives).collect())
    }

    async fn add_staff_token(&mut self, token: &StaffToken) -> Result<(), StoreError> {
        let tokens = &mut self.changed()?.staff_tokens;
        if tokens.iter().any(|it| it.secret == token.secret) {
            return Err(conflict());
        }
        tokens.retain(|it| it.ends_at > token.created_at);
        tokens.push(token.clone());
        Ok(())
    }

    async fn staff_token(&mut self, secret: &SecretHash) -> Result<Option<StaffToken>, StoreError> {
        let tokens = &self.state.staff_tokens;
        Ok(tokens.iter().find(|it| it.secret == *secret).cloned())
    }

    async fn take_staff_token(&mut self, secret: &SecretHash) -> Result<Option<StaffToken>, StoreError> {
        let tokens = &mut self.changed()?.staff_tokens;
        let place = tokens.iter().position(|it| it.secret == *secret);
        Ok(place.map(|it| tokens.remove(it)))
    }

    async fn staff_token_of(&mut self, agent: AgentId, kind: StaffTokenKind) -> Result<Option<StaffToken>, StoreError> {
        let tokens = self.state.staff_tokens.iter();
        let own = tokens.filter(|it| it.agent == Some(agent) && it.kind == kind);
        Ok(own.max_by_key(|it| it.created_at).cloned())
    }

    async fn remove_staff_tokens(&mut self, agent: Option<AgentId>) -> Result<(), StoreError> {
        self.changed()?.staff_tokens.retain(|it| it.agent != agent);
        Ok(())
    }
}
