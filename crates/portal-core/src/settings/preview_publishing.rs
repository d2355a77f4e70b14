use std::collections::BTreeSet;

use super::view_portal::ViewPortalError;
use super::{CustomerPortal, Inbox};
use crate::actor::{Actor, Task};
use crate::crm::{PolicyChange, PolicyPreview, PreviewAs, SeenAs, preview, seen_as};
use crate::id::{ContactId, InboxId, PortalId};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::staff::{Permission, StaffActor};

/// What opening a portal would do, by the same rule that lets people in and shows them tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishingPreview {
    /// Who would get in, and see how many tickets.
    pub effect: PolicyPreview,
    /// What one contact would see, if somebody was asked for and is there.
    pub seen: Option<SeenAs>,
}

impl Portal {
    /// Looks at what opening a portal would do. Nothing is changed.
    ///
    /// # Errors
    /// Refuses who may not, and a portal that is not there.
    pub async fn preview_publishing(
        &self,
        actor: &StaffActor,
        id: PortalId,
        contact: Option<ContactId>,
    ) -> Result<PublishingPreview, ViewPortalError> {
        attempt!(self, &Actor::Anonymous, "portals.preview_publishing", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            let portal = tx.directory().portal(id).await?.ok_or(ViewPortalError::NotFound)?;
            let change = PolicyChange::Opened {
                portal: id,
                inboxes: taken_when_opened(&mut *tx, &staff.task(), &portal).await?,
            };
            let effect = preview(&mut *tx, &staff, &change).await?;
            let seen = match contact {
                Some(contact) => {
                    let wanted = PreviewAs {
                        portal: id,
                        contact,
                        changes: vec![change],
                        as_published: true,
                    };
                    seen_as(&mut *tx, &staff, &wanted).await?
                }
                None => None,
            };
            Ok::<_, ViewPortalError>(PublishingPreview { effect, seen })
        })
    }
}

/// The inboxes that a portal takes when it is opened: the first portal every one that no portal has, a further one its
/// default inbox.
pub(super) async fn taken_when_opened(
    tx: &mut dyn Tx,
    task: &Task,
    portal: &CustomerPortal,
) -> Result<BTreeSet<InboxId>, StoreError> {
    let portals = tx.directory().all_portals(task).await?;
    let first = !portals.iter().any(|it| it.id != portal.id && !it.set_up.is_draft());
    let taken = |it: &Inbox| it.portal.is_none() && (first || it.id == portal.default_inbox);
    let inboxes = tx.directory().all_inboxes(task).await?;
    Ok(inboxes.into_iter().filter(taken).map(|it| it.id).collect())
}
