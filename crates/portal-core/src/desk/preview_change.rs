use std::collections::BTreeMap;

use super::change::TicketChange;
use super::who_sees::{Asked, Seer};
use super::writing::DeskError;
use crate::actor::Actor;
use crate::id::{CompanyId, TicketNumber};
use crate::portal::{Portal, attempt};
use crate::ports::Access;
use crate::staff::StaffActor;
use crate::ticket::Version;

/// What a change would do to who sees a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangePreview {
    /// The version of the ticket that was looked at.
    pub version: Version,
    /// Who would see it and does not, by name.
    pub gain: Vec<Seer>,
    /// Who sees it and would not, by name.
    pub lose: Vec<Seer>,
    /// The names of the companies by which they do.
    pub companies: BTreeMap<CompanyId, String>,
    /// Companies with more people than were asked about: there may be more who gain or lose.
    pub is_cut: bool,
    /// The person, company or inbox that the change is about, by name; empty if it is about none.
    pub about: String,
    /// Whether the ticket is so already.
    pub is_made: bool,
}

impl Portal {
    /// Asks the rule who would gain and who would lose sight of a ticket by a change, without making it.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn preview_change(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
        change: TicketChange,
    ) -> Result<ChangePreview, DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "preview_change",
            self.preview_change_once(actor, number, change)
        )
    }

    async fn preview_change_once(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
        change: TicketChange,
    ) -> Result<ChangePreview, DeskError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        let task = staff.task();
        let found = tx.desk().desk_ticket(&scope, number).await?;
        let ticket = found.ok_or(DeskError::NotFound)?;
        let mut changed = ticket.clone();
        change.make(&mut *tx, &task, &scope, &mut changed).await?;
        let mut asked = Asked::default();
        let before = self.sight_with(&mut *tx, &task, &ticket, &mut asked).await?;
        let after = self.sight_with(&mut *tx, &task, &changed, &mut asked).await?;
        let companies: BTreeMap<CompanyId, String> = before.companies.iter().chain(&after.companies).cloned().collect();
        Ok(ChangePreview {
            version: ticket.version,
            gain: after.without(&before),
            lose: before.without(&after),
            companies,
            about: change.about(&mut *tx, &task).await?,
            is_cut: before.is_cut || after.is_cut,
            is_made: change.is_made(&ticket),
        })
    }
}
