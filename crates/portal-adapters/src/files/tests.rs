use std::collections::VecDeque;
use std::time::Duration;

use portal_core::ports::{BytesSource, Clock};

use super::*;
use crate::system::SystemClock;

const KEY: FileKey = FileKey::from_bytes([0xAB; 16]);

/// Pieces, then the end or a fault.
struct Pieces {
    coming: VecDeque<Vec<u8>>,
    breaks: bool,
    asked: usize,
}

impl Pieces {
    fn new(pieces: &[&[u8]], breaks: bool) -> Self {
        Self {
            coming: pieces.iter().map(|it| it.to_vec()).collect(),
            breaks,
            asked: 0,
        }
    }
}

#[async_trait]
impl FileSource for Pieces {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, FilesError> {
        self.asked += 1;
        match self.coming.pop_front() {
            None if self.breaks => Err(FilesError::Interrupted("the line went dead".into())),
            piece => Ok(piece),
        }
    }
}

/// Never delivers anything.
struct Silence;

#[async_trait]
impl FileSource for Silence {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, FilesError> {
        std::future::pending().await
    }
}

async fn files() -> (tempfile::TempDir, LocalFiles) {
    let folder = tempfile::tempdir().unwrap();
    let files = LocalFiles::open(folder.path().join("files")).await.unwrap();
    (folder, files)
}

async fn content(files: &LocalFiles, key: &FileKey) -> Vec<Vec<u8>> {
    let mut source = files.open(key).await.unwrap();
    let mut pieces = Vec::new();
    while let Some(piece) = source.chunk().await.unwrap() {
        pieces.push(piece);
    }
    pieces
}

/// Every regular file below a folder.
fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(all_files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[tokio::test]
async fn what_was_put_comes_back() {
    let (folder, files) = files().await;
    let mut source = Pieces::new(&[b"one ", b"", b"two"], false);
    let stored = files.put(&KEY, &mut source, 7).await.unwrap();
    assert_eq!(stored, StoredFile { size: 7 });
    assert_eq!(content(&files, &KEY).await.concat(), b"one two");
    let name = KEY.to_string();
    let place = folder.path().join("files").join("ab").join("ab").join(name);
    assert_eq!(all_files(folder.path()), [place]);
}

#[tokio::test]
async fn large_files_come_in_pieces_and_empty_ones_in_none() {
    let (_folder, files) = files().await;
    let large = vec![7; PIECE * 2 + 1];
    files
        .put(&KEY, &mut BytesSource::new(large.clone()), u64::MAX)
        .await
        .unwrap();
    let pieces = content(&files, &KEY).await;
    assert_eq!(pieces.iter().map(Vec::len).collect::<Vec<_>>(), [PIECE, PIECE, 1]);
    assert_eq!(pieces.concat(), large);
    let empty = FileKey::from_bytes([1; 16]);
    files.put(&empty, &mut BytesSource::new(Vec::new()), 10).await.unwrap();
    assert!(content(&files, &empty).await.is_empty());
}

#[tokio::test]
async fn too_much_stops_at_once_and_leaves_nothing() {
    let (folder, files) = files().await;
    let mut source = Pieces::new(&[b"1234", b"5678", b"never asked for"], false);
    let answer = files.put(&KEY, &mut source, 7).await;
    assert!(matches!(answer, Err(FilesError::TooLarge(7))), "{answer:?}");
    assert_eq!(source.asked, 2);
    assert!(all_files(folder.path()).is_empty());
    assert!(matches!(files.open(&KEY).await.err(), Some(FilesError::Missing)));
}

#[tokio::test]
async fn an_interrupted_upload_leaves_nothing() {
    let (folder, files) = files().await;
    let answer = files.put(&KEY, &mut Pieces::new(&[b"half"], true), 100).await;
    assert!(matches!(answer, Err(FilesError::Interrupted(_))), "{answer:?}");
    assert!(all_files(folder.path()).is_empty());
}

#[tokio::test]
async fn a_dropped_upload_leaves_nothing() {
    let (folder, files) = files().await;
    let mut silence = Silence;
    let put = files.put(&KEY, &mut silence, 100);
    let dropped = tokio::time::timeout(Duration::from_millis(50), put).await;
    assert!(dropped.is_err());
    assert!(all_files(folder.path()).is_empty());
}

#[tokio::test]
async fn a_key_is_used_once() {
    let (folder, files) = files().await;
    files
        .put(&KEY, &mut BytesSource::new(b"first".to_vec()), 100)
        .await
        .unwrap();
    let again = files.put(&KEY, &mut BytesSource::new(b"second".to_vec()), 100).await;
    assert!(matches!(again, Err(FilesError::Unavailable(_))), "{again:?}");
    assert_eq!(content(&files, &KEY).await.concat(), b"first");
    assert_eq!(all_files(folder.path()).len(), 1);
}

#[tokio::test]
async fn removing_removes_and_removing_nothing_is_fine() {
    let (folder, files) = files().await;
    files
        .put(&KEY, &mut BytesSource::new(b"x".to_vec()), 100)
        .await
        .unwrap();
    files.remove(&KEY).await.unwrap();
    files.remove(&KEY).await.unwrap();
    assert!(all_files(folder.path()).is_empty());
}

#[tokio::test]
async fn what_a_crash_left_is_swept_when_it_is_old() {
    let (folder, files) = files().await;
    let left = folder.path().join("files").join("unfinished").join("left");
    std::fs::write(&left, b"half").unwrap();
    let now = SystemClock.now();
    let day = Duration::from_hours(24);
    assert_eq!(files.sweep_unfinished(now.minus(day)).await.unwrap(), 0);
    assert!(left.exists());
    assert_eq!(files.sweep_unfinished(now.plus(day)).await.unwrap(), 1);
    assert!(!left.exists());
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_servers_user_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, files) = files().await;
    files
        .put(&KEY, &mut BytesSource::new(b"x".to_vec()), 100)
        .await
        .unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&files.place(&KEY)), 0o600);
    assert_eq!(mode(&folder.path().join("files")), 0o700);
}
