use std::collections::BTreeSet;

use super::changes;
use super::fingerprint::Fingerprint;
use super::merge::has_left;
use super::party::Party;
use super::people::{Contact, ContactStanding};
use super::policy::{Policy, PolicyChange};
use super::preview_policy::preview;
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::{CompanyId, ContactId};
use crate::input::{Checker, ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, StoreErrorKind, Tx};
use crate::property::{PropertyOwner, PropertyValues};
use crate::staff::{Permission, Staff, StaffActor, StaffError, staff_use_case_error};
use crate::text::{EmailAddress, PersonName};

/// A contact as staff want it to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveContact {
    /// Which contact; a new one if `None`.
    pub id: Option<ContactId>,
    /// The name that is shown.
    pub name: String,
    /// The address, as the company knows it.
    pub email: String,
    /// The sign-in address.
    pub membership_email: String,
    /// The company as which the contact may read.
    pub primary_company: Option<CompanyId>,
    /// Further companies.
    pub companies: BTreeSet<CompanyId>,
    /// All property values.
    pub properties: PropertyValues,
}

/// Why a contact was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveContactError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such contact.
    #[error("there is no such contact")]
    NotFound,
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// Another active contact signs in with this address.
    #[error("another contact signs in with this address")]
    AddressTaken,
    /// The contact signs in with the old address already: the new one must be confirmed by whoever has it.
    #[error("this contact has registered; they change their sign-in address themselves, and confirm it")]
    Registered,
    /// Somebody changed it since it was seen.
    #[error("somebody changed this meanwhile")]
    Changed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(SaveContactError, NotFound);

/// The fields of a command, checked.
struct Checked {
    name: PersonName,
    email: Option<EmailAddress>,
    membership_email: Option<EmailAddress>,
}

impl Portal {
    /// Adds a contact, or changes one.
    ///
    /// # Errors
    /// See [`SaveContactError`].
    pub async fn save_contact(&self, actor: &StaffActor, command: &SaveContact) -> Result<ContactId, SaveContactError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "save_contact",
            self.save_contact_once(actor, command, None)
        )
    }

    /// Changes a contact as [`save_contact`](Self::save_contact) does, unless somebody changed it since it was seen.
    ///
    /// # Errors
    /// See [`SaveContactError`].
    pub async fn save_contact_seen(
        &self,
        actor: &StaffActor,
        command: &SaveContact,
        seen: Fingerprint,
    ) -> Result<ContactId, SaveContactError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "save_contact",
            self.save_contact_once(actor, command, Some(seen))
        )
    }

    /// The contact as it would be after [`save_contact`](Self::save_contact), for a preview. Changes nothing.
    ///
    /// # Errors
    /// See [`SaveContactError`].
    pub async fn draft_contact(&self, actor: &StaffActor, command: &SaveContact) -> Result<Contact, SaveContactError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        self.edited_contact(&mut *tx, &staff, command).await
    }

    async fn save_contact_once(
        &self,
        actor: &StaffActor,
        command: &SaveContact,
        seen: Option<Fingerprint>,
    ) -> Result<ContactId, SaveContactError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        staff.writes().map_err(StaffError::from)?;
        if let Some(id) = command.id {
            tx.crm().lock_contact(&staff.task(), id).await?;
        }
        let contact = self.edited_contact(&mut *tx, &staff, command).await?;
        let change = PolicyChange::Contact(Box::new(contact.clone()));
        let effect = match command.id {
            Some(_) => Some(preview(&mut *tx, &staff, &change).await?),
            None => None,
        };
        let before = tx.directory().contact(&staff.task(), contact.id).await?;
        if has_left(&mut *tx, &staff.task(), Party::Contact(contact.id)).await? {
            return Err(SaveContactError::NotFound);
        }
        if seen.is_some_and(|it| before.as_ref().is_none_or(|before| Fingerprint::of(before) != it)) {
            return Err(SaveContactError::Changed);
        }
        match tx.directory().put_contact(&staff.task(), &contact).await {
            Err(error) if error.kind() == StoreErrorKind::Conflict => return Err(SaveContactError::AddressTaken),
            result => result?,
        }
        let policy = Policy::load(&mut *tx, &staff.task()).await?;
        self.welcomed(&mut *tx, &policy, before.as_ref(), &contact).await?;
        let event = match command.id {
            Some(_) => AuditEvent::ContactChanged,
            None => AuditEvent::ContactAdded,
        };
        let changes = match &before {
            Some(before) => changes::of_contact(&mut *tx, &staff.task(), before, &contact).await?,
            None => Vec::new(),
        };
        let event = (event, Party::Contact(contact.id));
        self.party_noted(
            &mut *tx,
            &staff,
            event,
            contact.name.as_str(),
            effect.as_ref(),
            &changes,
        )
        .await?;
        tx.commit().await?;
        Ok(contact.id)
    }

    async fn edited_contact(
        &self,
        tx: &mut dyn Tx,
        staff: &Staff,
        command: &SaveContact,
    ) -> Result<Contact, SaveContactError> {
        let task = staff.task();
        let now = self.clock.now();
        let before = match command.id {
            None => None,
            Some(id) => Some(tx.crm().guest(&task, id).await?.ok_or(SaveContactError::NotFound)?),
        };
        let checked = check(tx, staff, command).await?;
        let mut companies = command.companies.clone();
        companies.extend(command.primary_company);
        let Some(before) = before else {
            return Ok(Contact {
                id: ContactId::from_uuid(self.ids.next(now)),
                name: checked.name,
                email: checked.email,
                membership_email: checked.membership_email,
                standing: ContactStanding::Active,
                primary_company: command.primary_company,
                companies,
                groups: BTreeSet::new(),
                language: None,
                time_zone: None,
                properties: command.properties.clone(),
                external_id: None,
                created_at: now,
            });
        };
        if before.registered && before.contact.membership_email != checked.membership_email {
            return Err(SaveContactError::Registered);
        }
        Ok(Contact {
            name: checked.name,
            email: checked.email,
            membership_email: checked.membership_email,
            primary_company: command.primary_company,
            companies,
            properties: command.properties.clone(),
            ..before.contact
        })
    }
}

async fn check(tx: &mut dyn Tx, staff: &Staff, command: &SaveContact) -> Result<Checked, SaveContactError> {
    let task = staff.task();
    let mut checker = Checker::default();
    let name = checker.take("name", command.name.parse::<PersonName>());
    let email = address(&mut checker, "email", &command.email);
    let membership_email = address(&mut checker, "membership_email", &command.membership_email);
    for company in command.companies.iter().chain(&command.primary_company) {
        if tx.directory().company(&task, *company).await?.is_none() {
            checker.note("companies", ProblemKind::NotOffered);
        }
    }
    let defined = tx.directory().properties(&task, PropertyOwner::Contact).await?;
    for (key, value) in &command.properties {
        let fits = defined.iter().any(|it| it.key == *key && it.kind == value.kind());
        if !fits {
            checker.note("properties", ProblemKind::NotOffered);
        }
    }
    checker.done()?;
    let name = name.ok_or_else(|| Problems::one("name", ProblemKind::NotOffered))?;
    Ok(Checked {
        name,
        email,
        membership_email,
    })
}

/// An address, or none if the field is empty.
fn address(checker: &mut Checker, field: &'static str, text: &str) -> Option<EmailAddress> {
    if text.trim().is_empty() {
        return None;
    }
    checker.take(field, text.parse())
}
