use std::fmt;
use std::str::FromStr;

use crate::id::{AgentId, ContactId, FileId, MessageId, NoteId, TicketNumber};
use crate::text::FileName;
use crate::time::Timestamp;

/// Where a file's content lies in the file store: 128 random bits, as 32 hexadecimal digits. Never shown to anybody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileKey([u8; 16]);

/// A text that is not a file key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a file key")]
pub struct FileKeyError;

impl FileKey {
    /// A key from 16 random bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FileKey(…)")
    }
}

impl FromStr for FileKey {
    type Err = FileKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = u128::from_str_radix(text, 16).map_err(|_| FileKeyError)?;
        let exact = text.len() == 32 && !text.starts_with('+');
        if exact {
            Ok(Self(number.to_be_bytes()))
        } else {
            Err(FileKeyError)
        }
    }
}

/// Where a file belongs, and so who may fetch it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileHome {
    /// Uploaded, not sent yet: only the uploader can attach it; swept after 24 hours.
    Staged(ContactId),
    /// Part of a public message: whoever may read the ticket.
    Message(TicketNumber, MessageId),
    /// Part of a note: staff only.
    Note(TicketNumber, NoteId),
    /// Uploaded at the desk, not sent yet: only that agent can attach it; swept after 24 hours.
    Drafted(AgentId),
    /// Part of an agent's answer that can still be taken back, by the answer's id.
    Held(AgentId, MessageId),
}

/// An attached file; its content is kept by the [`Files`](crate::ports::Files) port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// Where its content lies.
    pub key: FileKey,
    /// Its name for people.
    pub name: FileName,
    /// The size of its content in bytes.
    pub size: u64,
    /// Where it belongs.
    pub home: FileHome,
    /// When it was uploaded.
    pub at: Timestamp,
}

impl File {
    /// The file where it belongs from now on.
    #[must_use]
    pub fn at_home(self, home: FileHome) -> Self {
        Self { home, ..self }
    }
}

/// How many and how large files may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileLimits {
    /// Bytes of one file.
    pub each: u64,
    /// Bytes of all files of one request together.
    pub sum: u64,
    /// Files of one message.
    pub count: usize,
}

impl Default for FileLimits {
    /// 25 MiB a file, 50 MiB and 10 files a message.
    fn default() -> Self {
        Self {
            each: 25 * 1024 * 1024,
            sum: 50 * 1024 * 1024,
            count: 10,
        }
    }
}
