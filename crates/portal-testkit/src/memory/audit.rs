use std::cmp::Reverse;

use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::audit::{AuditEntry, AuditQuery, Seal, SealedEntry};
use portal_core::crm::Party;
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

    async fn newest_seal(&mut self, _: &Task) -> Result<Option<Seal>, StoreError> {
        Ok(self.state.seals.last().map(|(seal, _)| seal.clone()))
    }

    async fn unsealed(&mut self, _: &Task, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let sealed = |id| {
            let mut all = self.state.seals.iter().flat_map(|(_, entries)| entries);
            all.any(|(sealed, _)| *sealed == id)
        };
        let mut found: Vec<AuditEntry> = self.state.audit.iter().filter(|it| !sealed(it.id)).cloned().collect();
        found.sort_by_key(AuditEntry::place);
        found.truncate(limit as usize);
        Ok(found)
    }

    async fn add_seal(&mut self, _: &Task, seal: &Seal, entries: &[SealedEntry]) -> Result<(), StoreError> {
        let entries = entries.iter().map(|it| (it.entry.id, it.content)).collect();
        self.changed()?.seals.push((seal.clone(), entries));
        Ok(())
    }

    async fn seals(&mut self, _: &Task, after: i64, limit: u32) -> Result<Vec<Seal>, StoreError> {
        let all = self.state.seals.iter().map(|(seal, _)| seal);
        let behind = all.filter(|it| it.number > after).take(limit as usize);
        Ok(behind.cloned().collect())
    }

    async fn sealed(&mut self, _: &Task, seal: i64) -> Result<Vec<SealedEntry>, StoreError> {
        let found = self.state.seals.iter().find(|(it, _)| it.number == seal);
        let entries = found.into_iter().flat_map(|(_, entries)| entries);
        let there = entries.filter_map(|(id, content)| {
            let entry = self.state.audit.iter().find(|it| it.id == *id)?.clone();
            Some(SealedEntry {
                entry,
                content: *content,
            })
        });
        Ok(there.collect())
    }

    async fn forget(&mut self, _: &Task, about: Party, objects: &[String]) -> Result<(), StoreError> {
        for entry in &mut self.changed()?.audit {
            if entry.about == Some(about) || (entry.about.is_none() && objects.contains(&entry.object)) {
                entry.object.clear();
                entry.detail.clear();
            }
        }
        Ok(())
    }
}
