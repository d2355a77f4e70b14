use super::writing::{Begun, DeskError};
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::{FileId, NoteId, TicketNumber};
use crate::portal::{Portal, attempt};
use crate::ports::{DeskHint, DeskNews, IdempotencyKey};
use crate::staff::StaffActor;
use crate::ticket::writing::fingerprint;
use crate::ticket::{Body, FileHome, Note};

/// A note, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteNote {
    /// The ticket.
    pub number: TicketNumber,
    /// The text, in light Markdown, at most 64 KiB.
    pub text: String,
    /// Files that the agent uploaded with [`stage_desk_file`](Portal::stage_desk_file), in this order.
    pub files: Vec<FileId>,
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
        let body = self
            .written(actor, command.number, &command.text, &command.files)
            .await?;
        attempt!(
            self,
            &Actor::Anonymous,
            "write_note",
            self.write_note_once(actor, &command, &body)
        )
    }

    async fn write_note_once(&self, actor: &StaffActor, command: &WriteNote, body: &Body) -> Result<(), DeskError> {
        let files = command.files.len().to_string();
        let command_hash = fingerprint(&[&command.number.to_string(), &command.text, &files]);
        let mut sitting = match self
            .sit(actor, "write_note", command.key.as_ref(), command_hash)
            .await?
        {
            Begun::New(sitting) => sitting,
            Begun::Done(_) => return Ok(()),
        };
        let ticket = sitting.take(command.number).await?;
        let id = NoteId::from_uuid(self.ids.next(sitting.now));
        let home = FileHome::Note(ticket.number, id);
        let files = sitting.take_files(&command.files, self.limits).await?;
        let note = Note {
            id,
            ticket: ticket.number,
            author: sitting.me().await?,
            at: sitting.now,
            body: body.clone(),
            files: files.into_iter().map(|it| it.at_home(home)).collect(),
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
