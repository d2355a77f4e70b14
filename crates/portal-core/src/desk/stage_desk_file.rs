use super::writing::DeskError;
use crate::actor::Actor;
use crate::id::FileId;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, FileSource, StoreError};
use crate::staff::{StaffActor, StaffError, staff_use_case_error};
use crate::ticket::writing::{A_DAY, each_once};
use crate::ticket::{File, FileHome, TakeInError};

/// Why a file was not stored.
#[derive(Debug, thiserror::Error)]
pub enum StageDeskFileError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// Nobody of the staff asks.
    #[error("there is no desk")]
    NotFound,
    /// What was uploaded could not be taken in.
    #[error(transparent)]
    TakeIn(#[from] TakeInError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(StageDeskFileError, NotFound);

impl Portal {
    /// Stores a file that somebody of the staff will send with an answer, a note or a new ticket. Only they can attach it;
    /// what is not sent within 24 hours is swept.
    ///
    /// # Errors
    /// See [`StageDeskFileError`]. If it fails, no content remains, or what remains is swept.
    pub async fn stage_desk_file(
        &self,
        actor: &StaffActor,
        name: &str,
        content: &mut dyn FileSource,
    ) -> Result<File, StageDeskFileError> {
        let agent = {
            let mut tx = self.store.begin(Access::Read).await?;
            let (staff, _) = self.at_desk(&mut *tx, actor).await?;
            staff.writes().map_err(StaffError::from)?;
            staff.id()
        };
        let file = self.take_in(name, FileHome::Drafted(agent), content).await?;
        attempt!(self, &Actor::Anonymous, "stage_desk_file", async {
            let mut tx = self.store.begin(Access::Write).await?;
            self.at_desk(&mut *tx, actor).await?;
            tx.tickets().add_staged_file(&file).await?;
            tx.commit().await?;
            Ok::<_, StageDeskFileError>(())
        })?;
        Ok(file)
    }

    /// Of these files, those that somebody of the staff uploaded within the last 24 hours and did not send, in this order.
    ///
    /// # Errors
    /// See [`DeskError`].
    pub async fn drafted_files(&self, actor: &StaffActor, ids: &[FileId]) -> Result<Vec<File>, DeskError> {
        let ids = each_once(ids);
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let since = self.clock.now().minus(A_DAY);
        attempt!(self, &Actor::Anonymous, "drafted_files", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let (staff, _) = self.at_desk(&mut *tx, actor).await?;
            Ok::<_, DeskError>(tx.desk().drafted_files(staff.id(), &ids, since).await?)
        })
    }
}
