use std::cmp::Reverse;

use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::audit::{AuditEntry, AuditQuery};
use portal_core::ports::{AuditLog, StoreError};

use super::{MemoryTx, conflict};

#[async_trait]
impl AuditLog for MemoryTx {
    async fn record(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        let audit = &mut self.changed()?.audit;
        if audit.iter().any(|it| it.id == entry.id) {
            return Err(conflict());
        }
        audit.push(entry.clone());
        Ok(())
    }

    async fn audit_page(&mut self, _: &Task, query: &AuditQuery, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let wanted = self.state.audit.iter().filter(|it| query.wants(it));
        let mut found: Vec<AuditEntry> = wanted.cloned().collect();
        found.sort_by_key(|it| Reverse(it.place()));
        found.truncate(limit as usize);
        Ok(found)
    }
}
