use crate::input::Problems;
use crate::portal::{EntryError, use_case_error};
use crate::ports::{PasswordsError, StoreError, VaultError};
use crate::time::Timestamp;

/// Why somebody did not get a step further on the way in. Known and unknown addresses are told the same.
#[derive(Debug, thiserror::Error)]
pub enum WayInError {
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The link does not work: it was used, replaced, is too old, or never was one.
    #[error("this link does not work any more")]
    Gone,
    /// The code is wrong, or there is nothing it could be for.
    #[error("this code is wrong or does not work any more")]
    Wrong,
    /// The portal does not offer this.
    #[error("this is not offered here")]
    NotOffered,
    /// Too many attempts; this one was not looked at.
    #[error("too many attempts; try again later")]
    TooSoon {
        /// When the next attempt counts.
        retry_at: Timestamp,
    },
    /// Too many at the same moment, or hashing failed.
    #[error(transparent)]
    Passwords(#[from] PasswordsError),
    /// The installation's key cannot be used.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The portal is gone.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(WayInError);
