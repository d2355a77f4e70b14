use super::let_through::party_name;
use super::party::Party;
use crate::actor::Actor;
use crate::audit::{AuditActor, AuditEvent};
use crate::id::NoteId;
use crate::input::{Checker, Problems, typed_body};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError};
use crate::staff::{Permission, StaffActor, StaffError, staff_use_case_error};
use crate::ticket::{Author, AuthorKind, Body, BodyFormat};
use crate::time::Timestamp;

/// A staff-only note on a contact or a company. It lives in a table of its own, and nothing that customers can reach ever
/// reads that table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyNote {
    /// Its id.
    pub id: NoteId,
    /// Whom it is about.
    pub about: Party,
    /// Who wrote it.
    pub author: Author,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub body: Body,
}

/// Why a note was not written or removed.
#[derive(Debug, thiserror::Error)]
pub enum PartyNoteError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such contact, company or note.
    #[error("there is no such contact, company or note")]
    NotFound,
    /// Only who wrote it and administrators take it away.
    #[error("this note is somebody else's")]
    NotYours,
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(PartyNoteError, NotFound);

impl Portal {
    /// Writes a note about a contact or a company. Only the staff ever see it.
    ///
    /// # Errors
    /// See [`PartyNoteError`].
    pub async fn write_party_note(
        &self,
        actor: &StaffActor,
        about: Party,
        text: &str,
    ) -> Result<NoteId, PartyNoteError> {
        let mut checker = Checker::default();
        typed_body(&mut checker, "text", text);
        checker.done()?;
        let body = self.bodies.render(text, BodyFormat::Markdown).await;
        attempt!(
            self,
            &Actor::Anonymous,
            "write_party_note",
            self.write_party_note_once(actor, about, &body)
        )
    }

    async fn write_party_note_once(
        &self,
        actor: &StaffActor,
        about: Party,
        body: &Body,
    ) -> Result<NoteId, PartyNoteError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        let name = party_name(&mut *tx, &task, about).await?;
        let name = name.ok_or(PartyNoteError::NotFound)?;
        let note = PartyNote {
            id: NoteId::from_uuid(self.ids.next(now)),
            about,
            author: Author {
                kind: AuthorKind::Agent(staff.id()),
                name: staff.user().name.to_string(),
            },
            at: now,
            body: body.clone(),
        };
        tx.crm().add_party_note(&task, &note).await?;
        self.party_noted(&mut *tx, &staff, (AuditEvent::PartyNoted, about), &name, None, &[])
            .await?;
        tx.commit().await?;
        Ok(note.id)
    }

    /// Takes a note away: one's own, or as an administrator anybody's.
    ///
    /// # Errors
    /// See [`PartyNoteError`].
    pub async fn remove_party_note(
        &self,
        actor: &StaffActor,
        about: Party,
        note: NoteId,
    ) -> Result<(), PartyNoteError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "remove_party_note",
            self.remove_party_note_once(actor, about, note)
        )
    }

    async fn remove_party_note_once(
        &self,
        actor: &StaffActor,
        about: Party,
        note: NoteId,
    ) -> Result<(), PartyNoteError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Crm).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        let name = party_name(&mut *tx, &task, about).await?;
        let name = name.ok_or(PartyNoteError::NotFound)?;
        let found = tx.crm().party_note(&task, note).await?;
        let found = found.filter(|it| it.about == about).ok_or(PartyNoteError::NotFound)?;
        let own =
            staff.auditor() == AuditActor::Staff(staff.id()) && found.author.kind == AuthorKind::Agent(staff.id());
        if !own && !staff.user().may(Permission::Admin) {
            return Err(PartyNoteError::NotYours);
        }
        tx.crm().remove_party_note(&task, note).await?;
        let event = (AuditEvent::PartyNoteRemoved, about);
        self.party_noted(&mut *tx, &staff, event, &name, None, &[]).await?;
        tx.commit().await?;
        Ok(())
    }
}
