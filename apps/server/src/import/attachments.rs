use std::path::{Component, Path, PathBuf};

use async_trait::async_trait;
use portal_core::import::{Attachments, MAX_IMPORTED_FILE};
use portal_core::ports::{FileSource, FilesError};
use tokio::io::AsyncReadExt;

/// The files of an export: in its folder `files`, or in the folder itself. Nothing outside is ever opened.
#[derive(Debug)]
pub(super) struct ExportFiles {
    root: PathBuf,
}

impl ExportFiles {
    /// The files of this export. The folder must be there.
    pub(super) fn new(folder: &Path) -> std::io::Result<Self> {
        Ok(Self {
            root: folder.canonicalize()?,
        })
    }

    /// Where a path of the export leads, or why it leads nowhere.
    pub(super) fn find(&self, path: &str) -> Result<PathBuf, &'static str> {
        let relative = Path::new(path);
        let plain = relative
            .components()
            .all(|it| matches!(it, Component::Normal(_) | Component::CurDir));
        if path.is_empty() || !plain || path.contains('\\') {
            return Err("leads out of the export");
        }
        let places = [self.root.join("files").join(relative), self.root.join(relative)];
        let Some(found) = places.iter().find_map(|it| it.canonicalize().ok()) else {
            return Err("is not there");
        };
        // A symbolic link may lead anywhere.
        if !found.starts_with(&self.root) {
            return Err("leads out of the export");
        }
        let Ok(about) = found.metadata() else {
            return Err("cannot be read");
        };
        if !about.is_file() {
            return Err("is not a file");
        }
        if about.len() > MAX_IMPORTED_FILE {
            return Err("is larger than 100 MiB");
        }
        Ok(found)
    }
}

#[async_trait]
impl Attachments for ExportFiles {
    async fn open(&self, path: &str) -> Result<Box<dyn FileSource>, FilesError> {
        let found = self.find(path).map_err(|_| FilesError::Missing)?;
        let file = tokio::fs::File::open(found)
            .await
            .map_err(|error| FilesError::Interrupted(error.into()))?;
        Ok(Box::new(DiskSource(file)))
    }
}

struct DiskSource(tokio::fs::File);

#[async_trait]
impl FileSource for DiskSource {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, FilesError> {
        let mut chunk = Vec::with_capacity(64 * 1024);
        let read = self
            .0
            .read_buf(&mut chunk)
            .await
            .map_err(|error| FilesError::Interrupted(error.into()))?;
        Ok((read > 0).then_some(chunk))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_in_both_places_and_nowhere_else() {
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("secret.txt"), "s").unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("files/7")).unwrap();
        std::fs::write(folder.path().join("files/7/a b.log"), "x").unwrap();
        std::fs::write(folder.path().join("plan.pdf"), "y").unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret.txt"), folder.path().join("link.txt")).unwrap();
        let files = ExportFiles::new(folder.path()).unwrap();
        assert!(files.find("7/a b.log").is_ok());
        assert!(files.find("plan.pdf").is_ok());
        assert_eq!(files.find("missing.txt"), Err("is not there"));
        assert_eq!(files.find("7"), Err("is not a file"));
        for path in [
            "link.txt",
            "../secret.txt",
            "7/../../secret.txt",
            "/etc/passwd",
            "",
            "a\\..\\b",
        ] {
            assert_eq!(files.find(path), Err("leads out of the export"), "{path}");
        }
    }
}
