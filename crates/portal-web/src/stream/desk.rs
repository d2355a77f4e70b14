//! Live hints for the desk: what changed, notes too, and who else is at the ticket. It shares no type with the streams of
//! customers, so that nothing of it can get there.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::Stream;
use poem::web::sse::{Event, SSE};
use poem::{IntoResponse, Response};
use portal_core::Portal;
use portal_core::desk::{DeskPulse, DeskWatch, ListDeskError};
use portal_core::id::{StaffSessionId, TicketNumber};
use portal_core::ports::{DeskHint, DeskNews};
use portal_core::staff::StaffActor;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{Receiver, Sender, channel};
use tokio::task::AbortHandle;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::presence::{Presences, Present};
use super::{HEARTBEAT, sight};

/// As for customers: access that was lost ends a stream within two seconds.
const CHECK: Duration = Duration::from_millis(1500);
/// Agents have a few more tabs.
const STREAMS_OF_SESSION: u32 = 5;
/// Hints that a slow stream may be behind.
const BACKLOG: usize = 256;

type Open = Arc<Mutex<HashMap<StaffSessionId, u32>>>;

#[derive(Clone, Debug)]
enum News {
    Hint(Arc<DeskHint>),
    Missed,
    Checked(Arc<HashSet<StaffSessionId>>),
    Unchecked,
}

/// Hands hints to the streams of the desk, and knows who is where.
#[derive(Debug)]
pub(crate) struct DeskHub {
    portal: Portal,
    sender: Sender<News>,
    open: Open,
    pub(crate) presences: Arc<Presences>,
    shutdown: CancellationToken,
    tasks: Mutex<Vec<AbortHandle>>,
}

/// The place of one stream. It is free again when dropped.
#[derive(Debug)]
pub(crate) struct DeskSeat {
    hub: Arc<DeskHub>,
    session: StaffSessionId,
    receiver: Receiver<News>,
}

impl DeskHub {
    pub(crate) fn new(portal: Portal, shutdown: CancellationToken) -> Arc<Self> {
        Arc::new(Self {
            portal,
            sender: channel(BACKLOG).0,
            open: Open::default(),
            presences: Arc::default(),
            shutdown,
            tasks: Mutex::default(),
        })
    }

    /// A place for a stream of a session, if it has not too many, and the server goes on.
    pub(crate) fn join(hub: &Arc<Self>, session: StaffSessionId) -> Option<DeskSeat> {
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
        Some(DeskSeat {
            hub: hub.clone(),
            session,
            receiver: hub.sender.subscribe(),
        })
    }

    /// Begins to take hints: not before somebody is at the desk, since there may be no runtime yet.
    pub(crate) fn listen(&self) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        if tasks.is_empty() {
            let (portal, sender) = (self.portal.clone(), self.sender.clone());
            let hints = tokio::spawn(pass_on(portal.clone(), sender.clone(), self.presences.clone()));
            let checks = tokio::spawn(check(portal, sender, self.open.clone()));
            tasks.extend([hints.abort_handle(), checks.abort_handle()]);
        }
    }
}

impl Drop for DeskHub {
    fn drop(&mut self) {
        for task in self.tasks.get_mut().unwrap_or_else(PoisonError::into_inner) {
            task.abort();
        }
    }
}

impl DeskSeat {
    async fn news(&mut self) -> Result<News, RecvError> {
        tokio::select! {
            () = self.hub.shutdown.cancelled() => Err(RecvError::Closed),
            news = self.receiver.recv() => news,
        }
    }
}

impl Drop for DeskSeat {
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

async fn pass_on(portal: Portal, sender: Sender<News>, presences: Arc<Presences>) {
    let mut feed = portal.store().desk_hints();
    loop {
        let news = match feed.next().await {
            Some(hint) => {
                if let DeskNews::Presence { agent, name, doing } = &hint.news {
                    presences.note(hint.number, *agent, name, *doing, portal.now());
                }
                News::Hint(Arc::new(hint))
            }
            None => News::Missed,
        };
        // Nobody listening is fine.
        let _ = sender.send(news);
    }
}

/// Looks at all sessions that have streams, in one statement.
async fn check(portal: Portal, sender: Sender<News>, open: Open) {
    let mut ticks = tokio::time::interval(CHECK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let ids: Vec<StaffSessionId> = open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .keys()
            .copied()
            .collect();
        if ids.is_empty() {
            continue;
        }
        let news = match portal.living_staff_sessions(&ids).await {
            Ok(living) => {
                let living: HashSet<StaffSessionId> = living.into_iter().collect();
                let ended = ids.into_iter().filter(|it| !living.contains(it)).collect();
                News::Checked(Arc::new(ended))
            }
            Err(err) => {
                tracing::warn!(
                    error = &err as &dyn std::error::Error,
                    "sessions of the desk's streams could not be checked"
                );
                News::Unchecked
            }
        };
        let _ = sender.send(news);
    }
}

/// What an open page of the desk has on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeskShown {
    pub(crate) number: TicketNumber,
    pub(crate) version: i64,
    pub(crate) notes: u32,
}

struct Listener {
    portal: Portal,
    actor: StaffActor,
    seat: DeskSeat,
    watch: DeskWatch,
    /// The ticket on the page, as long as the listener may see it.
    shown: Option<DeskShown>,
    /// Who was said to be there.
    present: Vec<Present>,
    look_first: bool,
    over: bool,
}

/// The stream of somebody who works at the desk.
pub(crate) fn response(
    portal: Portal,
    actor: StaffActor,
    seat: DeskSeat,
    watch: DeskWatch,
    shown: Option<DeskShown>,
) -> Response {
    let listener = Listener {
        portal,
        actor,
        seat,
        watch,
        look_first: shown.is_some(),
        shown,
        present: Vec::new(),
        over: false,
    };
    let mut response = SSE::new(events(listener)).keep_alive(HEARTBEAT).into_response();
    // Some proxies collect small pieces.
    response
        .headers_mut()
        .insert("x-accel-buffering", poem::http::HeaderValue::from_static("no"));
    response
}

fn events(listener: Listener) -> impl Stream<Item = Event> + Send + 'static {
    futures_util::stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((event, listener))
    })
}

impl Listener {
    /// The next thing to say; `None` ends the stream.
    async fn next(&mut self) -> Option<Event> {
        if self.over {
            return None;
        }
        if std::mem::take(&mut self.look_first)
            && let Some(event) = self.look().await?
        {
            return Some(event);
        }
        loop {
            // Who is there is compared whenever anything comes, and that is at least at every look at the sessions.
            if let Some(event) = self.presence() {
                return Some(event);
            }
            let said = match self.seat.news().await {
                Ok(News::Hint(hint)) => self.told(&hint).await?,
                Ok(News::Checked(ended)) => self.checked(&ended).await?,
                Ok(News::Missed) | Err(RecvError::Lagged(_)) => {
                    if self.shown.is_some() {
                        self.look().await?
                    } else {
                        Some(changed(0, None))
                    }
                }
                Ok(News::Unchecked) | Err(RecvError::Closed) => return None,
            };
            if said.is_some() {
                return said;
            }
        }
    }

    /// What the scope allows to say about a hint. The outer `None` ends the stream.
    async fn told(&mut self, hint: &DeskHint) -> Option<Option<Event>> {
        if matches!(hint.news, DeskNews::Presence { .. }) {
            return Some(None);
        }
        if self.shown.is_some_and(|it| it.number == hint.number) {
            return self.look().await;
        }
        if !self.watch.may_concern(hint) || hint.news == DeskNews::Noted {
            // A note changes no list.
            return Some(None);
        }
        let pulse = self.portal.desk_news(&self.actor, hint.number).await.ok()?;
        Some(pulse.map(|it| changed(hint.number.get(), Some(it))))
    }

    /// What has become of the ticket on the page. The outer `None` ends the stream.
    async fn look(&mut self) -> Option<Option<Event>> {
        let Some(shown) = self.shown else { return Some(None) };
        let pulse = self.portal.desk_news(&self.actor, shown.number).await.ok()?;
        let Some(pulse) = pulse else {
            // A number that somebody made up, or a ticket that went elsewhere: nothing more is said about it.
            self.shown = None;
            return Some(Some(sight()));
        };
        let is_newer = pulse.version.0 > shown.version || pulse.notes > shown.notes;
        Some(is_newer.then(|| changed(shown.number.get(), Some(pulse))))
    }

    async fn checked(&mut self, ended: &HashSet<StaffSessionId>) -> Option<Option<Event>> {
        if ended.contains(&self.seat.session) {
            self.over = true;
            return Some(Some(sight()));
        }
        match self.portal.watch_desk(&self.actor).await {
            Ok(watch) if watch.sees_alike(&self.watch) => Some(None),
            Ok(watch) => {
                self.watch = watch;
                Some(Some(sight()))
            }
            Err(ListDeskError::Staff(_)) => {
                self.over = true;
                Some(Some(sight()))
            }
            Err(ListDeskError::Store(_)) => None,
        }
    }

    /// Who else is at the ticket on the page, if that is not what was said last.
    fn presence(&mut self) -> Option<Event> {
        let shown = self.shown?;
        let presences = &self.seat.hub.presences;
        let present = presences.others(shown.number, self.watch.agent(), self.portal.now());
        if present == self.present {
            return None;
        }
        self.present.clone_from(&present);
        let text = serde_json::json!({ "present": present }).to_string();
        Some(Event::message(text).event_type("presence"))
    }
}

/// Numbers, never content. Number 0 means that the page should look for itself.
fn changed(number: i64, pulse: Option<DeskPulse>) -> Event {
    let text = match pulse {
        Some(it) => serde_json::json!({ "number": number, "version": it.version.0, "notes": it.notes, "seq": it.seq }),
        None => serde_json::json!({ "number": number }),
    };
    Event::message(text.to_string())
}
