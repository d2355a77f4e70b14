use super::Inbox;
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::{InboxId, PipelineId};
use crate::input::{ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError};
use crate::staff::{Permission, StaffActor, StaffError, StaffRefusal, staff_use_case_error};
use crate::text::Line;
use crate::ticket::Pipeline;

/// An inbox as staff want it to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveInbox {
    /// Which inbox; a new one if `None`.
    pub id: Option<InboxId>,
    /// Its name for staff. No two have the same.
    pub name: String,
    /// The pipeline that new tickets enter; for a new inbox the first one if `None`, else the one it has.
    pub pipeline: Option<PipelineId>,
}

/// Why an inbox was not saved.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such inbox.
    #[error("there is no such inbox")]
    NotFound,
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
staff_use_case_error!(InboxError, NotFound);

impl From<StaffRefusal> for InboxError {
    fn from(it: StaffRefusal) -> Self {
        Self::Staff(it.into())
    }
}

impl Portal {
    /// All inboxes and all pipelines, by name.
    ///
    /// # Errors
    /// Refuses who may not.
    pub async fn list_inboxes(&self, actor: &StaffActor) -> Result<(Vec<Inbox>, Vec<Pipeline>), StaffError> {
        attempt!(self, &Actor::Anonymous, "inboxes.list", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            let inboxes = tx.directory().all_inboxes(&staff.task()).await?;
            let pipelines = tx.directory().all_pipelines(&staff.task()).await?;
            Ok::<_, StaffError>((inboxes, pipelines))
        })
    }

    /// Adds an inbox, or changes its name or pipeline. A new one belongs to no portal until one takes it.
    ///
    /// # Errors
    /// Refuses who may not, a name that another inbox has, and a pipeline that is not there.
    pub async fn save_inbox(&self, actor: &StaffActor, command: &SaveInbox) -> Result<InboxId, InboxError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "inboxes.save",
            self.save_inbox_once(actor, command)
        )
    }

    async fn save_inbox_once(&self, actor: &StaffActor, command: &SaveInbox) -> Result<InboxId, InboxError> {
        let name: Line = command.name.parse().map_err(|err| Problems::one("name", err))?;
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        staff.writes()?;
        let task = staff.task();
        let all = tx.directory().all_inboxes(&task).await?;
        if all.iter().any(|it| it.name == name && Some(it.id) != command.id) {
            return Err(Problems::one("name", ProblemKind::Taken).into());
        }
        let before = match command.id {
            None => None,
            Some(id) => Some(all.into_iter().find(|it| it.id == id).ok_or(InboxError::NotFound)?),
        };
        let pipelines = tx.directory().all_pipelines(&task).await?;
        let wanted = command.pipeline.or_else(|| before.as_ref().map(|it| it.pipeline));
        let pipeline = match (wanted, pipelines.first()) {
            (Some(id), _) if pipelines.iter().any(|it| it.id() == id) => id,
            (Some(_), _) => return Err(Problems::one("pipeline", ProblemKind::NotOffered).into()),
            (None, Some(first)) => first.id(),
            (None, None) => {
                let usual = self.usual_pipeline().map_err(|_| {
                    // Its names are fixed, and fine.
                    Problems::one("pipeline", ProblemKind::NotOffered)
                })?;
                tx.directory().put_pipeline(&task, &usual).await?;
                usual.id()
            }
        };
        let inbox = Inbox {
            id: before
                .as_ref()
                .map_or_else(|| InboxId::from_uuid(self.ids.next(self.clock.now())), |it| it.id),
            name,
            portal: before.as_ref().and_then(|it| it.portal),
            pipeline,
            moving_to: before.as_ref().and_then(|it| it.moving_to),
        };
        tx.directory().put_inbox(&task, &inbox).await?;
        let entry = self.audit_entry(&staff, AuditEvent::InboxSaved, inbox.name.as_str());
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(inbox.id)
    }
}
