//! Merging: choose the ticket that goes on, look at what it would do, do it; and taking it apart again.

use poem::http::StatusCode;
use portal_core::desk::{DeskError, Merge};
use portal_core::id::TicketNumber;
use portal_core::ticket::Version;

use super::list::status;
use super::place::Place;
use super::ticket::number;
use super::write::{key, saved, stopped};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::fresh;
use crate::office::problems::said;
use crate::office::visit::OfficeVisit;
use crate::view::desk::{MergePage, MergePickPage, OtherTicket, SightLine};
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::person::{Person, Role};
use crate::visit::Answer;

pub(super) async fn show(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let typed = fields.get("into").trim().trim_start_matches('#');
    if typed.is_empty() {
        return pick(visit, StatusCode::OK, String::new(), Vec::new()).await;
    }
    let number = number(visit)?;
    let refused = |key| said(visit, "into", key);
    let Ok(into) = typed.parse::<TicketNumber>() else {
        let problems = refused("desk-merge-no-number");
        return pick(visit, StatusCode::UNPROCESSABLE_ENTITY, typed.to_owned(), problems).await;
    };
    match visit
        .web
        .portal
        .preview_ticket_merge(visit.actor()?, number, into)
        .await
    {
        Ok(preview) => {
            let line = |it: &portal_core::desk::Seer| SightLine {
                person: Person::new(it.name.as_str(), Role::Other),
                why: "",
                company: String::new(),
                tickets: 1,
            };
            let page = MergePage {
                shell: visit.shell(OfficeArea::Desk),
                number: number.get(),
                here: format!("/desk/tickets/{number}"),
                query: Place::here(visit).query(),
                subject: preview.subject.as_str().to_owned(),
                seen: preview.version.0,
                into: into.get(),
                into_subject: preview.into_subject.as_str().to_owned(),
                seen_into: preview.into_version.0,
                keep: preview.keep.iter().map(line).collect(),
                join: preview.join.iter().map(line).collect(),
                added: preview.added,
                is_cut: preview.is_cut,
                idem: fresh::key(),
            };
            visit.page(StatusCode::OK, &page)
        }
        Err(DeskError::NotFound) => {
            let problems = refused("desk-merge-none");
            pick(visit, StatusCode::UNPROCESSABLE_ENTITY, typed.to_owned(), problems).await
        }
        Err(DeskError::NotPossible) => {
            let problems = refused("desk-merge-not-possible");
            pick(visit, StatusCode::UNPROCESSABLE_ENTITY, typed.to_owned(), problems).await
        }
        Err(err) => Err(err.into()),
    }
}

/// Which one? Whoever may not see this one learns so here.
async fn pick(visit: &OfficeVisit<'_>, code: StatusCode, typed: String, problems: Vec<Problem>) -> Answer {
    let (number, place) = (number(visit)?, Place::here(visit));
    let view = visit.web.portal.view_desk_ticket(visit.actor()?, number, 1).await?;
    let query = place.query();
    let sign = if query.is_empty() { '?' } else { '&' };
    let page = MergePickPage {
        shell: visit.shell(OfficeArea::Desk),
        number: number.get(),
        here: format!("/desk/tickets/{number}"),
        subject: view.ticket.subject.as_str().to_owned(),
        typed,
        others: view
            .others
            .iter()
            .filter(|it| it.merged_into.is_none())
            .map(|it| OtherTicket {
                href: format!("/desk/tickets/{number}/merge{query}{sign}into={}", it.number),
                subject: format!("#{} {}", it.number, it.subject.as_str()),
                status: status(it.stage, ""),
                time: visit.times().recent(it.last_activity.micros()),
            })
            .collect(),
        problems,
        query,
    };
    visit.page(code, &page)
}

pub(super) async fn merge(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let version = |name: &str| fields.get(name).parse().map(Version).map_err(|_| Stop::BAD_REQUEST);
    let into: TicketNumber = fields.get("into").parse().map_err(|_| Stop::BAD_REQUEST)?;
    let command = Merge {
        number: number(visit)?,
        into,
        seen: version("seen")?,
        seen_into: version("seen_into")?,
        add_people: fields.get("people") == "1",
        key: key(fields),
    };
    match visit.web.portal.merge_tickets(visit.actor()?, command).await {
        Ok(()) => Ok(visit.done("office-flash-desk-merged", &Place::here(visit).ticket(into))),
        Err(err) => stopped(visit, fields, err),
    }
}

pub(super) async fn unmerge(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let number = number(visit)?;
    let result = visit
        .web
        .portal
        .unmerge_ticket(visit.actor()?, number, key(fields))
        .await;
    saved(visit, fields, result).await
}
