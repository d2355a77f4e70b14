use std::time::Duration;

use poem::http::StatusCode;
use portal_core::desk::{
    Answer as Command, Assign, DeskError, SetCategory, SetPriority, SetStatus, Snooze, Then, WriteNote,
};
use portal_core::ports::IdempotencyKey;
use portal_core::ticket::{Message, Priority};

use super::place::Place;
use super::ticket::{Kept, filled, message, number};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::fresh;
use crate::office::problems::worded;
use crate::office::visit::OfficeVisit;
use crate::view::desk::OvertakenPage;
use crate::view::error::Fault;
use crate::view::office::OfficeArea;
use crate::visit::Answer;

pub(super) fn key(fields: &Fields) -> Option<IdempotencyKey> {
    fields.get("idem").parse().ok()
}

/// What is left empty means nobody, or nothing.
fn perhaps<T: std::str::FromStr>(text: &str) -> Result<Option<T>, Stop> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Stop::BAD_REQUEST)
}

/// An answer or a note. Where form and button disagree it is a note: that can be said again in public, an answer cannot be
/// taken back.
pub(super) async fn write(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let is_note = fields.get("kind") == "note" || fields.get("then") == "note";
    let (number, text) = (number(visit)?, fields.text("body"));
    let place = Place::here(visit);
    if fields.get("then") == "insert" {
        return insert(visit, fields, text).await;
    }
    let done = if is_note {
        let command = WriteNote {
            number,
            text: text.clone(),
            key: key(fields),
        };
        visit.web.portal.write_note(visit.actor()?, command).await
    } else {
        let command = Command {
            number,
            text: text.clone(),
            seen: fields.get("seen").parse().map_err(|_| Stop::BAD_REQUEST)?,
            then: Then::named(fields.get("then")).unwrap_or(Then::Work),
            key: key(fields),
        };
        visit
            .web
            .portal
            .answer_ticket(visit.actor()?, command)
            .await
            .map(|_| ())
    };
    match done {
        Ok(()) if is_note => Ok(visit.done("office-flash-desk-noted", &place.ticket(number))),
        Ok(()) => Ok(visit.done("office-flash-desk-answered", &place.ticket(number))),
        Err(DeskError::Invalid(problems)) => {
            let mut problems = worded(visit, &problems);
            for problem in &mut problems {
                if problem.field == "text" {
                    problem.field = "body".into();
                }
            }
            let kept = Kept {
                text,
                is_note,
                problems,
            };
            filled(visit, StatusCode::UNPROCESSABLE_ENTITY, kept).await
        }
        Err(DeskError::Overtaken(newer)) => overtaken(visit, fields, &newer, text),
        Err(err) => stopped(visit, fields, err),
    }
}

/// For those without scripts: the same page, with a canned reply behind what was typed. Nothing is stored.
async fn insert(visit: &OfficeVisit<'_>, fields: &Fields, mut text: String) -> Answer {
    let replies = visit.web.portal.canned_for(visit.actor()?, number(visit)?).await?;
    let wanted = fields.get("canned");
    if let Some(reply) = replies.iter().find(|it| it.id.to_string() == wanted) {
        if !text.trim().is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&reply.text);
    }
    let kept = Kept {
        text,
        is_note: fields.get("kind") == "note",
        ..Kept::default()
    };
    filled(visit, StatusCode::OK, kept).await
}

/// Both texts, and the choice.
fn overtaken(visit: &OfficeVisit<'_>, fields: &Fields, newer: &[Message], text: String) -> Answer {
    let number = number(visit)?;
    let page = OvertakenPage {
        shell: visit.shell(OfficeArea::Desk),
        number: number.get(),
        here: format!("/desk/tickets/{number}"),
        query: Place::here(visit).query(),
        seen: newer.iter().map(|it| it.seq).max().unwrap_or_default(),
        newer: newer.iter().map(|it| message(visit, it)).collect(),
        text,
        then: Then::named(fields.get("then")).unwrap_or(Then::Work).name(),
        idem: fresh::key(),
    };
    visit.page(StatusCode::CONFLICT, &page)
}

/// Somebody else was faster: back to the ticket as it is now.
fn stopped(visit: &OfficeVisit<'_>, fields: &Fields, err: DeskError) -> Answer {
    match err {
        DeskError::Stale | DeskError::NotPossible | DeskError::KeyReused => {
            let fault = Fault::Conflict {
                href: Place::here(visit).ticket(number(visit)?),
                text: fields.text("body"),
            };
            Ok(visit.web.fault(fault, visit.shell(OfficeArea::Desk)))
        }
        err => Err(err.into()),
    }
}

pub(super) async fn saved(visit: &OfficeVisit<'_>, fields: &Fields, result: Result<(), DeskError>) -> Answer {
    match result {
        Ok(()) => {
            let to = Place::here(visit).ticket(number(visit)?);
            Ok(visit.done("office-flash-desk-saved", &to))
        }
        Err(DeskError::Invalid(problems)) => {
            let kept = Kept {
                problems: worded(visit, &problems),
                ..Kept::default()
            };
            filled(visit, StatusCode::UNPROCESSABLE_ENTITY, kept).await
        }
        Err(err) => stopped(visit, fields, err),
    }
}

pub(super) async fn assign(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let command = Assign {
        number: number(visit)?,
        was: perhaps(fields.get("was"))?,
        owner: perhaps(fields.get("owner"))?,
        key: key(fields),
    };
    let result = visit.web.portal.assign_ticket(visit.actor()?, command).await;
    saved(visit, fields, result).await
}

pub(super) async fn status(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let command = SetStatus {
        number: number(visit)?,
        was: fields.get("was").parse().map_err(|_| Stop::BAD_REQUEST)?,
        status: fields.get("status").parse().map_err(|_| Stop::BAD_REQUEST)?,
        key: key(fields),
    };
    let result = visit.web.portal.set_status(visit.actor()?, command).await;
    saved(visit, fields, result).await
}

pub(super) async fn priority(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let named = |name| Priority::named(fields.get(name)).ok_or(Stop::BAD_REQUEST);
    let command = SetPriority {
        number: number(visit)?,
        was: named("was")?,
        priority: named("priority")?,
        key: key(fields),
    };
    let result = visit.web.portal.set_priority(visit.actor()?, command).await;
    saved(visit, fields, result).await
}

pub(super) async fn category(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let typed = |name| fields.given(name).map(str::to_owned);
    let command = SetCategory {
        number: number(visit)?,
        was: typed("was"),
        category: typed("category"),
        key: key(fields),
    };
    let result = visit.web.portal.set_category(visit.actor()?, command).await;
    saved(visit, fields, result).await
}

/// Put aside for so many hours; none takes it up again.
pub(super) async fn snooze(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let hours: Option<u64> = perhaps(fields.get("hours"))?;
    let command = Snooze {
        number: number(visit)?,
        until: hours.map(|it| visit.ask.now.plus(Duration::from_hours(it.min(9000)))),
        key: key(fields),
    };
    let result = visit.web.portal.snooze(visit.actor()?, command).await;
    saved(visit, fields, result).await
}
