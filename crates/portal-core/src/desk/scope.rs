use crate::id::InboxId;
use crate::portal::Portal;
use crate::ports::Tx;
use crate::staff::{InboxAccess, Permission, Staff, StaffActor, StaffError, StaffRefusal, StaffUser, authorise};
use crate::ticket::Ticket;

/// The set of tickets that somebody of the staff works with, as data: those of their inboxes, whatever their standing.
///
/// Only [`enter_desk`] makes one, so holding a `StaffScope` proves that the permission for the help desk was judged. It
/// never outlives the unit of work that loaded the staff user. Administrators are no exception: they see the inboxes they
/// gave themselves, and giving is audited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffScope {
    inboxes: InboxAccess,
}

impl StaffScope {
    /// The inboxes.
    #[must_use]
    pub const fn inboxes(&self) -> &InboxAccess {
        &self.inboxes
    }

    /// Whether an inbox is one of them.
    #[must_use]
    pub fn has(&self, inbox: InboxId) -> bool {
        match &self.inboxes {
            InboxAccess::All => true,
            InboxAccess::Only(inboxes) => inboxes.contains(&inbox),
        }
    }

    /// Whether the ticket is in the scope. This is the meaning that adapters must match.
    #[must_use]
    pub fn permits(&self, ticket: &Ticket) -> bool {
        self.has(ticket.inbox)
    }
}

/// Judges whether somebody works at the desk, and with which tickets.
///
/// # Errors
/// Says why not.
pub fn enter_desk(actor: &StaffActor, user: Option<StaffUser>) -> Result<(Staff, StaffScope), StaffRefusal> {
    let staff = authorise(actor, user, Permission::HelpDesk)?;
    let scope = StaffScope {
        inboxes: staff.inboxes().clone(),
    };
    Ok((staff, scope))
}

impl Portal {
    /// Loads whoever of the staff asks, in this unit of work, and judges whether they work at the desk.
    pub(crate) async fn at_desk(&self, tx: &mut dyn Tx, actor: &StaffActor) -> Result<(Staff, StaffScope), StaffError> {
        let user = tx.staffing().staff_user(actor.agent).await?;
        Ok(enter_desk(actor, user)?)
    }
}
