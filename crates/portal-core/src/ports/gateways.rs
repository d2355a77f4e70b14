use std::error::Error;
use std::time::Duration;

use async_trait::async_trait;
use uuid::Uuid;

use crate::membership::Password;
use crate::ticket::{Body, BodyFormat, FileKey};
use crate::time::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// Makes identifiers. They are names, not secrets.
pub trait Ids: Send + Sync + 'static {
    /// A UUID that was never used; version 7 (RFC 9562) is a good choice, since it keeps indexes compact.
    fn next(&self, now: Timestamp) -> Uuid;
}

/// Makes secrets.
pub trait Secrets: Send + Sync + 'static {
    /// 32 bytes from a cryptographically secure source.
    ///
    /// # Errors
    /// If the source fails. Nothing is ever made up instead.
    fn random(&self) -> Result<[u8; 32], PasswordsError>;
}

/// Hashing a password, or finding randomness, did not work now.
#[derive(Debug, thiserror::Error)]
pub enum PasswordsError {
    /// Too many are waiting; try again in a moment.
    #[error("too many sign-ins at the same time")]
    Busy,
    /// It failed.
    #[error("the password could not be processed")]
    Failed(#[source] Box<dyn Error + Send + Sync>),
}

/// Hashes and checks passwords: slowly, with bounded memory, off the threads that serve requests.
#[async_trait]
pub trait Passwords: Send + Sync + 'static {
    /// The PHC string of a password with a fresh salt.
    async fn hash(&self, password: &Password) -> Result<String, PasswordsError>;

    /// Whether the password has this hash. With `None` it MUST do the same work and answer `false`, so that the time
    /// taken does not tell whether an account exists.
    async fn verify(&self, password: &Password, hash: Option<&str>) -> Result<bool, PasswordsError>;

    /// Whether a hash was made with weaker settings than today's and should be made anew.
    fn is_outdated(&self, hash: &str) -> bool;
}

/// Turns what people wrote into what pages may show. Never fails: at worst it shows the plain text.
#[async_trait]
pub trait Bodies: Send + Sync + 'static {
    /// Sanitises and renders. The result's HTML MUST be safe to stand in a page: no script, style, form, frame, event
    /// handler, `id`, `class`, or address other than `https`, `http` and `mailto`.
    async fn render(&self, source: &str, format: BodyFormat) -> Body;
}

/// A stream of bytes.
#[async_trait]
pub trait FileSource: Send {
    /// The next piece; `None` at the end.
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, FilesError>;
}

/// Bytes in memory as a stream of one piece; for small files, imports and tests.
#[derive(Debug)]
pub struct BytesSource(Option<Vec<u8>>);

impl BytesSource {
    /// A stream of these bytes.
    #[must_use]
    pub const fn new(bytes: Vec<u8>) -> Self {
        Self(Some(bytes))
    }
}

#[async_trait]
impl FileSource for BytesSource {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, FilesError> {
        Ok(self.0.take())
    }
}

/// Why a file could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// More bytes than allowed; the limit in bytes.
    #[error("the file is larger than {0} bytes")]
    TooLarge(u64),
    /// The sender stopped before the end.
    #[error("the upload was interrupted")]
    Interrupted(#[source] Box<dyn Error + Send + Sync>),
    /// There is no such content.
    #[error("the file's content is missing")]
    Missing,
    /// The disk or service failed.
    #[error("the file store is not available")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
}

/// A file that is safely stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// How many bytes it has.
    pub size: u64,
}

/// Keeps the content of files, by keys that nobody can guess. Who may have a file is not its business.
#[async_trait]
pub trait Files: Send + Sync + 'static {
    /// Stores a stream under a new key. Once it returned `Ok`, the content MUST survive a crash; if it fails, nothing
    /// MUST remain. Stops as soon as more than `limit` bytes came.
    async fn put(&self, key: &FileKey, source: &mut dyn FileSource, limit: u64) -> Result<StoredFile, FilesError>;

    /// The content.
    async fn open(&self, key: &FileKey) -> Result<Box<dyn FileSource>, FilesError>;

    /// Removes content. Removing what is not there is fine.
    async fn remove(&self, key: &FileKey) -> Result<(), FilesError>;
}

/// Waits between two attempts of a unit of work.
#[async_trait]
pub trait Pacer: Send + Sync + 'static {
    /// Waits about this long, with some jitter.
    async fn pause(&self, about: Duration);
}

/// How a use-case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did what was asked.
    Done,
    /// It said no, as its rules demand.
    Refused,
    /// Something was broken.
    Failed,
}

/// Watches use-cases, for traces and metrics. It is told names and outcomes, never contents.
pub trait Observer: Send + Sync + 'static {
    /// A use-case ended.
    fn finished(&self, use_case: &'static str, outcome: Outcome);

    /// A unit of work is tried again.
    fn retried(&self, use_case: &'static str);

    /// Somebody asked for a thing that is not there for them: absent and forbidden are the same, here too.
    fn not_found(&self, contact: Option<crate::id::ContactId>);
}

/// Watches nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoObserver;

impl Observer for NoObserver {
    fn finished(&self, _use_case: &'static str, _outcome: Outcome) {}

    fn retried(&self, _use_case: &'static str) {}

    fn not_found(&self, _contact: Option<crate::id::ContactId>) {}
}
