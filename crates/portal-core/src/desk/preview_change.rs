use super::change::TicketChange;
use super::who_sees::Seer;
use super::writing::DeskError;
use crate::actor::Actor;
use crate::id::TicketNumber;
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
    /// Companies with more people than were asked about: there may be more who gain or lose.
    pub is_cut: bool,
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
        change.make(&mut *tx, &scope, &mut changed).await?;
        let before = self.sight_of(&mut *tx, &task, &ticket).await?;
        let after = self.sight_of(&mut *tx, &task, &changed).await?;
        let only_in = |some: &[Seer], others: &[Seer]| -> Vec<Seer> {
            let there = |it: &&Seer| others.iter().all(|other| other.contact != it.contact);
            some.iter().filter(there).cloned().collect()
        };
        Ok(ChangePreview {
            version: ticket.version,
            gain: only_in(&after.seers, &before.seers),
            lose: only_in(&before.seers, &after.seers),
            is_cut: before.is_cut || after.is_cut,
            is_made: change.is_made(&ticket),
        })
    }
}
