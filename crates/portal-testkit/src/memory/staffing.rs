use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::crm::Agent;
use portal_core::id::AgentId;
use portal_core::ports::{Staffing, StoreError};
use portal_core::staff::{StaffStanding, StaffUser};

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
}
