use std::collections::BTreeSet;

use super::merge::MergeState;
use super::party::Party;
use crate::actor::{Actor, Task};
use crate::audit::{AuditEvent, AuditQuery};
use crate::id::ContactId;
use crate::membership::end_everything;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::staff::{Permission, StaffActor, StaffError, staff_use_case_error};
use crate::text::EmailAddress;

/// What an erasure takes away, told before it is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erasure {
    /// Contacts that became a part of this one and are erased with it.
    pub merged: u64,
    /// Notes about them, up to 1,000.
    pub notes: u64,
    /// Whether there is an account.
    pub account: bool,
    /// Entries of the history, up to 1,000, from which names and values are taken out.
    pub history: u64,
}

/// Why a contact was not erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseContactError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such contact.
    #[error("there is no such contact")]
    NotFound,
    /// It became a part of another contact: that one must be erased.
    #[error("this contact is a part of another one; erase that one")]
    Merged,
    /// What was typed is not the name.
    #[error("type the name of the contact to confirm")]
    NotConfirmed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(EraseContactError, NotFound);

/// Up to where notes and history are counted.
const MOST: u32 = 1_000;

impl Portal {
    /// What erasing a contact would take away.
    ///
    /// # Errors
    /// See [`EraseContactError`].
    pub async fn preview_erasure(&self, actor: &StaffActor, id: ContactId) -> Result<Erasure, EraseContactError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let task = self.staff(&mut *tx, actor, Permission::Crm).await?.task();
        let all = one_person(&mut *tx, &task, id).await?;
        let mut erasure = Erasure {
            merged: (all.len() as u64).saturating_sub(1),
            ..Erasure::default()
        };
        for id in all {
            let party = Party::Contact(id);
            erasure.notes += tx.crm().party_notes(&task, party, MOST).await?.len() as u64;
            erasure.account |= tx.accounts().account(id).await?.is_some();
            let query = AuditQuery {
                about: Some(party),
                ..AuditQuery::default()
            };
            erasure.history += tx.audit().audit_page(&task, &query, MOST).await?.len() as u64;
        }
        Ok(erasure)
    }

    /// Erases what is personal of a contact, for good: fields, properties, notes, account, sessions, invitations, names
    /// under what they wrote, and what the audit says of them. Their tickets and messages stay, by a removed person.
    ///
    /// It wants a fresh proof of who asks, and the contact's name typed.
    ///
    /// # Errors
    /// See [`EraseContactError`].
    pub async fn erase_contact(
        &self,
        actor: &StaffActor,
        id: ContactId,
        typed_name: &str,
    ) -> Result<(), EraseContactError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "erase_contact",
            self.erase_contact_once(actor, id, typed_name)
        )
    }

    async fn erase_contact_once(
        &self,
        actor: &StaffActor,
        id: ContactId,
        typed_name: &str,
    ) -> Result<(), EraseContactError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        staff.dangerous().map_err(StaffError::from)?;
        let task = staff.task();
        let all = one_person(&mut *tx, &task, id).await?;
        for it in &all {
            tx.crm().lock_contact(&task, *it).await?;
        }
        let found = tx.directory().contact(&task, id).await?;
        if found.is_none_or(|it| it.name.as_str() != typed_name.trim()) {
            return Err(EraseContactError::NotConfirmed);
        }
        for id in all {
            let Some(contact) = tx.directory().contact(&task, id).await? else {
                continue;
            };
            let addresses: BTreeSet<EmailAddress> = contact.email.into_iter().chain(contact.membership_email).collect();
            let addresses: Vec<EmailAddress> = addresses.into_iter().collect();
            end_everything(&mut *tx, id, now).await?;
            tx.crm().erase_contact(&task, id, &addresses, now).await?;
            let objects: Vec<String> = addresses
                .iter()
                .map(ToString::to_string)
                .chain([contact.name.to_string()])
                .collect();
            tx.audit().forget(&task, Party::Contact(id), &objects).await?;
            // Nothing personal: that it was done, when and by whom.
            let event = (AuditEvent::ContactErased, Party::Contact(id));
            self.party_noted(&mut *tx, &staff, event, "", None, &[]).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

/// The contact and those who became a part of it, by id.
async fn one_person(tx: &mut dyn Tx, task: &Task, id: ContactId) -> Result<BTreeSet<ContactId>, EraseContactError> {
    let exists = tx.directory().contact(task, id).await?.is_some();
    if !exists || tx.crm().erased_at(task, id).await?.is_some() {
        return Err(EraseContactError::NotFound);
    }
    let mut all = BTreeSet::from([id]);
    let mut ask = vec![id];
    while let Some(it) = ask.pop() {
        for merge in tx.crm().merges_of(task, Party::Contact(it)).await? {
            let counts = merge.state != MergeState::Undone;
            if counts && merge.from == Party::Contact(id) {
                return Err(EraseContactError::Merged);
            }
            if let Some(from) = merge.from.contact()
                && counts
                && merge.into == Party::Contact(it)
                && all.insert(from)
            {
                ask.push(from);
            }
        }
    }
    Ok(all)
}
