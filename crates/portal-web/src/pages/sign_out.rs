//! Signing out.

use poem::http::{HeaderName, HeaderValue};

use crate::cookies::Cookie;
use crate::view::shell::Flash;
use crate::visit::{Answer, Visit};

/// Ends the session and takes what the browser kept. Its cookies are removed by name: `"cookies"` would empty the
/// operator's whole domain.
pub(super) async fn submit(visit: &Visit<'_>) -> Answer {
    if let Some((reader, session)) = visit
        .visitor
        .as_ref()
        .and_then(|it| Some((it.profile.contact, it.session?)))
    {
        visit.web.portal.sign_out(reader, session).await?;
    }
    let mut response = visit.done(Flash::SignedOut, &format!("{}/sign-in", visit.base()));
    Cookie::Session.expire(&mut response, visit.secure());
    let taken = HeaderValue::from_static("\"cache\", \"storage\"");
    response
        .headers_mut()
        .insert(HeaderName::from_static("clear-site-data"), taken);
    Ok(response)
}
