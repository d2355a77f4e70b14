use std::collections::BTreeSet;

use super::MembersError;
use crate::actor::{Actor, Task};
use crate::audit::AuditEvent;
use crate::crm::{Contact, ContactStanding};
use crate::id::{ContactId, IntentId, RegistrationId};
use crate::mail::{Intent, Mail};
use crate::membership::{Account, ConsentProof, Owner, Registration, RegistrationState, owner_of};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::property::PropertyValues;
use crate::staff::{Permission, StaffActor, StaffStanding};
use crate::time::Timestamp;

impl Portal {
    /// Approves or declines a registration whose address was proven. A company is never granted by it.
    ///
    /// # Errors
    /// See [`MembersError`].
    pub async fn decide_registration(
        &self,
        actor: &StaffActor,
        registration: RegistrationId,
        approve: bool,
    ) -> Result<(), MembersError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "decide_registration",
            self.decide_registration_once(actor, registration, approve)
        )
    }

    async fn decide_registration_once(
        &self,
        actor: &StaffActor,
        registration: RegistrationId,
        approve: bool,
    ) -> Result<(), MembersError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let found = tx.members().registration(registration).await?;
        let mut found = found.ok_or(MembersError::NotFound)?;
        let (staff, site) = self.writer(&mut *tx, actor, found.portal).await?;
        let to = if approve {
            RegistrationState::Approved
        } else {
            RegistrationState::Declined
        };
        let from = RegistrationState::Waiting;
        if !tx.members().use_registration(registration, from, to).await? {
            return Err(MembersError::Decided);
        }
        found.state = to;
        if approve {
            // Whoever was removed stays so: approving makes a contact of their own.
            let owner = match owner_of(&mut *tx, &found.address).await? {
                Owner::Taken => return Err(MembersError::Decided),
                Owner::Known(contact) => Some(contact),
                Owner::Nobody | Owner::Doubtful => None,
            };
            let contact = self.admit(&mut *tx, &mut found, owner, now).await?;
            let mail = Mail::RegistrationApproved {
                portal: site.id,
                contact,
            };
            let id = IntentId::from_uuid(self.ids.next(now));
            tx.outbox().push(&Intent::now(id, mail, now)).await?;
        } else {
            found.password_hash = None;
        }
        tx.members().put_registration(&found).await?;
        let event = if approve {
            AuditEvent::RegistrationApproved
        } else {
            AuditEvent::RegistrationDeclined
        };
        let entry = self
            .noted(&staff, event, &site, now)
            .with("registration", registration.to_string());
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Makes the account of a proven registration: of the contact that has the address, or of a new one.
    pub(crate) async fn admit(
        &self,
        tx: &mut dyn Tx,
        registration: &mut Registration,
        owner: Option<ContactId>,
        now: Timestamp,
    ) -> Result<ContactId, StoreError> {
        let task = &Task::Maintenance;
        let known = match owner {
            Some(id) => tx.directory().contact(task, id).await?,
            None => None,
        };
        let contact = match known {
            // Their name is staff's, and stays.
            Some(it) => Contact {
                membership_email: Some(registration.address.clone()),
                ..it
            },
            None => Contact {
                id: ContactId::from_uuid(self.ids.next(now)),
                name: registration.name.clone(),
                email: Some(registration.address.clone()),
                membership_email: Some(registration.address.clone()),
                standing: ContactStanding::Active,
                primary_company: None,
                companies: BTreeSet::new(),
                groups: BTreeSet::new(),
                language: Some(registration.language.clone()),
                time_zone: None,
                properties: PropertyValues::new(),
                external_id: None,
                created_at: now,
            },
        };
        tx.directory().put_contact(task, &contact).await?;
        let account = Account {
            contact: contact.id,
            password_hash: registration.password_hash.take().unwrap_or_default(),
            password_set_at: now,
        };
        tx.accounts().put_account(&account).await?;
        if let Some(accepted) = registration.consent.clone() {
            let proof = ConsentProof {
                contact: contact.id,
                portal: registration.portal,
                accepted,
            };
            tx.members().add_consent(&proof).await?;
        }
        registration.state = RegistrationState::Approved;
        registration.contact = Some(contact.id);
        Ok(contact.id)
    }

    /// One mail to each of the staff who can decide.
    pub(crate) async fn tell_staff(
        &self,
        tx: &mut dyn Tx,
        registration: &Registration,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let staff = tx.staffing().staff_users(&Task::Maintenance).await?;
        let decide = staff
            .into_iter()
            .filter(|it| it.standing == StaffStanding::Active && it.may(Permission::PortalSettings));
        for agent in decide {
            let mail = Mail::RegistrationPending {
                registration: registration.id,
                agent: agent.id,
            };
            self.mail(tx, mail, now).await?;
        }
        Ok(())
    }
}
