use std::sync::atomic::{AtomicU64, Ordering};

use portal_core::id::Uuid;
use portal_core::ports::Ids;
use portal_core::time::Timestamp;

/// Identifiers in ascending order, the same in every run: `…-000000000001`, `…-000000000002`.
#[derive(Debug)]
pub struct SequentialIds {
    series: u64,
    last: AtomicU64,
}

impl SequentialIds {
    /// A series of its own; two of them never meet.
    #[must_use]
    pub const fn series(series: u64) -> Self {
        Self {
            series,
            last: AtomicU64::new(0),
        }
    }
}

impl Default for SequentialIds {
    fn default() -> Self {
        Self::series(1)
    }
}

impl Ids for SequentialIds {
    fn next(&self, _now: Timestamp) -> Uuid {
        let number = self.last.fetch_add(1, Ordering::SeqCst) + 1;
        Uuid::from_u128((u128::from(self.series) << 64) | u128::from(number))
    }
}
