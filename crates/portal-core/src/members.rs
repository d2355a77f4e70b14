//! The members of a portal as staff and the server itself keep them: invited, let in, helped with their account, given another
//! address. What members do themselves is in [`membership`](crate::membership).

mod accounts;
mod error;
mod invitations;
mod list;
mod readdress;
mod registrations;
mod resend;

use crate::audit::{AuditEntry, AuditEvent};
use crate::crm::Party;
use crate::id::{AuditId, ContactId, PortalId};
use crate::portal::Portal;
use crate::ports::Tx;
use crate::settings::CustomerPortal;
use crate::staff::{Permission, Staff, StaffActor};
use crate::time::Timestamp;

pub use error::MembersError;
pub use invitations::{CANCEL_WINDOW, InvitationPlan, MOST_AT_ONCE};
pub use list::MembersView;
pub(crate) use readdress::readdressed;
pub use resend::ResendPlan;

impl Portal {
    /// Somebody of the staff who may change members, and the portal.
    pub(super) async fn writer(
        &self,
        tx: &mut dyn Tx,
        actor: &StaffActor,
        portal: PortalId,
    ) -> Result<(Staff, CustomerPortal), MembersError> {
        let staff = self.staff(tx, actor, Permission::PortalSettings).await?;
        staff.writes()?;
        let site = tx.directory().portal(portal).await?.ok_or(MembersError::NotFound)?;
        Ok((staff, site))
    }

    pub(super) fn noted(&self, staff: &Staff, event: AuditEvent, site: &CustomerPortal, now: Timestamp) -> AuditEntry {
        let id = AuditId::from_uuid(self.ids.next(now));
        AuditEntry::new(id, now, staff.auditor(), event, site.name.to_string()).within(site.id)
    }

    /// Notes what somebody of the staff did to a member, and keeps both.
    pub(super) async fn done_to(
        &self,
        mut tx: Box<dyn Tx>,
        (staff, event): (&Staff, AuditEvent),
        site: &CustomerPortal,
        contact: ContactId,
        now: Timestamp,
    ) -> Result<(), MembersError> {
        let entry = self.noted(staff, event, site, now).with("contact", contact.to_string());
        let entry = entry.concerning(Party::Contact(contact));
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(())
    }
}
