use super::file::{File, FileHome, FileKey};
use crate::access::Denial;
use crate::actor::Actor;
use crate::id::{ContactId, FileId, PortalId};
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, FileSource, FilesError, PasswordsError, StoreError};
use crate::text::FileName;

/// A file on its way to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageFile {
    /// The portal.
    pub portal: PortalId,
    /// Its name, as the sender's machine calls it.
    pub name: String,
}

/// Why it was not stored.
#[derive(Debug, thiserror::Error)]
pub enum StageFileError {
    /// The contact could not enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The contact may only read.
    #[error(transparent)]
    Denied(Denial),
    /// What was uploaded could not be taken in.
    #[error(transparent)]
    TakeIn(#[from] TakeInError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why what was uploaded could not be taken in.
#[derive(Debug, thiserror::Error)]
pub enum TakeInError {
    /// The content was too large, interrupted, or could not be stored.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// There was no randomness for a key.
    #[error(transparent)]
    Secrets(#[from] PasswordsError),
}

use_case_error!(StageFileError);

impl Portal {
    /// Stores a file that will be sent with a message. Only the contact can attach or fetch it until then; what is not
    /// sent within 24 hours is swept.
    ///
    /// # Errors
    /// See [`StageFileError`]. If it fails, no content remains, or what remains is swept.
    pub async fn stage_file(
        &self,
        actor: &Actor,
        command: StageFile,
        content: &mut dyn FileSource,
    ) -> Result<File, StageFileError> {
        let contact = self.may_upload(actor, command.portal).await?;
        let home = FileHome::Staged(contact);
        let file = self.take_in(&command.name, home, content).await?;
        attempt!(
            self,
            actor,
            "stage_file",
            self.stage_file_once(actor, command.portal, &file)
        )?;
        Ok(file)
    }

    /// Stores what is in a file that is uploaded, and makes the row that is to be stored with it.
    pub(crate) async fn take_in(
        &self,
        name: &str,
        home: FileHome,
        content: &mut dyn FileSource,
    ) -> Result<File, TakeInError> {
        let now = self.clock.now();
        let random = self.secrets.random()?;
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(random).for_each(|(to, from)| *to = from);
        let key = FileKey::from_bytes(bytes);
        // The content comes first and survives a crash: an orphan file is swept, an orphan row never exists.
        let stored = self.files.put(&key, content, self.limits.each).await?;
        Ok(File {
            id: FileId::from_uuid(self.ids.next(now)),
            key,
            name: FileName::cleaned(name),
            size: stored.size,
            home,
            at: now,
        })
    }

    async fn may_upload(&self, actor: &Actor, portal: PortalId) -> Result<ContactId, StageFileError> {
        let mut tx = self.store.begin(Access::Read).await?;
        let (_, viewer) = self.let_in(&mut *tx, actor, portal).await?;
        if viewer.may_write() {
            Ok(viewer.contact())
        } else {
            Err(StageFileError::Denied(Denial::ReadOnly))
        }
    }

    async fn stage_file_once(&self, actor: &Actor, portal: PortalId, file: &File) -> Result<(), StageFileError> {
        let mut tx = self.store.begin(Access::Write).await?;
        self.let_in(&mut *tx, actor, portal).await?;
        tx.tickets().add_staged_file(file).await?;
        tx.commit().await?;
        Ok(())
    }
}
