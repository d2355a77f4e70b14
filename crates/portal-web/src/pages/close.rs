//! Closing a ticket: the question as a page, for browsers without scripts, and the answer.

use poem::http::StatusCode;
use portal_core::ticket::{CloseTicket, CloseTicketError};

use super::{confirm, problems};
use crate::forms::Fields;
use crate::view::confirm::Question;
use crate::view::shell::Flash;
use crate::visit::{Answer, Visit};

pub(super) async fn ask(visit: &Visit<'_>) -> Answer {
    confirm::ask(visit, Question::Close).await
}

pub(super) async fn submit(visit: &Visit<'_>, fields: Fields) -> Answer {
    let number = visit.number()?;
    // The box has several lines; a reason has one.
    let reason = fields.get("reason").split_whitespace().collect::<Vec<_>>().join(" ");
    let command = CloseTicket {
        portal: visit.site.id,
        number,
        reason: Some(reason.clone()),
        key: fields.get("idem").parse().ok(),
    };
    match visit.web.portal.close_ticket(&visit.actor(), command).await {
        Ok(()) => Ok(visit.done(Flash::Closed, &visit.ticket_href(number))),
        Err(CloseTicketError::Invalid(found)) => {
            let worded = problems::worded(visit, &found);
            confirm::again(visit, Question::Close, StatusCode::UNPROCESSABLE_ENTITY, reason, worded).await
        }
        Err(err) => Err(err.into()),
    }
}
