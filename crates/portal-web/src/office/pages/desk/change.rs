//! Changes that give or take sight: first what they would do, then the button.

use std::collections::BTreeMap;

use poem::http::StatusCode;
use portal_core::access::{Audience, Principal, Standing};
use portal_core::desk::{ChangeTicket, Seer, TicketChange};
use portal_core::id::CompanyId;
use portal_core::ticket::{AssociationLabel, Version};

use super::place::Place;
use super::ticket::number;
use super::write::{key, saved};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::fresh;
use crate::office::visit::OfficeVisit;
use crate::view::desk::{ChangePage, SightGroup, SightLine, SightSide};
use crate::view::office::OfficeArea;
use crate::view::person::{Person, Role};
use crate::visit::Answer;

/// The change that a form or a link names, with its name.
fn asked(fields: &Fields) -> Result<(&'static str, TicketChange), Stop> {
    let contact = || fields.get("to").parse().map_err(|_| Stop::BAD_REQUEST);
    let company = || fields.get("to").parse().map_err(|_| Stop::BAD_REQUEST);
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
        "requester" => ("requester", TicketChange::Link(contact()?, AssociationLabel::Requester)),
        "participant" => (
            "participant",
            TicketChange::Link(contact()?, AssociationLabel::Participant),
        ),
        "unlink" => ("unlink", TicketChange::Unlink(contact()?)),
        "company" => ("company", TicketChange::LinkCompany(company()?)),
        "no-company" => ("no-company", TicketChange::UnlinkCompany(company()?)),
        _ => return Err(Stop::BAD_REQUEST),
    })
}

pub(super) async fn preview(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let (number, (what, change)) = (number(visit)?, asked(fields)?);
    let preview = visit.web.portal.preview_change(visit.actor()?, number, change).await?;
    let one = |it: &Seer| (it.clone(), 1);
    let gain: Vec<(Seer, u32)> = preview.gain.iter().map(one).collect();
    let lose: Vec<(Seer, u32)> = preview.lose.iter().map(one).collect();
    let page = ChangePage {
        shell: visit.shell(OfficeArea::Desk),
        number: number.get(),
        here: format!("/desk/tickets/{number}"),
        query: Place::here(visit).query(),
        what,
        about: preview.about,
        to: fields.get("to").to_owned(),
        seen: preview.version.0,
        sides: vec![
            side("gain", &gain, &preview.companies),
            side("lose", &lose, &preview.companies),
        ],
        is_cut: preview.is_cut,
        is_made: preview.is_made,
        idem: fresh::key(),
    };
    visit.page(StatusCode::OK, &page)
}

/// Who would gain or lose sight: people by name, and those of a company together.
pub(super) fn side(side: &'static str, seers: &[(Seer, u32)], companies: &BTreeMap<CompanyId, String>) -> SightSide {
    let mut groups: BTreeMap<CompanyId, SightGroup> = BTreeMap::new();
    let mut persons = Vec::new();
    for (seer, tickets) in seers {
        let line = SightLine {
            person: Person::new(seer.name.as_str(), Role::Other),
            why: match (seer.because, seer.label) {
                (Principal::Company(_), _) => "by_company",
                (Principal::Contact(_), Some(AssociationLabel::Requester)) => "requester",
                (Principal::Contact(_), _) => "participant",
            },
            company: String::new(),
            tickets: *tickets,
        };
        match seer.because {
            Principal::Contact(_) => persons.push(line),
            Principal::Company(id) => {
                let group = groups.entry(id).or_insert_with(|| SightGroup {
                    name: companies.get(&id).cloned().unwrap_or_default(),
                    people: Vec::new(),
                });
                group.people.push(line);
            }
        }
    }
    SightSide {
        side,
        count: u32::try_from(seers.len()).unwrap_or(u32::MAX),
        persons,
        groups: groups.into_values().collect(),
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
