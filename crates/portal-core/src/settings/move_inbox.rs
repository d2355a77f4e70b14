use super::Inbox;
use crate::actor::{Actor, Task};
use crate::audit::{AuditActor, AuditEntry, AuditEvent};
use crate::crm::{PolicyChange, PolicyPreview, preview};
use crate::id::{AuditId, InboxId, PortalId};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::staff::{Permission, Staff, StaffActor, StaffError, StaffRefusal, staff_use_case_error};

/// How many tickets are keyed anew in one unit of work.
const A_UNIT: u32 = 500;

/// Moving an inbox to a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoveInbox {
    /// Which inbox.
    pub inbox: InboxId,
    /// Where it goes.
    pub to: PortalId,
}

/// Why an inbox is not moved.
#[derive(Debug, thiserror::Error)]
pub enum MoveInboxError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such inbox, or no such portal.
    #[error("there is no such inbox or portal")]
    NotFound,
    /// It is there already.
    #[error("the inbox belongs to this portal already")]
    Already,
    /// It is on its way somewhere.
    #[error("the inbox is on the move; wait until it has arrived")]
    Moving,
    /// A portal has it as its default inbox, where new tickets arrive.
    #[error("the inbox is the default inbox of a portal; give that one another default inbox first")]
    Default,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
staff_use_case_error!(MoveInboxError, NotFound);

impl From<StaffRefusal> for MoveInboxError {
    fn from(it: StaffRefusal) -> Self {
        Self::Staff(it.into())
    }
}

/// How far the inboxes on the move got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MoveProgress {
    /// Inboxes that arrived.
    pub arrived: u32,
    /// Units of work that were done.
    pub units: u32,
}

impl Portal {
    /// What moving an inbox would do: who would gain and who would lose sight of which tickets, once it has arrived. While
    /// it moves, nobody of the customers sees its tickets.
    ///
    /// # Errors
    /// See [`MoveInboxError`].
    pub async fn preview_inbox_move(
        &self,
        actor: &StaffActor,
        command: MoveInbox,
    ) -> Result<PolicyPreview, MoveInboxError> {
        attempt!(self, &Actor::Anonymous, "inboxes.preview_move", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            movable(&mut *tx, &staff.task(), command).await?;
            effect(&mut *tx, &staff, command).await
        })
    }

    /// Sends an inbox on its way to a portal. From now on its tickets are absent in every portal; a job keys them anew
    /// ([`continue_inbox_moves`](Self::continue_inbox_moves)), and when it has done the last one they are there.
    ///
    /// # Errors
    /// See [`MoveInboxError`].
    pub async fn move_inbox(&self, actor: &StaffActor, command: MoveInbox) -> Result<(), MoveInboxError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "inboxes.move",
            self.move_inbox_once(actor, command)
        )
    }

    async fn move_inbox_once(&self, actor: &StaffActor, command: MoveInbox) -> Result<(), MoveInboxError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        staff.writes()?;
        let task = staff.task();
        // Whoever makes it a default inbox, or moves it too, waits.
        tx.directory().lock_inbox(&task, command.inbox).await?;
        let inbox = movable(&mut *tx, &task, command).await?;
        let effect = effect(&mut *tx, &staff, command).await?;
        let moving = Inbox {
            moving_to: Some(command.to),
            ..inbox
        };
        tx.directory().put_inbox(&task, &moving).await?;
        let mut entry = self
            .audit_entry(&staff, AuditEvent::InboxMoving, moving.name.as_str())
            .within(command.to);
        for (name, side) in [("gain", &effect.gain), ("lose", &effect.lose)] {
            entry = entry
                .with(format!("{name}.people"), side.people.to_string())
                .with(format!("{name}.tickets"), side.tickets.to_string());
        }
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Goes on with all inboxes that are on the move, and asks before each unit of work whether to. It may be stopped between
    /// any two of them, and be done by several servers at once: whoever is started next finds what is left.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn continue_inbox_moves(&self, goes_on: &(dyn Fn() -> bool + Sync)) -> Result<MoveProgress, StoreError> {
        let mut progress = MoveProgress::default();
        let mut tx = self.store.begin(Access::Read).await?;
        let all = tx.directory().all_inboxes(&Task::Maintenance).await?;
        drop(tx);
        for inbox in all.into_iter().filter(|it| it.moving_to.is_some()) {
            let mut after = None;
            while goes_on() {
                let step = attempt!(
                    self,
                    &Actor::Anonymous,
                    "inboxes.continue_move",
                    self.continue_move(inbox.id, after)
                )?;
                progress.units += 1;
                match step {
                    MoveStep::Went(last) => after = Some(last),
                    MoveStep::Arrived => {
                        progress.arrived += 1;
                        break;
                    }
                    MoveStep::Elsewhere => break,
                }
            }
        }
        Ok(progress)
    }

    /// One unit: the next tickets, or, when there are none left, the arrival.
    async fn continue_move(&self, id: InboxId, after: Option<crate::id::TicketNumber>) -> Result<MoveStep, StoreError> {
        let task = Task::Maintenance;
        let mut tx = self.store.begin(Access::Write).await?;
        tx.directory().lock_inbox(&task, id).await?;
        let inbox = tx.directory().inbox(id).await?;
        let Some((inbox, to)) = inbox.and_then(|it| it.moving_to.map(|to| (it, to))) else {
            return Ok(MoveStep::Elsewhere);
        };
        if let Some(last) = tx.directory().move_tickets(&task, id, after, A_UNIT).await? {
            tx.commit().await?;
            return Ok(MoveStep::Went(last));
        }
        let arrived = Inbox {
            portal: Some(to),
            moving_to: None,
            ..inbox
        };
        tx.directory().put_inbox(&task, &arrived).await?;
        let now = self.clock.now();
        let id = AuditId::from_uuid(self.ids.next(now));
        let name = arrived.name.to_string();
        let entry = AuditEntry::new(id, now, AuditActor::System, AuditEvent::InboxMoved, name).within(to);
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(MoveStep::Arrived)
    }
}

/// What one unit came to.
enum MoveStep {
    /// So far.
    Went(crate::id::TicketNumber),
    /// It is there.
    Arrived,
    /// It is not on the move any more.
    Elsewhere,
}

/// The inbox, if it can go there.
async fn movable(tx: &mut dyn Tx, task: &Task, command: MoveInbox) -> Result<Inbox, MoveInboxError> {
    let inbox = tx.directory().inbox(command.inbox).await?;
    let inbox = inbox.ok_or(MoveInboxError::NotFound)?;
    let portals = tx.directory().all_portals(task).await?;
    if !portals.iter().any(|it| it.id == command.to && !it.set_up.is_draft()) {
        return Err(MoveInboxError::NotFound);
    }
    if inbox.moving_to.is_some() {
        return Err(MoveInboxError::Moving);
    }
    if inbox.portal == Some(command.to) {
        return Err(MoveInboxError::Already);
    }
    if portals
        .iter()
        .any(|it| it.default_inbox == inbox.id && it.id != command.to)
    {
        return Err(MoveInboxError::Default);
    }
    Ok(inbox)
}

async fn effect(tx: &mut dyn Tx, staff: &Staff, command: MoveInbox) -> Result<PolicyPreview, MoveInboxError> {
    let all = tx.directory().all_inboxes(&staff.task()).await?;
    let here = all
        .into_iter()
        .filter(|it| it.portal == Some(command.to))
        .map(|it| it.id);
    let change = PolicyChange::Inboxes {
        portal: command.to,
        inboxes: here.chain([command.inbox]).collect(),
    };
    Ok(preview(tx, staff, &change).await?)
}
