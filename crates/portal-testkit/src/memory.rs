//! The reference store: every port of the core in plain Rust, over maps in memory.
//!
//! It is meant to be read: lists filter and sort everything, nothing is cached or indexed. Units of work are snapshots;
//! there is one writer at a time, who waits without blocking a thread and without needing a runtime.

mod accounts;
mod audit;
mod conversations;
mod crm;
mod desk;
mod directory;
mod feed;
mod imports;
mod journal;
mod members;
mod notices;
mod outbox;
mod programs;
mod satisfaction;
mod service;
mod settings;
mod shelf;
mod staffing;
mod state;
mod tickets;
mod timers;
mod turn;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use portal_core::ports::{
    Access, Accounts, AuditLog, Conversations, Crm, Desk, DeskFeed, DeskHint, Directory, Hint, HintFeed, Imports,
    Journal, Members, Notices, Outbox, Programs, Satisfaction, ServiceLevels, SettingsStore, Shelf, Staffing, Store,
    StoreError, StoreErrorKind, Tickets, Timers, Tx,
};

use self::feed::Feed;
use self::state::State;
use self::turn::{Turn, Turns};

/// A store in memory. Clones share what is stored.
#[derive(Clone, Default)]
pub struct MemoryStore {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    committed: Mutex<Arc<State>>,
    turns: Arc<Turns>,
    feed: Arc<Feed<Hint>>,
    desk_feed: Arc<Feed<DeskHint>>,
}

/// One unit of work on a [`MemoryStore`].
struct MemoryTx {
    shared: Arc<Shared>,
    state: Arc<State>,
    hints: Vec<Hint>,
    desk_hints: Vec<DeskHint>,
    /// Held by the one unit of work that may write.
    turn: Option<Turn>,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl std::fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}

/// A poisoned lock only means that a test failed while holding it; the state behind it is replaced whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl Store for MemoryStore {
    async fn begin(&self, access: Access) -> Result<Box<dyn Tx>, StoreError> {
        let turn = match access {
            Access::Write => Some(Turns::take(&self.shared.turns).await),
            Access::Read | Access::Snapshot => None,
        };
        let state = lock(&self.shared.committed).clone();
        Ok(Box::new(MemoryTx {
            shared: self.shared.clone(),
            state,
            hints: Vec::new(),
            desk_hints: Vec::new(),
            turn,
        }))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn hints(&self) -> Box<dyn HintFeed> {
        Box::new(Feed::listen(&self.shared.feed))
    }

    fn desk_hints(&self) -> Box<dyn DeskFeed> {
        Box::new(Feed::listen(&self.shared.desk_feed))
    }
}

#[async_trait]
impl Tx for MemoryTx {
    fn tickets(&mut self) -> &mut dyn Tickets {
        self
    }

    fn desk(&mut self) -> &mut dyn Desk {
        self
    }

    fn directory(&mut self) -> &mut dyn Directory {
        self
    }

    fn accounts(&mut self) -> &mut dyn Accounts {
        self
    }

    fn journal(&mut self) -> &mut dyn Journal {
        self
    }

    fn members(&mut self) -> &mut dyn Members {
        self
    }

    fn crm(&mut self) -> &mut dyn Crm {
        self
    }

    fn staffing(&mut self) -> &mut dyn Staffing {
        self
    }

    fn settings(&mut self) -> &mut dyn SettingsStore {
        self
    }

    fn outbox(&mut self) -> &mut dyn Outbox {
        self
    }

    fn programs(&mut self) -> &mut dyn Programs {
        self
    }

    fn notices(&mut self) -> &mut dyn Notices {
        self
    }

    fn conversations(&mut self) -> &mut dyn Conversations {
        self
    }

    fn timers(&mut self) -> &mut dyn Timers {
        self
    }

    fn shelf(&mut self) -> &mut dyn Shelf {
        self
    }

    fn service(&mut self) -> &mut dyn ServiceLevels {
        self
    }

    fn satisfaction(&mut self) -> &mut dyn Satisfaction {
        self
    }

    fn audit(&mut self) -> &mut dyn AuditLog {
        self
    }

    fn imports(&mut self) -> &mut dyn Imports {
        self
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let Self {
            shared,
            state,
            hints,
            desk_hints,
            turn,
        } = *self;
        if turn.is_some() {
            *lock(&shared.committed) = state;
            shared.feed.publish(hints);
            shared.desk_feed.publish(desk_hints);
        }
        Ok(())
    }
}

impl MemoryTx {
    /// The state to change; an error in a unit of work that was begun for reading.
    fn changed(&mut self) -> Result<&mut State, StoreError> {
        if self.turn.is_none() {
            let why = "something was written in a unit of work that began for reading";
            return Err(StoreError::new(StoreErrorKind::Unavailable, why));
        }
        Ok(Arc::make_mut(&mut self.state))
    }
}

const fn conflict() -> StoreError {
    StoreError::bare(StoreErrorKind::Conflict)
}
