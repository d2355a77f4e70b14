use std::collections::BTreeMap;

use poem::http::StatusCode;
use portal_core::access::{Principal, Refusal};
use portal_core::desk::{KeptOut, Seer};
use portal_core::id::CompanyId;
use portal_core::ticket::AssociationLabel;

use super::place::Place;
use super::ticket::number;
use crate::office::visit::OfficeVisit;
use crate::view::desk::{SightLine, SightPage};
use crate::view::office::OfficeArea;
use crate::view::person::{Person, Role};
use crate::visit::Answer;

pub(super) async fn show(visit: &OfficeVisit<'_>) -> Answer {
    let number = number(visit)?;
    let sight = visit.web.portal.who_sees(visit.actor()?, number).await?;
    let companies: BTreeMap<CompanyId, String> = sight.companies.into_iter().collect();
    let page = SightPage {
        shell: visit.shell(OfficeArea::Desk),
        number: number.get(),
        back: Place::here(visit).ticket(number),
        in_portal: sight.in_portal,
        seers: sight.seers.iter().map(|it| seer(it, &companies)).collect(),
        kept_out: sight.kept_out.iter().map(kept_out).collect(),
        is_cut: sight.is_cut,
    };
    visit.page(StatusCode::OK, &page)
}

fn seer(it: &Seer, companies: &BTreeMap<CompanyId, String>) -> SightLine {
    let (why, company) = match (it.because, it.label) {
        (Principal::Company(id), _) => ("company", companies.get(&id).cloned().unwrap_or_default()),
        (Principal::Contact(_), Some(AssociationLabel::Requester)) => ("requester", String::new()),
        (Principal::Contact(_), _) => ("participant", String::new()),
    };
    SightLine {
        person: Person::new(it.name.as_str(), Role::Other),
        why,
        company,
        tickets: 1,
    }
}

fn kept_out(it: &KeptOut) -> SightLine {
    SightLine {
        person: Person::new(it.name.as_str(), Role::Other),
        why: match it.refusal {
            Some(Refusal::NotPublished) => "closed",
            Some(Refusal::NotActive) => "inactive",
            Some(Refusal::NoAccess) => "no_access",
            None => "hidden",
        },
        company: String::new(),
        tickets: 1,
    }
}
