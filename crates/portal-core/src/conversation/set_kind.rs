use super::kind::InboxKind;
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::InboxId;
use crate::portal::{Portal, attempt};
use crate::ports::Access;
use crate::settings::InboxError;
use crate::staff::{Permission, StaffActor};

impl Portal {
    /// What each inbox does with what comes in.
    ///
    /// # Errors
    /// Refuses who may not.
    pub async fn inbox_kinds(&self, actor: &StaffActor) -> Result<Vec<(InboxId, InboxKind)>, InboxError> {
        attempt!(self, &Actor::Anonymous, "inboxes.kinds", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            let mut kinds = Vec::new();
            for it in tx.directory().all_inboxes(&staff.task()).await? {
                kinds.push((it.id, tx.conversations().inbox_kind(it.id).await?));
            }
            Ok::<_, InboxError>(kinds)
        })
    }

    /// Makes an inbox a help desk, or an inbox whose conversations wait for somebody. What is there already stays as it is.
    ///
    /// # Errors
    /// Refuses who may not, and an inbox that is not there.
    pub async fn set_inbox_kind(&self, actor: &StaffActor, id: InboxId, kind: InboxKind) -> Result<(), InboxError> {
        attempt!(self, &Actor::Anonymous, "inboxes.set_kind", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            staff.writes()?;
            let inbox = tx.directory().inbox(id).await?.ok_or(InboxError::NotFound)?;
            tx.conversations().set_inbox_kind(id, kind).await?;
            let entry = self.audit_entry(&staff, AuditEvent::InboxSaved, inbox.name.as_str());
            tx.audit().record(&entry.with("kind", kind.name())).await?;
            tx.commit().await?;
            Ok::<_, InboxError>(())
        })
    }
}
