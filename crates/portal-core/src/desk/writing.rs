//! What the desk's writing use-cases share: who sits there, find under lock, once only, events, the audit.

use std::collections::BTreeSet;

use super::scope::StaffScope;
use crate::audit::{AuditActor, AuditEntry, AuditEvent};
use crate::id::{AuditId, FileId, TicketNumber};
use crate::input::{Checker, Problems, typed_body};
use crate::notify::news_of;
use crate::portal::Portal;
use crate::ports::{Access, IdempotencyKey, StoreError, StoreErrorKind, Tx};
use crate::staff::{Staff, StaffActor, StaffError, staff_use_case_error};
use crate::ticket::writing::{A_DAY, Before, Once, all_there, check_files, each_once, store_changed};
use crate::ticket::{Author, AuthorKind, Body, BodyFormat, Event, EventKind, File, FileLimits, Message, Ticket};
use crate::time::Timestamp;

/// Why nothing was changed at the desk.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// It does not exist, or is in no inbox of theirs; nobody can tell which.
    #[error("there is no such ticket")]
    NotFound,
    /// Somebody else changed the same thing since it was looked at.
    #[error("somebody else changed this meanwhile")]
    Stale,
    /// Somebody wrote since the ticket was looked at: these messages.
    #[error("somebody wrote meanwhile")]
    Overtaken(Vec<Message>),
    /// The ticket is spam, deleted or merged: that must be undone first.
    #[error("this cannot be done with such a ticket")]
    NotPossible,
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

staff_use_case_error!(DeskError, NotFound);

/// Somebody of the staff at the desk, in one unit of work that writes.
pub(super) struct Sitting<'a> {
    portal: Portal,
    pub(super) tx: Box<dyn Tx>,
    pub(super) staff: Staff,
    pub(super) scope: StaffScope,
    pub(super) now: Timestamp,
    once: Once<'a>,
}

/// What is known when a unit of work begins.
pub(super) enum Begun<'a> {
    /// Go on.
    New(Box<Sitting<'a>>),
    /// The same command was done before; this came of it.
    Done(String),
}

impl Portal {
    /// Begins a unit of work of somebody who may change tickets.
    pub(super) async fn sit<'a>(
        &self,
        actor: &StaffActor,
        use_case: &'static str,
        key: Option<&'a IdempotencyKey>,
        command: [u8; 32],
    ) -> Result<Begun<'a>, DeskError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        staff.writes().map_err(StaffError::from)?;
        let once = Once {
            who: staff.id().uuid(),
            use_case,
            key,
            command,
            now,
        };
        match once.recall(&mut *tx).await? {
            Before::New => Ok(Begun::New(Box::new(Sitting {
                portal: self.clone(),
                tx,
                staff,
                scope,
                now,
                once,
            }))),
            Before::Done(result) => Ok(Begun::Done(result)),
            Before::KeyReused => Err(DeskError::KeyReused),
        }
    }

    /// A text that goes on a ticket with files, checked and rendered.
    pub(super) async fn written(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
        text: &str,
        files: &[FileId],
    ) -> Result<Body, DeskError> {
        let mut checker = Checker::default();
        typed_body(&mut checker, "text", text);
        check_files(&mut checker, files, self.limits);
        if let Err(problems) = checker.done() {
            self.may_work(actor, number).await?;
            return Err(problems.into());
        }
        Ok(self.bodies.render(text, BodyFormat::Markdown).await)
    }

    /// Whoever cannot see the ticket learns nothing about the form.
    async fn may_work(&self, actor: &StaffActor, number: TicketNumber) -> Result<(), DeskError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (_, scope) = self.at_desk(&mut *tx, actor).await?;
        let found = tx.desk().desk_ticket(&scope, number).await?;
        found.map(drop).ok_or(DeskError::NotFound)
    }

    /// Writes down what was done to a ticket. What people wrote is never part of it.
    pub(super) async fn desk_noted(
        &self,
        sitting: &mut Sitting<'_>,
        event: AuditEvent,
        ticket: &Ticket,
        change: &[(&str, String)],
    ) -> Result<(), StoreError> {
        let id = AuditId::from_uuid(self.ids.next(sitting.now));
        let by = AuditActor::Staff(sitting.staff.id());
        let mut entry = AuditEntry::new(id, sitting.now, by, event, format!("#{}", ticket.number));
        if let Some(portal) = ticket.portal {
            entry = entry.within(portal);
        }
        for (name, value) in change {
            entry = entry.with(*name, value.as_str());
        }
        sitting.tx.audit().record(&entry).await
    }
}

impl Sitting<'_> {
    /// Locks the ticket, then finds it in the scope with what was committed until then.
    pub(super) async fn take(&mut self, number: TicketNumber) -> Result<Ticket, DeskError> {
        self.tx.tickets().lock(number).await?;
        let found = self.tx.desk().desk_ticket(&self.scope, number).await?;
        found.ok_or(DeskError::NotFound)
    }

    /// Locks several tickets, in the order in which every writer does.
    pub(super) async fn lock_all(&mut self, numbers: &BTreeSet<TicketNumber>) -> Result<(), StoreError> {
        for number in numbers {
            self.tx.tickets().lock(*number).await?;
        }
        Ok(())
    }

    /// A ticket that is locked, with what was committed until then.
    pub(super) async fn found(&mut self, number: TicketNumber) -> Result<Ticket, DeskError> {
        let found = self.tx.desk().desk_ticket(&self.scope, number).await?;
        found.ok_or(DeskError::NotFound)
    }

    /// Locks a ticket and the one that it is part of, if it was merged, and finds both; the second only in the scope.
    pub(super) async fn take_part(&mut self, number: TicketNumber) -> Result<(Ticket, Option<Ticket>), DeskError> {
        let into = self.found(number).await?.merged_into;
        self.lock_all(&into.into_iter().chain([number]).collect()).await?;
        let ticket = self.found(number).await?;
        if ticket.merged_into != into {
            // Somebody merged it meanwhile, or undid that.
            return Err(StoreError::bare(StoreErrorKind::Retry).into());
        }
        let target = match into {
            Some(into) => self.tx.desk().desk_ticket(&self.scope, into).await?,
            None => None,
        };
        Ok((ticket, target))
    }

    /// The files that an answer or a note takes along: all of them, all uploaded by whoever sits here, within the sum that
    /// is allowed.
    pub(super) async fn take_files(&mut self, ids: &[FileId], limits: FileLimits) -> Result<Vec<File>, DeskError> {
        let ids = each_once(ids);
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let since = self.now.minus(A_DAY);
        let files = self.tx.desk().drafted_files(self.staff.id(), &ids, since).await?;
        Ok(all_there(files, &ids, limits)?)
    }

    /// Whoever sits here, by the name that customers are shown.
    pub(super) async fn me(&mut self) -> Result<Author, StoreError> {
        let name = self.tx.directory().agent_name(self.staff.id()).await?;
        Ok(Author {
            kind: AuthorKind::Agent(self.staff.id()),
            name: name.unwrap_or_else(|| self.staff.user().name.to_string()),
        })
    }

    /// Stores a changed ticket, with the event that says so to everybody who sees it.
    pub(super) async fn store(&mut self, ticket: &mut Ticket, kind: Option<EventKind>) -> Result<(), StoreError> {
        let by = self.me().await?;
        let event = kind.map(|kind| Event {
            ticket: ticket.number,
            seq: ticket.next_seq(),
            // Time may stand still or jump back between two servers; a thread never does.
            at: self.now.max(ticket.last_activity),
            by,
            kind,
        });
        store_changed(&mut *self.tx, ticket).await?;
        let Some(event) = event else { return Ok(()) };
        self.tx.tickets().add_event(&event).await?;
        match news_of(&event.kind) {
            Some(news) => {
                let (portal, now) = (self.portal.clone(), self.now);
                portal
                    .tell_contacts(&mut *self.tx, ticket, news, event.by.kind, now)
                    .await
            }
            None => Ok(()),
        }
    }

    /// Ends the unit of work.
    pub(super) async fn done(mut self: Box<Self>, result: String) -> Result<(), StoreError> {
        self.once.remember(&mut *self.tx, result).await?;
        self.tx.commit().await
    }
}
