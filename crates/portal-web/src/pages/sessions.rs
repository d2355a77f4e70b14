//! Ending sessions elsewhere.

use portal_core::membership::EndSessions;

use crate::errors::Stop;
use crate::forms::Fields;
use crate::view::shell::Flash;
use crate::visit::{Answer, Visit};

pub(super) async fn end(visit: &Visit<'_>, fields: &Fields) -> Answer {
    let id = fields.get("id").parse().map_err(|_| Stop::BAD_REQUEST)?;
    visit
        .web
        .portal
        .end_sessions(&visit.actor(), EndSessions::One(id))
        .await?;
    Ok(visit.done(Flash::SessionEnded, &format!("{}/account", visit.base())))
}

pub(super) async fn end_others(visit: &Visit<'_>) -> Answer {
    let own = visit.visitor.as_ref().and_then(|it| it.session).ok_or(Stop::SignIn)?;
    visit
        .web
        .portal
        .end_sessions(&visit.actor(), EndSessions::OthersThan(own))
        .await?;
    Ok(visit.done(Flash::OtherSessionsEnded, &format!("{}/account", visit.base())))
}
