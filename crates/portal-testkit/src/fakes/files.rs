use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use portal_core::ports::{BytesSource, FileSource, Files, FilesError, StoredFile};
use portal_core::ticket::FileKey;

/// Keeps the content of files in memory. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles {
    content: Arc<Mutex<BTreeMap<FileKey, Vec<u8>>>>,
}

impl MemoryFiles {
    /// The keys of everything that is stored.
    #[must_use]
    pub fn keys(&self) -> Vec<FileKey> {
        self.lock().keys().copied().collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<FileKey, Vec<u8>>> {
        self.content.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Files for MemoryFiles {
    async fn put(&self, key: &FileKey, source: &mut dyn FileSource, limit: u64) -> Result<StoredFile, FilesError> {
        let mut bytes = Vec::new();
        while let Some(chunk) = source.chunk().await? {
            bytes.extend(chunk);
            if bytes.len() as u64 > limit {
                return Err(FilesError::TooLarge(limit));
            }
        }
        let size = bytes.len() as u64;
        self.lock().insert(*key, bytes);
        Ok(StoredFile { size })
    }

    async fn open(&self, key: &FileKey) -> Result<Box<dyn FileSource>, FilesError> {
        let bytes = self.lock().get(key).cloned().ok_or(FilesError::Missing)?;
        Ok(Box::new(BytesSource::new(bytes)))
    }

    async fn remove(&self, key: &FileKey) -> Result<(), FilesError> {
        self.lock().remove(key);
        Ok(())
    }
}
