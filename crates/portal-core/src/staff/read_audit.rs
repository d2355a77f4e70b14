use std::collections::BTreeMap;

use super::authorise::{StaffActor, StaffError};
use super::user::{Permission, StaffUser};
use crate::actor::{Actor, Task};
use crate::audit::{AuditActor, AuditEntry, AuditEvent, AuditQuery};
use crate::id::{AuditId, PortalId};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};

/// A page of the audit, with the names that its reader needs.
#[derive(Clone, Debug)]
pub struct AuditPage {
    /// The entries, newest first.
    pub entries: Vec<AuditEntry>,
    /// Whether there are older ones.
    pub has_older: bool,
    /// What those are called who did it, as far as they are still known.
    pub names: BTreeMap<AuditActor, String>,
    /// All staff users, by name, to choose from.
    pub staff: Vec<StaffUser>,
    /// All portals by name, to choose from.
    pub portals: Vec<(PortalId, String)>,
}

impl Portal {
    /// The most entries of one export.
    pub const AUDIT_EXPORT: u32 = 20_000;

    /// The newest entries of the audit that are wanted, at most `limit` (and 1,000).
    ///
    /// # Errors
    /// Refuses who may not.
    pub async fn read_audit(
        &self,
        actor: &StaffActor,
        query: &AuditQuery,
        limit: u32,
    ) -> Result<AuditPage, StaffError> {
        attempt!(self, &Actor::Anonymous, "audit.read", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let staff = self.staff(&mut *tx, actor, Permission::Admin).await?;
            let page = audit_page(&mut *tx, &staff.task(), query, limit.min(1000)).await?;
            Ok::<_, StaffError>(page)
        })
    }

    /// The same for a file: at most [`AUDIT_EXPORT`](Self::AUDIT_EXPORT) entries. It wants a fresh proof, and leaves an entry
    /// of its own first.
    ///
    /// # Errors
    /// Refuses who may not.
    pub async fn export_audit(&self, actor: &StaffActor, query: &AuditQuery) -> Result<AuditPage, StaffError> {
        let task = attempt!(self, &Actor::Anonymous, "audit.export", self.note_export(actor, query))?;
        attempt!(self, &Actor::Anonymous, "audit.read", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            Ok::<_, StaffError>(audit_page(&mut *tx, &task, query, Self::AUDIT_EXPORT).await?)
        })
    }

    async fn note_export(&self, actor: &StaffActor, query: &AuditQuery) -> Result<Task, StaffError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Admin).await?;
        staff.dangerous().map_err(StaffError::Refused)?;
        let entry = AuditEntry::new(
            AuditId::from_uuid(self.ids.next(now)),
            now,
            AuditActor::Staff(staff.id()),
            AuditEvent::AuditExported,
            query.event.map_or("all", AuditEvent::name),
        );
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(staff.task())
    }
}

async fn audit_page(tx: &mut dyn Tx, task: &Task, query: &AuditQuery, limit: u32) -> Result<AuditPage, StoreError> {
    let mut entries = tx.audit().audit_page(task, query, limit.saturating_add(1)).await?;
    let has_older = entries.len() > limit as usize;
    entries.truncate(limit as usize);
    let staff = tx.staffing().staff_users(task).await?;
    let mut names: BTreeMap<AuditActor, String> = staff
        .iter()
        .map(|it| (AuditActor::Staff(it.id), it.name.to_string()))
        .collect();
    for entry in &entries {
        if let (AuditActor::Contact(id), false) = (entry.actor, names.contains_key(&entry.actor)) {
            let contact = tx.directory().contact(task, id).await?;
            names.extend(contact.map(|it| (entry.actor, it.name.to_string())));
        }
    }
    let mut portals: Vec<(PortalId, String)> = tx
        .directory()
        .all_portals(task)
        .await?
        .into_iter()
        .map(|it| (it.id, it.name.to_string()))
        .collect();
    portals.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(AuditPage {
        entries,
        has_older,
        names,
        staff,
        portals,
    })
}
