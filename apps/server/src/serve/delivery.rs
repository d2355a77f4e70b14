//! Sends what is due, every second: what was pushed a moment ago is on its way a moment later, whichever server pushed it.

use std::time::Duration;

use portal_core::Portal;
use portal_core::mail::Delivered;
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(1);
/// Mails claimed at a time: few, so that a server that ends leaves few behind for others to wait for.
const BATCH: u32 = 5;

/// Runs until told to stop. A mail that is being sent then is sent to its end; what was claimed beside it, and what a crash
/// leaves, is claimed by somebody else a few minutes later.
pub(super) async fn run(portal: Portal, shutdown: CancellationToken) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = ticks.tick() => {}
        }
        while !shutdown.is_cancelled() {
            match portal.deliver_due(BATCH).await {
                Ok(it) if it == Delivered::default() => break,
                Ok(it) => tracing::info!(
                    sent = it.sent,
                    dropped = it.dropped,
                    again = it.again,
                    dead = it.dead,
                    "mails delivered"
                ),
                Err(error) => {
                    tracing::warn!(error = %error, "mails could not be delivered");
                    break;
                }
            }
        }
    }
}
