use super::authorise::StaffError;
use crate::input::Problems;
use crate::membership::{ThrottleKey, TooOften, count};
use crate::portal::Portal;
use crate::ports::{Access, PasswordsError, StoreError, VaultError};
use crate::time::Timestamp;

/// Why nobody of the staff was let in. Known and unknown addresses are treated the same.
#[derive(Debug, thiserror::Error)]
pub enum StaffDoorError {
    /// Something that was typed must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The address, the password or the code is wrong, or was used before.
    #[error("this is not right")]
    Wrong,
    /// Too many wrong attempts; this one was not looked at.
    #[error("too many attempts; try again later")]
    TooSoon {
        /// When the next attempt counts.
        retry_at: Timestamp,
    },
    /// So many wrong attempts that an administrator must help.
    #[error("this sign-in is blocked")]
    Blocked,
    /// The link or the session has ended, or was used.
    #[error("there is nothing here")]
    NotFound,
    /// Hashing or randomness failed.
    #[error(transparent)]
    Passwords(#[from] PasswordsError),
    /// The key of the installation could not be used.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Not allowed.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

super::staff_use_case_error!(StaffDoorError, NotFound);

impl From<TooOften> for StaffDoorError {
    fn from(err: TooOften) -> Self {
        match err {
            TooOften::RetryAt(retry_at) => Self::TooSoon { retry_at },
            TooOften::Blocked => Self::Blocked,
        }
    }
}

impl Portal {
    /// Counts an attempt as a failure, before it is looked at.
    pub(super) async fn count_staff_attempt(&self, keys: &[ThrottleKey]) -> Result<(), StaffDoorError> {
        let mut tx = self.store.begin(Access::Write).await?;
        count(&mut *tx, keys, self.clock.now()).await??;
        tx.commit().await?;
        Ok(())
    }
}
