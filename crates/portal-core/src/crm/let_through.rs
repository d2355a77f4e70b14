use super::preview_policy::PolicyPreview;
use crate::audit::{AuditEntry, AuditEvent};
use crate::id::AuditId;
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
        let mut entry = AuditEntry::new(id, now, staff.auditor(), event, object);
        if let Some(effect) = effect {
            for (name, side) in [("gain", &effect.gain), ("lose", &effect.lose)] {
                entry = entry
                    .with(format!("{name}.people"), side.people.to_string())
                    .with(format!("{name}.tickets"), side.tickets.to_string())
                    .with(format!("{name}.doors"), side.doors.to_string());
            }
        }
        tx.audit().record(&entry).await
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
