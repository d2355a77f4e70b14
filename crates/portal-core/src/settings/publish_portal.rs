use super::change_settings::ChangeSettingsError;
use super::preview_publishing::taken_when_opened;
use super::set_up_check::{CheckState, check};
use super::{CustomerPortal, SetUp};
use crate::actor::{Actor, Task};
use crate::audit::AuditEvent;
use crate::id::PortalId;
use crate::input::{ProblemKind, Problems};
use crate::members::MembersError;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, Tx};
use crate::staff::{Permission, StaffActor};

/// Opens a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublishPortal {
    /// Which.
    pub portal: PortalId,
    /// Whether those who may enter get their registration mail, those to come included.
    pub send_registration_mails: bool,
    /// How many people were said to get one.
    pub recipients: u64,
    /// The revision whose check was shown.
    pub seen_revision: u32,
}

/// What publishing came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// It is open, and so many registration mails wait to leave.
    Invited(u64),
    /// It is open, but there are more people to write to than were shown: nobody was written to.
    MorePeople(u64),
}

impl Portal {
    /// Opens a portal. The first one takes every inbox that no portal has, a further one its default inbox.
    ///
    /// # Errors
    /// Refuses who may not, a portal that lacks something, and one that somebody changed since its check was shown.
    pub async fn publish_portal(
        &self,
        actor: &StaffActor,
        command: PublishPortal,
    ) -> Result<Published, ChangeSettingsError> {
        self.open_portal(actor, command).await?;
        if !command.send_registration_mails {
            return Ok(Published::Invited(0));
        }
        match self
            .confirm_invitations(actor, command.portal, command.recipients)
            .await
        {
            Ok(queued) => Ok(Published::Invited(queued)),
            Err(MembersError::Changed { now }) => Ok(Published::MorePeople(now)),
            Err(MembersError::Staff(err)) => Err(err.into()),
            Err(MembersError::Store(err)) => Err(err.into()),
            Err(
                MembersError::NotFound
                | MembersError::NoAddress
                | MembersError::NotPublished
                | MembersError::NoAccess
                | MembersError::Decided,
            ) => Err(ChangeSettingsError::NotFound),
        }
    }

    async fn open_portal(&self, actor: &StaffActor, command: PublishPortal) -> Result<(), ChangeSettingsError> {
        attempt!(self, &Actor::Anonymous, "portals.publish", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            staff.writes()?;
            let task = staff.task();
            let mut portal = to_change(&mut *tx, &task, command.portal).await?;
            if portal.revision != command.seen_revision {
                return Err(Problems::one("seen_revision", ProblemKind::Differs).into());
            }
            let checks = check(&mut *tx, &task, &portal).await?;
            if checks.iter().any(|it| it.state == CheckState::Missing) {
                return Err(Problems::one("publish", ProblemKind::Lacks("check")).into());
            }
            let taken = taken_when_opened(&mut *tx, &task, &portal).await?;
            portal.published = true;
            portal.set_up = SetUp::Finished;
            portal.send_registration_mails = command.send_registration_mails;
            portal.revision += 1;
            tx.directory().put_portal(&task, &portal).await?;
            for mut inbox in tx.directory().all_inboxes(&task).await? {
                if taken.contains(&inbox.id) {
                    inbox.portal = Some(portal.id);
                    tx.directory().put_inbox(&task, &inbox).await?;
                }
            }
            let mails = if command.send_registration_mails { "yes" } else { "no" };
            let entry = self
                .audit_entry(&staff, AuditEvent::PortalPublished, portal.name.as_str())
                .within(portal.id)
                .with("send_registration_mails", mails);
            tx.audit().record(&entry).await?;
            tx.commit().await?;
            Ok::<_, ChangeSettingsError>(())
        })
    }

    /// Closes a portal for now: customers get a page that says so, and whoever is in is out at the next request. Publishing
    /// opens it again.
    ///
    /// # Errors
    /// Refuses who may not, and a portal that is not there.
    pub async fn unpublish_portal(&self, actor: &StaffActor, id: PortalId) -> Result<(), ChangeSettingsError> {
        attempt!(self, &Actor::Anonymous, "portals.unpublish", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            staff.writes()?;
            let mut portal = to_change(&mut *tx, &staff.task(), id).await?;
            portal.published = false;
            portal.revision += 1;
            tx.directory().put_portal(&staff.task(), &portal).await?;
            let entry = self
                .audit_entry(&staff, AuditEvent::PortalUnpublished, portal.name.as_str())
                .within(id);
            tx.audit().record(&entry).await?;
            tx.commit().await?;
            Ok::<_, ChangeSettingsError>(())
        })
    }

    /// Deletes a portal for good. Its tickets stay in their inboxes, which no portal shows any more.
    ///
    /// # Errors
    /// Refuses who may not or has not proven lately who they are, a portal that is open, and a name that is not its own.
    pub async fn delete_portal(&self, actor: &StaffActor, id: PortalId, name: &str) -> Result<(), ChangeSettingsError> {
        attempt!(self, &Actor::Anonymous, "portals.delete", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            staff.dangerous()?;
            let task = staff.task();
            let portal = to_change(&mut *tx, &task, id).await?;
            if portal.published {
                return Err(Problems::one("delete", ProblemKind::NotOffered).into());
            }
            if portal.name.as_str() != name.trim() {
                return Err(Problems::one("name", ProblemKind::Differs).into());
            }
            for mut inbox in tx.directory().all_inboxes(&task).await? {
                if inbox.portal == Some(id) || inbox.moving_to == Some(id) {
                    inbox.portal = inbox.portal.filter(|it| *it != id);
                    inbox.moving_to = inbox.moving_to.filter(|it| *it != id);
                    tx.directory().put_inbox(&task, &inbox).await?;
                }
            }
            tx.settings().remove_portal(&task, id).await?;
            let entry = self
                .audit_entry(&staff, AuditEvent::PortalDeleted, portal.name.as_str())
                .within(id);
            tx.audit().record(&entry).await?;
            tx.commit().await?;
            Ok::<_, ChangeSettingsError>(())
        })
    }
}

async fn to_change(tx: &mut dyn Tx, task: &Task, id: PortalId) -> Result<CustomerPortal, ChangeSettingsError> {
    let found = tx.settings().portal_to_change(task, id).await?;
    found.ok_or(ChangeSettingsError::NotFound)
}
