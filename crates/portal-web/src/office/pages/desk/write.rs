use std::collections::BTreeMap;
use std::time::Duration;

use poem::http::StatusCode;
use portal_core::desk::{
    Answer as Command, Assign, DeskError, SetCategory, SetPriority, SetProperty, SetStatus, Snooze, Then, WriteNote,
};
use portal_core::id::TicketNumber;
use portal_core::ports::IdempotencyKey;
use portal_core::ticket::{Message, Priority};

use super::files::{attached, shown};
use super::place::Place;
use super::ticket::{Kept, filled, message, number};
use crate::cookies::Cookie;
use crate::errors::Stop;
use crate::forms::{Fields, Upload};
use crate::fresh;
use crate::office::problems::worded;
use crate::office::visit::OfficeVisit;
use crate::view::desk::OvertakenPage;
use crate::view::error::Fault;
use crate::view::file::StagedFile;
use crate::view::office::OfficeArea;
use crate::visit::Answer;

pub(super) fn key(fields: &Fields) -> Option<IdempotencyKey> {
    fields.get("idem").parse().ok()
}

/// What is left empty means nobody, or nothing.
pub(super) fn perhaps<T: std::str::FromStr>(text: &str) -> Result<Option<T>, Stop> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Stop::BAD_REQUEST)
}

/// Up to which place of which ticket everything was on the page: `5:12 17:3`. A place alone is one of this ticket.
fn seen(fields: &Fields, on: TicketNumber) -> Result<BTreeMap<TicketNumber, u32>, Stop> {
    let one = |it: &str| match it.split_once(':') {
        Some((number, seq)) => Some((number.parse().ok()?, seq.parse().ok()?)),
        None => Some((on, it.parse().ok()?)),
    };
    let all = fields.get("seen").split_whitespace();
    all.map(|it| one(it).ok_or(Stop::BAD_REQUEST)).collect()
}

/// An answer or a note. Where form and button disagree it is a note: that can be said again in public, an answer cannot be
/// taken back after a while.
pub(super) async fn write(visit: &OfficeVisit<'_>, upload: &Upload) -> Answer {
    let fields = &upload.fields;
    let is_note = fields.get("kind") == "note" || fields.get("then") == "note";
    let (number, text) = (number(visit)?, fields.text("body"));
    let place = Place::here(visit);
    let files = attached(visit, upload).await?;
    if fields.get("then") == "insert" {
        return insert(visit, fields, text, files.shown).await;
    }
    if !files.problems.is_empty() {
        let kept = Kept {
            text,
            is_note,
            staged: files.shown,
            problems: files.problems,
            ..Kept::default()
        };
        return filled(visit, StatusCode::UNPROCESSABLE_ENTITY, kept).await;
    }
    let then = Then::named(fields.get("then")).unwrap_or(Then::Work);
    let done = if is_note {
        let command = WriteNote {
            number,
            text: text.clone(),
            files: files.ids,
            key: key(fields),
        };
        visit.web.portal.write_note(visit.actor()?, command).await
    } else {
        // Of a conversation of several tickets, an answer is on the one of the message that it answers.
        let on = perhaps(fields.get("on"))?.unwrap_or(number);
        let mut beside = seen(fields, on)?;
        let command = Command {
            number: on,
            text: text.clone(),
            files: files.ids,
            seen: beside.remove(&on).ok_or(Stop::BAD_REQUEST)?,
            beside,
            then,
            key: key(fields),
        };
        let held = visit.web.portal.hold_answer(visit.actor()?, command).await;
        held.map(drop)
    };
    match done {
        Ok(()) if is_note => Ok(visit.done("office-flash-desk-noted", &place.ticket(number))),
        Ok(()) => {
            let mut response = visit.done("office-flash-desk-answered", &place.ticket(number));
            Cookie::Then.keep(&mut response, then.name(), visit.secure());
            Ok(response)
        }
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
                staged: files.shown,
                problems,
                ..Kept::default()
            };
            filled(visit, StatusCode::UNPROCESSABLE_ENTITY, kept).await
        }
        Err(DeskError::Overtaken(newer)) => overtaken(visit, fields, &newer, text, files.shown),
        Err(err) => stopped(visit, fields, err),
    }
}

/// For those without scripts: the same page, with a canned reply behind what was typed. Nothing is stored.
async fn insert(visit: &OfficeVisit<'_>, fields: &Fields, mut text: String, staged: Vec<StagedFile>) -> Answer {
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
        staged,
        ..Kept::default()
    };
    filled(visit, StatusCode::OK, kept).await
}

/// An answer that has not left yet is in the form again, and nowhere else.
pub(super) async fn take_back(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let number = number(visit)?;
    let on = perhaps(fields.get("on"))?.unwrap_or(number);
    let id = fields.get("answer").parse().map_err(|_| Stop::BAD_REQUEST)?;
    match visit.web.portal.take_back_answer(visit.actor()?, on, id).await {
        Ok(back) => {
            let kept = Kept {
                text: back.text,
                staged: shown(visit, &back.files),
                ..Kept::default()
            };
            filled(visit, StatusCode::OK, kept).await
        }
        Err(DeskError::NotPossible) => {
            let to = Place::here(visit).ticket(number);
            Ok(visit.done("office-flash-desk-too-late", &to))
        }
        Err(err) => Err(err.into()),
    }
}

/// Both texts, and the choice.
fn overtaken(
    visit: &OfficeVisit<'_>,
    fields: &Fields,
    newer: &[Message],
    text: String,
    staged: Vec<StagedFile>,
) -> Answer {
    let number = number(visit)?;
    let page = OvertakenPage {
        shell: visit.shell(OfficeArea::Desk),
        number: number.get(),
        here: format!("/desk/tickets/{number}"),
        query: Place::here(visit).query(),
        seen: seen_with(fields, number, newer)?,
        on: fields.get("on").to_owned(),
        newer: newer.iter().map(|it| message(visit, it)).collect(),
        text,
        staged,
        then: Then::named(fields.get("then")).unwrap_or(Then::Work).name(),
        idem: fresh::key(),
    };
    visit.page(StatusCode::CONFLICT, &page)
}

/// What was on the page before, and what is on it now.
fn seen_with(fields: &Fields, here: TicketNumber, newer: &[Message]) -> Result<String, Stop> {
    let on = perhaps(fields.get("on"))?.unwrap_or(here);
    let mut seen = seen(fields, on)?;
    for message in newer {
        let place = seen.entry(message.ticket).or_default();
        *place = message.seq.max(*place);
    }
    let parts: Vec<String> = seen.iter().map(|(number, seq)| format!("{number}:{seq}")).collect();
    Ok(parts.join(" "))
}

/// Somebody else was faster: back to the ticket as it is now.
pub(super) fn stopped(visit: &OfficeVisit<'_>, fields: &Fields, err: DeskError) -> Answer {
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

pub(super) async fn property(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let command = SetProperty {
        number: number(visit)?,
        property: fields.get("property").parse().map_err(|_| Stop::BAD_REQUEST)?,
        was: fields.get("was").to_owned(),
        value: fields.get("value").to_owned(),
        key: key(fields),
    };
    let name = format!("property-{}", command.property);
    let result = visit.web.portal.set_property(visit.actor()?, command).await;
    match result {
        Err(DeskError::Invalid(problems)) => {
            let mut problems = worded(visit, &problems);
            for problem in &mut problems {
                problem.field = name.clone().into();
            }
            let kept = Kept {
                problems,
                property: Some((name, fields.get("value").to_owned())),
                ..Kept::default()
            };
            filled(visit, StatusCode::UNPROCESSABLE_ENTITY, kept).await
        }
        result => saved(visit, fields, result).await,
    }
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
