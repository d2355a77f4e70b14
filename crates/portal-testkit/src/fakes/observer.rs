use std::sync::{Arc, Mutex, PoisonError};

use portal_core::id::ContactId;
use portal_core::ports::{Observer, Outcome};

/// Something an observer was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A use-case ended.
    Finished(&'static str, Outcome),
    /// A unit of work was tried again.
    Retried(&'static str),
    /// Somebody asked for what is not there for them.
    NotFound(Option<ContactId>),
}

/// Remembers what it was told. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct RecordingObserver(Arc<Mutex<Vec<Seen>>>);

impl RecordingObserver {
    /// Takes what it was told since the last time.
    pub fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, seen: Seen) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(seen);
    }
}

impl Observer for RecordingObserver {
    fn finished(&self, use_case: &'static str, outcome: Outcome) {
        self.note(Seen::Finished(use_case, outcome));
    }

    fn retried(&self, use_case: &'static str) {
        self.note(Seen::Retried(use_case));
    }

    fn not_found(&self, contact: Option<ContactId>) {
        self.note(Seen::NotFound(contact));
    }
}
