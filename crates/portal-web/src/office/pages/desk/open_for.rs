//! A ticket that the staff open for a customer: whom it is for is searched first, then the rest is typed.

use poem::http::StatusCode;
use portal_core::desk::{DeskError, OpenFor};
use portal_core::id::ContactId;
use portal_core::ticket::{Priority, Source};

use super::files::{attached, limits};
use super::list;
use super::place::Place;
use crate::errors::Stop;
use crate::forms::{Fields, Upload};
use crate::fresh;
use crate::office::problems::worded;
use crate::office::visit::OfficeVisit;
use crate::view::Choice;
use crate::view::file::StagedFile;
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::office_flow::OpenForPage;
use crate::visit::Answer;

/// By which ways a customer comes to somebody who opens a ticket for them.
const SOURCES: [(Source, &str); 3] = [
    (Source::Other, "phone"),
    (Source::Email, "email"),
    (Source::Portal, "other"),
];

pub(super) async fn show(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    filled(visit, StatusCode::OK, fields, Vec::new(), Vec::new()).await
}

async fn filled(
    visit: &OfficeVisit<'_>,
    status: StatusCode,
    fields: &Fields,
    staged: Vec<StagedFile>,
    problems: Vec<Problem>,
) -> Answer {
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let chosen: Option<ContactId> = fields.given("contact").and_then(|it| it.parse().ok());
    let searched = fields.given("q").is_some();
    let q = fields.get("q").to_owned();
    let found = if searched || chosen.is_some() {
        portal.find_contacts(actor, &q).await?
    } else {
        Vec::new()
    };
    let place = Place::here(visit);
    let list = list::load(visit, &place, &Fields::default()).await?;
    let inbox = fields.get("inbox");
    let inboxes = portal.own_inboxes(actor).await?;
    let contact = found.iter().find(|it| Some(it.id) == chosen);
    let page = OpenForPage {
        shell: visit.shell(OfficeArea::Desk),
        rail: place.rail(&list),
        contact: contact.map(|it| (it.id.to_string(), it.name.clone())),
        found: found
            .iter()
            .map(|it| {
                let address = it.membership_email.as_ref().or(it.email.as_ref());
                let company = it.company.as_ref().map(|it| it.1.clone());
                let told = [company, address.map(ToString::to_string)];
                let told: Vec<String> = told.into_iter().flatten().collect();
                (it.id.to_string(), it.name.clone(), told.join(" · "))
            })
            .collect(),
        searched,
        q,
        inboxes: inboxes
            .iter()
            .map(|(id, name)| Choice::new(id.to_string(), name.as_str(), inbox))
            .collect(),
        sources: SOURCES
            .iter()
            .map(|(_, name)| Choice::new(*name, *name, fields.get("source")))
            .collect(),
        priorities: Priority::ALL
            .iter()
            .map(|it| Choice::new(it.name(), it.name(), fields.given("priority").unwrap_or("normal")))
            .collect(),
        subject: fields.get("subject").to_owned(),
        text: fields.text("text"),
        limits: limits(visit),
        staged,
        idem: fresh::key(),
        problems,
    };
    visit.page(status, &page)
}

pub(super) async fn submit(visit: &OfficeVisit<'_>, upload: &Upload) -> Answer {
    let fields = &upload.fields;
    let files = attached(visit, upload).await?;
    if !files.problems.is_empty() {
        return filled(
            visit,
            StatusCode::UNPROCESSABLE_ENTITY,
            fields,
            files.shown,
            files.problems,
        )
        .await;
    }
    let source = SOURCES.iter().find(|it| it.1 == fields.get("source"));
    let command = OpenFor {
        contact: fields.get("contact").parse().map_err(|_| Stop::BAD_REQUEST)?,
        inbox: fields.get("inbox").parse().map_err(|_| Stop::BAD_REQUEST)?,
        subject: fields.get("subject").to_owned(),
        text: fields.text("text"),
        files: files.ids,
        source: source.ok_or(Stop::BAD_REQUEST)?.0,
        priority: Priority::named(fields.get("priority")).ok_or(Stop::BAD_REQUEST)?,
        key: fields.get("idem").parse().ok(),
    };
    match visit.web.portal.open_for(visit.actor()?, command).await {
        Ok(number) => {
            let to = Place::here(visit).ticket(number);
            Ok(visit.done("office-flash-desk-opened-for", &to))
        }
        Err(DeskError::Invalid(problems)) => {
            let problems = worded(visit, &problems);
            filled(visit, StatusCode::UNPROCESSABLE_ENTITY, fields, files.shown, problems).await
        }
        Err(err) => Err(err.into()),
    }
}
