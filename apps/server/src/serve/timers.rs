//! What happens to tickets by itself, every minute: reminders, the end of what waits too long, and warnings of what is due.
//! Several servers may do so.

use std::time::Duration;

use portal_core::Portal;
use portal_core::automation::{DuePlace, Ran};
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_mins(1);
/// Tickets of each kind in a round.
const BATCH: u32 = 100;
/// Tickets that are looked at at once to see whether anything is due, and how often in a round.
const LOOKED_AT: u32 = 250;
const LOOKS: u32 = 20;

/// Runs until told to stop.
pub(super) async fn run(portal: Portal, shutdown: CancellationToken) {
    let mut ticks = tokio::time::interval(EVERY);
    let mut place = None;
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
        place = warn_of_due(&portal, place).await;
    }
}

/// Tells what is due, of as many tickets as belong to a round; where the next one goes on.
async fn warn_of_due(portal: &Portal, mut place: Option<DuePlace>) -> Option<DuePlace> {
    let mut told = 0;
    for _ in 0..LOOKS {
        match portal.warn_of_due(place, LOOKED_AT).await {
            Ok(it) => {
                told += it.told;
                place = it.next;
            }
            Err(error) => {
                tracing::warn!(error = %error, "what is due could not be told");
                break;
            }
        }
        if place.is_none() {
            break;
        }
    }
    if told > 0 {
        tracing::info!(told, "what is due was told");
    }
    place
}
