//! The customer's pages and the REST API as poem endpoints.
//!
//! [`endpoint`] is everything behind a host: pages at `/{slug}…`, the API at `/api`, assets at `/s`, probes. It brings
//! its own headers, limits, error pages and request ids, and can be mounted at the root of any poem application.
//!
//! ```no_run
//! # async fn run(portal: portal_core::Portal) -> Result<(), Box<dyn std::error::Error>> {
//! use poem::listener::TcpListener;
//! use portal_web::WebConfig;
//!
//! let config = WebConfig::for_base_url("http://127.0.0.1:8080")?;
//! let pages = portal_web::endpoint(portal, config)?;
//! poem::Server::new(TcpListener::bind("127.0.0.1:8080")).run(pages).await?;
//! # Ok(())
//! # }
//! ```
//!
//! The rules are in `portal-core`: a handler here reads a request, calls one use-case, and shows what came of it.

/// The stories of the pages name this crate like anybody else does.
#[cfg(test)]
extern crate self as portal_web;

pub mod api;
pub mod assets;
mod config;
mod cookies;
mod cursor;
mod errors;
mod forms;
mod fresh;
pub mod i18n;
mod looks;
mod middleware;
mod office;
mod pages;
pub mod plain;
pub mod render;
mod routes;
mod site;
mod stream;
pub mod view;
mod visit;
mod web;

use std::sync::Arc;

use poem::{Endpoint, EndpointExt, Response, Route};
use portal_core::Portal;

pub use config::{BaseUrlError, Bucket, LiveHosts, Network, NetworkError, OperatorLink, RateLimits, Scheme, WebConfig};
pub use render::RenderError;

/// The pages and the API of all portals of one installation.
///
/// Mount it at the root: all addresses in pages begin with `/`. When `config.shutdown` is cancelled, open streams end.
///
/// # Errors
/// If a template or language file in the program is broken, which a test keeps from happening.
pub fn endpoint(portal: Portal, config: WebConfig) -> Result<impl Endpoint<Output = Response> + 'static, RenderError> {
    let api = Route::new()
        .nest("/api", api::endpoint(portal.clone(), config.office.clone()))
        .map_to_response()
        .boxed();
    Ok(site::Site {
        web: Arc::new(web::Web::new(portal, config)?),
        api,
    })
}
