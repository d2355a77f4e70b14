//! Pauses between two attempts of a unit of work.

use std::time::Duration;

use async_trait::async_trait;
use portal_core::ports::Pacer;

/// Waits on the timer of tokio, half to one and a half times as long as asked, so that two that collided do not meet again.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioPacer;

#[async_trait]
impl Pacer for TokioPacer {
    async fn pause(&self, about: Duration) {
        tokio::time::sleep(jittered(about, spread())).await;
    }
}

/// Somewhere in 0..=255; the middle if the system has no randomness, which costs only the jitter.
fn spread() -> u8 {
    let mut byte = [0; 1];
    match getrandom::fill(&mut byte) {
        Ok(()) => u8::from_ne_bytes(byte),
        Err(_) => 127,
    }
}

fn jittered(about: Duration, spread: u8) -> Duration {
    about / 2 + about.saturating_mul(u32::from(spread)) / 255
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_lie_around_what_was_asked_for() {
        let about = Duration::from_millis(100);
        assert_eq!(jittered(about, 0), Duration::from_millis(50));
        assert_eq!(jittered(about, 255), Duration::from_millis(150));
        assert_eq!(jittered(Duration::ZERO, 200), Duration::ZERO);
        assert!(jittered(Duration::MAX, 255) >= Duration::MAX / 2);
    }

    #[tokio::test(start_paused = true)]
    async fn pausing_waits() {
        let pause = || TokioPacer.pause(Duration::from_secs(10));
        assert!(tokio::time::timeout(Duration::from_secs(4), pause()).await.is_err());
        assert!(tokio::time::timeout(Duration::from_secs(16), pause()).await.is_ok());
    }
}
