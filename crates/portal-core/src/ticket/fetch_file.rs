use std::fmt;

use super::file::File;
use crate::actor::Actor;
use crate::id::{FileId, PortalId};
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, FileSource, FilesError, StoreError};

/// A file with its content.
pub struct FetchedFile {
    /// What is known of it.
    pub file: File,
    /// Its content.
    pub content: Box<dyn FileSource>,
}

impl fmt::Debug for FetchedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FetchedFile")
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum FetchFileError {
    /// The contact could not enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// It does not exist, or is not on a public message of a ticket in the contact's scope; nobody can tell which.
    #[error("there is no such file")]
    NotFound,
    /// The content could not be read.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(FetchFileError, NotFound);

impl Portal {
    /// A file of a ticket that the contact sees, or one that the contact has staged.
    ///
    /// # Errors
    /// See [`FetchFileError`].
    pub async fn fetch_file(&self, actor: &Actor, portal: PortalId, id: FileId) -> Result<FetchedFile, FetchFileError> {
        let file = attempt!(self, actor, "fetch_file", self.find_file_once(actor, portal, id))?;
        let content = self.files.open(&file.key).await?;
        Ok(FetchedFile { file, content })
    }

    async fn find_file_once(&self, actor: &Actor, portal: PortalId, id: FileId) -> Result<File, FetchFileError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (_, viewer) = self.let_in(&mut *tx, actor, portal).await?;
        tx.tickets()
            .file(viewer.scope(), id)
            .await?
            .ok_or(FetchFileError::NotFound)
    }
}
