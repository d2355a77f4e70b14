//! One for each server: takes the store's hints once and hands them to all streams; checks all their sessions at once.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use portal_core::Portal;
use portal_core::id::SessionId;
use portal_core::ports::Hint;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{Receiver, Sender, channel};
use tokio::task::AbortHandle;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

/// Access that was lost ends a stream at the next look, and within two seconds: one until the look, whatever the look before
/// took, and one for the look itself on a machine that is busy.
const CHECK: Duration = Duration::from_secs(1);
/// A session has a few tabs.
const STREAMS_OF_SESSION: u32 = 3;
/// Hints that a slow stream may be behind, before it is told to look for itself.
const BACKLOG: usize = 256;

type Open = Arc<Mutex<HashMap<SessionId, u32>>>;

/// What streams are told.
#[derive(Clone, Debug)]
pub(super) enum News {
    /// A ticket changed.
    Hint(Arc<Hint>),
    /// Some hints were lost.
    Missed,
    /// All sessions were looked at; these have ended.
    Checked(Arc<HashSet<SessionId>>),
    /// The sessions could not be looked at: streams end, come back by themselves, and are let in anew.
    Unchecked,
}

/// Hands hints to streams.
#[derive(Debug)]
pub(crate) struct Hub {
    portal: Portal,
    sender: Sender<News>,
    open: Open,
    shutdown: CancellationToken,
    tasks: Mutex<Vec<AbortHandle>>,
}

/// The place of one stream. It is free again when dropped.
#[derive(Debug)]
pub(crate) struct Seat {
    hub: Arc<Hub>,
    session: SessionId,
    receiver: Receiver<News>,
}

impl Hub {
    pub(crate) fn new(portal: Portal, shutdown: CancellationToken) -> Arc<Self> {
        Arc::new(Self {
            portal,
            sender: channel(BACKLOG).0,
            open: Open::default(),
            shutdown,
            tasks: Mutex::default(),
        })
    }

    /// A place for a stream of a session, if it has not too many, and the server goes on.
    pub(super) fn join(hub: &Arc<Self>, session: SessionId) -> Option<Seat> {
        if hub.shutdown.is_cancelled() {
            return None;
        }
        let mut open = hub.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(session).or_insert(0);
        if *count >= STREAMS_OF_SESSION {
            return None;
        }
        *count += 1;
        drop(open);
        hub.listen();
        Some(Seat {
            hub: hub.clone(),
            session,
            receiver: hub.sender.subscribe(),
        })
    }

    /// Begins to take hints with the first stream: not before, since there may be no runtime yet.
    fn listen(&self) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        if tasks.is_empty() {
            let hints = tokio::spawn(pass_on(self.portal.clone(), self.sender.clone()));
            let checks = tokio::spawn(check(self.portal.clone(), self.sender.clone(), self.open.clone()));
            tasks.extend([hints.abort_handle(), checks.abort_handle()]);
        }
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        for task in self.tasks.get_mut().unwrap_or_else(PoisonError::into_inner) {
            task.abort();
        }
    }
}

impl Seat {
    pub(super) const fn session(&self) -> SessionId {
        self.session
    }

    /// Waits for something new; closed when the server stops.
    pub(super) async fn news(&mut self) -> Result<News, RecvError> {
        tokio::select! {
            () = self.hub.shutdown.cancelled() => Err(RecvError::Closed),
            news = self.receiver.recv() => news,
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.hub.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.session) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                open.remove(&self.session);
            }
        }
    }
}

async fn pass_on(portal: Portal, sender: Sender<News>) {
    let mut feed = portal.store().hints();
    loop {
        let news = feed.next().await.map_or(News::Missed, |it| News::Hint(Arc::new(it)));
        // Nobody listening is fine.
        let _ = sender.send(news);
    }
}

/// Looks at all sessions that have streams, in one statement.
async fn check(portal: Portal, sender: Sender<News>, open: Open) {
    let mut ticks = tokio::time::interval(CHECK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        ticks.tick().await;
        let ids: Vec<SessionId> = open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .keys()
            .copied()
            .collect();
        if ids.is_empty() {
            continue;
        }
        let news = match portal.living_sessions(&ids).await {
            Ok(living) => {
                let living: HashSet<SessionId> = living.into_iter().collect();
                let ended = ids.into_iter().filter(|it| !living.contains(it)).collect();
                News::Checked(Arc::new(ended))
            }
            Err(err) => {
                tracing::warn!(
                    error = &err as &dyn std::error::Error,
                    "sessions of streams could not be checked"
                );
                News::Unchecked
            }
        };
        let _ = sender.send(news);
    }
}
