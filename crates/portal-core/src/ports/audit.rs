use async_trait::async_trait;

use super::error::StoreError;
use crate::actor::Task;
use crate::audit::{AuditEntry, AuditQuery, Seal, SealedEntry};
use crate::crm::Party;

/// What was done, by whom, for good: entries are only ever added, and never leave. The one exception is that what names a
/// person is taken out of them when the person is erased.
#[async_trait]
pub trait AuditLog: Send {
    /// Adds an entry. It MUST become visible with the rest of the unit of work, or not at all.
    async fn record(&mut self, entry: &AuditEntry) -> Result<(), StoreError>;

    /// The newest entries that are wanted, at most `limit`: by instant and then id, both descending.
    async fn audit_page(&mut self, task: &Task, query: &AuditQuery, limit: u32) -> Result<Vec<AuditEntry>, StoreError>;

    // ---- seals ----

    /// The newest seal. In a `Write` nobody else MUST add one until the unit of work ends.
    async fn newest_seal(&mut self, task: &Task) -> Result<Option<Seal>, StoreError>;

    /// The oldest entries without a seal, by instant and then id, at most `limit`.
    async fn unsealed(&mut self, task: &Task, limit: u32) -> Result<Vec<AuditEntry>, StoreError>;

    /// Adds a seal over these entries, which keep their order. From then on the entries MUST NOT change, but for object and
    /// details being emptied, nor go away, whatever the store is told; neither MUST the seal.
    async fn add_seal(&mut self, task: &Task, seal: &Seal, entries: &[SealedEntry]) -> Result<(), StoreError>;

    /// Seals by ascending number, behind the given one, at most `limit`.
    async fn seals(&mut self, task: &Task, after: i64, limit: u32) -> Result<Vec<Seal>, StoreError>;

    /// The entries under a seal, in the order in which they were sealed.
    async fn sealed(&mut self, task: &Task, seal: i64) -> Result<Vec<SealedEntry>, StoreError>;

    /// Takes object and details out of the entries about a contact or company, and of those that are about nobody and
    /// have one of these texts as their object. When, who, what and the number of entries MUST stay.
    async fn forget(&mut self, task: &Task, about: Party, objects: &[String]) -> Result<(), StoreError>;
}
