//! Taking a ticket out of the company's sight.

use portal_core::ticket::MarkPrivate;

use super::confirm;
use crate::forms::Fields;
use crate::view::confirm::Question;
use crate::view::shell::Flash;
use crate::visit::{Answer, Visit};

pub(super) async fn ask(visit: &Visit<'_>) -> Answer {
    confirm::ask(visit, Question::Private).await
}

pub(super) async fn submit(visit: &Visit<'_>, fields: &Fields) -> Answer {
    let number = visit.number()?;
    let command = MarkPrivate {
        portal: visit.site.id,
        number,
        key: fields.get("idem").parse().ok(),
    };
    visit.web.portal.mark_private(&visit.actor(), command).await?;
    Ok(visit.done(Flash::MadePrivate, &visit.ticket_href(number)))
}
