use std::sync::Arc;
use std::time::Duration;

use portal_core::ports::{StoreError, StoreErrorKind};
use sea_orm::sqlx::postgres::PgListener;
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use tokio::sync::broadcast;

use super::{CHANNEL, DESK_CHANNEL, Hub, Listener, WAITING};

/// How often listeners look for themselves while the database cannot tell.
const POLL: Duration = Duration::from_secs(5);

impl Hub {
    /// For a database that other servers use too: hints cross by NOTIFY. It has a connection of its own, and begins to
    /// listen before this returns.
    pub(in crate::sea) async fn across_servers(url: &SecretString) -> Result<Self, StoreError> {
        let unavailable = |error| StoreError::new(StoreErrorKind::Unavailable, error);
        let mut listener = PgListener::connect(url.expose_secret()).await.map_err(unavailable)?;
        listener
            .listen_all([CHANNEL, DESK_CHANNEL])
            .await
            .map_err(unavailable)?;
        let mut hub = Self {
            sender: broadcast::Sender::new(WAITING),
            desk: broadcast::Sender::new(WAITING),
            listener: None,
        };
        let task = tokio::spawn(pass_on(listener, hub.clone()));
        hub.listener = Some(Arc::new(Listener(task.abort_handle())));
        Ok(hub)
    }
}

async fn pass_on(mut listener: PgListener, hub: Hub) {
    // Nobody listening is fine.
    loop {
        match listener.try_recv().await {
            Ok(Some(notification)) if notification.channel() == DESK_CHANNEL => {
                let _ = hub
                    .desk
                    .send(understand::<portal_wire::DeskHint, _>(notification.payload()));
            }
            Ok(Some(notification)) => {
                let _ = hub
                    .sender
                    .send(understand::<portal_wire::Hint, _>(notification.payload()));
            }
            // The connection was lost and is there again: what came between is not known.
            Ok(None) => missed(&hub),
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the database tells no news now"
                );
                tokio::time::sleep(POLL).await;
                missed(&hub);
            }
        }
    }
}

fn missed(hub: &Hub) {
    let _ = hub.sender.send(None);
    let _ = hub.desk.send(None);
}

/// A hint from a newer server may not make sense to this one; then listeners look for themselves.
fn understand<W: DeserializeOwned, T: TryFrom<W>>(payload: &str) -> Option<T> {
    serde_json::from_str::<W>(payload).ok()?.try_into().ok()
}
