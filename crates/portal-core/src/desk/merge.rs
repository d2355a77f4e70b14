use std::collections::BTreeSet;

use super::who_sees::{Asked, Seer};
use super::writing::{Begun, DeskError, Sitting};
use crate::access::Standing;
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::TicketNumber;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, IdempotencyKey, StoreError, StoreErrorKind};
use crate::staff::StaffActor;
use crate::text::Subject;
use crate::ticket::writing::{fingerprint, store_changed};
use crate::ticket::{AssociationLabel, Event, EventKind, Stage, Ticket, Version};

/// One ticket becomes part of another one. No message moves: both keep their readers, and staff see one conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The ticket that is merged; it is closed with it.
    pub number: TicketNumber,
    /// The ticket that goes on.
    pub into: TicketNumber,
    /// The version of the first that was shown.
    pub seen: Version,
    /// The version of the second that was shown.
    pub seen_into: Version,
    /// Whether the people on the first become participants of the second, and so get to see it.
    pub add_people: bool,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

/// What merging would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergePreview {
    /// The version of the ticket that is merged.
    pub version: Version,
    /// Its subject.
    pub subject: Subject,
    /// The version of the ticket that goes on.
    pub into_version: Version,
    /// Its subject.
    pub into_subject: Subject,
    /// Who sees the first now, and goes on seeing that and nothing else, by name.
    pub keep: Vec<Seer>,
    /// Who would see the second and does not, if the people of the first were added to it, by name.
    pub join: Vec<Seer>,
    /// How many people would be added.
    pub added: u32,
    /// Companies with more people than were asked about.
    pub is_cut: bool,
}

/// Whether one can become part of the other. What nobody has verified has no readers, and must not get any by this.
const fn fits(source: &Ticket, target: &Ticket) -> Result<(), DeskError> {
    let goes = matches!(source.standing, Standing::Live);
    let stays = matches!(target.standing, Standing::Live | Standing::Unverified);
    if goes && stays && source.number.get() != target.number.get() {
        Ok(())
    } else {
        Err(DeskError::NotPossible)
    }
}

/// The target with the people of the source on it; how many those are.
fn with_people(source: &Ticket, target: &Ticket) -> (Ticket, u32) {
    let mut joined = target.clone();
    let mut added = 0;
    for contact in source.contacts.keys() {
        if !joined.contacts.contains_key(contact) {
            joined.contacts.insert(*contact, AssociationLabel::Participant);
            added += 1;
        }
    }
    (joined, added)
}

impl Portal {
    /// Says what merging would do, without doing it.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn preview_ticket_merge(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
        into: TicketNumber,
    ) -> Result<MergePreview, DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "preview_ticket_merge",
            self.preview_ticket_merge_once(actor, number, into)
        )
    }

    async fn preview_ticket_merge_once(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
        into: TicketNumber,
    ) -> Result<MergePreview, DeskError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        let task = staff.task();
        let source = tx.desk().desk_ticket(&scope, number).await?;
        let target = tx.desk().desk_ticket(&scope, into).await?;
        let (source, target) = source.zip(target).ok_or(DeskError::NotFound)?;
        fits(&source, &target)?;
        let (joined, added) = with_people(&source, &target);
        let mut asked = Asked::default();
        let keep = self.sight_with(&mut *tx, &task, &source, &mut asked).await?;
        let before = self.sight_with(&mut *tx, &task, &target, &mut asked).await?;
        let after = self.sight_with(&mut *tx, &task, &joined, &mut asked).await?;
        Ok(MergePreview {
            version: source.version,
            subject: source.subject,
            into_version: target.version,
            into_subject: target.subject,
            join: after.without(&before),
            is_cut: keep.is_cut || before.is_cut,
            keep: keep.seers,
            added,
        })
    }

    /// Merges a ticket into another one. What was merged into the first is part of the second from then on, too.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn merge_tickets(&self, actor: &StaffActor, command: Merge) -> Result<(), DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "merge_tickets",
            self.merge_tickets_once(actor, &command)
        )
    }

    async fn merge_tickets_once(&self, actor: &StaffActor, command: &Merge) -> Result<(), DeskError> {
        let (number, into) = (command.number, command.into);
        let people = if command.add_people { "people" } else { "" };
        let hash = fingerprint(&[&number.to_string(), &into.to_string(), people]);
        let mut sitting = match self.sit(actor, "merge_tickets", command.key.as_ref(), hash).await? {
            Begun::New(sitting) => sitting,
            Begun::Done(_) => return Ok(()),
        };
        let task = sitting.staff.task();
        let parts = sitting.tx.desk().merged_numbers(&task, number).await?;
        let mut all: BTreeSet<TicketNumber> = parts.iter().copied().collect();
        all.extend([number, into]);
        sitting.lock_all(&all).await?;
        if sitting.tx.desk().merged_numbers(&task, number).await? != parts {
            return Err(StoreError::bare(StoreErrorKind::Retry).into());
        }
        let mut source = sitting.found(number).await?;
        let target = sitting.found(into).await?;
        if source.version != command.seen || target.version != command.seen_into {
            return Err(DeskError::Stale);
        }
        fits(&source, &target)?;
        self.become_part(&mut sitting, &mut source, into).await?;
        for part in parts {
            let found = sitting.tx.tickets().load(&task, part).await?;
            if let Some(mut part) = found {
                part.merged_into = Some(into);
                store_changed(&mut *sitting.tx, &mut part).await?;
            }
        }
        let (mut joined, added) = with_people(&source, &target);
        if command.add_people && added > 0 {
            sitting.store(&mut joined, Some(EventKind::PeopleChanged)).await?;
        }
        let added = if command.add_people { added } else { 0 };
        let change = [("into", format!("#{into}")), ("people", added.to_string())];
        self.desk_noted(&mut sitting, AuditEvent::TicketMerged, &source, &change)
            .await?;
        Ok(sitting.done("merged".to_owned()).await?)
    }

    async fn become_part(
        &self,
        sitting: &mut Sitting<'_>,
        source: &mut Ticket,
        into: TicketNumber,
    ) -> Result<(), DeskError> {
        let at = sitting.now.max(source.last_activity);
        if source.stage != Stage::Closed {
            self.move_to(&mut *sitting.tx, source, Stage::Closed, at).await?;
        }
        source.standing = Standing::Merged;
        source.merged_into = Some(into);
        source.snoozed_until = None;
        let event = Event {
            ticket: source.number,
            seq: source.next_seq(),
            at,
            by: sitting.me().await?,
            kind: EventKind::MergedInto { ticket: into },
        };
        store_changed(&mut *sitting.tx, source).await?;
        Ok(sitting.tx.tickets().add_event(&event).await?)
    }

    /// Makes a merged ticket one of its own again, and opens it: somebody decided that there is something to do about it.
    /// People who were added to the other one stay there.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn unmerge_ticket(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
        key: Option<IdempotencyKey>,
    ) -> Result<(), DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "unmerge_ticket",
            self.unmerge_ticket_once(actor, number, key.as_ref())
        )
    }

    async fn unmerge_ticket_once(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
        key: Option<&IdempotencyKey>,
    ) -> Result<(), DeskError> {
        let hash = fingerprint(&[&number.to_string()]);
        let mut sitting = match self.sit(actor, "unmerge_ticket", key, hash).await? {
            Begun::New(sitting) => sitting,
            Begun::Done(_) => return Ok(()),
        };
        let mut ticket = sitting.take(number).await?;
        let Some(from) = ticket.merged_into.filter(|_| ticket.standing == Standing::Merged) else {
            return Err(DeskError::NotPossible);
        };
        let at = sitting.now.max(ticket.last_activity);
        ticket.standing = Standing::Live;
        ticket.merged_into = None;
        self.move_to(&mut *sitting.tx, &mut ticket, Stage::InProgress, at)
            .await?;
        let opened = EventKind::Reopened { reason: None };
        sitting.store(&mut ticket, Some(opened)).await?;
        let change = [("from", format!("#{from}"))];
        self.desk_noted(&mut sitting, AuditEvent::TicketUnmerged, &ticket, &change)
            .await?;
        Ok(sitting.done("unmerged".to_owned()).await?)
    }
}
