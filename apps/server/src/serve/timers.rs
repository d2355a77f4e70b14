//! What happens to tickets by itself, every minute: reminders, and the end of what waits too long. Several servers may do so.

use std::time::Duration;

use portal_core::Portal;
use portal_core::automation::Ran;
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_mins(1);
/// Tickets of each kind in a round.
const BATCH: u32 = 100;

/// Runs until told to stop.
pub(super) async fn run(portal: Portal, shutdown: CancellationToken) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = ticks.tick() => {}
        }
        match portal.run_timers(BATCH).await {
            Ok(it) if it == Ran::default() => {}
            Ok(it) => tracing::info!(warned = it.warned, closed = it.closed, moved = it.moved, "timers ran"),
            Err(error) => tracing::warn!(error = %error, "timers could not run"),
        }
    }
}
