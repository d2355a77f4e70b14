use super::writing::{Begun, DeskError, Sitting};
use crate::access::Standing;
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::{MessageId, TicketNumber};
use crate::input::{Checker, typed_body};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, IdempotencyKey, StoreError, StoreErrorKind};
use crate::staff::StaffActor;
use crate::ticket::writing::{fingerprint, store_changed};
use crate::ticket::{
    Body, BodyFormat, Event, EventKind, LastMessage, Message, Source, Stage, Step, Ticket, TimelineItem, next_stage,
    snippet,
};

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
    /// The highest place of the public sequence that the agent has seen. If there are messages behind it, nothing is sent.
    pub seen: u32,
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
    /// A merged ticket keeps its state.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn answer_ticket(&self, actor: &StaffActor, command: Answer) -> Result<Answered, DeskError> {
        let mut checker = Checker::default();
        typed_body(&mut checker, "text", &command.text);
        if let Err(problems) = checker.done() {
            self.may_work(actor, command.number).await?;
            return Err(problems.into());
        }
        let body = self.bodies.render(&command.text, BodyFormat::Markdown).await;
        attempt!(
            self,
            &Actor::Anonymous,
            "answer_ticket",
            self.answer_ticket_once(actor, &command, &body)
        )
    }

    /// Whoever cannot see the ticket learns nothing about the form.
    pub(super) async fn may_work(&self, actor: &StaffActor, number: TicketNumber) -> Result<(), DeskError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (_, scope) = self.at_desk(&mut *tx, actor).await?;
        let found = tx.desk().desk_ticket(&scope, number).await?;
        found.map(drop).ok_or(DeskError::NotFound)
    }

    async fn answer_ticket_once(
        &self,
        actor: &StaffActor,
        command: &Answer,
        body: &Body,
    ) -> Result<Answered, DeskError> {
        let number = command.number.to_string();
        let hash = fingerprint(&[&number, &command.text, command.then.name()]);
        let mut sitting = match self.sit(actor, "answer_ticket", command.key.as_ref(), hash).await? {
            Begun::New(sitting) => sitting,
            Begun::Done(seq) => return answered(&seq),
        };
        let mut ticket = sitting.take(command.number).await?;
        match ticket.standing {
            Standing::Live | Standing::Unverified | Standing::Merged => {}
            Standing::Spam | Standing::Deleted => return Err(DeskError::NotPossible),
        }
        let newer = newer(&mut sitting, &ticket, command.seen).await?;
        if !newer.is_empty() {
            return Err(DeskError::Overtaken(newer));
        }
        let from = ticket.stage;
        let seq = self
            .append_answer(&mut sitting, &mut ticket, body, command.then)
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

    async fn append_answer(
        &self,
        sitting: &mut Sitting<'_>,
        ticket: &mut Ticket,
        body: &Body,
        then: Then,
    ) -> Result<u32, DeskError> {
        let by = sitting.me().await?;
        // Time may stand still or jump back between two servers; a thread never does.
        let at = sitting.now.max(ticket.last_activity);
        let wanted = next_stage(ticket.stage, ticket.standing, then.step()).map_err(|_| DeskError::NotPossible)?;
        let number = ticket.number;
        let event = |seq, kind| Event {
            ticket: number,
            seq,
            at,
            by: by.clone(),
            kind,
        };
        let mut events = Vec::new();
        if ticket.stage == Stage::Closed && wanted != Stage::Closed {
            self.move_to(&mut *sitting.tx, ticket, Stage::InProgress, at).await?;
            events.push(event(ticket.next_seq(), EventKind::Reopened { reason: None }));
        }
        let message = Message {
            id: MessageId::from_uuid(self.ids.next(sitting.now)),
            ticket: ticket.number,
            seq: ticket.next_seq(),
            author: by.clone(),
            at,
            source: Source::Portal,
            body: body.clone(),
            files: Vec::new(),
        };
        ticket.last_activity = at;
        ticket.snoozed_until = None;
        ticket.last_message = Some(LastMessage {
            author: by.kind,
            name: by.name.clone(),
            snippet: snippet(&body.plain),
        });
        if ticket.owner.is_none() {
            ticket.owner = Some(sitting.staff.id());
            let owner = by.name.clone();
            events.push(event(ticket.next_seq(), EventKind::OwnerChanged { owner }));
        }
        if ticket.stage != wanted {
            let from = ticket.stage;
            let status = self.move_to(&mut *sitting.tx, ticket, wanted, at).await?;
            if let Some(kind) = EventKind::of_move(from, status, wanted) {
                events.push(event(ticket.next_seq(), kind));
            }
        }
        store_changed(&mut *sitting.tx, ticket).await?;
        for event in &events {
            sitting.tx.tickets().add_event(event).await?;
        }
        sitting.tx.tickets().add_message(&message).await?;
        self.tell_of_message(&mut *sitting.tx, ticket, &message, sitting.now)
            .await?;
        Ok(message.seq)
    }
}

/// The messages that the agent has not seen.
async fn newer(sitting: &mut Sitting<'_>, ticket: &Ticket, seen: u32) -> Result<Vec<Message>, StoreError> {
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
