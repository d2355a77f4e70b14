//! Opening a closed ticket again.

use portal_core::ticket::ReopenTicket;

use super::confirm;
use crate::forms::Fields;
use crate::view::confirm::Question;
use crate::view::shell::Flash;
use crate::visit::{Answer, Visit};

pub(super) async fn ask(visit: &Visit<'_>) -> Answer {
    confirm::ask(visit, Question::Reopen).await
}

pub(super) async fn submit(visit: &Visit<'_>, fields: &Fields) -> Answer {
    let number = visit.number()?;
    let command = ReopenTicket {
        portal: visit.site.id,
        number,
        reason: None,
        key: fields.get("idem").parse().ok(),
    };
    visit.web.portal.reopen_ticket(&visit.actor(), command).await?;
    Ok(visit.done(Flash::Reopened, &visit.ticket_href(number)))
}
