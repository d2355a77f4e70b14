//! Several tickets of a list at once: all of them, or none.

use std::collections::BTreeMap;
use std::time::Duration;

use poem::http::StatusCode;
use portal_core::access::Standing;
use portal_core::desk::{ChangeMany, DeskChoices, DeskError, ManyChange, TicketChange};
use portal_core::id::TicketNumber;
use portal_core::ticket::{Priority, Stage, Version};

use super::change::side;
use super::place::Place;
use super::write::{key, perhaps};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::fresh;
use crate::i18n::Arg;
use crate::office::visit::OfficeVisit;
use crate::view::Choice;
use crate::view::desk::{BulkChoices, BulkPage, BulkStopPage};
use crate::view::office::OfficeArea;
use crate::visit::Answer;

/// What the list offers to do with what is ticked.
pub(super) fn choices(known: &DeskChoices) -> BulkChoices {
    let named = |prefix: &str, id: String, name: &str| Choice::new(format!("{prefix}:{id}"), name, "");
    BulkChoices {
        agents: known
            .agents
            .iter()
            .map(|(id, name)| named("assign", id.to_string(), name))
            .collect(),
        inboxes: known
            .inboxes
            .iter()
            .map(|(id, name)| named("move", id.to_string(), name))
            .collect(),
    }
}

/// What is asked for: its name, what is done, and what of the sight is changed by it.
fn asked(visit: &OfficeVisit<'_>, fields: &Fields) -> Result<(&'static str, ManyChange), Stop> {
    let (what, to) = match fields.get("do").split_once(':') {
        Some(it) => it,
        None => (fields.get("do"), ""),
    };
    Ok(match what {
        "close" => ("close", ManyChange::Stage(Stage::Closed)),
        "open" => ("open", ManyChange::Stage(Stage::InProgress)),
        "wait" => ("wait", ManyChange::Stage(Stage::WaitingOnContact)),
        "assign" => ("assign", ManyChange::Owner(perhaps(to)?)),
        "priority" => {
            let priority = Priority::named(to).ok_or(Stop::BAD_REQUEST)?;
            ("priority", ManyChange::Priority(priority))
        }
        "snooze" => {
            let hours: Option<u64> = perhaps(to)?;
            let until = hours.map(|it| visit.ask.now.plus(Duration::from_hours(it.min(8000))));
            (
                if until.is_some() { "snooze" } else { "wake" },
                ManyChange::Snooze(until),
            )
        }
        "move" => {
            let to = to.parse().map_err(|_| Stop::BAD_REQUEST)?;
            ("move", ManyChange::Sight(TicketChange::Inbox(to)))
        }
        "spam" => ("spam", ManyChange::Sight(TicketChange::Standing(Standing::Spam))),
        "delete" => ("delete", ManyChange::Sight(TicketChange::Standing(Standing::Deleted))),
        "restore" => ("restore", ManyChange::Sight(TicketChange::Standing(Standing::Live))),
        _ => return Err(Stop::BAD_REQUEST),
    })
}

/// The tickets that are ticked, each with the version that was on the page.
fn picked(fields: &Fields) -> Result<BTreeMap<TicketNumber, Version>, Stop> {
    let one = |it: &str| {
        let (number, version) = it.split_once(':')?;
        Some((number.parse().ok()?, Version(version.parse().ok()?)))
    };
    fields.all("pick").map(|it| one(it).ok_or(Stop::BAD_REQUEST)).collect()
}

pub(super) async fn change(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let place = Place::here(visit);
    if fields.get("do").is_empty() {
        return Ok(visit.done("office-flash-desk-nothing", &place.list()));
    }
    let ((what, change), tickets) = (asked(visit, fields)?, picked(fields)?);
    if tickets.is_empty() {
        return Ok(visit.done("office-flash-desk-nothing", &place.list()));
    }
    if let ManyChange::Sight(sight) = change
        && fields.get("sure") != "1"
    {
        return preview(visit, fields, (what, sight), &tickets).await;
    }
    let command = ChangeMany {
        tickets,
        change,
        key: key(fields),
    };
    match visit.web.portal.change_many(visit.actor()?, command).await {
        Ok(count) => Ok(visit.done_with_many(what, count, &place.list())),
        Err(err) => refused(visit, err),
    }
}

async fn preview(
    visit: &OfficeVisit<'_>,
    fields: &Fields,
    (what, change): (&'static str, TicketChange),
    tickets: &BTreeMap<TicketNumber, Version>,
) -> Answer {
    let numbers: Vec<TicketNumber> = tickets.keys().copied().collect();
    let preview = match visit.web.portal.preview_many(visit.actor()?, &numbers, change).await {
        Ok(preview) => preview,
        Err(err) => return refused(visit, err),
    };
    let place = Place::here(visit);
    let page = BulkPage {
        shell: visit.shell(OfficeArea::Desk),
        back: place.list(),
        query: place.query(),
        what,
        wanted: fields.get("do").to_owned(),
        tickets: preview
            .tickets
            .iter()
            .map(|(number, version, subject)| {
                (
                    number.get(),
                    subject.as_str().to_owned(),
                    format!("{number}:{}", version.0),
                )
            })
            .collect(),
        sides: vec![
            side("gain", &preview.gain, &preview.companies),
            side("lose", &preview.lose, &preview.companies),
        ],
        is_cut: preview.is_cut,
        idem: fresh::key(),
    };
    visit.page(StatusCode::OK, &page)
}

/// Nothing was done, and why.
fn refused(visit: &OfficeVisit<'_>, err: DeskError) -> Answer {
    let (code, why) = match err {
        DeskError::Stale => (StatusCode::CONFLICT, "stale"),
        DeskError::NotPossible => (StatusCode::CONFLICT, "not_possible"),
        DeskError::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "not_offered"),
        DeskError::KeyReused => (StatusCode::CONFLICT, "stale"),
        err => return Err(err.into()),
    };
    let most = u64::try_from(ChangeMany::MOST).unwrap_or(u64::MAX);
    let page = BulkStopPage {
        shell: visit.shell(OfficeArea::Desk),
        back: Place::here(visit).list(),
        text: visit
            .texts()
            .text("desk-bulk-stop", &[("why", Arg::from(why)), ("most", Arg::from(most))]),
    };
    visit.page(code, &page)
}
