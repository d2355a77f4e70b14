//! Looking through a contact's eyes: only to read, for a reason, and kept in the audit.

use poem::http::StatusCode;
use portal_core::access::Tab;
use portal_core::crm::{ViewAs, ViewAsError};
use portal_core::id::{TicketNumber, ViewAsId};
use portal_core::ticket::{Edge, ListFilter, ListTickets, Sort, TimelineItem};

use super::contacts;
use super::party::problem;
use crate::errors::Stop;
use crate::forms::Fields;
use crate::office::visit::OfficeVisit;
use crate::pages::show;
use crate::view::SafeHtml;
use crate::view::crm::Named;
use crate::view::office::OfficeArea;
use crate::view::party::{SeenItem, SeenListPage, SeenRow, SeenTicketPage};
use crate::view::status::Status;
use crate::visit::Answer;
use crate::web::see_other;

/// Rows of a page.
const PAGE: u32 = 25;

fn id(visit: &OfficeVisit<'_>) -> Result<ViewAsId, Stop> {
    visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)
}

pub(super) async fn begin(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let contact = contacts::id(visit)?;
    let portal = fields.get("portal").parse().map_err(|_| Stop::BAD_REQUEST)?;
    let begun = visit
        .web
        .portal
        .begin_view_as(visit.actor()?, contact, portal, fields.get("reason"))
        .await;
    match begun {
        Ok(id) => Ok(see_other(&format!("/admin/view-as/{id}"))),
        Err(ViewAsError::Invalid(_)) => {
            let problems = problem(visit, "reason", "view-as-problem-reason");
            contacts::shown(visit, StatusCode::UNPROCESSABLE_ENTITY, fields, problems).await
        }
        Err(ViewAsError::NotLetIn(_)) => {
            let problems = problem(visit, "portal", "view-as-problem-not-in");
            contacts::shown(visit, StatusCode::UNPROCESSABLE_ENTITY, fields, problems).await
        }
        Err(err) => Err(err.into()),
    }
}

fn eyes(visit: &OfficeVisit<'_>, view: &ViewAs, name: &str) -> (Named, String, crate::view::when::When) {
    let contact = Named {
        href: format!("/admin/contacts/{}", view.contact),
        name: name.to_owned(),
    };
    let until = visit.times().moment(view.until().micros());
    (contact, view.reason.to_string(), until)
}

pub(super) async fn list(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let id = id(visit)?;
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let tab = match fields.get("tab") {
        "mine" => Some(Tab::Mine),
        "company" => Some(Tab::Company),
        _ => None,
    };
    let wanted = ListTickets {
        // The look knows which.
        portal: portal_core::id::PortalId::from_uuid(portal_core::id::Uuid::nil()),
        tab,
        filter: ListFilter::All,
        requester: None,
        sort: Some(Sort::Attention),
        edge: super::edge::read(fields.get("after")).map_or(Edge::Start, Edge::After),
        limit: PAGE,
        count_to: None,
    };
    let seen = portal.view_as_list(actor, id, wanted).await?;
    let (contact, reason, until) = eyes(visit, &seen.view, &seen.contact_name);
    let tab = match seen.list.tab {
        Tab::Mine => "mine",
        Tab::Company => "company",
    };
    let base = format!("/admin/view-as/{id}");
    let language = visit.language();
    let page = SeenListPage {
        shell: visit.shell(OfficeArea::Contacts),
        older: seen
            .list
            .older
            .as_ref()
            .map(|it| format!("{base}?tab={tab}&after={}", super::edge::write(it))),
        base,
        contact,
        reason,
        until,
        tab,
        company: seen.list.company.as_ref().map(|(_, name)| name.clone()),
        rows: seen
            .list
            .rows
            .iter()
            .map(|it| SeenRow {
                number: it.number.get(),
                subject: seen.readable.contains(&it.number).then(|| it.subject.to_string()),
                status: Status {
                    stage: show::stage(it.stage),
                    label: it.status_label.as_ref().map(|it| it.get(&language).to_owned()),
                },
                when: visit.times().recent(it.last_activity.micros()),
                unread: it.unread,
            })
            .collect(),
    };
    visit.page(StatusCode::OK, &page)
}

fn number(text: &str) -> Result<TicketNumber, Stop> {
    let number = text.parse().ok().and_then(TicketNumber::new);
    number.ok_or(Stop::NOT_FOUND)
}

pub(super) async fn open(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let id = id(visit)?;
    let number = number(fields.get("number"))?;
    visit.web.portal.open_as(visit.actor()?, id, number).await?;
    Ok(see_other(&format!("/admin/view-as/{id}/{number}")))
}

pub(super) async fn ticket(visit: &OfficeVisit<'_>) -> Answer {
    let id = id(visit)?;
    let number = number(&visit.places.number)?;
    let seen = visit.web.portal.view_as_ticket(visit.actor()?, id, number).await?;
    let (contact, reason, until) = eyes(visit, &seen.view, &seen.contact_name);
    let language = visit.language();
    let it = seen.ticket;
    let page = SeenTicketPage {
        shell: visit.shell(OfficeArea::Contacts),
        base: format!("/admin/view-as/{id}"),
        contact,
        reason,
        until,
        number: it.number.get(),
        subject: it.subject.to_string(),
        status: Status {
            stage: show::stage(it.stage),
            label: it.status_label.as_ref().map(|it| it.get(&language).to_owned()),
        },
        details: it
            .properties
            .iter()
            .map(|(definition, value)| (definition.label.get(&language).to_owned(), value.to_string()))
            .collect(),
        items: it
            .timeline
            .items
            .iter()
            .map(|it| match it {
                TimelineItem::Message(it) => SeenItem {
                    who: it.author.name.clone(),
                    when: visit.times().recent(it.at.micros()),
                    body: Some(SafeHtml::sanitised(it.body.html.as_str())),
                    files: it.files.iter().map(|it| it.name.to_string()).collect(),
                },
                TimelineItem::Event(it) => SeenItem {
                    who: it.by.name.clone(),
                    when: visit.times().recent(it.at.micros()),
                    body: None,
                    files: Vec::new(),
                },
            })
            .collect(),
    };
    visit.page(StatusCode::OK, &page)
}
