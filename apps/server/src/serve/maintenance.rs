//! What is done once an hour: files that were uploaded and never sent go away, and mailed links that have ended.

use std::time::Duration;

use portal_core::actor::Task;
use portal_core::ports::Access;
use portal_core::time::Timestamp;
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::wiring::Wired;

const EVERY: Duration = Duration::from_hours(1);
/// After this long a file that was not sent is garbage. An hour more than it may be sent, so that none is swept by one
/// while it is being sent by another.
const KEPT: Duration = Duration::from_hours(25);
/// After this long nobody asks any more whether a mail was sent. Those that were given up stay until somebody looks.
const MAILS_KEPT: Duration = Duration::from_hours(30 * 24);
/// Rows removed in one unit of work.
const BATCH: u32 = 200;

pub(super) async fn run(wired: Wired, shutdown: CancellationToken) {
    let mut hours = tokio::time::interval(EVERY);
    hours.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = hours.tick() => {}
        }
        match sweep_mails(&wired, wired.now().minus(MAILS_KEPT)).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "mails that were sent long ago are forgotten"),
            Err(error) => tracing::warn!(error = %error, "old mails could not be swept"),
        }
        let before = wired.now().minus(KEPT);
        match sweep(&wired, before).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "files that were never sent are gone"),
            Err(error) => tracing::warn!(error = %error, "files that were never sent could not be swept"),
        }
    }
}

/// Removes rows first and content after: content without a row is garbage, a row without content would be a broken promise.
async fn sweep(wired: &Wired, before: Timestamp) -> Result<u64, Failure> {
    let mut removed = 0;
    loop {
        let mut tx = wired.store().begin(Access::Write).await?;
        let files = tx.tickets().sweep_staged(&Task::Maintenance, before, BATCH).await?;
        tx.commit().await?;
        for file in &files {
            if let Err(error) = wired.portal.files().remove(&file.key).await {
                tracing::warn!(error = %error, "the content of a swept file is left");
            }
        }
        removed += files.len() as u64;
        if files.len() < BATCH as usize {
            break;
        }
    }
    loop {
        let mut tx = wired.store().begin(Access::Write).await?;
        let ended = tx.members().sweep_members(&Task::Maintenance, before, BATCH).await?;
        tx.commit().await?;
        if ended < u64::from(BATCH) {
            break;
        }
    }
    Ok(removed + wired.sweep_unfinished_files(before).await?)
}

async fn sweep_mails(wired: &Wired, before: Timestamp) -> Result<u64, Failure> {
    let mut removed = 0;
    loop {
        let mut tx = wired.store().begin(Access::Write).await?;
        let swept = tx.outbox().sweep_mails(&Task::Maintenance, before, BATCH).await?;
        tx.commit().await?;
        removed += swept;
        if swept < u64::from(BATCH) {
            return Ok(removed);
        }
    }
}
