//! Once a minute: what the desk has put aside until now is taken up again.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::wiring::Wired;

const EVERY: Duration = Duration::from_mins(1);
/// Tickets of one unit of work.
const BATCH: u32 = 100;

pub(super) async fn run(wired: Wired, shutdown: CancellationToken) {
    let mut minutes = tokio::time::interval(EVERY);
    minutes.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = minutes.tick() => {}
        }
        if let Err(error) = wired.portal.wake_snoozed(BATCH).await {
            tracing::warn!(error = %error, "what was put aside could not be taken up again");
        }
    }
}
