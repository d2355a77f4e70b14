use crate::actor::Actor;
use crate::id::FileId;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, FilesError, StoreError};
use crate::staff::{StaffActor, StaffError, staff_use_case_error};
use crate::ticket::{FetchedFile, File};

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum FetchDeskFileError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// It does not exist, or is on no ticket of their inboxes; nobody can tell which.
    #[error("there is no such file")]
    NotFound,
    /// The content could not be read.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(FetchDeskFileError, NotFound);

impl Portal {
    /// A file of a message or a note of a ticket that somebody of the staff works with.
    ///
    /// # Errors
    /// See [`FetchDeskFileError`].
    pub async fn fetch_desk_file(&self, actor: &StaffActor, id: FileId) -> Result<FetchedFile, FetchDeskFileError> {
        let file = attempt!(
            self,
            &Actor::Anonymous,
            "fetch_desk_file",
            self.find_desk_file_once(actor, id)
        )?;
        let content = self.files.open(&file.key).await?;
        Ok(FetchedFile { file, content })
    }

    async fn find_desk_file_once(&self, actor: &StaffActor, id: FileId) -> Result<File, FetchDeskFileError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (_, scope) = self.at_desk(&mut *tx, actor).await?;
        let found = tx.desk().desk_file(&scope, id).await?;
        found.ok_or(FetchDeskFileError::NotFound)
    }
}
