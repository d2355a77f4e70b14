use std::fs::{File, OpenOptions};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use portal_core::ports::{Access, DeskFeed, HintFeed, Store, StoreError, StoreErrorKind, Tx};
use portal_testkit::MemoryStore;
use portal_testkit::changes::{Change, Noting};
use portal_testkit::layer::Layered;

/// Everything in memory, and every commit in a file: what was committed is there again after a restart or a crash.
#[derive(Debug)]
pub struct JournalStore {
    memory: MemoryStore,
    journal: Arc<Mutex<Journal>>,
}

/// Frames of length, checksum and changes, one for each commit.
#[derive(Debug)]
struct Journal {
    file: File,
    /// Where the next frame begins. What lies behind it was never committed.
    end: u64,
}

fn unavailable(error: io::Error) -> StoreError {
    StoreError::new(StoreErrorKind::Unavailable, error)
}

/// Notices a torn frame, not a forged one: whoever can write the file needs no forgery.
fn checksum(changes: &[u8]) -> [u8; 8] {
    BuildHasherDefault::<DefaultHasher>::new()
        .hash_one(changes)
        .to_be_bytes()
}

/// The changes of the first frame, and how long it is; `None` if there is no whole one.
fn first_frame(bytes: &[u8]) -> Option<(&[u8], u64)> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (sum, rest) = rest.split_first_chunk::<8>()?;
    let length = u64::from_be_bytes(*length);
    let (changes, _) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    (checksum(changes) == *sum).then_some((changes, 16 + length))
}

impl Journal {
    /// Appends a commit. It counts once it is on the disk; a failed one is written over by the next.
    fn append(&mut self, changes: &[Change]) -> io::Result<()> {
        let mut bytes = Vec::new();
        for change in changes {
            change.encode(&mut bytes);
        }
        let mut frame = (bytes.len() as u64).to_be_bytes().to_vec();
        frame.extend(checksum(&bytes));
        frame.extend(bytes);
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.set_len(self.end)?;
        self.file.write_all(&frame)?;
        self.file.sync_data()?;
        self.end += frame.len() as u64;
        Ok(())
    }
}

impl JournalStore {
    /// Opens a journal, or begins one, and does again what is in it.
    ///
    /// # Errors
    /// If the file cannot be read, or a whole frame does not make sense.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(unavailable)?;
        file.lock().map_err(unavailable)?;
        if let Some(folder) = path.parent() {
            File::open(folder).and_then(|it| it.sync_all()).map_err(unavailable)?;
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(unavailable)?;
        let memory = MemoryStore::new();
        let (mut rest, mut end) = (bytes.as_slice(), 0);
        while let Some((mut changes, length)) = first_frame(rest) {
            let mut tx = memory.begin(Access::Write).await?;
            while !changes.is_empty() {
                let change = Change::decode(&mut changes).ok_or(StoreError::bare(StoreErrorKind::Corrupt))?;
                change.apply(&mut *tx).await?;
            }
            tx.commit().await?;
            end += length;
            rest = rest.get(length as usize..).unwrap_or_default();
        }
        Ok(Self {
            memory,
            journal: Arc::new(Mutex::new(Journal { file, end })),
        })
    }
}

#[async_trait]
impl Store for JournalStore {
    async fn begin(&self, access: Access) -> Result<Box<dyn Tx>, StoreError> {
        let inner = self.memory.begin(access).await?;
        let journal = self.journal.clone();
        // Written before the commit in memory, which cannot fail, and while nobody else can write: the journal has the
        // commits in their order. It blocks the thread; a busier server would hand it to a thread of its own.
        let append = move |changes: &[Change]| {
            journal
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .append(changes)
                .map_err(unavailable)
        };
        Ok(Box::new(Layered(Noting::new(inner, Box::new(append)))))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.memory.ping().await
    }

    fn hints(&self) -> Box<dyn HintFeed> {
        self.memory.hints()
    }

    fn desk_hints(&self) -> Box<dyn DeskFeed> {
        self.memory.desk_hints()
    }
}
