use std::collections::BTreeMap;

use super::pending::PendingAnswer;
use super::writing::{Begun, DeskError, Sitting};
use crate::access::Standing;
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::{AgentId, FileId, MessageId, TicketNumber};
use crate::portal::{Portal, attempt};
use crate::ports::{IdempotencyKey, StoreError, StoreErrorKind, Tx};
use crate::staff::StaffActor;
use crate::ticket::writing::{fingerprint, store_changed};
use crate::ticket::{
    Author, Body, Event, EventKind, FileHome, LastMessage, Message, Source, Stage, Step, Ticket, TimelineItem,
    next_stage, snippet,
};
use crate::time::Timestamp;

/// What becomes of the ticket when an answer is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Then {
    /// Somebody goes on working on it. What waits for the customer goes on waiting.
    Work,
    /// It waits for the customer.
    Wait,
    /// It is closed.
    Close,
}

impl Then {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Work, Self::Wait, Self::Close];

    /// Its name in forms and programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Wait => "wait",
            Self::Close => "close",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// What it is to the ticket.
    const fn step(self) -> Step {
        match self {
            Self::Work => Step::Answered,
            Self::Wait => Step::AnsweredAndWaits,
            Self::Close => Step::AnsweredAndClosed,
        }
    }
}

/// An answer to the customers, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The ticket.
    pub number: TicketNumber,
    /// The text, in light Markdown, at most 64 KiB.
    pub text: String,
    /// Files that the agent uploaded with [`stage_desk_file`](Portal::stage_desk_file), in this order.
    pub files: Vec<FileId>,
    /// The highest place of the public sequence that the agent has seen. If there are messages behind it, nothing is sent.
    pub seen: u32,
    /// The same of the other tickets that the agent sees as one conversation with this one.
    pub beside: BTreeMap<TicketNumber, u32>,
    /// What becomes of the ticket.
    pub then: Then,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

/// An answer that was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Its place in the ticket's public sequence.
    pub seq: u32,
}

impl Portal {
    /// Sends a public answer, unless somebody wrote what the agent has not seen.
    ///
    /// Whoever answers a ticket that is nobody's takes it. A closed ticket is opened again, unless the answer closes it.
    /// Of a merged ticket, the message stays there, and the ticket it is part of is moved.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn answer_ticket(&self, actor: &StaffActor, command: Answer) -> Result<Answered, DeskError> {
        let body = self
            .written(actor, command.number, &command.text, &command.files)
            .await?;
        attempt!(
            self,
            &Actor::Anonymous,
            "answer_ticket",
            self.answer_ticket_once(actor, &command, &body)
        )
    }

    async fn answer_ticket_once(
        &self,
        actor: &StaffActor,
        command: &Answer,
        body: &Body,
    ) -> Result<Answered, DeskError> {
        let hash = command.fingerprint();
        let mut sitting = match self.sit(actor, "answer_ticket", command.key.as_ref(), hash).await? {
            Begun::New(sitting) => sitting,
            Begun::Done(seq) => return answered(&seq),
        };
        let (mut ticket, mut target) = sitting.take_part(command.number).await?;
        may_answer(&ticket)?;
        let newer = newer(&mut sitting, &ticket, command).await?;
        if !newer.is_empty() {
            return Err(DeskError::Overtaken(newer));
        }
        let from = ticket.stage;
        let files = sitting.take_files(&command.files, self.limits).await?;
        let (by, now) = (sitting.me().await?, sitting.now);
        let pending = PendingAnswer {
            id: MessageId::from_uuid(self.ids.next(now)),
            ticket: ticket.number,
            agent: sitting.staff.id(),
            then: command.then,
            body: body.clone(),
            files,
            at: now,
            due_at: now,
        };
        let seq = self
            .append_answer(&mut *sitting.tx, &mut ticket, target.as_mut(), by, pending, now)
            .await?;
        let change = [
            ("from", format!("{from:?}")),
            ("to", format!("{:?}", ticket.stage)),
            ("place", seq.to_string()),
        ];
        self.desk_noted(&mut sitting, AuditEvent::TicketAnswered, &ticket, &change)
            .await?;
        sitting.done(seq.to_string()).await?;
        Ok(Answered { seq })
    }

    /// Writes an answer down. Of a ticket that is part of another one, the message stays with its readers, and what becomes
    /// of the ticket becomes of the other one.
    pub(super) async fn append_answer(
        &self,
        tx: &mut dyn Tx,
        ticket: &mut Ticket,
        target: Option<&mut Ticket>,
        by: Author,
        answer: PendingAnswer,
        now: Timestamp,
    ) -> Result<u32, DeskError> {
        // Time may stand still or jump back between two servers; a thread never does.
        let at = now.max(ticket.last_activity);
        let is_own = ticket.standing != Standing::Merged;
        let mut events = Vec::new();
        if is_own {
            self.open_again(tx, ticket, answer.then, &by, at, &mut events).await?;
        }
        let message = Message {
            id: answer.id,
            ticket: ticket.number,
            seq: ticket.next_seq(),
            author: by.clone(),
            at,
            source: Source::Portal,
            body: answer.body,
            files: answer
                .files
                .into_iter()
                .map(|it| it.at_home(FileHome::Message(ticket.number, answer.id)))
                .collect(),
        };
        ticket.files += message.files.len() as u32;
        ticket.last_activity = at;
        ticket.last_message = Some(LastMessage {
            author: by.kind,
            name: by.name.clone(),
            snippet: snippet(&message.body.plain),
        });
        if is_own {
            self.leave_as(tx, ticket, (answer.agent, &by), answer.then, at, &mut events)
                .await?;
        }
        store_changed(tx, ticket).await?;
        if let Some(target) = target {
            let at = now.max(target.last_activity);
            let before = events.len();
            self.open_again(tx, target, answer.then, &by, at, &mut events).await?;
            self.leave_as(tx, target, (answer.agent, &by), answer.then, at, &mut events)
                .await?;
            if events.len() > before {
                store_changed(tx, target).await?;
            }
        }
        for event in &events {
            tx.tickets().add_event(event).await?;
        }
        tx.tickets().add_message(&message).await?;
        self.tell_of_message(tx, ticket, &message, now).await?;
        Ok(message.seq)
    }

    /// A closed ticket is opened again, unless the answer closes it.
    async fn open_again(
        &self,
        tx: &mut dyn Tx,
        ticket: &mut Ticket,
        then: Then,
        by: &Author,
        at: Timestamp,
        events: &mut Vec<Event>,
    ) -> Result<(), DeskError> {
        if ticket.stage == Stage::Closed && wanted(ticket, then)? != Stage::Closed {
            self.move_to(tx, ticket, Stage::InProgress, at).await?;
            events.push(next_event(ticket, by, at, EventKind::Reopened { reason: None }));
        }
        Ok(())
    }

    /// What is nobody's becomes theirs, and the ticket is left as they said.
    async fn leave_as(
        &self,
        tx: &mut dyn Tx,
        ticket: &mut Ticket,
        (agent, by): (AgentId, &Author),
        then: Then,
        at: Timestamp,
        events: &mut Vec<Event>,
    ) -> Result<(), DeskError> {
        ticket.snoozed_until = None;
        if ticket.owner.is_none() {
            ticket.owner = Some(agent);
            let owner = by.name.clone();
            events.push(next_event(ticket, by, at, EventKind::OwnerChanged { owner }));
        }
        let wanted = wanted(ticket, then)?;
        if ticket.stage != wanted {
            let from = ticket.stage;
            let status = self.move_to(tx, ticket, wanted, at).await?;
            if let Some(kind) = EventKind::of_move(from, status, wanted) {
                events.push(next_event(ticket, by, at, kind));
            }
        }
        Ok(())
    }
}

impl Answer {
    /// For the key by which it is sent once.
    pub(super) fn fingerprint(&self) -> [u8; 32] {
        // A form that is sent again uploads its files again, under new ids: how many there are is what stays the same.
        let files = self.files.len().to_string();
        fingerprint(&[&self.number.to_string(), &self.text, self.then.name(), &files])
    }
}

fn next_event(ticket: &mut Ticket, by: &Author, at: Timestamp, kind: EventKind) -> Event {
    Event {
        ticket: ticket.number,
        seq: ticket.next_seq(),
        at,
        by: by.clone(),
        kind,
    }
}

/// The stage in which an answer leaves a ticket.
fn wanted(ticket: &Ticket, then: Then) -> Result<Stage, DeskError> {
    next_stage(ticket.stage, ticket.standing, then.step()).map_err(|_| DeskError::NotPossible)
}

/// Whether a ticket takes answers at all.
pub(super) const fn may_answer(ticket: &Ticket) -> Result<(), DeskError> {
    match ticket.standing {
        Standing::Live | Standing::Unverified | Standing::Merged => Ok(()),
        Standing::Spam | Standing::Deleted => Err(DeskError::NotPossible),
    }
}

/// The messages that the agent has not seen, of everything that is one conversation to them.
pub(super) async fn newer(
    sitting: &mut Sitting<'_>,
    ticket: &Ticket,
    command: &Answer,
) -> Result<Vec<Message>, StoreError> {
    let mut all = behind(sitting, ticket, command.seen).await?;
    for (number, seen) in &command.beside {
        let other = sitting.tx.desk().desk_ticket(&sitting.scope, *number).await?;
        if let Some(other) = other.filter(|it| it.number != ticket.number) {
            all.extend(behind(sitting, &other, *seen).await?);
        }
    }
    all.sort_by_key(|it| (it.at, it.ticket, it.seq));
    Ok(all)
}

async fn behind(sitting: &mut Sitting<'_>, ticket: &Ticket, seen: u32) -> Result<Vec<Message>, StoreError> {
    /// Enough to see what happened.
    const MOST: u32 = 20;
    if seen >= ticket.public_seq {
        return Ok(Vec::new());
    }
    let thread = sitting
        .tx
        .desk()
        .desk_thread(&sitting.scope, ticket.number, MOST)
        .await?;
    let messages = thread.items.into_iter().filter_map(|it| match it {
        TimelineItem::Message(it) if it.seq > seen => Some(it),
        TimelineItem::Message(_) | TimelineItem::Event(_) => None,
    });
    Ok(messages.collect())
}

fn answered(seq: &str) -> Result<Answered, DeskError> {
    let seq = seq.parse().map_err(|_| StoreError::bare(StoreErrorKind::Corrupt))?;
    Ok(Answered { seq })
}
