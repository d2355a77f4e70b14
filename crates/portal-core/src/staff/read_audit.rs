use super::authorise::{StaffActor, StaffError};
use super::user::Permission;
use crate::actor::Actor;
use crate::audit::{AuditEntry, AuditQuery};
use crate::portal::{Portal, attempt};
use crate::ports::Access;

impl Portal {
    /// The newest entries of the audit that are wanted, at most `limit` (and 1,000).
    ///
    /// # Errors
    /// Refuses who may not.
    pub async fn read_audit(
        &self,
        actor: &StaffActor,
        query: &AuditQuery,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StaffError> {
        attempt!(self, &Actor::Anonymous, "audit.read", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let staff = self.staff(&mut *tx, actor, Permission::Admin).await?;
            let entries = tx.audit().audit_page(&staff.task(), query, limit.min(1000)).await?;
            Ok::<_, StaffError>(entries)
        })
    }
}
