//! The gateways keep the promises of their ports.

use portal_core::ports::{BytesSource, Clock, FileSource, Files, FilesError, Ids, Secrets};
use portal_core::ticket::FileKey;
use portal_example_custom_adapter::{FolderFiles, OsRandom, SystemClock};
use tempfile::TempDir;

const KEY: FileKey = FileKey::from_bytes([7; 16]);

/// Fails in the middle, as a browser that is closed.
struct Broken(u8);

#[async_trait::async_trait]
impl FileSource for Broken {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, FilesError> {
        self.0 += 1;
        if self.0 == 1 {
            Ok(Some(vec![1; 10]))
        } else {
            Err(FilesError::Interrupted("closed".into()))
        }
    }
}

#[tokio::test]
async fn files_come_back_whole_and_failed_ones_leave_nothing() {
    let folder = TempDir::new().unwrap();
    let files = FolderFiles(folder.path().to_owned());
    let content = vec![5; 200_000];
    let stored = files
        .put(&KEY, &mut BytesSource::new(content.clone()), 200_000)
        .await
        .unwrap();
    assert_eq!(stored.size, 200_000);
    let (mut source, mut read) = (files.open(&KEY).await.unwrap(), Vec::new());
    while let Some(chunk) = source.chunk().await.unwrap() {
        read.extend(chunk);
    }
    assert!(read == content);
    files.remove(&KEY).await.unwrap();
    files.remove(&KEY).await.unwrap();
    assert!(matches!(files.open(&KEY).await, Err(FilesError::Missing)));
    let too_large = files.put(&KEY, &mut BytesSource::new(content), 199_999).await;
    assert!(matches!(too_large, Err(FilesError::TooLarge(199_999))));
    assert!(matches!(
        files.put(&KEY, &mut Broken(0), 100).await,
        Err(FilesError::Interrupted(_))
    ));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn ids_are_of_version_7_and_all_different_and_so_are_secrets() {
    let now = SystemClock.now();
    assert!(now.seconds() > 1_700_000_000);
    let (first, second) = (OsRandom.next(now), OsRandom.next(now));
    assert_ne!(first, second);
    assert_eq!(first.as_bytes()[6] >> 4, 7);
    assert_eq!(first.as_bytes()[8] >> 6, 0b10);
    let later = portal_core::time::Timestamp::from_micros(now.micros() + 5_000_000);
    assert!(OsRandom.next(later) > first);
    assert_ne!(Secrets::random(&OsRandom).unwrap(), Secrets::random(&OsRandom).unwrap());
}
