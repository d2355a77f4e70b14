//! Keeps the hosts that are answered as the store says, whichever server changed it: a domain that was proven answers within
//! seconds, one that was removed does not any more.

use std::time::Duration;

use portal_web::LiveHosts;
use tokio_util::sync::CancellationToken;

use crate::wiring::Wired;

const EVERY: Duration = Duration::from_secs(2);

pub(super) async fn run(wired: Wired, hosts: LiveHosts, shutdown: CancellationToken) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = ticks.tick() => {}
        }
        match wired.portal.served_hosts().await {
            Ok(served) => hosts.replace(served),
            // Those that were known are answered as before.
            Err(error) => tracing::warn!(error = %error, "the hosts of portals could not be read"),
        }
    }
}
