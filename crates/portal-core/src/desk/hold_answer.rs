use std::collections::BTreeSet;

use super::answer::{Answer, Then, may_answer, newer};
use super::pending::{PendingAnswer, UNDO_WINDOW};
use super::view_desk_ticket::may_own;
use super::writing::{Begun, DeskError};
use crate::actor::{Actor, Task};
use crate::audit::{AuditActor, AuditEntry, AuditEvent};
use crate::id::{AuditId, MessageId, NoteId, TicketNumber};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, DeskHint, DeskNews, StoreError, StoreErrorKind};
use crate::staff::{StaffActor, StaffError};
use crate::ticket::{Author, AuthorKind, Body, File, FileHome, Note};

/// An answer that can still be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// By which it is taken back.
    pub id: MessageId,
}

/// An answer that was taken back, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// The text.
    pub text: String,
    /// Its files, which can be sent with the next answer.
    pub files: Vec<File>,
    /// What was to become of the ticket.
    pub then: Then,
}

impl Portal {
    /// As [`answer_ticket`](Self::answer_ticket), but it leaves only after [`UNDO_WINDOW`], and can be taken back until
    /// then. Whatever stops an answer stops it now.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn hold_answer(&self, actor: &StaffActor, command: Answer) -> Result<Held, DeskError> {
        let body = self
            .written(actor, command.number, &command.text, &command.files)
            .await?;
        attempt!(
            self,
            &Actor::Anonymous,
            "hold_answer",
            self.hold_answer_once(actor, &command, &body)
        )
    }

    async fn hold_answer_once(&self, actor: &StaffActor, command: &Answer, body: &Body) -> Result<Held, DeskError> {
        let hash = command.fingerprint();
        let mut sitting = match self.sit(actor, "hold_answer", command.key.as_ref(), hash).await? {
            Begun::New(sitting) => sitting,
            Begun::Done(id) => {
                let id = id.parse().map_err(|_| StoreError::bare(StoreErrorKind::Corrupt))?;
                return Ok(Held { id });
            }
        };
        let ticket = sitting.take(command.number).await?;
        may_answer(&ticket)?;
        let newer = newer(&mut sitting, &ticket, command).await?;
        if !newer.is_empty() {
            return Err(DeskError::Overtaken(newer));
        }
        let id = MessageId::from_uuid(self.ids.next(sitting.now));
        let home = FileHome::Held(sitting.staff.id(), id);
        let files = sitting.take_files(&command.files, self.limits).await?;
        let pending = PendingAnswer {
            id,
            ticket: ticket.number,
            agent: sitting.staff.id(),
            then: command.then,
            body: body.clone(),
            files: files.into_iter().map(|it| it.at_home(home)).collect(),
            at: sitting.now,
            due_at: sitting.now.plus(UNDO_WINDOW),
        };
        sitting.tx.desk().add_pending(&pending).await?;
        sitting.done(pending.id.to_string()).await?;
        Ok(Held { id: pending.id })
    }

    /// Takes an answer of one's own back that has not left yet: nobody will ever have seen it.
    ///
    /// # Errors
    /// [`DeskError::NotPossible`] if it has left, or was taken back already. See [`DeskError`].
    pub async fn take_back_answer(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
        id: MessageId,
    ) -> Result<TakenBack, DeskError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "take_back_answer",
            self.take_back_answer_once(actor, number, id)
        )
    }

    async fn take_back_answer_once(
        &self,
        actor: &StaffActor,
        number: TicketNumber,
        id: MessageId,
    ) -> Result<TakenBack, DeskError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        staff.writes().map_err(StaffError::from)?;
        tx.tickets().lock(number).await?;
        let found = tx.desk().desk_ticket(&scope, number).await?;
        found.ok_or(DeskError::NotFound)?;
        let taken = tx.desk().take_pending(&staff.task(), id).await?;
        let own = taken.filter(|it| it.ticket == number && it.agent == staff.id());
        // What is somebody else's stays: nothing is committed.
        let own = own.ok_or(DeskError::NotPossible)?;
        tx.commit().await?;
        Ok(TakenBack {
            text: own.body.source,
            files: own.files,
            then: own.then,
        })
    }

    /// Sends the answers that are due, at most `limit`; how many there were. Of several servers that do this at once, one
    /// sends each of them.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn send_due_answers(&self, limit: u32) -> Result<u32, StoreError> {
        let due = {
            let mut tx = self.store.begin(Access::Read).await?;
            let now = self.clock.now();
            tx.desk().due_pending(&Task::Delivery, now, limit).await?
        };
        let (mut sent, mut failed) = (0, None);
        for (id, number) in due {
            let done = attempt!(
                self,
                &Actor::Anonymous,
                "send_due_answer",
                self.send_due_answer_once(id, number)
            );
            match done {
                Ok(true) => sent += 1,
                Ok(false) => {}
                // The others do not wait for this one.
                Err(DeskError::Store(error)) => failed = Some(error),
                Err(_) => {}
            }
        }
        failed.map_or(Ok(sent), Err)
    }

    async fn send_due_answer_once(&self, id: MessageId, number: TicketNumber) -> Result<bool, DeskError> {
        let (now, task) = (self.clock.now(), Task::Delivery);
        let mut tx = self.store.begin(Access::Write).await?;
        let target = tx.tickets().load(&task, number).await?.and_then(|it| it.merged_into);
        let locks: BTreeSet<TicketNumber> = target.into_iter().chain([number]).collect();
        for lock in locks {
            tx.tickets().lock(lock).await?;
        }
        let Some(pending) = tx.desk().take_pending(&task, id).await? else {
            return Ok(false);
        };
        let Some(mut ticket) = tx.tickets().load(&task, number).await? else {
            tx.commit().await?;
            return Ok(false);
        };
        if ticket.merged_into != target {
            return Err(StoreError::bare(StoreErrorKind::Retry).into());
        }
        // Who may answer is asked again when it leaves.
        let user = tx.staffing().staff_user(pending.agent).await?;
        let works = |inbox| user.as_ref().is_some_and(|it| may_own(it, inbox));
        let name = tx.directory().agent_name(pending.agent).await?;
        let name = name.or_else(|| user.as_ref().map(|it| it.name.to_string()));
        let by = Author {
            kind: AuthorKind::Agent(pending.agent),
            name: name.unwrap_or_default(),
        };
        let mut event = AuditEvent::TicketAnswered;
        if works(ticket.inbox) && may_answer(&ticket).is_ok() {
            let mut target = match target {
                Some(it) => tx.tickets().load(&task, it).await?.filter(|it| works(it.inbox)),
                None => None,
            };
            self.append_answer(&mut *tx, &mut ticket, target.as_mut(), by, pending, now)
                .await?;
        } else {
            // No text is lost: what may not leave any more is kept where the staff read it.
            event = AuditEvent::TicketNoted;
            let id = NoteId::from_uuid(self.ids.next(now));
            let note = Note {
                id,
                ticket: number,
                author: by,
                at: now,
                body: pending.body,
                files: pending
                    .files
                    .into_iter()
                    .map(|it| it.at_home(FileHome::Note(number, id)))
                    .collect(),
            };
            tx.tickets().add_note(&task, &note).await?;
            let news = DeskHint {
                number,
                inbox: ticket.inbox,
                news: DeskNews::Noted,
            };
            tx.journal().desk_hint(&news).await?;
        }
        let audit = AuditId::from_uuid(self.ids.next(now));
        let agent = user.map_or(AuditActor::System, |it| AuditActor::Staff(it.id));
        let mut entry = AuditEntry::new(audit, now, agent, event, format!("#{number}"));
        if let Some(portal) = ticket.portal {
            entry = entry.within(portal);
        }
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(true)
    }
}
