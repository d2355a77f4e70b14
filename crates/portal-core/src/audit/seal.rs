use sha2::{Digest, Sha256};

use super::entry::{AuditActor, AuditEntry};
use crate::time::Timestamp;

/// The seal of a batch of entries. Each holds what the one before holds, so that nothing sealed can be changed, left out,
/// added or put into another order without breaking all that came after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// 1 for the first one, then one more each time.
    pub number: i64,
    /// When it was made.
    pub at: Timestamp,
    /// How many entries it is over.
    pub entries: u32,
    /// Made of the link before, all of the above and the entries, under the installation's key: whoever can write into the
    /// database and has no key cannot make one.
    pub link: [u8; 32],
}

/// An entry under a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedEntry {
    /// The entry as it stands there now.
    pub entry: AuditEntry,
    /// The hash of its object and details when it was sealed.
    pub content: [u8; 32],
}

/// A hash of what an entry says of people: its object and details. When somebody is erased, these go and the hash stays, so
/// that the seal still says that nothing else was touched.
fn content(entry: &AuditEntry) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    };
    add(&entry.object);
    for (name, value) in &entry.detail {
        add(name);
        add(value);
    }
    hash.finalize().into()
}

impl SealedEntry {
    /// An entry as it is about to be sealed.
    #[must_use]
    pub fn of(entry: AuditEntry) -> Self {
        let content = content(&entry);
        Self { entry, content }
    }

    /// Whether object and details were taken out after it was sealed.
    #[must_use]
    pub fn is_forgotten(&self) -> bool {
        self.entry.object.is_empty() && self.entry.detail.is_empty() && !self.is_whole()
    }

    /// Whether it says what it said when it was sealed.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        content(&self.entry) == self.content
    }

    /// When, who, what and where never change; what it says stands there as its hash.
    fn bytes(&self) -> Vec<u8> {
        let entry = &self.entry;
        let (kind, actor) = match entry.actor {
            AuditActor::Staff(id) => (1_u8, Some(id.uuid())),
            AuditActor::Contact(id) => (2, Some(id.uuid())),
            AuditActor::System => (3, None),
            AuditActor::CommandLine => (4, None),
        };
        let event = entry.event.name();
        let mut bytes = Vec::with_capacity(160);
        bytes.extend(entry.id.uuid().as_bytes());
        bytes.extend(entry.at.micros().to_be_bytes());
        bytes.push(kind);
        bytes.extend(actor.unwrap_or_default().as_bytes());
        bytes.extend((event.len() as u64).to_be_bytes());
        bytes.extend(event.as_bytes());
        bytes.extend(entry.portal.map(|it| *it.uuid().as_bytes()).unwrap_or_default());
        bytes.extend(self.content);
        bytes
    }
}

/// What is signed to make the link of a seal.
pub(super) fn message(before: Option<&Seal>, number: i64, at: Timestamp, entries: &[SealedEntry]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(before.map(|it| it.link).unwrap_or_default());
    hash.update(number.to_be_bytes());
    hash.update(at.micros().to_be_bytes());
    hash.update((entries.len() as u64).to_be_bytes());
    for entry in entries {
        let bytes = entry.bytes();
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    }
    hash.finalize().to_vec()
}
