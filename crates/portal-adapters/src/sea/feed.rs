use std::sync::Arc;

use async_trait::async_trait;
use portal_core::ports::{Hint, HintFeed};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

#[cfg(feature = "postgres")]
mod across_servers;

/// How many hints wait for a slow listener before it is told to look for itself.
const WAITING: usize = 1024;

/// The channel of PostgreSQL on which servers tell each other.
pub(super) const CHANNEL: &str = "portal_hint";

/// Where hints of committed units of work go, and listeners get them from. `None` is the news that some were missed.
#[derive(Clone, Debug)]
pub(super) struct Hub {
    sender: broadcast::Sender<Option<Hint>>,
    /// Listens to the database; absent where this process is the only one.
    listener: Option<Arc<Listener>>,
}

/// A task that ends with the store.
#[derive(Debug)]
struct Listener(tokio::task::AbortHandle);

impl Drop for Listener {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Hub {
    /// For a database that only this process has open.
    pub(super) fn local() -> Self {
        Self {
            sender: broadcast::Sender::new(WAITING),
            listener: None,
        }
    }

    /// Whether hints come by way of the database, so that they are not published here.
    pub(super) const fn is_across_servers(&self) -> bool {
        self.listener.is_some()
    }

    /// Tells everybody in this process.
    pub(super) fn publish(&self, hints: Vec<Hint>) {
        for hint in hints {
            // Nobody listening is fine.
            let _ = self.sender.send(Some(hint));
        }
    }

    pub(super) fn listen(&self) -> Feed {
        Feed(self.sender.subscribe())
    }

    pub(super) fn close(&self) {
        if let Some(listener) = &self.listener {
            listener.0.abort();
        }
    }
}

/// The hints as one listener gets them.
pub(super) struct Feed(broadcast::Receiver<Option<Hint>>);

#[async_trait]
impl HintFeed for Feed {
    async fn next(&mut self) -> Option<Hint> {
        match self.0.recv().await {
            Ok(news) => news,
            Err(RecvError::Lagged(_)) => None,
            // The store is gone, so nothing ever comes.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use portal_core::id::{PortalId, TicketNumber, Uuid};
    use portal_core::ticket::Version;

    use super::*;

    fn hint(number: i64) -> Hint {
        let portal = PortalId::from_uuid(Uuid::from_u128(1));
        Hint {
            portal,
            number: TicketNumber::new(number).unwrap(),
            version: Version(1),
            readers: Vec::new(),
        }
    }

    #[tokio::test]
    async fn a_listener_who_is_too_slow_is_told_so_and_goes_on() {
        let hub = Hub::local();
        let mut feed = hub.listen();
        hub.publish((1..=2000).map(hint).collect());
        assert_eq!(feed.next().await, None);
        assert!(feed.next().await.is_some());
    }
}
