use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::Arc;

use portal_core::ports::{StoreError, StoreErrorKind};

/// Keeps other processes out of a data folder while it lives. The system ends the lock with the process, however that ends.
#[derive(Clone, Debug)]
pub(crate) struct FolderLock {
    _file: Arc<File>,
}

impl FolderLock {
    pub(crate) fn take(folder: &Path) -> Result<Self, StoreError> {
        let unavailable = |error: std::io::Error| StoreError::new(StoreErrorKind::Unavailable, error);
        let path = folder.join("portal.lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(unavailable)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: Arc::new(file) }),
            Err(TryLockError::WouldBlock) => {
                let why = format!("another process has the data folder `{}` open", folder.display());
                Err(StoreError::new(StoreErrorKind::Unavailable, why))
            }
            Err(TryLockError::Error(error)) => Err(unavailable(error)),
        }
    }
}
