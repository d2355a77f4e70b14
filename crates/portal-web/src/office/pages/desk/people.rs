//! Who is on a ticket: whoever is put on it or taken off sees it or not, hence each of these leads to a preview.

use poem::http::StatusCode;
use portal_core::ticket::AssociationLabel;

use super::place::Place;
use super::ticket::number;
use crate::forms::Fields;
use crate::office::visit::OfficeVisit;
use crate::view::desk::{PeoplePage, PersonOnTicket};
use crate::view::office::OfficeArea;
use crate::visit::Answer;

pub(super) async fn show(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let (number, q) = (number(visit)?, fields.get("q").trim().to_owned());
    let view = visit.web.portal.view_desk_ticket(visit.actor()?, number, 1).await?;
    let found = visit.web.portal.find_people_for(visit.actor()?, number, &q).await?;
    let page = PeoplePage {
        shell: visit.shell(OfficeArea::Desk),
        number: number.get(),
        here: format!("/desk/tickets/{number}"),
        query: Place::here(visit).query(),
        people: view
            .people
            .iter()
            .map(|it| PersonOnTicket {
                id: it.contact.to_string(),
                name: it.name.clone(),
                detail: it.email.as_ref().map(ToString::to_string).unwrap_or_default(),
                is_requester: it.label == AssociationLabel::Requester,
            })
            .collect(),
        companies: view
            .companies
            .iter()
            .map(|(id, name, _)| PersonOnTicket {
                id: id.to_string(),
                name: name.clone(),
                detail: String::new(),
                is_requester: false,
            })
            .collect(),
        asked: !q.is_empty(),
        q,
        contacts: found
            .contacts
            .iter()
            .map(|it| PersonOnTicket {
                id: it.id.to_string(),
                name: it.name.clone(),
                detail: it
                    .email
                    .as_ref()
                    .or(it.membership_email.as_ref())
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                is_requester: false,
            })
            .collect(),
        found_companies: found
            .companies
            .iter()
            .map(|it| PersonOnTicket {
                id: it.id.to_string(),
                name: it.name.clone(),
                detail: it.domain.clone().unwrap_or_default(),
                is_requester: false,
            })
            .collect(),
    };
    visit.page(StatusCode::OK, &page)
}
