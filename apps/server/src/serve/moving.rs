//! Inboxes that are on the move to another portal: their tickets are keyed anew, some hundred in a unit of work. It may be
//! stopped at any moment; whoever is started next goes on.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::wiring::Wired;

const EVERY: Duration = Duration::from_secs(2);

pub(super) async fn run(wired: Wired, shutdown: CancellationToken) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = ticks.tick() => {}
        }
        match wired.portal.continue_inbox_moves(&|| !shutdown.is_cancelled()).await {
            Ok(progress) if progress.units > 0 => {
                tracing::info!(
                    units = progress.units,
                    arrived = progress.arrived,
                    "inboxes are on the move"
                );
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(error = %error, "an inbox on the move could not go on"),
        }
    }
}
