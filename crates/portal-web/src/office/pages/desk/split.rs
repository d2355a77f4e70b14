//! Messages of a ticket become one of their own.

use std::collections::BTreeSet;

use poem::http::StatusCode;
use portal_core::desk::{DeskError, Split, SplitError};
use portal_core::ticket::{AssociationLabel, AuthorKind, TimelineItem};

use super::place::Place;
use super::ticket::{message, number};
use super::write::{key, perhaps, stopped};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::fresh;
use crate::office::problems::worded;
use crate::office::visit::OfficeVisit;
use crate::view::Choice;
use crate::view::desk::{SplitLine, SplitPage};
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::visit::Answer;

/// So many of the newest messages are offered.
const NEWEST: u32 = 200;

fn chosen(fields: &Fields) -> Result<BTreeSet<u32>, Stop> {
    let places = fields
        .all("message")
        .map(|it| it.parse().map_err(|_| Stop::BAD_REQUEST));
    places.collect()
}

pub(super) async fn show(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    page(visit, StatusCode::OK, fields, Vec::new()).await
}

async fn page(visit: &OfficeVisit<'_>, code: StatusCode, fields: &Fields, problems: Vec<Problem>) -> Answer {
    let (number, chosen) = (number(visit)?, chosen(fields)?);
    let view = visit
        .web
        .portal
        .view_desk_ticket(visit.actor()?, number, NEWEST)
        .await?;
    let mut messages = Vec::new();
    let mut asked = None;
    for item in &view.thread.items {
        let TimelineItem::Message(it) = item else { continue };
        if let AuthorKind::Contact(contact) = it.author.kind
            && view.ticket.contacts.contains_key(&contact)
        {
            asked = Some(contact);
        }
        messages.push(SplitLine {
            seq: it.seq,
            text: message(visit, it),
            chosen: chosen.contains(&it.seq),
        });
    }
    let requester = view.ticket.requester().or(asked);
    let given = fields.given("requester").map(str::to_owned);
    let current = given.or(requester.map(|it| it.to_string())).unwrap_or_default();
    let mut requesters: Vec<Choice> = view
        .people
        .iter()
        .map(|it| {
            let id = it.contact.to_string();
            let label = match it.label {
                AssociationLabel::Requester | AssociationLabel::Participant => it.name.clone(),
            };
            Choice::new(id, label, &current)
        })
        .collect();
    requesters.push(Choice::new("", visit.texts().text("desk-nobody", &[]), &current));
    let typed = fields.text("subject");
    let page = SplitPage {
        shell: visit.shell(OfficeArea::Desk),
        number: number.get(),
        here: format!("/desk/tickets/{number}"),
        query: Place::here(visit).query(),
        subject: if typed.is_empty() {
            view.ticket.subject.as_str().to_owned()
        } else {
            typed
        },
        messages,
        requesters,
        idem: fresh::key(),
        problems,
    };
    visit.page(code, &page)
}

pub(super) async fn split(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let command = Split {
        number: number(visit)?,
        messages: chosen(fields)?,
        subject: fields.text("subject"),
        requester: perhaps(fields.get("requester"))?,
        key: key(fields),
    };
    match visit.web.portal.split_ticket(visit.actor()?, command).await {
        Ok(made) => Ok(visit.done("office-flash-desk-split", &Place::here(visit).ticket(made))),
        Err(SplitError::Desk(DeskError::Invalid(problems))) => {
            let problems = worded(visit, &problems);
            page(visit, StatusCode::UNPROCESSABLE_ENTITY, fields, problems).await
        }
        Err(SplitError::Desk(err)) => stopped(visit, fields, err),
        Err(err) => Err(err.into()),
    }
}
