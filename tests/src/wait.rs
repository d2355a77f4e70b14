//! Waiting for what is meant, with a deadline. The only place of the tests that sleeps.

use std::future::Future;
use std::time::Duration;

use anyhow::{Context as _, Result};

/// How long anything may take before the test fails.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// Asks again until there is an answer. `what` stands in the error.
pub async fn until<T, F>(what: &str, mut ask: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<Option<T>>>,
{
    within(DEADLINE, what, async {
        let mut pause = Duration::from_millis(5);
        loop {
            if let Some(answer) = ask().await? {
                return Ok(answer);
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(100));
        }
    })
    .await
}

/// Like [`until`], for a yes.
pub async fn until_true<F>(what: &str, mut ask: impl FnMut() -> F) -> Result<()>
where
    F: Future<Output = Result<bool>>,
{
    until(what, || {
        let answer = ask();
        async move { Ok(answer.await?.then_some(())) }
    })
    .await
}

/// Does something, but not for longer than that.
pub async fn within<T>(limit: Duration, what: &str, work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(limit, work)
        .await
        .with_context(|| format!("waited in vain: {what}"))?
        .with_context(|| what.to_owned())
}

/// Lets that much time pass while others work: for a moment to pull the plug at, never for something to happen.
pub async fn pass(time: Duration) {
    tokio::time::sleep(time).await;
}
