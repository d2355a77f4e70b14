use std::error::Error;
use std::fmt;

/// What went wrong in a store, as far as callers can act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreErrorKind {
    /// A key or unique value is taken, and the caller did not ask whether.
    Conflict,
    /// Somebody else was at it at the same moment; the whole unit of work may be tried again.
    Retry,
    /// What is stored does not make sense.
    Corrupt,
    /// The store cannot be reached or does not answer.
    Unavailable,
}

/// The one error of all transactional ports. Its `Display` names no detail; the source is for logs.
#[derive(Debug)]
pub struct StoreError {
    kind: StoreErrorKind,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl StoreError {
    /// An error of a kind, with its cause.
    pub fn new(kind: StoreErrorKind, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            kind,
            source: Some(source.into()),
        }
    }

    /// An error of a kind, without cause.
    #[must_use]
    pub const fn bare(kind: StoreErrorKind) -> Self {
        Self { kind, source: None }
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> StoreErrorKind {
        self.kind
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            StoreErrorKind::Conflict => "the store refused a duplicate",
            StoreErrorKind::Retry => "the store was busy with a concurrent change",
            StoreErrorKind::Corrupt => "the store holds something that makes no sense",
            StoreErrorKind::Unavailable => "the store is not available",
        })
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|it| it as &(dyn Error + 'static))
    }
}
