//! Use-cases as log events and counters.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use portal_core::id::ContactId;
use portal_core::ports::{Observer, Outcome};

/// Writes a log event for each ended use-case and counts it. Contents never reach it, so they never reach a log.
#[derive(Debug, Default)]
pub struct TracingObserver {
    counts: Mutex<BTreeMap<&'static str, UseCaseCounts>>,
}

/// How often a use-case ended in which way since the process started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UseCaseCounts {
    /// It did what was asked.
    pub done: u64,
    /// It said no.
    pub refused: u64,
    /// Something was broken.
    pub failed: u64,
    /// A unit of work was tried again.
    pub retried: u64,
}

impl TracingObserver {
    /// The counters of all use-cases that ended at least once, by name.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<&'static str, UseCaseCounts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn count(&self, use_case: &'static str, change: impl FnOnce(&mut UseCaseCounts)) {
        change(
            self.counts
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .entry(use_case)
                .or_default(),
        );
    }
}

impl Observer for TracingObserver {
    fn finished(&self, use_case: &'static str, outcome: Outcome) {
        match outcome {
            Outcome::Done => {
                tracing::debug!(target: "portal::use_case", use_case, "done");
                self.count(use_case, |it| it.done += 1);
            }
            Outcome::Refused => {
                tracing::debug!(target: "portal::use_case", use_case, "refused");
                self.count(use_case, |it| it.refused += 1);
            }
            Outcome::Failed => {
                tracing::warn!(target: "portal::use_case", use_case, "failed");
                self.count(use_case, |it| it.failed += 1);
            }
        }
    }

    fn retried(&self, use_case: &'static str) {
        tracing::debug!(target: "portal::use_case", use_case, "tried again");
        self.count(use_case, |it| it.retried += 1);
    }

    fn not_found(&self, contact: Option<ContactId>) {
        let contact = contact.map(|it| it.to_string());
        tracing::info!(target: "portal::audit", event = "object.not_found", contact);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_is_counted_under_its_name() {
        let observer = TracingObserver::default();
        observer.finished("open_ticket", Outcome::Done);
        observer.finished("open_ticket", Outcome::Done);
        observer.finished("open_ticket", Outcome::Refused);
        observer.finished("reply", Outcome::Failed);
        observer.retried("reply");
        let counts = observer.counts();
        assert_eq!(
            counts["open_ticket"],
            UseCaseCounts {
                done: 2,
                refused: 1,
                failed: 0,
                retried: 0
            }
        );
        assert_eq!(
            counts["reply"],
            UseCaseCounts {
                done: 0,
                refused: 0,
                failed: 1,
                retried: 1
            }
        );
    }
}
