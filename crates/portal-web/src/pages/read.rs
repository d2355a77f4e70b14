//! The sign of a page that its ticket was on the screen.

use poem::Response;
use poem::http::StatusCode;

use crate::errors::Stop;
use crate::forms::Fields;
use crate::visit::{Answer, Visit};

pub(super) async fn submit(visit: &Visit<'_>, fields: &Fields) -> Answer {
    let seen = fields.get("seen").parse().map_err(|_| Stop::BAD_REQUEST)?;
    visit
        .web
        .portal
        .mark_read(&visit.actor(), visit.site.id, visit.number()?, seen)
        .await?;
    Ok(Response::builder().status(StatusCode::NO_CONTENT).finish())
}
