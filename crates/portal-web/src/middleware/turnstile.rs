//! The limits of a contact for programs: who calls is known only once the token was looked at, deep inside the API.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use poem::http::{Method, StatusCode};
use poem::{IntoResponse, Request, Response};
use portal_core::id::ContactId;

use super::rate::{Class, Subject};
use crate::api::error::ApiError;
use crate::web::Web;

/// Goes with one request of a program. Clones share who called.
#[derive(Clone, Debug)]
pub(crate) struct Turnstile {
    web: Arc<Web>,
    class: Class,
    thing: String,
    caller: Arc<OnceLock<ContactId>>,
}

impl Turnstile {
    pub(crate) fn new(web: Arc<Web>, request: &Request) -> Self {
        let place = request
            .uri()
            .path()
            .strip_prefix("/api/v1/portals/")
            .unwrap_or_default();
        let mut parts = place.split('/').skip(1);
        let (kind, thing) = (
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default().to_owned(),
        );
        let is_picture = request.uri().path().starts_with("/api/v1/admin/portals/")
            && request.uri().path().contains("/branding/")
            && *request.method() == Method::PUT;
        let class = match kind {
            _ if is_picture => Class::Upload,
            "search" => Class::Search,
            "files" if *request.method() == Method::POST => Class::Upload,
            _ if request.method().is_safe() => Class::Read,
            _ => Class::Write,
        };
        Self {
            web,
            class,
            thing,
            caller: Arc::default(),
        }
    }

    /// As what the request counts.
    pub(crate) const fn class(&self) -> Class {
        self.class
    }

    /// Lets a contact through, or says how to wait.
    ///
    /// # Errors
    /// If the contact had enough, of requests or of things that are not there.
    pub(crate) fn admit(&self, contact: ContactId) -> poem::Result<()> {
        let _ = self.caller.set(contact);
        let (subject, now) = (Subject::Contact(contact), self.web.portal.now());
        self.web
            .limiter
            .take(self.class, subject.clone(), now)
            .map_err(refused)?;
        let wait = if self.thing.is_empty() {
            None
        } else {
            self.web.misses.blocked(&subject, now)
        };
        wait.map_or(Ok(()), |it| Err(refused(it)))
    }

    /// Notes what was answered: whoever asks for many things that are not there is searching by number.
    pub(crate) fn answered(&self, response: &Response, id: &str) {
        let missed = response.status() == StatusCode::NOT_FOUND && !self.thing.is_empty();
        if let (true, Some(contact)) = (missed, self.caller.get())
            && self
                .web
                .misses
                .count(&Subject::Contact(*contact), &self.thing, self.web.portal.now())
        {
            tracing::warn!(request = id, "somebody asks for many things that are not there");
        }
    }
}

fn refused(wait: Duration) -> poem::Error {
    poem::Error::from_response(too_many(wait))
}

/// The problem document for whoever had enough.
pub(crate) fn too_many(wait: Duration) -> Response {
    ApiError::too_many(wait).into_response()
}
