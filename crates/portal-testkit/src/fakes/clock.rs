use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use portal_core::ports::Clock;
use portal_core::time::Timestamp;

/// A clock that stands still until it is set. Clones are the same clock.
#[derive(Clone, Debug)]
pub struct FixedClock(Arc<AtomicI64>);

/// A clock that goes on by a fixed step each time it is asked. Clones are the same clock.
#[derive(Clone, Debug)]
pub struct TickingClock {
    time: FixedClock,
    step: i64,
}

impl FixedClock {
    /// A clock that shows this.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(now.micros())))
    }

    /// Sets it.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.micros(), Ordering::SeqCst);
    }

    /// Moves it into the future.
    pub fn advance(&self, by: Duration) {
        self.set(self.now().plus(by));
    }
}

impl Default for FixedClock {
    /// 2026-11-23T10:00:00Z.
    fn default() -> Self {
        Self::at(Timestamp::from_micros(1_795_428_000_000_000))
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

impl TickingClock {
    /// A clock that shows this next, and then a step more each time.
    #[must_use]
    pub fn starting_at(now: Timestamp, step: Duration) -> Self {
        let step = i64::try_from(step.as_micros()).unwrap_or(i64::MAX);
        Self {
            time: FixedClock::at(now),
            step,
        }
    }

    /// Sets what it shows next.
    pub fn set(&self, now: Timestamp) {
        self.time.set(now);
    }

    /// Moves it into the future.
    pub fn advance(&self, by: Duration) {
        self.time.advance(by);
    }
}

impl Default for TickingClock {
    /// From 2026-11-23T10:00:00Z on, a second each time.
    fn default() -> Self {
        Self::starting_at(FixedClock::default().now(), Duration::from_secs(1))
    }
}

impl Clock for TickingClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.time.0.fetch_add(self.step, Ordering::SeqCst))
    }
}
