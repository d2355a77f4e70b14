use std::sync::Arc;

use async_trait::async_trait;
use portal_core::ports::{DeskFeed, DeskHint, Hint, HintFeed};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

#[cfg(feature = "postgres")]
mod across_servers;

/// How many hints wait for a slow listener before it is told to look for itself.
const WAITING: usize = 1024;

/// The channel of PostgreSQL on which servers tell each other.
pub(super) const CHANNEL: &str = "portal_hint";
/// The same for the desk: what is said there is never heard on the other one.
pub(super) const DESK_CHANNEL: &str = "portal_desk_hint";

/// Where hints of committed units of work go, and listeners get them from. `None` is the news that some were missed.
#[derive(Clone, Debug)]
pub(super) struct Hub {
    sender: broadcast::Sender<Option<Hint>>,
    desk: broadcast::Sender<Option<DeskHint>>,
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
            desk: broadcast::Sender::new(WAITING),
            listener: None,
        }
    }

    /// Whether hints come by way of the database, so that they are not published here.
    pub(super) const fn is_across_servers(&self) -> bool {
        self.listener.is_some()
    }

    /// Tells everybody in this process.
    pub(super) fn publish(&self, hints: Vec<Hint>, desk: Vec<DeskHint>) {
        // Nobody listening is fine.
        for hint in hints {
            let _ = self.sender.send(Some(hint));
        }
        for hint in desk {
            let _ = self.desk.send(Some(hint));
        }
    }

    pub(super) fn listen(&self) -> Feed<Hint> {
        Feed(self.sender.subscribe())
    }

    pub(super) fn listen_at_desk(&self) -> Feed<DeskHint> {
        Feed(self.desk.subscribe())
    }

    pub(super) fn close(&self) {
        if let Some(listener) = &self.listener {
            listener.0.abort();
        }
    }
}

/// The hints as one listener gets them.
pub(super) struct Feed<T>(broadcast::Receiver<Option<T>>);

impl<T: Clone> Feed<T> {
    async fn next(&mut self) -> Option<T> {
        match self.0.recv().await {
            Ok(news) => news,
            Err(RecvError::Lagged(_)) => None,
            // The store is gone, so nothing ever comes.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

#[async_trait]
impl HintFeed for Feed<Hint> {
    async fn next(&mut self) -> Option<Hint> {
        Self::next(self).await
    }
}

#[async_trait]
impl DeskFeed for Feed<DeskHint> {
    async fn next(&mut self) -> Option<DeskHint> {
        Self::next(self).await
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
        hub.publish((1..=2000).map(hint).collect(), Vec::new());
        assert_eq!(feed.next().await, None);
        assert!(feed.next().await.is_some());
    }
}
