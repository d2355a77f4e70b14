use crate::access::Scope;
use crate::actor::Actor;
use crate::id::{PortalId, SessionId, TicketNumber};
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, Hint, StoreError};
use crate::ticket::Version;

/// Somebody who waits for news. It holds what the scope was when it was made, only to leave out hints that surely do not
/// concern them; before anything is sent, [`Portal::news`] asks the rule again.
#[derive(Clone, Debug)]
pub struct Watch {
    scope: Scope,
}

impl Watch {
    /// Whether a hint may concern the watcher. `false` is certain as long as the watcher's principals have not changed;
    /// renew the watch every 2 seconds.
    #[must_use]
    pub fn may_concern(&self, hint: &Hint) -> bool {
        let unnamed = hint.readers.is_empty();
        let principals = self.scope.principals();
        hint.portal == self.scope.portal() && (unnamed || hint.readers.iter().any(|it| principals.contains(it)))
    }

    /// Whether the watcher sees by the same scope as in another watch. If not, what stands on their page may be too much.
    #[must_use]
    pub fn sees_alike(&self, other: &Self) -> bool {
        self.scope == other.scope
    }
}

/// Why there is nothing to watch, or no more.
#[derive(Debug, thiserror::Error)]
pub enum WatchTicketsError {
    /// The contact could not enter, or can no longer.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(WatchTicketsError);

impl Portal {
    /// Begins or renews a watch.
    ///
    /// # Errors
    /// If nobody is signed in, the portal does not let the contact in, or the store fails: then the stream ends.
    pub async fn watch_tickets(&self, actor: &Actor, portal: PortalId) -> Result<Watch, WatchTicketsError> {
        attempt!(self, actor, "watch_tickets", self.watch_tickets_once(actor, portal))
    }

    async fn watch_tickets_once(&self, actor: &Actor, portal: PortalId) -> Result<Watch, WatchTicketsError> {
        let mut tx = self.store.begin(Access::Read).await?;
        let (_, viewer) = self.let_in(&mut *tx, actor, portal).await?;
        Ok(Watch {
            scope: viewer.scope().clone(),
        })
    }

    /// What of a hint the watcher may be told now: the ticket and its version, or nothing.
    ///
    /// # Errors
    /// As [`watch_tickets`](Self::watch_tickets).
    pub async fn news(
        &self,
        actor: &Actor,
        portal: PortalId,
        hint: &Hint,
    ) -> Result<Option<(TicketNumber, Version)>, WatchTicketsError> {
        attempt!(self, actor, "news", self.news_once(actor, portal, hint))
    }

    async fn news_once(
        &self,
        actor: &Actor,
        portal: PortalId,
        hint: &Hint,
    ) -> Result<Option<(TicketNumber, Version)>, WatchTicketsError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (_, viewer) = self.let_in(&mut *tx, actor, portal).await?;
        let ticket = tx.tickets().find(viewer.scope(), hint.number).await?;
        Ok(ticket.map(|it| (it.number, it.version)))
    }

    /// Out of these sessions, those that still count; for ending streams.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn living_sessions(&self, ids: &[SessionId]) -> Result<Vec<SessionId>, StoreError> {
        let mut tx = self.store.begin(Access::Read).await?;
        tx.accounts().living_sessions(ids, self.clock.now()).await
    }
}
