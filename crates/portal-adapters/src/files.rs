//! The content of files in a folder of this machine.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use portal_core::ports::{FileSource, Files, FilesError, StoredFile};
use portal_core::ticket::FileKey;
use portal_core::time::Timestamp;
use tokio::fs::{self, File};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// What is read at a time.
const PIECE: usize = 64 * 1024;

/// Keeps each file under its key, in folders of two levels so that none grows large: `ab/cd/abcd…`.
///
/// A file is written beside its place, made durable, and only then given its name: under a name there is always the whole
/// content.
///
/// Clones share the folder.
#[derive(Clone, Debug)]
pub struct LocalFiles {
    root: PathBuf,
    /// Makes names of unfinished files unique within the process.
    count: Arc<AtomicU64>,
}

impl LocalFiles {
    /// The files in this folder, which is made if it is not there.
    ///
    /// # Errors
    /// If the folder cannot be made.
    pub async fn open(root: impl Into<PathBuf>) -> io::Result<Self> {
        let root = root.into();
        make_folder(&root.join("unfinished")).await?;
        Ok(Self {
            root,
            count: Arc::default(),
        })
    }

    /// Removes what crashed processes left unfinished before an instant, and says how many it was.
    ///
    /// # Errors
    /// If the folder cannot be read or something in it not be removed.
    pub async fn sweep_unfinished(&self, before: Timestamp) -> io::Result<u64> {
        let mut removed = 0;
        let mut entries = fs::read_dir(self.root.join("unfinished")).await?;
        while let Some(entry) = entries.next_entry().await? {
            let changed = entry.metadata().await?.modified()?;
            let since = changed.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
            if Timestamp::from_micros(0).plus(since) < before {
                remove_if_there(&entry.path()).await?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    fn place(&self, key: &FileKey) -> PathBuf {
        let name = key.to_string();
        let part = |range| name.get(range).unwrap_or_default();
        self.root.join(part(0..2)).join(part(2..4)).join(&name)
    }

    fn unfinished(&self, key: &FileKey) -> PathBuf {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        self.root
            .join("unfinished")
            .join(format!("{key}.{}.{count}", std::process::id()))
    }
}

#[async_trait]
impl Files for LocalFiles {
    async fn put(&self, key: &FileKey, source: &mut dyn FileSource, limit: u64) -> Result<StoredFile, FilesError> {
        let place = self.place(key);
        let folder = place.parent().unwrap_or(&self.root).to_owned();
        let unfinished = Unfinished::new(self.unfinished(key));
        let size = write(unfinished.path(), source, limit).await?;
        make_folder(&folder).await.map_err(unavailable)?;
        if fs::try_exists(&place).await.map_err(unavailable)? {
            let taken = io::Error::new(io::ErrorKind::AlreadyExists, "the key is taken");
            return Err(unavailable(taken));
        }
        fs::rename(unfinished.path(), &place).await.map_err(unavailable)?;
        let placed = unfinished.moved_to(place);
        sync_folder(&folder).await.map_err(unavailable)?;
        placed.keep();
        Ok(StoredFile { size })
    }

    async fn open(&self, key: &FileKey) -> Result<Box<dyn FileSource>, FilesError> {
        match File::open(self.place(key)).await {
            Ok(file) => Ok(Box::new(Reading { file })),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Err(FilesError::Missing),
            Err(cause) => Err(unavailable(cause)),
        }
    }

    async fn remove(&self, key: &FileKey) -> Result<(), FilesError> {
        remove_if_there(&self.place(key)).await.map_err(unavailable)
    }
}

async fn write(path: &Path, source: &mut dyn FileSource, limit: u64) -> Result<u64, FilesError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(path).await.map_err(unavailable)?;
    let mut size = 0_u64;
    while let Some(piece) = source.chunk().await? {
        size = size.saturating_add(piece.len() as u64);
        if size > limit {
            return Err(FilesError::TooLarge(limit));
        }
        file.write_all(&piece).await.map_err(unavailable)?;
    }
    file.flush().await.map_err(unavailable)?;
    file.sync_all().await.map_err(unavailable)?;
    Ok(size)
}

/// A file that goes away with this value, also when the request that wrote it is dropped half way.
#[derive(Debug)]
struct Unfinished(Option<PathBuf>);

impl Unfinished {
    const fn new(path: PathBuf) -> Self {
        Self(Some(path))
    }

    fn path(&self) -> &Path {
        self.0.as_deref().unwrap_or(Path::new(""))
    }

    fn moved_to(mut self, path: PathBuf) -> Self {
        self.0 = Some(path);
        self
    }

    fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(path) = self.0.take()
            && let Err(cause) = std::fs::remove_file(&path)
            && cause.kind() != io::ErrorKind::NotFound
        {
            // The sweep takes it later.
            tracing::warn!(error = %cause, "an unfinished file could not be removed");
        }
    }
}

/// Makes a folder and what is missing above it, and makes their names durable. Only this system's user may look inside.
async fn make_folder(folder: &Path) -> io::Result<()> {
    if fs::try_exists(folder).await? {
        return Ok(());
    }
    let mut missing = vec![folder];
    for above in folder.ancestors().skip(1) {
        if above.as_os_str().is_empty() || fs::try_exists(above).await? {
            break;
        }
        missing.push(above);
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    builder.mode(0o700);
    builder.create(folder).await?;
    for made in missing.iter().rev() {
        if let Some(above) = made.parent().filter(|it| !it.as_os_str().is_empty()) {
            sync_folder(above).await?;
        }
    }
    Ok(())
}

/// Makes the names in a folder durable. Only Unix can and needs to.
async fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder).await?.sync_all().await
    } else {
        Ok(())
    }
}

async fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path).await {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}

fn unavailable(cause: io::Error) -> FilesError {
    FilesError::Unavailable(Box::new(cause))
}

#[derive(Debug)]
struct Reading {
    file: File,
}

#[async_trait]
impl FileSource for Reading {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, FilesError> {
        let mut piece = Vec::with_capacity(PIECE);
        let read = (&mut self.file).take(PIECE as u64).read_to_end(&mut piece).await;
        Ok((read.map_err(unavailable)? > 0).then_some(piece))
    }
}

#[cfg(test)]
mod tests;
