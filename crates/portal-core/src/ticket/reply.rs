use super::body::{Body, BodyFormat, snippet};
use super::event::{Event, EventKind};
use super::file::File;
use super::message::{Author, Message, Source};
use super::open_ticket::NewTicket;
use super::pipeline::Stage;
use super::record::{LastMessage, Ticket};
use super::step::{Step, next_stage};
use super::writing::{
    Before, Once, author, check_files, find_to_change, fingerprint, from_stop, store_changed, take_files,
};
use crate::access::{Action, Audience, Decision, Denial, Entrant, Principal, Standing, Viewer, decide};
use crate::actor::Actor;
use crate::id::{FileId, MessageId, PortalId, TicketNumber};
use crate::input::{Checker, Problems, typed_body};
use crate::notify::AgentNews;
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, IdempotencyKey, StoreError, StoreErrorKind, Tx};
use crate::property::PropertyValues;
use crate::time::Timestamp;

/// A customer's reply, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The portal.
    pub portal: PortalId,
    /// The ticket.
    pub number: TicketNumber,
    /// The text, in light Markdown, at most 64 KiB.
    pub text: String,
    /// Files that were staged before.
    pub files: Vec<FileId>,
    /// Whether to close the ticket with it.
    pub close: bool,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

/// A reply that was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replied {
    /// The ticket it is on: the one replied to, or its follow-up.
    pub number: TicketNumber,
    /// Its place in the ticket's public sequence.
    pub seq: u32,
    /// Whether a follow-up ticket was opened, because the ticket replied to can no longer be reopened.
    pub is_follow_up: bool,
}

/// Why nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum ReplyError {
    /// The contact could not enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// It does not exist, or is not in the contact's scope; nobody can tell which.
    #[error("there is no such ticket")]
    NotFound,
    /// The contact sees the ticket and may not do this.
    #[error(transparent)]
    Denied(Denial),
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The idempotency key was used for another command.
    #[error("this idempotency key was used for something else")]
    KeyReused,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(ReplyError, NotFound);
from_stop!(ReplyError);

impl Portal {
    /// Appends a reply. It is always appended: never refused because somebody else wrote meanwhile.
    ///
    /// A ticket that waited for the customer goes back to *In progress*. A closed ticket is reopened if the portal
    /// allows it still; else the reply begins a follow-up ticket. A merged ticket keeps its state, and it is the turn of the
    /// staff on the ticket it is part of.
    ///
    /// # Errors
    /// See [`ReplyError`].
    pub async fn reply(&self, actor: &Actor, command: Reply) -> Result<Replied, ReplyError> {
        let mut checker = Checker::default();
        typed_body(&mut checker, "text", &command.text);
        check_files(&mut checker, &command.files, self.limits);
        if let Err(problems) = checker.done() {
            // Whoever cannot see the ticket learns nothing about the form.
            self.may_see(actor, command.portal, command.number).await?;
            return Err(problems.into());
        }
        let body = self.bodies.render(&command.text, BodyFormat::Markdown).await;
        attempt!(self, actor, "reply", self.reply_once(actor, &command, &body))
    }

    async fn may_see(&self, actor: &Actor, portal: PortalId, number: TicketNumber) -> Result<(), ReplyError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (_, viewer) = self.let_in(&mut *tx, actor, portal).await?;
        tx.tickets()
            .find(viewer.scope(), number)
            .await?
            .map(drop)
            .ok_or(ReplyError::NotFound)
    }

    async fn reply_once(&self, actor: &Actor, command: &Reply, body: &Body) -> Result<Replied, ReplyError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let (entrant, viewer) = self.let_in(&mut *tx, actor, command.portal).await?;
        let once = Once {
            who: viewer.contact().uuid(),
            use_case: "reply",
            key: command.key.as_ref(),
            command: command.fingerprint(),
            now,
        };
        match once.recall(&mut *tx).await? {
            Before::New => {}
            Before::Done(result) => return replied(&result),
            Before::KeyReused => return Err(ReplyError::KeyReused),
        }
        let into = lock_with_target(&mut *tx, &viewer, command.number).await?;
        let ticket = find_to_change(&mut *tx, &viewer, command.number, Action::Reply, now).await?;
        if ticket.merged_into != into {
            // It was merged meanwhile, or that was undone.
            return Err(StoreError::bare(StoreErrorKind::Retry).into());
        }
        let files = take_files(&mut *tx, &viewer, &command.files, self.limits, now).await??;
        let by = author(&mut *tx, viewer.contact()).await?;
        let may_reopen = decide(&viewer, Action::Reopen, &ticket.state(), now) == Decision::Allow;
        let done = if ticket.stage == Stage::Closed && ticket.standing != Standing::Merged && !may_reopen {
            self.follow_up(&mut *tx, &entrant, &viewer, &ticket, by, body, files, now)
                .await?
        } else {
            self.append(&mut *tx, &viewer, ticket, by, body, files, command.close, now)
                .await?
        };
        if let Some(target) = into {
            self.replied_to_part(&mut *tx, target, now).await?;
        }
        once.remember(&mut *tx, format!("{} {} {}", done.number, done.seq, done.is_follow_up))
            .await?;
        tx.commit().await?;
        Ok(done)
    }

    #[expect(clippy::too_many_arguments, reason = "one private step of one use-case")]
    async fn follow_up(
        &self,
        tx: &mut dyn Tx,
        entrant: &Entrant,
        viewer: &Viewer,
        closed: &Ticket,
        by: Author,
        body: &Body,
        files: Vec<File>,
        now: Timestamp,
    ) -> Result<Replied, ReplyError> {
        // A follow-up never has a wider audience than the ticket it follows.
        let company = entrant.primary_company.map(Principal::Company);
        let shared = company.is_some_and(|it| closed.facts().readers().contains(&it));
        let draft = NewTicket {
            subject: closed.subject.clone(),
            category: closed.category.clone(),
            priority: closed.priority,
            properties: PropertyValues::new(),
            audience: if shared { Audience::Shared } else { Audience::Private },
            body: body.clone(),
            files,
            follows: Some(closed.number),
        };
        let opened = self.add_ticket(tx, entrant, viewer, by, draft, now).await?;
        let opened = opened.ok_or(ReplyError::Denied(Denial::NotOffered))?;
        Ok(Replied {
            number: opened.number,
            seq: opened.public_seq,
            is_follow_up: true,
        })
    }

    #[expect(clippy::too_many_arguments, reason = "one private step of one use-case")]
    async fn append(
        &self,
        tx: &mut dyn Tx,
        viewer: &Viewer,
        mut ticket: Ticket,
        by: Author,
        body: &Body,
        files: Vec<File>,
        close: bool,
        now: Timestamp,
    ) -> Result<Replied, ReplyError> {
        // Time may stand still or jump back between two servers; a thread never does.
        let at = now.max(ticket.last_activity);
        let mut events = Vec::new();
        let step = if close {
            Step::CustomerRepliedAndClosed
        } else {
            Step::CustomerReplied
        };
        let wanted = next_stage(ticket.stage, ticket.standing, step).map_err(|_| ReplyError::NotFound)?;
        let was_closed = ticket.stage == Stage::Closed;
        if was_closed && wanted != Stage::Closed {
            self.move_to(tx, &mut ticket, wanted, at).await?;
            events.push(EventKind::Reopened { reason: None });
        }
        let events_before: Vec<Event> = events
            .into_iter()
            .map(|kind| Event {
                ticket: ticket.number,
                seq: ticket.next_seq(),
                at,
                by: by.clone(),
                kind,
            })
            .collect();
        let message = Message {
            id: MessageId::from_uuid(self.ids.next(now)),
            ticket: ticket.number,
            seq: ticket.next_seq(),
            author: by.clone(),
            at,
            source: Source::Portal,
            body: body.clone(),
            files,
        };
        ticket.last_activity = at;
        // Whatever was put aside until later is news again.
        ticket.snoozed_until = None;
        ticket.files += message.files.len() as u32;
        ticket.last_message = Some(LastMessage {
            author: by.kind,
            name: by.name.clone(),
            snippet: snippet(&body.plain),
        });
        let mut after = None;
        if close && !was_closed {
            match decide(viewer, Action::Close, &ticket.state(), now) {
                Decision::Allow => {}
                Decision::Deny(denial) => return Err(ReplyError::Denied(denial)),
            }
            self.move_to(tx, &mut ticket, wanted, at).await?;
            after = Some(EventKind::Closed { reason: None });
        } else if ticket.stage != wanted {
            let from = ticket.stage;
            let status = self.move_to(tx, &mut ticket, wanted, at).await?;
            after = EventKind::of_move(from, status, wanted);
        }
        let event_after = after.map(|kind| Event {
            ticket: ticket.number,
            seq: ticket.next_seq(),
            at,
            by,
            kind,
        });
        store_changed(tx, &mut ticket).await?;
        for event in events_before.iter().chain(event_after.as_ref()) {
            tx.tickets().add_event(event).await?;
        }
        tx.tickets().add_message(&message).await?;
        tx.tickets()
            .raise_read_mark(viewer.contact(), ticket.number, ticket.public_seq)
            .await?;
        self.tell_of_message(tx, &ticket, &message, now).await?;
        if let Some(owner) = ticket.owner {
            self.tell_agent(tx, owner, AgentNews::Replied, &ticket, &message.author, now)
                .await?;
        }
        Ok(Replied {
            number: ticket.number,
            seq: message.seq,
            is_follow_up: false,
        })
    }

    /// Moves a ticket to the entry status of a stage of its pipeline.
    pub(crate) async fn move_to(
        &self,
        tx: &mut dyn Tx,
        ticket: &mut Ticket,
        stage: Stage,
        at: Timestamp,
    ) -> Result<crate::id::StatusId, StoreError> {
        let corrupt = || StoreError::bare(StoreErrorKind::Corrupt);
        let pipeline = tx.directory().pipeline(ticket.pipeline).await?.ok_or_else(corrupt)?;
        let status = pipeline.entry(stage).ok_or_else(corrupt)?;
        ticket.enter(status, at);
        Ok(status.id)
    }
}

impl Reply {
    fn fingerprint(&self) -> [u8; 32] {
        // A form that is sent again uploads its files again, under new ids: how many there are is what stays the same.
        let files = self.files.len().to_string();
        let (portal, number) = (self.portal.to_string(), self.number.to_string());
        let close = if self.close { "close" } else { "keep" };
        fingerprint(&[&portal, &number, &self.text, close, &files])
    }
}

/// Locks the ticket that this one is part of, if it was merged: both, in ascending order, before either is looked at.
async fn lock_with_target(
    tx: &mut dyn Tx,
    viewer: &Viewer,
    number: TicketNumber,
) -> Result<Option<TicketNumber>, StoreError> {
    let found = tx.tickets().find(viewer.scope(), number).await?;
    let Some(into) = found.and_then(|it| it.merged_into) else {
        return Ok(None);
    };
    tx.tickets().lock(into.min(number)).await?;
    tx.tickets().lock(into.max(number)).await?;
    Ok(Some(into))
}

fn replied(result: &str) -> Result<Replied, ReplyError> {
    let mut parts = result.split(' ');
    let mut parse = || {
        Some(Replied {
            number: parts.next()?.parse().ok()?,
            seq: parts.next()?.parse().ok()?,
            is_follow_up: parts.next()?.parse().ok()?,
        })
    };
    parse().ok_or_else(|| StoreError::bare(StoreErrorKind::Corrupt).into())
}
