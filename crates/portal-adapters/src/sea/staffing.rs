use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::crm::Agent;
use portal_core::id::AgentId;
use portal_core::ports::{Directory, Staffing, StoreError};
use portal_core::staff::StaffUser;

use super::tx::SeaTx;

mod users;

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
}
