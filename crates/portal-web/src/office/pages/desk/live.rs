//! What makes pages of the desk live: the stream, and saying that one is there.

use poem::Response;
use poem::http::StatusCode;
use portal_core::ports::Presence;

use super::ticket::number;
use crate::errors::Stop;
use crate::forms::Fields;
use crate::office::visit::OfficeVisit;
use crate::stream::desk::{DeskHub, DeskShown, response};
use crate::view::error::Fault;
use crate::visit::Answer;

/// A stream. With `number`, `version` and `notes` of the ticket on the page it also says what happened since.
pub(super) async fn open(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let staff = visit.staff.as_ref().ok_or(Stop::SignIn)?;
    let watch = visit.web.portal.watch_desk(&staff.actor).await?;
    let shown = fields.get("number").parse().ok().map(|number| DeskShown {
        number,
        version: fields.get("version").parse().unwrap_or(i64::MAX),
        notes: fields.get("notes").parse().unwrap_or(u32::MAX),
    });
    let seat = DeskHub::join(&visit.web.desk, staff.visitor.session.id).ok_or(Fault::TooMany { seconds: 10 })?;
    Ok(response(
        visit.web.portal.clone(),
        staff.actor.clone(),
        seat,
        watch,
        shown,
    ))
}

/// Somebody says what they do on a ticket.
pub(super) async fn present(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let doing = Presence::named(fields.get("doing")).ok_or(Stop::BAD_REQUEST)?;
    // Who is there is known to this server only if it listens.
    visit.web.desk.listen();
    visit
        .web
        .portal
        .be_present(visit.actor()?, number(visit)?, doing)
        .await?;
    Ok(Response::builder().status(StatusCode::NO_CONTENT).finish())
}
