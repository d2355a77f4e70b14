//! Changes that give or take sight: first what they would do, then the button.

use poem::http::StatusCode;
use portal_core::access::{Audience, Principal, Standing};
use portal_core::desk::{ChangeTicket, Seer, TicketChange};
use portal_core::ticket::{AssociationLabel, Version};

use super::place::Place;
use super::ticket::number;
use super::write::{key, saved};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::fresh;
use crate::office::visit::OfficeVisit;
use crate::view::desk::{ChangePage, SightLine};
use crate::view::office::OfficeArea;
use crate::view::person::{Person, Role};
use crate::visit::Answer;

/// The change that a form or a link names, with its name.
fn asked(fields: &Fields) -> Result<(&'static str, TicketChange), Stop> {
    Ok(match fields.get("what") {
        "private" => ("private", TicketChange::Audience(Audience::Private)),
        "shared" => ("shared", TicketChange::Audience(Audience::Shared)),
        "spam" => ("spam", TicketChange::Standing(Standing::Spam)),
        "delete" => ("delete", TicketChange::Standing(Standing::Deleted)),
        "restore" => ("restore", TicketChange::Standing(Standing::Live)),
        "move" => {
            let to = fields.get("to").parse().map_err(|_| Stop::BAD_REQUEST)?;
            ("move", TicketChange::Inbox(to))
        }
        _ => return Err(Stop::BAD_REQUEST),
    })
}

pub(super) async fn preview(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let (number, (what, change)) = (number(visit)?, asked(fields)?);
    let preview = visit.web.portal.preview_change(visit.actor()?, number, change).await?;
    let page = ChangePage {
        shell: visit.shell(OfficeArea::Desk),
        number: number.get(),
        here: format!("/desk/tickets/{number}"),
        query: Place::here(visit).query(),
        what,
        to: fields.get("to").to_owned(),
        seen: preview.version.0,
        gain: preview.gain.iter().map(line).collect(),
        lose: preview.lose.iter().map(line).collect(),
        is_cut: preview.is_cut,
        is_made: preview.is_made,
        idem: fresh::key(),
    };
    visit.page(StatusCode::OK, &page)
}

fn line(it: &Seer) -> SightLine {
    SightLine {
        person: Person::new(it.name.as_str(), Role::Other),
        why: match (it.because, it.label) {
            (Principal::Company(_), _) => "by_company",
            (Principal::Contact(_), Some(AssociationLabel::Requester)) => "requester",
            (Principal::Contact(_), _) => "participant",
        },
        company: String::new(),
    }
}

pub(super) async fn change(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let command = ChangeTicket {
        number: number(visit)?,
        seen: Version(fields.get("seen").parse().map_err(|_| Stop::BAD_REQUEST)?),
        change: asked(fields)?.1,
        key: key(fields),
    };
    let result = visit.web.portal.change_ticket(visit.actor()?, command).await;
    saved(visit, fields, result).await
}
