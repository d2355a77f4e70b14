//! Every second: answers of staff leave once they can no longer be taken back.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::wiring::Wired;

const EVERY: Duration = Duration::from_secs(1);
/// Answers of one round.
const BATCH: u32 = 100;

pub(super) async fn run(wired: Wired, shutdown: CancellationToken) {
    let mut seconds = tokio::time::interval(EVERY);
    seconds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = seconds.tick() => {}
        }
        if let Err(error) = wired.portal.send_due_answers(BATCH).await {
            tracing::warn!(error = %error, "answers that are due could not be sent");
        }
    }
}
