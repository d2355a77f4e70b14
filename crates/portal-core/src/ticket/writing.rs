//! What the writing use-cases share: find under lock, idempotency, authors, hints.

use std::collections::BTreeSet;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::event::{Event, EventKind};
use super::file::{File, FileLimits};
use super::message::{Author, AuthorKind};
use super::record::Ticket;
use crate::access::{Action, Decision, Denial, Viewer, decide};
use crate::id::{ContactId, FileId, TicketNumber, Uuid};
use crate::input::{Checker, ProblemKind, Problems};
use crate::ports::{DeskHint, DeskNews, Hint, IdempotencyKey, Remembered, StoreError, StoreErrorKind, Tx};
use crate::time::Timestamp;

/// How long an idempotency key and a staged file count.
pub(crate) const A_DAY: Duration = Duration::from_hours(24);
/// More readers than this are not listed in a hint.
const MAX_HINT_READERS: usize = 100;

/// Why a write to a ticket cannot go on, before any rule of its own.
pub(crate) enum Stop {
    NotFound,
    Denied(Denial),
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(err: StoreError) -> Self {
        Self::Store(err)
    }
}

/// Locks the ticket, finds it in scope with what was committed until then, and asks the rule.
pub(crate) async fn find_to_change(
    tx: &mut dyn Tx,
    viewer: &Viewer,
    number: TicketNumber,
    action: Action,
    now: Timestamp,
) -> Result<Ticket, Stop> {
    tx.tickets().lock(number).await?;
    let ticket = tx.tickets().find(viewer.scope(), number).await?.ok_or(Stop::NotFound)?;
    match decide(viewer, action, &ticket.state(), now) {
        Decision::Allow => Ok(ticket),
        Decision::Deny(Denial::NotVisible) => Err(Stop::NotFound),
        Decision::Deny(denial) => Err(Stop::Denied(denial)),
    }
}

/// Stores a changed ticket; a version that moved although the row is locked means the whole unit of work starts again.
pub(crate) async fn store_changed(tx: &mut dyn Tx, ticket: &mut Ticket) -> Result<(), StoreError> {
    let expected = ticket.version;
    ticket.version.0 += 1;
    if !tx.tickets().update(ticket, expected).await? {
        return Err(StoreError::bare(StoreErrorKind::Retry));
    }
    announce(tx, ticket).await
}

/// Stores a ticket that a contact changed, with the event that says so. They have read what they did themself.
pub(crate) async fn record(
    tx: &mut dyn Tx,
    contact: ContactId,
    ticket: &mut Ticket,
    at: Timestamp,
    kind: EventKind,
) -> Result<(), StoreError> {
    let event = Event {
        ticket: ticket.number,
        seq: ticket.next_seq(),
        at,
        by: author(tx, contact).await?,
        kind,
    };
    store_changed(tx, ticket).await?;
    tx.tickets().add_event(&event).await?;
    tx.tickets()
        .raise_read_mark(contact, ticket.number, ticket.public_seq)
        .await
}

/// Tells listeners that the ticket changed: the desk, and the customers who read it.
pub(crate) async fn announce(tx: &mut dyn Tx, ticket: &Ticket) -> Result<(), StoreError> {
    let news = DeskHint {
        number: ticket.number,
        inbox: ticket.inbox,
        news: DeskNews::Changed(ticket.version),
    };
    tx.journal().desk_hint(&news).await?;
    let Some(portal) = ticket.portal else { return Ok(()) };
    let readers = ticket.facts().readers();
    let readers = if readers.len() > MAX_HINT_READERS {
        Vec::new()
    } else {
        readers.into_iter().collect()
    };
    tx.journal()
        .hint(&Hint {
            portal,
            number: ticket.number,
            version: ticket.version,
            readers,
        })
        .await
}

/// The contact as an author, with the name of this moment.
pub(crate) async fn author(tx: &mut dyn Tx, contact: ContactId) -> Result<Author, StoreError> {
    let profile = tx.directory().profile(contact).await?;
    let name = profile.map_or_else(String::new, |it| it.name.as_str().to_owned());
    Ok(Author {
        kind: AuthorKind::Contact(contact),
        name,
    })
}

/// SHA-256 over the parts, each with its length, so that no two commands have the same bytes.
pub(crate) fn fingerprint(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}

/// One write under an idempotency key.
pub(crate) struct Once<'a> {
    pub(crate) who: Uuid,
    pub(crate) use_case: &'static str,
    pub(crate) key: Option<&'a IdempotencyKey>,
    pub(crate) command: [u8; 32],
    pub(crate) now: Timestamp,
}

/// What is known of a key before the write.
pub(crate) enum Before {
    /// Nothing: go on.
    New,
    /// It was done; this came of it.
    Done(String),
    /// The key was used for something else.
    KeyReused,
}

impl Once<'_> {
    pub(crate) async fn recall(&self, tx: &mut dyn Tx) -> Result<Before, StoreError> {
        let Some(key) = self.key else { return Ok(Before::New) };
        let found = tx
            .journal()
            .recall(self.who, self.use_case, key, self.now.minus(A_DAY))
            .await?;
        Ok(match found {
            None => Before::New,
            Some(it) if it.command == self.command => Before::Done(it.result),
            Some(_) => Before::KeyReused,
        })
    }

    /// Remembers the success. If a twin was faster, this unit of work starts again and finds what the twin did.
    pub(crate) async fn remember(&self, tx: &mut dyn Tx, result: String) -> Result<(), StoreError> {
        let Some(key) = self.key else { return Ok(()) };
        let what = Remembered {
            command: self.command,
            result,
            at: self.now,
        };
        let first = tx
            .journal()
            .remember(self.who, self.use_case, key, &what, self.now.minus(A_DAY))
            .await?;
        if first {
            Ok(())
        } else {
            Err(StoreError::bare(StoreErrorKind::Retry))
        }
    }
}

/// Checks how many files are named, before anything is read.
pub(crate) fn check_files(checker: &mut Checker, ids: &[FileId], limits: FileLimits) {
    if ids.len() > limits.count {
        checker.note("files", ProblemKind::TooManyFiles { max: limits.count });
    }
}

/// The staged files of a message, all of them and all the viewer's own, within the sum that is allowed.
pub(crate) async fn take_files(
    tx: &mut dyn Tx,
    viewer: &Viewer,
    ids: &[FileId],
    limits: FileLimits,
    now: Timestamp,
) -> Result<Result<Vec<File>, Problems>, StoreError> {
    let ids = each_once(ids);
    if ids.is_empty() {
        return Ok(Ok(Vec::new()));
    }
    let files = tx
        .tickets()
        .staged_files(viewer.scope(), &ids, now.minus(A_DAY))
        .await?;
    Ok(all_there(files, &ids, limits))
}

/// A file that is named twice is still one file.
pub(crate) fn each_once(ids: &[FileId]) -> Vec<FileId> {
    let mut seen = BTreeSet::new();
    ids.iter().copied().filter(|it| seen.insert(*it)).collect()
}

/// The files, if they are all those that were asked for, and within the sum that is allowed.
pub(crate) fn all_there(files: Vec<File>, asked: &[FileId], limits: FileLimits) -> Result<Vec<File>, Problems> {
    if files.len() != asked.len() {
        return Err(Problems::one("files", ProblemKind::FileGone));
    }
    if files.iter().map(|it| it.size).sum::<u64>() > limits.sum {
        return Err(Problems::one("files", ProblemKind::FilesTooLarge { max: limits.sum }));
    }
    Ok(files)
}

/// Turns a [`Stop`] into the error of a use-case that has `NotFound`, `Denied` and `Store`.
macro_rules! from_stop {
    ($name:ident) => {
        impl From<crate::ticket::writing::Stop> for $name {
            fn from(stop: crate::ticket::writing::Stop) -> Self {
                match stop {
                    crate::ticket::writing::Stop::NotFound => Self::NotFound,
                    crate::ticket::writing::Stop::Denied(denial) => Self::Denied(denial),
                    crate::ticket::writing::Stop::Store(err) => Self::Store(err),
                }
            }
        }
    };
}
pub(crate) use from_stop;
