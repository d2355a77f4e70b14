use super::merge::has_left;
use super::party::Party;
use super::people::{Contact, ContactStanding};
use super::policy::Policy;
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::ContactId;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, StoreErrorKind};
use crate::staff::{Permission, StaffActor, StaffError, staff_use_case_error};

/// Why a contact was neither removed nor brought back.
#[derive(Debug, thiserror::Error)]
pub enum RemoveContactError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such contact.
    #[error("there is no such contact")]
    NotFound,
    /// Another contact signs in with the address meanwhile.
    #[error("another contact signs in with this address now")]
    AddressTaken,
    /// It became a part of another contact, or was erased.
    #[error("this contact was merged or erased")]
    Gone,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(RemoveContactError, NotFound);

impl Portal {
    /// Removes a contact: they are let in nowhere from the next request on, and their sessions end. Their tickets stay.
    ///
    /// # Errors
    /// See [`RemoveContactError`].
    pub async fn remove_contact(&self, actor: &StaffActor, id: ContactId) -> Result<(), RemoveContactError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "remove_contact",
            self.stand_contact(actor, id, ContactStanding::Inactive)
        )
    }

    /// Brings a removed contact back.
    ///
    /// # Errors
    /// See [`RemoveContactError`].
    pub async fn restore_contact(&self, actor: &StaffActor, id: ContactId) -> Result<(), RemoveContactError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "restore_contact",
            self.stand_contact(actor, id, ContactStanding::Active)
        )
    }

    async fn stand_contact(
        &self,
        actor: &StaffActor,
        id: ContactId,
        standing: ContactStanding,
    ) -> Result<(), RemoveContactError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        tx.crm().lock_contact(&task, id).await?;
        let before = tx.directory().contact(&task, id).await?;
        let before = before.ok_or(RemoveContactError::NotFound)?;
        if before.standing == standing {
            return Ok(());
        }
        if standing == ContactStanding::Active && has_left(&mut *tx, &task, Party::Contact(id)).await? {
            return Err(RemoveContactError::Gone);
        }
        let contact = Contact {
            standing,
            ..before.clone()
        };
        match tx.directory().put_contact(&task, &contact).await {
            Err(error) if error.kind() == StoreErrorKind::Conflict => return Err(RemoveContactError::AddressTaken),
            result => result?,
        }
        if standing == ContactStanding::Inactive {
            tx.accounts().end_sessions(id, None).await?;
        }
        let policy = Policy::load(&mut *tx, &task).await?;
        self.welcomed(&mut *tx, &policy, Some(&before), &contact).await?;
        let event = match standing {
            ContactStanding::Inactive => AuditEvent::ContactRemoved,
            ContactStanding::Active => AuditEvent::ContactRestored,
        };
        let event = (event, Party::Contact(id));
        self.party_noted(&mut *tx, &staff, event, contact.name.as_str(), None, &[])
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
