//! Live hints: “ticket 17 is now version 5”, to whoever may see it at that moment.

pub(crate) mod desk;
mod hub;
pub(crate) mod presence;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::Stream;
use poem::web::sse::{Event, SSE};
use poem::{IntoResponse, Response};
use portal_core::Portal;
use portal_core::actor::Actor;
use portal_core::id::{PortalId, SessionId, TicketNumber};
use portal_core::ports::Hint;
use portal_core::ticket::{Version, Watch, WatchTicketsError};
use tokio::sync::broadcast::error::RecvError;

pub(crate) use hub::Hub;
use hub::{News, Seat};

/// A comment keeps proxies from closing a quiet stream.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// What a page that listens has on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown {
    pub(crate) number: TicketNumber,
    pub(crate) version: i64,
}

/// One listener.
struct Listener {
    portal: Portal,
    actor: Actor,
    site: PortalId,
    seat: Seat,
    watch: Watch,
    /// The ticket on the page, as long as the listener may see it.
    shown: Option<Shown>,
    /// Something may have changed before the page listened.
    look_first: bool,
    /// That access was lost was said; nothing more is.
    over: bool,
}

/// The stream of a listener who was let in.
pub(crate) fn response(
    portal: Portal,
    actor: Actor,
    site: PortalId,
    seat: Seat,
    watch: Watch,
    shown: Option<Shown>,
) -> Response {
    let listener = Listener {
        portal,
        actor,
        site,
        seat,
        watch,
        look_first: shown.is_some(),
        shown,
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
        if std::mem::take(&mut self.look_first) {
            match self.look().await? {
                Found::Newer(event) => return Some(event),
                Found::Same => {}
                // A number that somebody made up: it is never told when anything happens to it.
                Found::Nothing => self.shown = None,
            }
        }
        loop {
            match self.seat.news().await {
                Ok(News::Hint(hint)) if self.shows(&hint) => match self.look().await? {
                    Found::Newer(event) => return Some(event),
                    Found::Same => {}
                    Found::Nothing => return Some(self.out_of_sight()),
                },
                Ok(News::Hint(hint)) if self.watch.may_concern(&hint) => {
                    if let Some(event) = self.told(&hint).await? {
                        return Some(event);
                    }
                }
                Ok(News::Hint(_)) => {}
                Ok(News::Checked(ended)) => {
                    if let Some(event) = self.checked(&ended).await? {
                        return Some(event);
                    }
                }
                Ok(News::Unchecked) => return None,
                Ok(News::Missed) | Err(RecvError::Lagged(_)) => {
                    if let Some(event) = self.missed().await? {
                        return Some(event);
                    }
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// Whether a hint is about the ticket on the page.
    fn shows(&self, hint: &Hint) -> bool {
        hint.portal == self.site && self.shown.is_some_and(|it| it.number == hint.number)
    }

    /// What follows from a look at the sessions: whoever may no longer enter hears that, and nothing more; whoever sees by
    /// another scope than before looks for themself. The outer `None` ends the stream.
    async fn checked(&mut self, ended: &HashSet<SessionId>) -> Option<Option<Event>> {
        if ended.contains(&self.seat.session()) {
            self.over = true;
            return Some(Some(sight()));
        }
        match self.portal.watch_tickets(&self.actor, self.site).await {
            Ok(watch) if watch.sees_alike(&self.watch) => Some(None),
            Ok(watch) => {
                self.watch = watch;
                Some(Some(sight()))
            }
            Err(WatchTicketsError::Entry(_)) => {
                self.over = true;
                Some(Some(sight()))
            }
            Err(WatchTicketsError::Store(_)) => None,
        }
    }

    fn out_of_sight(&mut self) -> Event {
        self.shown = None;
        sight()
    }

    /// What the rule allows to say about a hint. The outer `None` ends the stream.
    async fn told(&self, hint: &Hint) -> Option<Option<Event>> {
        let news = self.portal.news(&self.actor, self.site, hint).await.ok()?;
        Some(news.map(|(number, version)| event(number.get(), version.0)))
    }

    /// What has become of the ticket on the page since the page was made. `None` ends the stream.
    async fn look(&self) -> Option<Found> {
        let Some(Shown { number, version }) = self.shown else {
            return Some(Found::Nothing);
        };
        let hint = Hint {
            portal: self.site,
            number,
            version: Version(version),
            readers: Vec::new(),
        };
        Some(match self.portal.news(&self.actor, self.site, &hint).await.ok()? {
            Some((_, now)) if now.0 > version => Found::Newer(event(number.get(), now.0)),
            Some(_) => Found::Same,
            None => Found::Nothing,
        })
    }

    /// Some hints were lost: the page looks for itself.
    async fn missed(&mut self) -> Option<Option<Event>> {
        if self.shown.is_none() {
            return Some(Some(event(0, 0)));
        }
        Some(match self.look().await? {
            Found::Newer(event) => Some(event),
            Found::Same => None,
            Found::Nothing => Some(self.out_of_sight()),
        })
    }
}

/// What has become of a ticket.
enum Found {
    /// It is as it was.
    Same,
    /// It has changed.
    Newer(Event),
    /// There is no such ticket for the listener.
    Nothing,
}

/// What the reader may see has changed: the page is to be loaded anew. It says nothing about what it was.
fn sight() -> Event {
    Event::message("{}").event_type("sight")
}

/// A number and a version, never content. Number 0 means that the page should look for itself.
fn event(number: i64, version: i64) -> Event {
    Event::message(serde_json::json!({ "number": number, "version": version }).to_string())
}

/// The place of a listener, or none if the session has too many streams already.
pub(crate) fn join(hub: &Arc<Hub>, session: SessionId) -> Option<Seat> {
    Hub::join(hub, session)
}
