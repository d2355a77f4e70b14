use std::collections::{BTreeMap, BTreeSet};

use super::party::Party;
use super::preview_policy::PolicyPreview;
use crate::actor::Task;
use crate::audit::{AuditEntry, AuditEvent};
use crate::id::{AuditId, CompanyId};
use crate::portal::Portal;
use crate::ports::{StoreError, Tx};
use crate::staff::{Permission, Staff, StaffActor, StaffError, StaffRefusal};

impl Portal {
    /// Writes down, in the unit of work that does it, what somebody of the staff does to people and groups. `effect` is
    /// what a preview said it would do.
    pub(super) async fn people_noted(
        &self,
        tx: &mut dyn Tx,
        staff: &Staff,
        event: AuditEvent,
        object: &str,
        effect: Option<&PolicyPreview>,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let id = AuditId::from_uuid(self.ids.next(now));
        let entry = AuditEntry::new(id, now, staff.auditor(), event, object);
        tx.audit().record(&with_effect(entry, effect)).await
    }

    /// As [`people_noted`](Self::people_noted), in the history of a contact or company, with what was changed.
    pub(super) async fn party_noted(
        &self,
        tx: &mut dyn Tx,
        staff: &Staff,
        (event, party): (AuditEvent, Party),
        object: &str,
        effect: Option<&PolicyPreview>,
        changes: &[(String, String)],
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let id = AuditId::from_uuid(self.ids.next(now));
        let mut entry = AuditEntry::new(id, now, staff.auditor(), event, object).concerning(party);
        for (name, value) in changes {
            entry = entry.with(name.as_str(), value.as_str());
        }
        tx.audit().record(&with_effect(entry, effect)).await
    }

    /// Lets through whoever looks after people: for contacts and companies, or for the settings of portals.
    pub(crate) async fn staff_for_people(&self, tx: &mut dyn Tx, actor: &StaffActor) -> Result<Staff, StaffError> {
        match self.staff(tx, actor, Permission::Crm).await {
            Err(StaffError::Refused(StaffRefusal::NotAllowed(_))) => {
                self.staff(tx, actor, Permission::PortalSettings).await
            }
            result => result,
        }
    }
}

/// The entry with what a preview said the change would do.
fn with_effect(mut entry: AuditEntry, effect: Option<&PolicyPreview>) -> AuditEntry {
    let Some(effect) = effect else { return entry };
    for (name, side) in [("gain", &effect.gain), ("lose", &effect.lose)] {
        entry = entry
            .with(format!("{name}.people"), side.people.to_string())
            .with(format!("{name}.tickets"), side.tickets.to_string())
            .with(format!("{name}.doors"), side.doors.to_string());
    }
    entry
}

/// The name of a contact or company, if there is one.
pub(super) async fn party_name(tx: &mut dyn Tx, task: &Task, party: Party) -> Result<Option<String>, StoreError> {
    Ok(match party {
        Party::Contact(id) => tx.directory().contact(task, id).await?.map(|it| it.name.to_string()),
        Party::Company(id) => tx.directory().company(task, id).await?.map(|it| it.name.to_string()),
    })
}

/// The names of companies.
pub(super) async fn names_of(
    tx: &mut dyn Tx,
    task: &Task,
    companies: &BTreeSet<CompanyId>,
) -> Result<BTreeMap<CompanyId, String>, StoreError> {
    let mut names = BTreeMap::new();
    for id in companies {
        if let Some(company) = tx.directory().company(task, *id).await? {
            names.insert(*id, company.name.to_string());
        }
    }
    Ok(names)
}
