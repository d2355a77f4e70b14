use std::time::{Duration, Instant};

/// The present moment of the machine's own clock.
#[expect(clippy::disallowed_methods, reason = "this is the one place where time is measured")]
pub(crate) fn moment() -> Instant {
    Instant::now()
}

/// Durations of one thing.
#[derive(Default)]
pub(crate) struct Samples(Vec<Duration>);

impl Samples {
    pub(crate) fn add(&mut self, sample: Duration) {
        self.0.push(sample);
    }

    /// The duration that this share of the samples does not exceed, in milliseconds.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let index = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
        sorted.get(index).map_or(f64::NAN, |it| it.as_secs_f64() * 1000.0)
    }

    /// The median in milliseconds.
    pub(crate) fn median(&self) -> f64 {
        self.quantile(0.5)
    }
}
