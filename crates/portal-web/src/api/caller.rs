use poem::Request;
use poem::http::header;
use poem_openapi::SecurityScheme;
use poem_openapi::auth::Bearer;
use portal_core::Portal;
use portal_core::membership::{Credential, Secret, Visitor};
use portal_core::settings::{CustomerPortal, Host};
use portal_core::text::Slug;

use super::error::ApiError;
use crate::middleware::turnstile::Turnstile;

/// Who calls, proven by a bearer token of this portal.
pub(super) struct Called {
    /// The contact.
    pub(super) visitor: Visitor,
    /// The portal of the address, which is the token's.
    pub(super) portal: CustomerPortal,
}

/// A bearer token, made on the account page or with `portal token create`. It acts as its contact in its portal.
#[derive(SecurityScheme)]
#[oai(ty = "bearer", rename = "token", checker = "check")]
pub(super) struct Caller(pub(super) Called);

async fn check(request: &Request, bearer: Bearer) -> poem::Result<Called> {
    let called = arrive(request, &bearer.token).await?.ok_or_else(ApiError::sign_in)?;
    if let Some(turnstile) = request.data::<Turnstile>() {
        turnstile.admit(called.visitor.profile.contact)?;
    }
    Ok(called)
}

/// A wrong token, a token of another portal and a portal that does not exist all look the same.
async fn arrive(request: &Request, token: &str) -> poem::Result<Option<Called>> {
    let Some(portal) = request.data::<Portal>() else {
        return Ok(None);
    };
    let host = request.header(header::HOST).and_then(|it| it.parse::<Host>().ok());
    // The router's own names of places are its own.
    let place = request.uri().path().strip_prefix("/v1/portals/");
    let slug = place.and_then(|it| it.split('/').next());
    let slug = slug.and_then(|it| it.parse::<Slug>().ok());
    let (Some(host), Some(slug), Some(secret)) = (host, slug, Secret::presented(token)) else {
        return Ok(None);
    };
    let arrival = portal
        .arrive(&host, &slug, &Credential::Token(secret))
        .await
        .map_err(|err| match err {
            portal_core::membership::ArriveError::Entry(err) => ApiError::from(err),
            portal_core::membership::ArriveError::Store(err) => ApiError::from(err),
        })?;
    Ok(arrival.and_then(|it| {
        it.visitor.map(|visitor| Called {
            visitor,
            portal: it.portal,
        })
    }))
}
