use super::agents::AgentNotice;
use crate::actor::Actor;
use crate::id::TicketNumber;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError};
use crate::staff::{StaffActor, StaffError, staff_use_case_error};
use crate::text::Subject;

/// Up to where unread notices are counted.
const CAP: u32 = 10;
/// How many of the newest notices are shown.
const SHOWN: u32 = 30;

/// What somebody of the staff is told on their pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bell {
    /// How many they have not read, counted up to 10.
    pub unread: u32,
    /// The newest, each with the subject of its ticket.
    pub notices: Vec<(AgentNotice, Subject)>,
}

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
pub enum BellError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(BellError);

impl Portal {
    /// The newest notices of somebody of the staff, about tickets they work with now.
    ///
    /// # Errors
    /// If they may not work at the desk, or the store fails.
    pub async fn view_bell(&self, actor: &StaffActor) -> Result<Bell, BellError> {
        attempt!(self, &Actor::Anonymous, "view_bell", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
            let unread = tx.notices().unread_notices(&scope, staff.id(), CAP).await?;
            let mut notices = Vec::new();
            for it in tx.notices().agent_notices(&scope, staff.id(), SHOWN).await? {
                if let Some(ticket) = tx.desk().desk_ticket(&scope, it.ticket).await? {
                    notices.push((it, ticket.subject));
                }
            }
            Ok::<_, BellError>(Bell { unread, notices })
        })
    }

    /// How many notices somebody of the staff has not read, counted up to 10.
    ///
    /// # Errors
    /// If they may not work at the desk, or the store fails.
    pub async fn count_bell(&self, actor: &StaffActor) -> Result<u32, BellError> {
        attempt!(self, &Actor::Anonymous, "count_bell", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
            Ok::<_, BellError>(tx.notices().unread_notices(&scope, staff.id(), CAP).await?)
        })
    }

    /// Marks notices as read: those about one ticket, or all that are there.
    ///
    /// # Errors
    /// If they may not work at the desk, or the store fails.
    pub async fn read_bell(&self, actor: &StaffActor, ticket: Option<TicketNumber>) -> Result<(), BellError> {
        attempt!(self, &Actor::Anonymous, "read_bell", async {
            let now = self.clock.now();
            let mut tx = self.store.begin(Access::Write).await?;
            let (staff, _) = self.at_desk(&mut *tx, actor).await?;
            staff.writes().map_err(StaffError::from)?;
            tx.notices().read_agent_notices(staff.id(), ticket, now).await?;
            tx.commit().await?;
            Ok::<_, BellError>(())
        })
    }
}
