//! Live hints: “ticket 17 is now version 5”, to whoever may see it at that moment.

mod hub;

use std::sync::Arc;
use std::time::Duration;

use futures_util::Stream;
use poem::web::sse::{Event, SSE};
use poem::{IntoResponse, Response};
use portal_core::Portal;
use portal_core::actor::Actor;
use portal_core::id::{PortalId, TicketNumber};
use portal_core::ports::Hint;
use portal_core::ticket::{Version, Watch};
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
    shown: Option<Shown>,
    /// Something may have changed before the page listened.
    look_first: bool,
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
        if std::mem::take(&mut self.look_first)
            && let Some(event) = self.looked().await?
        {
            return Some(event);
        }
        loop {
            match self.seat.news().await {
                Ok(News::Hint(hint)) if self.watch.may_concern(&hint) => {
                    if let Some(event) = self.told(&hint).await? {
                        return Some(event);
                    }
                }
                Ok(News::Hint(_)) => {}
                Ok(News::Checked(ended)) => {
                    if ended.contains(&self.seat.session()) {
                        return None;
                    }
                    // Whoever may no longer enter is no longer told anything.
                    self.watch = self.portal.watch_tickets(&self.actor, self.site).await.ok()?;
                }
                Ok(News::Missed) | Err(RecvError::Lagged(_)) => {
                    if let Some(event) = self.missed().await? {
                        return Some(event);
                    }
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// What the rule allows to say about a hint. The outer `None` ends the stream.
    async fn told(&self, hint: &Hint) -> Option<Option<Event>> {
        let news = self.portal.news(&self.actor, self.site, hint).await.ok()?;
        Some(news.map(|(number, version)| event(number.get(), version.0)))
    }

    /// Whether the ticket on the page has changed since the page was made.
    async fn looked(&self) -> Option<Option<Event>> {
        let Some(Shown { number, version }) = self.shown else {
            return Some(None);
        };
        let hint = Hint {
            portal: self.site,
            number,
            version: Version(version),
            readers: Vec::new(),
        };
        let news = self.portal.news(&self.actor, self.site, &hint).await.ok()?;
        Some(
            news.filter(|(_, now)| now.0 > version)
                .map(|(number, now)| event(number.get(), now.0)),
        )
    }

    /// Some hints were lost: the page looks for itself.
    async fn missed(&self) -> Option<Option<Event>> {
        if self.shown.is_some() {
            self.looked().await
        } else {
            Some(Some(event(0, 0)))
        }
    }
}

/// A number and a version, never content. Number 0 means that the page should look for itself.
fn event(number: i64, version: i64) -> Event {
    Event::message(serde_json::json!({ "number": number, "version": version }).to_string())
}

/// The place of a listener, or none if the session has too many streams already.
pub(crate) fn join(hub: &Arc<Hub>, session: portal_core::id::SessionId) -> Option<Seat> {
    Hub::join(hub, session)
}
