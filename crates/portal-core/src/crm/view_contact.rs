use super::group::AccessGroup;
use super::people::{Company, Contact};
use super::preview_as::{PreviewAs, SeenAs, seen_as};
use crate::actor::Actor;
use crate::id::ContactId;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError};
use crate::property::{PropertyDefinition, PropertyOwner};
use crate::staff::{StaffActor, StaffError, staff_use_case_error};

/// A contact, with all that staff see of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactView {
    /// The contact.
    pub contact: Contact,
    /// Whether they have a way to sign in.
    pub registered: bool,
    /// Their companies, the primary one first, then by name.
    pub companies: Vec<Company>,
    /// The groups they are listed in, by name.
    pub groups: Vec<AccessGroup>,
    /// What they see in each portal, and why.
    pub sees: Vec<SeenAs>,
    /// The properties that contacts have.
    pub properties: Vec<PropertyDefinition>,
}

/// Why it is not shown.
#[derive(Debug, thiserror::Error)]
pub enum ViewContactError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such contact.
    #[error("there is no such contact")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(ViewContactError, NotFound);

impl Portal {
    /// A contact with companies, groups, and what they see in each portal, for staff.
    ///
    /// # Errors
    /// See [`ViewContactError`].
    pub async fn view_contact(&self, actor: &StaffActor, id: ContactId) -> Result<ContactView, ViewContactError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "view_contact",
            self.view_contact_once(actor, id)
        )
    }

    async fn view_contact_once(&self, actor: &StaffActor, id: ContactId) -> Result<ContactView, ViewContactError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.staff_for_people(&mut *tx, actor).await?;
        let task = staff.task();
        let guest = tx.crm().guest(&task, id).await?.ok_or(ViewContactError::NotFound)?;
        let contact = guest.contact;
        let mut companies = Vec::new();
        for company in &contact.companies {
            companies.extend(tx.directory().company(&task, *company).await?);
        }
        companies.sort_by_key(|it| (Some(it.id) != contact.primary_company, it.name.clone()));
        let mut groups = tx.directory().all_groups(&task).await?;
        groups.retain(|it| contact.groups.contains(&it.id));
        let mut sees = Vec::new();
        for portal in tx.directory().all_portals(&task).await? {
            let wanted = PreviewAs {
                portal: portal.id,
                contact: id,
                changes: Vec::new(),
                as_published: false,
            };
            sees.extend(seen_as(&mut *tx, &staff, &wanted).await?);
        }
        let properties = tx.directory().properties(&task, PropertyOwner::Contact).await?;
        Ok(ContactView {
            contact,
            registered: guest.registered,
            companies,
            groups,
            sees,
            properties,
        })
    }
}
