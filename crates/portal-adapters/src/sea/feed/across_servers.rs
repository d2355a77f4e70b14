use std::sync::Arc;
use std::time::Duration;

use portal_core::ports::{Hint, StoreError, StoreErrorKind};
use sea_orm::sqlx::postgres::PgListener;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::broadcast;

use super::{CHANNEL, Hub, Listener, WAITING};

/// How often listeners look for themselves while the database cannot tell.
const POLL: Duration = Duration::from_secs(5);

impl Hub {
    /// For a database that other servers use too: hints cross by NOTIFY. It has a connection of its own, and begins to
    /// listen before this returns.
    pub(in crate::sea) async fn across_servers(url: &SecretString) -> Result<Self, StoreError> {
        let unavailable = |error| StoreError::new(StoreErrorKind::Unavailable, error);
        let mut listener = PgListener::connect(url.expose_secret()).await.map_err(unavailable)?;
        listener.listen(CHANNEL).await.map_err(unavailable)?;
        let sender = broadcast::Sender::new(WAITING);
        let task = tokio::spawn(pass_on(listener, sender.clone()));
        Ok(Self {
            sender,
            listener: Some(Arc::new(Listener(task.abort_handle()))),
        })
    }
}

async fn pass_on(mut listener: PgListener, sender: broadcast::Sender<Option<Hint>>) {
    loop {
        let news = match listener.try_recv().await {
            Ok(Some(notification)) => understand(notification.payload()),
            // The connection was lost and is there again: what came between is not known.
            Ok(None) => None,
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the database tells no news now"
                );
                tokio::time::sleep(POLL).await;
                None
            }
        };
        // Nobody listening is fine.
        let _ = sender.send(news);
    }
}

/// A hint from a newer server may not make sense to this one; then listeners look for themselves.
fn understand(payload: &str) -> Option<Hint> {
    serde_json::from_str::<portal_wire::Hint>(payload).ok()?.try_into().ok()
}
