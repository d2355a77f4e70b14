use std::fs::File as SystemFile;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use portal_core::id::{ContactId, Uuid};
use portal_core::ports::{
    Clock, FileSource, Files, FilesError, Ids, Observer, Outcome, PasswordsError, Secrets, StoredFile,
};
use portal_core::ticket::FileKey;
use portal_core::time::Timestamp;
use tokio::fs;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The time of the computer.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the Clock port")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// The randomness of a Unix system.
#[derive(Clone, Copy, Debug)]
pub struct OsRandom;

fn random<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    SystemFile::open("/dev/urandom")?.read_exact(&mut bytes).map(|()| bytes)
}

impl Secrets for OsRandom {
    fn random(&self) -> Result<[u8; 32], PasswordsError> {
        random().map_err(|it| PasswordsError::Failed(Box::new(it)))
    }
}

impl Ids for OsRandom {
    fn next(&self, now: Timestamp) -> Uuid {
        // Ids are names, not secrets: without randomness, the time of the call still tells them apart.
        let tail: [u8; 10] = random().unwrap_or_default();
        let low = tail.iter().fold(0_u128, |it, byte| (it << 8) | u128::from(*byte));
        let low = (low & !((0xF << 76) | (0b11 << 62))) | (0x7 << 76) | (0b10 << 62);
        Uuid::from_u128((u128::from((now.micros() / 1000).unsigned_abs()) << 80) | low)
    }
}

/// One file in a folder for each key.
#[derive(Clone, Debug)]
pub struct FolderFiles(pub PathBuf);

struct Reading(fs::File);

fn unavailable(error: io::Error) -> FilesError {
    FilesError::Unavailable(Box::new(error))
}

#[async_trait]
impl FileSource for Reading {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, FilesError> {
        let mut bytes = Vec::with_capacity(64 * 1024);
        let read = self.0.read_buf(&mut bytes).await.map_err(unavailable)?;
        Ok((read > 0).then_some(bytes))
    }
}

impl FolderFiles {
    async fn write(&self, to: &PathBuf, source: &mut dyn FileSource, limit: u64) -> Result<u64, FilesError> {
        let mut file = fs::File::create_new(to).await.map_err(unavailable)?;
        let mut size = 0;
        while let Some(chunk) = source.chunk().await? {
            size += chunk.len() as u64;
            if size > limit {
                return Err(FilesError::TooLarge(limit));
            }
            file.write_all(&chunk).await.map_err(unavailable)?;
        }
        file.sync_all().await.map_err(unavailable)?;
        Ok(size)
    }
}

#[async_trait]
impl Files for FolderFiles {
    async fn put(&self, key: &FileKey, source: &mut dyn FileSource, limit: u64) -> Result<StoredFile, FilesError> {
        let (path, unfinished) = (self.0.join(key.to_string()), self.0.join(format!("{key}.part")));
        match self.write(&unfinished, source, limit).await {
            Ok(size) => {
                fs::rename(&unfinished, &path).await.map_err(unavailable)?;
                fs::File::open(&self.0)
                    .await
                    .map_err(unavailable)?
                    .sync_all()
                    .await
                    .map_err(unavailable)?;
                Ok(StoredFile { size })
            }
            Err(error) => {
                // What went wrong first is what is told; there may be nothing to remove.
                let _ = fs::remove_file(&unfinished).await;
                Err(error)
            }
        }
    }

    async fn open(&self, key: &FileKey) -> Result<Box<dyn FileSource>, FilesError> {
        match fs::File::open(self.0.join(key.to_string())).await {
            Ok(file) => Ok(Box::new(Reading(file))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(FilesError::Missing),
            Err(error) => Err(unavailable(error)),
        }
    }

    async fn remove(&self, key: &FileKey) -> Result<(), FilesError> {
        match fs::remove_file(self.0.join(key.to_string())).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unavailable(error)),
            _ => Ok(()),
        }
    }
}

/// Writes a line for each use-case that failed.
#[derive(Clone, Copy, Debug)]
pub struct StderrObserver;

impl Observer for StderrObserver {
    fn finished(&self, use_case: &'static str, outcome: Outcome) {
        if outcome == Outcome::Failed {
            // If even this cannot be written, there is nobody to tell.
            let _ = writeln!(io::stderr(), "{use_case} failed");
        }
    }

    fn retried(&self, _use_case: &'static str) {}
    fn not_found(&self, _contact: Option<ContactId>) {}
}
