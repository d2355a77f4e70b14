use std::collections::BTreeMap;

use super::change::TicketChange;
use super::merged_reply::quietly;
use super::queue::Queue;
use super::snooze::fits;
use super::view_desk_ticket::may_own;
use super::who_sees::{Asked, Seer};
use super::writing::{Begun, DeskError, Sitting};
use crate::access::Standing;
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::{AgentId, CompanyId, ContactId, TicketNumber};
use crate::input::{ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, IdempotencyKey};
use crate::staff::StaffActor;
use crate::text::Subject;
use crate::ticket::writing::fingerprint;
use crate::ticket::{EventKind, Priority, Stage, Ticket, Version};
use crate::time::Timestamp;

/// What is done to several tickets at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManyChange {
    /// They are given to somebody, or to nobody.
    Owner(Option<AgentId>),
    /// Each is moved to the entry status of a stage.
    Stage(Stage),
    /// How urgent they are.
    Priority(Priority),
    /// They are put aside until a time, or taken up again.
    Snooze(Option<Timestamp>),
    /// Who sees them is changed: made only after whoever makes it was shown what it does.
    Sight(TicketChange),
}

/// One change of several tickets: of all of them, or of none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeMany {
    /// The tickets, with the versions that were shown. At most [`ChangeMany::MOST`].
    pub tickets: BTreeMap<TicketNumber, Version>,
    /// What is done.
    pub change: ManyChange,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

impl ChangeMany {
    /// More tickets than this are not changed at once.
    pub const MOST: usize = 100;
}

/// What a change of several tickets would do to who sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManyPreview {
    /// The tickets that would change, with the versions that were looked at.
    pub tickets: Vec<(TicketNumber, Version, Subject)>,
    /// Who would see one of them who does not, by name, with how many of them.
    pub gain: Vec<(Seer, u32)>,
    /// Who sees one of them and would not, by name, with how many of them.
    pub lose: Vec<(Seer, u32)>,
    /// The names of the companies by which they do.
    pub companies: BTreeMap<CompanyId, String>,
    /// Companies with more people than were asked about.
    pub is_cut: bool,
}

fn counted(numbers: usize) -> Result<(), Problems> {
    match numbers {
        0 => Err(Problems::one("tickets", ProblemKind::Lacks("ticket"))),
        it if it > ChangeMany::MOST => Err(Problems::one("tickets", ProblemKind::TooMany { max: ChangeMany::MOST })),
        _ => Ok(()),
    }
}

fn tally(of: BTreeMap<ContactId, (Seer, u32)>) -> Vec<(Seer, u32)> {
    let mut all: Vec<(Seer, u32)> = of.into_values().collect();
    all.sort_by(|a, b| (&a.0.name, a.0.contact).cmp(&(&b.0.name, b.0.contact)));
    all
}

impl Portal {
    /// Asks the rule who would gain and who would lose sight of which of several tickets, without changing any.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn preview_many(
        &self,
        actor: &StaffActor,
        tickets: &[TicketNumber],
        change: TicketChange,
    ) -> Result<ManyPreview, DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "preview_many",
            self.preview_many_once(actor, tickets, change)
        )
    }

    async fn preview_many_once(
        &self,
        actor: &StaffActor,
        tickets: &[TicketNumber],
        change: TicketChange,
    ) -> Result<ManyPreview, DeskError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        counted(tickets.len())?;
        let task = staff.task();
        let (mut asked, mut shown, mut is_cut) = (Asked::default(), Vec::new(), false);
        let (mut gain, mut lose, mut companies) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for number in tickets {
            let found = tx.desk().desk_ticket(&scope, *number).await?;
            let ticket = found.ok_or(DeskError::NotFound)?;
            if change.is_made(&ticket) {
                continue;
            }
            let mut changed = ticket.clone();
            change.make(&mut *tx, &task, &scope, &mut changed).await?;
            let before = self.sight_with(&mut *tx, &task, &ticket, &mut asked).await?;
            let after = self.sight_with(&mut *tx, &task, &changed, &mut asked).await?;
            for seer in after.without(&before) {
                gain.entry(seer.contact).or_insert((seer, 0)).1 += 1;
            }
            for seer in before.without(&after) {
                lose.entry(seer.contact).or_insert((seer, 0)).1 += 1;
            }
            is_cut |= before.is_cut || after.is_cut;
            companies.extend(before.companies.into_iter().chain(after.companies));
            shown.push((ticket.number, ticket.version, ticket.subject));
        }
        Ok(ManyPreview {
            tickets: shown,
            gain: tally(gain),
            lose: tally(lose),
            companies,
            is_cut,
        })
    }

    /// Changes several tickets in one unit of work: if one of them cannot be changed, or what is done goes by what was
    /// seen of it and it is another by now, none is. How many were changed; those that are so already are not counted.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn change_many(&self, actor: &StaffActor, command: ChangeMany) -> Result<u32, DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "change_many",
            self.change_many_once(actor, &command)
        )
    }

    async fn change_many_once(&self, actor: &StaffActor, command: &ChangeMany) -> Result<u32, DeskError> {
        let numbers: Vec<String> = command.tickets.keys().map(ToString::to_string).collect();
        let hash = fingerprint(&[&numbers.join(" "), &format!("{:?}", command.change)]);
        let mut sitting = match self.sit(actor, "change_many", command.key.as_ref(), hash).await? {
            Begun::New(sitting) => sitting,
            Begun::Done(count) => return Ok(count.parse().unwrap_or_default()),
        };
        counted(numbers.len())?;
        let all = command.tickets.keys().copied().collect();
        sitting.lock_all(&all).await?;
        let mut count = 0;
        for (number, seen) in &command.tickets {
            let mut ticket = sitting.found(*number).await?;
            if self
                .change_one(&mut sitting, &mut ticket, command.change, *seen)
                .await?
            {
                count += 1;
            }
        }
        sitting.done(count.to_string()).await?;
        Ok(count)
    }

    /// Whether there was anything to change.
    async fn change_one(
        &self,
        sitting: &mut Sitting<'_>,
        ticket: &mut Ticket,
        change: ManyChange,
        seen: Version,
    ) -> Result<bool, DeskError> {
        let unseen = ticket.version != seen;
        let (event, text) = match change {
            ManyChange::Owner(owner) => {
                if ticket.owner == owner {
                    return Ok(false);
                }
                let (kind, name) = new_owner(sitting, ticket, owner).await?;
                ticket.owner = owner;
                sitting.store(ticket, kind).await?;
                (AuditEvent::TicketAssigned, name)
            }
            ManyChange::Priority(priority) => {
                if ticket.priority == priority {
                    return Ok(false);
                }
                ticket.priority = priority;
                sitting.store(ticket, None).await?;
                (AuditEvent::TicketPriorityChanged, priority.name().to_owned())
            }
            ManyChange::Stage(stage) => {
                match ticket.standing {
                    Standing::Live | Standing::Unverified => {}
                    Standing::Spam | Standing::Deleted | Standing::Merged => return Err(DeskError::NotPossible),
                }
                if ticket.stage == stage {
                    return Ok(false);
                }
                // Whoever wrote meanwhile is not answered by closing.
                if unseen {
                    return Err(DeskError::Stale);
                }
                let (from, at) = (ticket.stage, sitting.now.max(ticket.last_activity));
                let status = self.move_to(&mut *sitting.tx, ticket, stage, at).await?;
                ticket.snoozed_until = None;
                let kind = match (from, stage) {
                    (_, Stage::Closed) => EventKind::Closed { reason: None },
                    (Stage::Closed, _) => EventKind::Reopened { reason: None },
                    (_, stage) => EventKind::StatusChanged { status, stage },
                };
                sitting.store(ticket, Some(kind)).await?;
                (AuditEvent::TicketStatusChanged, format!("{stage:?}"))
            }
            ManyChange::Snooze(until) => {
                match Queue::of(ticket) {
                    Queue::Open | Queue::Waiting | Queue::Snoozed => {}
                    Queue::Closed | Queue::Spam | Queue::Deleted => return Err(DeskError::NotPossible),
                }
                fits(until, sitting.now)?;
                if ticket.snoozed_until == until {
                    return Ok(false);
                }
                ticket.snoozed_until = until;
                quietly(&mut *sitting.tx, ticket).await?;
                let until = until.map(|it| it.micros().to_string()).unwrap_or_default();
                (AuditEvent::TicketSnoozed, until)
            }
            ManyChange::Sight(change) => {
                if change.is_made(ticket) {
                    return Ok(false);
                }
                if unseen {
                    return Err(DeskError::Stale);
                }
                let (task, scope) = (sitting.staff.task(), sitting.scope.clone());
                let kind = change.make(&mut *sitting.tx, &task, &scope, ticket).await?;
                sitting.store(ticket, kind).await?;
                (change.event(), change.text())
            }
        };
        self.desk_noted(sitting, event, ticket, &[("to", text)]).await?;
        Ok(true)
    }
}

async fn new_owner(
    sitting: &mut Sitting<'_>,
    ticket: &Ticket,
    owner: Option<AgentId>,
) -> Result<(Option<EventKind>, String), DeskError> {
    let Some(owner) = owner else {
        return Ok((None, String::new()));
    };
    let user = sitting.tx.staffing().staff_user(owner).await?;
    let user = user.filter(|it| may_own(it, ticket.inbox));
    let user = user.ok_or_else(|| Problems::one("owner", ProblemKind::NotOffered))?;
    let shown = sitting.tx.directory().agent_name(owner).await?;
    let owner_name = shown.unwrap_or_else(|| user.name.to_string());
    Ok((Some(EventKind::OwnerChanged { owner: owner_name }), owner.to_string()))
}
