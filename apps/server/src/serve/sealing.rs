//! Each minute the new entries of the audit get a seal.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::wiring::Wired;

const EVERY: Duration = Duration::from_mins(1);

pub(super) async fn run(wired: Wired, shutdown: CancellationToken) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = ticks.tick() => {}
        }
        match wired.portal.seal_audit().await {
            Ok(0) => {}
            Ok(entries) => tracing::debug!(entries, "the audit was sealed"),
            Err(error) => tracing::warn!(error = %error, "the audit could not be sealed"),
        }
    }
}
