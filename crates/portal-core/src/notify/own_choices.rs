use super::choices::{AgentChoices, ContactChoices};
use crate::actor::Actor;
use crate::id::PortalId;
use crate::input::Problems;
use crate::portal::{EntryError, Portal, attempt};
use crate::ports::{Access, StoreError};
use crate::staff::{StaffActor, StaffError, staff_use_case_error};

/// Why the choices of somebody of the staff were not kept.
#[derive(Debug, thiserror::Error)]
pub enum OwnChoicesError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(OwnChoicesError);

impl Portal {
    /// Of what the contact wants mails.
    ///
    /// # Errors
    /// If they could not enter, or the store fails.
    pub async fn contact_choices(&self, actor: &Actor, portal: PortalId) -> Result<ContactChoices, EntryError> {
        attempt!(self, actor, "contact_choices", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let (_, viewer) = self.let_in(&mut *tx, actor, portal).await?;
            Ok::<_, EntryError>(tx.notices().contact_choices(viewer.contact()).await?)
        })
    }

    /// Changes of what the contact wants mails.
    ///
    /// # Errors
    /// If they could not enter, or the store fails.
    pub async fn set_contact_choices(
        &self,
        actor: &Actor,
        portal: PortalId,
        choices: ContactChoices,
    ) -> Result<(), EntryError> {
        attempt!(self, actor, "set_contact_choices", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let (_, viewer) = self.let_in(&mut *tx, actor, portal).await?;
            tx.notices().set_contact_choices(viewer.contact(), choices).await?;
            tx.commit().await?;
            Ok::<_, EntryError>(())
        })
    }

    /// Of what somebody of the staff wants to be told, and how.
    ///
    /// # Errors
    /// See [`OwnChoicesError`].
    pub async fn agent_choices(&self, actor: &StaffActor) -> Result<AgentChoices, OwnChoicesError> {
        attempt!(self, &Actor::Anonymous, "agent_choices", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let (staff, _) = self.at_desk(&mut *tx, actor).await?;
            Ok::<_, OwnChoicesError>(tx.notices().agent_choices(staff.id()).await?)
        })
    }

    /// Changes of what somebody of the staff wants to be told, and how.
    ///
    /// # Errors
    /// See [`OwnChoicesError`].
    pub async fn set_agent_choices(&self, actor: &StaffActor, choices: &AgentChoices) -> Result<(), OwnChoicesError> {
        attempt!(self, &Actor::Anonymous, "set_agent_choices", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let (staff, _) = self.at_desk(&mut *tx, actor).await?;
            staff.writes().map_err(StaffError::from)?;
            choices.check()?;
            tx.notices().set_agent_choices(staff.id(), choices).await?;
            tx.commit().await?;
            Ok::<_, OwnChoicesError>(())
        })
    }
}
