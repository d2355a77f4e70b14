//! The REST API for customers, under `/api/v1/portals/{slug}`: the same use-cases and the same rule as the pages, for
//! programs that come with a bearer token. And the one for the staff's programs, under `/api/v1/admin`.
//!
//! Version 1 only grows. Every error is a problem document (RFC 9457), also those that never reach a handler.

mod admin;
mod caller;
mod convert;
pub(crate) mod error;
mod files;
mod me;
mod routes;
mod schema;
mod tickets;

use poem::http::header;
use poem::{Endpoint, EndpointExt, IntoResponse, Response, Route, get, handler};
use poem_openapi::{OpenApiService, Tags};
use portal_core::Portal;
use portal_core::settings::Host;

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
    /// For the staff: portals and their settings.
    Portals,
    /// For the staff: members of portals and their invitations.
    Members,
    /// For the staff: domains.
    Domains,
    /// For the staff: inboxes and pipelines.
    Inboxes,
    /// For the staff: access groups.
    Groups,
    /// For the staff: contacts.
    Contacts,
    /// For the staff: companies.
    Companies,
    /// For the staff: properties.
    Properties,
    /// For the staff: what was done by whom.
    Audit,
    /// For the staff: mails on their way out.
    Outbox,
    /// For the staff: staff users.
    Staff,
}

/// All operations.
type Operations = (
    MeApi,
    TicketsApi,
    FilesApi,
    admin::PortalsApi,
    admin::MembersApi,
    admin::DomainsApi,
    admin::InboxesApi,
    admin::GroupsApi,
    admin::ContactsApi,
    admin::CompaniesApi,
    admin::PropertiesApi,
    admin::AuditApi,
    admin::OutboxApi,
    admin::StaffApi,
    admin::BrandingApi,
);

fn service() -> OpenApiService<Operations, ()> {
    let operations = (
        MeApi,
        TicketsApi,
        FilesApi,
        admin::PortalsApi,
        admin::MembersApi,
        admin::DomainsApi,
        admin::InboxesApi,
        admin::GroupsApi,
        admin::ContactsApi,
        admin::CompaniesApi,
        admin::PropertiesApi,
        admin::AuditApi,
        admin::OutboxApi,
        admin::StaffApi,
        admin::BrandingApi,
    );
    OpenApiService::new(operations, "Portal", "1")
        .description(
            "The customers' API of a portal. A bearer token, made on the account page or at the command line, acts as one \
             contact in one portal, and sees exactly the tickets that this contact sees on the pages. What is not visible \
             is absent: it is answered with 404, like anything that does not exist.\n\nThe staff's API, under \
             `/v1/admin`, answers at the host of the base address only. Its tokens act as their owner, in what they were made \
             for.",
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
pub(crate) fn endpoint(portal: Portal, office: Host) -> impl Endpoint<Output = Response> {
    let inner = Route::new()
        .at("/openapi.json", get(document))
        .nest("/", service())
        .data(portal.clone())
        .catch_all_error(error::any)
        .map_to_response();
    admin::gate::Gate { inner, portal, office }
}
