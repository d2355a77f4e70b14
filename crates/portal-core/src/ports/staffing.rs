use async_trait::async_trait;

use super::error::StoreError;
use crate::actor::Task;
use crate::id::AgentId;
use crate::staff::StaffUser;

/// Who works here: staff users with their permissions, credentials and sessions.
///
/// Staff and contacts never share a table, a cookie or a path.
#[async_trait]
pub trait Staffing: Send {
    /// A staff user, whatever their standing, as committed last: nothing is cached.
    async fn staff_user(&mut self, id: AgentId) -> Result<Option<StaffUser>, StoreError>;

    /// All staff users, by name.
    async fn staff_users(&mut self, task: &Task) -> Result<Vec<StaffUser>, StoreError>;

    /// Adds or replaces a staff user, and the agent of the same id, by whose name customers know them. MUST fail with
    /// [`Conflict`](super::StoreErrorKind::Conflict) if another active staff user has the address.
    async fn put_staff_user(&mut self, task: &Task, user: &StaffUser) -> Result<(), StoreError>;
}
