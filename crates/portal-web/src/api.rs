//! The REST API for customers, under `/api/v1/portals/{slug}`: the same use-cases and the same rule as the pages, for
//! programs that come with a bearer token.
//!
//! Version 1 only grows. Every error is a problem document (RFC 9457), also those that never reach a handler.

mod caller;
mod convert;
mod error;
mod files;
mod me;
mod schema;
mod tickets;

use poem::http::header;
use poem::{Endpoint, EndpointExt, IntoResponse, Response, Route, get, handler};
use poem_openapi::{OpenApiService, Tags};
use portal_core::Portal;

use self::files::FilesApi;
use self::me::MeApi;
use self::tickets::TicketsApi;

/// The groups of operations in the document.
#[derive(Tags)]
enum Tag {
    /// Who the token belongs to.
    Me,
    /// Tickets and their messages.
    Tickets,
    /// Files of messages.
    Files,
}

fn service() -> OpenApiService<(MeApi, TicketsApi, FilesApi), ()> {
    OpenApiService::new((MeApi, TicketsApi, FilesApi), "Portal", "1")
        .description(
            "The customers' API of a portal. A bearer token, made on the account page or at the command line, acts as one \
             contact in one portal, and sees exactly the tickets that this contact sees on the pages. What is not visible \
             is absent: it is answered with 404, like anything that does not exist.",
        )
        .url_prefix("/api")
}

/// The OpenAPI document, as checked in and as served at `/api/openapi.json`.
#[must_use]
pub fn openapi() -> String {
    let mut text = service().spec();
    text.push('\n');
    text
}

#[handler]
fn document() -> Response {
    openapi()
        .with_header(header::CONTENT_TYPE, "application/json")
        .into_response()
}

/// The API, to be mounted at `/api`.
pub(crate) fn endpoint(portal: Portal) -> impl Endpoint<Output = Response> {
    Route::new()
        .at("/openapi.json", get(document))
        .nest("/", service())
        .data(portal)
        .catch_all_error(error::any)
        .map_to_response()
}
