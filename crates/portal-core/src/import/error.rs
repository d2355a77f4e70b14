use super::draft::MessageKind;
use crate::ports::{FilesError, PasswordsError, ReceiptKind, StoreError};

/// Why an import cannot go on. What was committed stays, and the next run goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The inbox that tickets were to go to is not there.
    #[error("the inbox is not there")]
    NoSuchInbox,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file store failed.
    #[error("the file store failed")]
    Files(#[source] FilesError),
    /// There was no randomness for the key of a file.
    #[error("no randomness for the key of a file")]
    Randomness(#[from] PasswordsError),
}

/// Something that was left out or changed while writing, which reading alone could not see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What kind of thing it is about.
    pub kind: ReceiptKind,
    /// Set if it is about a message or note of a ticket.
    pub part: Option<MessageKind>,
    /// The line of the draft.
    pub row: u64,
    /// What, as a sentence without full stop.
    pub what: String,
}

/// How much was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Things that were not there.
    pub added: u64,
    /// Things that were there and had changed.
    pub changed: u64,
    /// Things that were there as they are.
    pub unchanged: u64,
    /// Public messages that were added.
    pub messages: u64,
    /// Notes that were added.
    pub notes: u64,
    /// Files that were added.
    pub files: u64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.added += other.added;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.messages += other.messages;
        self.notes += other.notes;
        self.files += other.files;
    }
}
