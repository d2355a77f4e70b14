use async_trait::async_trait;

use super::error::StoreError;
use crate::actor::Task;
use crate::audit::{AuditEntry, AuditQuery};

/// What was done, by whom, for good: entries are only ever added.
#[async_trait]
pub trait AuditLog: Send {
    /// Adds an entry. It MUST become visible with the rest of the unit of work, or not at all.
    async fn record(&mut self, entry: &AuditEntry) -> Result<(), StoreError>;

    /// The newest entries that are wanted, at most `limit`: by instant and then id, both descending.
    async fn audit_page(&mut self, task: &Task, query: &AuditQuery, limit: u32) -> Result<Vec<AuditEntry>, StoreError>;
}
