use super::writing::{Begun, DeskError};
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::{NoteId, TicketNumber};
use crate::input::{Checker, typed_body};
use crate::portal::{Portal, attempt};
use crate::ports::{DeskHint, DeskNews, IdempotencyKey};
use crate::staff::StaffActor;
use crate::ticket::writing::fingerprint;
use crate::ticket::{Body, BodyFormat, Note};

/// A note, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteNote {
    /// The ticket.
    pub number: TicketNumber,
    /// The text, in light Markdown, at most 64 KiB.
    pub text: String,
    /// Makes repeating the request harmless.
    pub key: Option<IdempotencyKey>,
}

impl Portal {
    /// Adds a note that only the staff ever see.
    ///
    /// It changes nothing that customers can notice: not the version of the ticket, not its last activity, and none of them
    /// who watches it is told. The desk is, by a hint of its own kind.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn write_note(&self, actor: &StaffActor, command: WriteNote) -> Result<(), DeskError> {
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
            "write_note",
            self.write_note_once(actor, &command, &body)
        )
    }

    async fn write_note_once(&self, actor: &StaffActor, command: &WriteNote, body: &Body) -> Result<(), DeskError> {
        let command_hash = fingerprint(&[&command.number.to_string(), &command.text]);
        let mut sitting = match self
            .sit(actor, "write_note", command.key.as_ref(), command_hash)
            .await?
        {
            Begun::New(sitting) => sitting,
            Begun::Done(_) => return Ok(()),
        };
        let ticket = sitting.take(command.number).await?;
        let note = Note {
            id: NoteId::from_uuid(self.ids.next(sitting.now)),
            ticket: ticket.number,
            author: sitting.me().await?,
            at: sitting.now,
            body: body.clone(),
            files: Vec::new(),
        };
        let task = sitting.staff.task();
        sitting.tx.tickets().add_note(&task, &note).await?;
        self.tell_mentioned(&mut *sitting.tx, &ticket, &note.body.plain, &note.author, note.at)
            .await?;
        let news = DeskHint {
            number: ticket.number,
            inbox: ticket.inbox,
            news: DeskNews::Noted,
        };
        sitting.tx.journal().desk_hint(&news).await?;
        self.desk_noted(&mut sitting, AuditEvent::TicketNoted, &ticket, &[])
            .await?;
        Ok(sitting.done("noted".to_owned()).await?)
    }
}
