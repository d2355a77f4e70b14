//! The endpoint: every request goes through here, from the outside in.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use poem::endpoint::BoxEndpoint;
use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use poem::{Body, Endpoint, Request, Response, Result};
use portal_core::membership::Credential;
use portal_core::text::Slug;

use crate::errors::Stop;
use crate::middleware::body::Overflow;
use crate::middleware::rate::{Class, Subject};
use crate::middleware::turnstile::{self, Turnstile};
use crate::middleware::{body, client, csrf, headers, host};
use crate::pages;
use crate::routes::{Found, Origin, Places, Route, Who, find};
use crate::view::error::Fault;
use crate::visit::{Answer, Visit};
use crate::web::{Ask, Web, last_resort};
use crate::{forms, fresh, office};

/// The customer's pages, and the API beside them.
pub(crate) struct Site {
    pub(crate) web: Arc<Web>,
    pub(crate) api: BoxEndpoint<'static, Response>,
}

impl Endpoint for Site {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let id = fresh::key();
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let heads = request.headers().clone();
        let begun = self.web.portal.now();
        let answered = AssertUnwindSafe(self.answer(request, &id)).catch_unwind().await;
        let mut response = answered.unwrap_or_else(|_| self.panicked(&heads, &id));
        headers::put(&mut response, &self.web.config, &id);
        self.log(&method, &uri, &response, &id, begun);
        Ok(response)
    }
}

impl Site {
    async fn answer(&self, mut request: Request, id: &str) -> Response {
        let web = &*self.web;
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        if let Found::Route(
            Route {
                who: Who::Probe,
                operation,
                ..
            },
            _,
        ) = find(&method, &path)
        {
            return pages::probe::answer(web, *operation).await;
        }
        let Some(host) = host::named(request.headers(), request.uri(), &web.config) else {
            return web.fault(Fault::Misdirected, web.bare_shell(request.headers()));
        };
        if !is_for_set_up(&method, &path) {
            match web.is_in_use().await {
                Ok(true) => {}
                Ok(false) => return web.fault(Fault::NotFound, web.bare_shell(request.headers())),
                Err(stop) => return web.stopped(stop, web.bare_shell(request.headers()), id),
            }
        }
        let peer = request.remote_addr().as_socket_addr().map(std::net::SocketAddr::ip);
        let network = client::network(peer, request.headers(), &web.config.trusted_proxies);
        if path == "/api" || path.starts_with("/api/") {
            if let Ok(name) = HeaderValue::from_str(host.as_str()) {
                request.headers_mut().insert(header::HOST, name);
            }
            return self.program(request, network, id).await;
        }
        let is_local = client::is_local(peer, request.headers(), &host);
        let ask = Ask {
            method,
            path,
            query: request.uri().query().unwrap_or_default().to_owned(),
            headers: request.headers().clone(),
            host,
            network,
            is_local,
            id: id.to_owned(),
            now: web.portal.now(),
        };
        let body = request.take_body();
        if office::owns(&ask.path) {
            return office::answer(web, &ask, body).await;
        }
        match find(&ask.method, &ask.path) {
            Found::Route(route, places) => self.at(route, places, &ask, body).await,
            Found::OtherMethods(allowed) => {
                let mut response = web.fault(Fault::MethodNotAllowed, web.bare_shell(&ask.headers));
                if let Ok(allowed) = HeaderValue::from_str(&allowed) {
                    response.headers_mut().insert(header::ALLOW, allowed);
                }
                response
            }
            Found::Nothing => self.nothing(&ask).await,
        }
    }

    /// What is in the table.
    async fn at(&self, route: &Route, places: Places, ask: &Ask, body: Body) -> Response {
        let web = &*self.web;
        let stopped = |stop: Stop| web.stopped(stop, web.bare_shell(&ask.headers), &ask.id);
        if let Some(class) = route.rate
            && let Err(wait) = web.limiter.take(class, Subject::Network(ask.network.clone()), ask.now)
        {
            return stopped(too_many(wait));
        }
        if route.origin == Origin::Own && !csrf::is_own(&ask.headers, web.config.scheme, &ask.host) {
            return stopped(Fault::CrossSite.into());
        }
        if !forms::fits(route.carries, &ask.headers) {
            return stopped(Stop::BAD_REQUEST);
        }
        if places.slug.is_empty() {
            let answer = pages::without_portal(web, ask, route.operation, &places).await;
            return answer.unwrap_or_else(stopped);
        }
        let slug = places.slug.clone();
        match self.arrive(ask, places).await {
            Ok(visit) => {
                let answer = self.visited(route, &visit, body).await;
                answer.unwrap_or_else(|stop| visit.stopped(stop))
            }
            Err(stop) => self.moved(ask, &slug, &stop).await.unwrap_or_else(|| stopped(stop)),
        }
    }

    /// Where a portal is now that used to be at this address.
    async fn moved(&self, ask: &Ask, slug: &str, stop: &Stop) -> Option<Response> {
        if !stop.is_not_found() {
            return None;
        }
        let old: Slug = slug.parse().ok()?;
        let portal = match self.web.portal.formerly_at(&ask.host, &old).await {
            Ok(found) => found?,
            Err(error) => {
                tracing::warn!(error = %error, "former addresses could not be read");
                return None;
            }
        };
        let target = ask.target();
        let rest = target.strip_prefix('/')?.strip_prefix(slug)?;
        let to = if portal.host == ask.host {
            format!("/{}{rest}", portal.slug)
        } else {
            format!(
                "{}://{}/{}{rest}",
                self.web.config.scheme.as_str(),
                portal.host,
                portal.slug
            )
        };
        let to = HeaderValue::from_str(&to).ok()?;
        let mut response = Response::builder().status(StatusCode::PERMANENT_REDIRECT).finish();
        response.headers_mut().insert(header::LOCATION, to);
        Some(response)
    }

    /// What is not in the table: the page that everything has that is not there.
    async fn nothing(&self, ask: &Ask) -> Response {
        let web = &*self.web;
        let stopped = |stop: Stop| web.stopped(stop, web.bare_shell(&ask.headers), &ask.id);
        if let Err(wait) = web
            .limiter
            .take(Class::Read, Subject::Network(ask.network.clone()), ask.now)
        {
            return stopped(too_many(wait));
        }
        let slug = ask
            .path
            .trim_start_matches('/')
            .split('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        let places = Places {
            slug: slug.clone(),
            ..Places::default()
        };
        match self.arrive(ask, places).await {
            Ok(visit) => visit.stopped(Stop::NOT_FOUND),
            Err(stop) => self.moved(ask, &slug, &stop).await.unwrap_or_else(|| stopped(stop)),
        }
    }

    /// Finds the portal, and who comes.
    async fn arrive<'a>(&'a self, ask: &'a Ask, places: Places) -> std::result::Result<Visit<'a>, Stop> {
        let slug: Slug = places.slug.parse().map_err(|_| Stop::NOT_FOUND)?;
        let secret = crate::cookies::session(&ask.headers, self.web.config.is_secure());
        let credential = secret.map_or(Credential::None, Credential::Session);
        let arrival = self
            .web
            .portal
            .arrive(&ask.host, &slug, &credential)
            .await?
            // Nobody can tell that a draft is there.
            .filter(|it| !it.portal.set_up.is_draft())
            .ok_or(Stop::NOT_FOUND)?;
        let visit = Visit::new(&self.web, ask, places, arrival.portal, arrival.looks, arrival.visitor);
        if visit.site.published {
            Ok(visit)
        } else {
            Err(Fault::Unavailable.into())
        }
    }

    async fn visited(&self, route: &Route, visit: &Visit<'_>, body: Body) -> Answer {
        let web = visit.web;
        if route.who == Who::Contact && visit.visitor.is_none() {
            return Err(Stop::SignIn);
        }
        if let (Some(class), Some(contact)) = (route.rate, visit.reader()) {
            web.limiter
                .take(class, Subject::Contact(contact), visit.ask.now)
                .map_err(too_many)?;
        }
        let thing = format!("{}{}", visit.places.number, visit.places.id);
        let searcher = visit.reader().map(Subject::Contact).filter(|_| !thing.is_empty());
        if let Some(wait) = searcher.as_ref().and_then(|it| web.misses.blocked(it, visit.ask.now)) {
            return Err(too_many(wait));
        }
        if route.is_page
            && let Some(first) = pages::before(visit).await?
        {
            return Ok(first);
        }
        let answer = pages::answer(visit, route.operation, body).await;
        if let (Err(stop), Some(searcher)) = (&answer, &searcher)
            && stop.is_not_found()
            && web.misses.count(searcher, &thing, visit.ask.now)
        {
            tracing::warn!(
                request = visit.ask.id,
                "somebody asks for many things that are not there"
            );
        }
        answer
    }

    /// The API: its own errors, its own credentials, the same limits.
    async fn program(&self, mut request: Request, network: String, id: &str) -> Response {
        let web = &*self.web;
        let turnstile = Turnstile::new(self.web.clone(), &request);
        if let Err(wait) = web
            .limiter
            .take(turnstile.class(), Subject::Network(network), web.portal.now())
        {
            return turnstile::too_many(wait);
        }
        let files = turnstile.class() == Class::Upload;
        let limit = if files {
            web.portal.file_limits().each.saturating_add(body::FRAME)
        } else {
            body::FRAME
        };
        if body::announces_more(request.headers(), limit) {
            return problem(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the request is too large");
        }
        let overflow = Overflow::default();
        let counted = body::limited(request.take_body(), limit, overflow.clone());
        request.set_body(counted);
        request.set_data(turnstile.clone());
        let response = self.api.call(request).await.unwrap_or_else(|err| {
            tracing::error!(error = %err, "the API did not answer");
            problem(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "something is broken on our side",
            )
        });
        turnstile.answered(&response, id);
        if overflow.happened() {
            problem(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the request is too large")
        } else {
            response
        }
    }

    /// The page of a panic; should it panic too, a line of text.
    fn panicked(&self, heads: &HeaderMap, id: &str) -> Response {
        tracing::error!(request = id, "a request panicked");
        let page = || {
            self.web
                .fault(Fault::Internal { id: id.to_owned() }, self.web.bare_shell(heads))
        };
        std::panic::catch_unwind(AssertUnwindSafe(page))
            .unwrap_or_else(|_| last_resort(StatusCode::INTERNAL_SERVER_ERROR))
    }

    /// One line a request: which line of the table, never the address itself.
    fn log(&self, method: &Method, uri: &Uri, response: &Response, id: &str, begun: portal_core::time::Timestamp) {
        let route = match find(method, uri.path()) {
            _ if office::owns(uri.path()) => office::routes::pattern(method, uri.path()),
            Found::Route(route, _) => route.path,
            Found::OtherMethods(_) | Found::Nothing if uri.path().starts_with("/api") => "/api",
            Found::OtherMethods(_) | Found::Nothing => "-",
        };
        let millis = u64::try_from(self.web.portal.now().since(begun).as_millis()).unwrap_or(u64::MAX);
        tracing::info!(%method, route, status = response.status().as_u16(), millis, request = id, "answered");
    }
}

/// What is there before anything is set up: the set-up, what its page is made of, and the choices of language and
/// appearance on it.
fn is_for_set_up(method: &Method, path: &str) -> bool {
    let is_asset = matches!(find(method, path), Found::Route(route, _) if route.path.contains("{hash}"));
    is_asset || matches!(path, "/setup" | "/desk/language" | "/desk/appearance")
}

fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

pub(crate) fn too_many(wait: Duration) -> Stop {
    Fault::TooMany {
        seconds: seconds(wait).max(1),
    }
    .into()
}

/// An error for programs.
fn problem(status: StatusCode, code: &str, title: &str) -> Response {
    let body = serde_json::json!({ "code": code, "title": title, "status": status.as_u16() });
    Response::builder()
        .status(status)
        .content_type("application/problem+json")
        .body(body.to_string())
}
