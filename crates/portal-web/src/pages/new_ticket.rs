//! The support form.

use std::collections::BTreeMap;

use poem::Body;
use poem::http::StatusCode;
use portal_core::id::TicketNumber;
use portal_core::property::PropertyKey;
use portal_core::text::{Line, Localized};
use portal_core::ticket::{OpenTicket, OpenTicketError};

use super::{asked, problems, show, staged, ticket};
use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::fresh;
use crate::view::form::{Complaint, Problem};
use crate::view::new_ticket::AudienceChoice;
use crate::view::promise::promise;
use crate::view::shell::{Area, Flash};
use crate::view::status::Priority;
use crate::view::ticket::TicketLink;
use crate::view::{Choice, NewTicketPage};
use crate::visit::{Answer, Visit};

/// What was typed.
#[derive(Clone, Debug)]
struct Typed {
    subject: String,
    description: String,
    category: String,
    priority: Option<Priority>,
    private: bool,
    about: Option<TicketLink>,
    fields: BTreeMap<PropertyKey, Vec<String>>,
}

pub(super) async fn show(visit: &Visit<'_>) -> Answer {
    let about = about(visit, Fields::of_query(&visit.ask.query).get("about")).await?;
    let subject = about
        .as_ref()
        .map_or_else(String::new, |it| format!("{} (#{})", it.subject, it.number));
    let typed = Typed {
        subject,
        description: String::new(),
        category: String::new(),
        priority: None,
        private: false,
        about,
        fields: BTreeMap::new(),
    };
    page(visit, StatusCode::OK, typed, Vec::new(), Vec::new()).await
}

pub(super) async fn submit(visit: &Visit<'_>, body: Body) -> Answer {
    let upload = forms::upload(visit, body).await?;
    let fields = &upload.fields;
    let given = fields.given("priority");
    let typed = Typed {
        subject: fields.get("subject").to_owned(),
        description: fields.text("description"),
        category: fields.get("category").to_owned(),
        priority: given.and_then(Priority::parse),
        private: fields.get("audience") == "private",
        about: about(visit, fields.get("about")).await?,
        fields: asked::typed(&visit.looks.form, fields),
    };
    let files = staged::all(visit, &upload).await?;
    let mut complaints = upload.complaints.clone();
    if given.is_some() && typed.priority.is_none() {
        complaints.insert(0, Complaint::PriorityUnknown);
    }
    if !complaints.is_empty() {
        let said = problems::said(visit, &complaints);
        return page(visit, StatusCode::UNPROCESSABLE_ENTITY, typed, files, said).await;
    }
    let command = OpenTicket {
        portal: visit.site.id,
        subject: typed.subject.clone(),
        description: typed.description.clone(),
        category: Some(typed.category.clone()),
        priority: show::priority_asked(typed.priority.unwrap_or(Priority::Normal)),
        private: typed.private,
        fields: typed.fields.clone(),
        files: files.iter().map(|it| it.id).collect(),
        key: fields.get("idem").parse().ok(),
    };
    match visit.web.portal.open_ticket(&visit.actor(), command).await {
        Ok(opened) => Ok(visit.done(Flash::Opened, &visit.ticket_href(opened.number))),
        Err(OpenTicketError::Invalid(found)) => {
            let worded = problems::worded(visit, &found);
            page(visit, StatusCode::UNPROCESSABLE_ENTITY, typed, files, worded).await
        }
        Err(OpenTicketError::KeyReused) => {
            let said = problems::said(visit, &[Complaint::SentAlready { field: "description" }]);
            page(visit, StatusCode::CONFLICT, typed, files, said).await
        }
        Err(
            err @ (OpenTicketError::Entry(_)
            | OpenTicketError::Denied(_)
            | OpenTicketError::NoInbox
            | OpenTicketError::Store(_)),
        ) => Err(Stop::from(err)),
    }
}

/// The ticket that the new one is about, if the reader sees it.
async fn about(visit: &Visit<'_>, given: &str) -> Result<Option<TicketLink>, Stop> {
    let Ok(number) = given.parse::<TicketNumber>() else {
        return Ok(None);
    };
    match ticket::load(visit, number, false).await {
        Ok(view) => {
            let (href, subject) = (visit.ticket_href(number), view.subject.as_str().to_owned());
            Ok(Some(TicketLink {
                number: number.get(),
                href,
                subject,
            }))
        }
        Err(stop) if stop.is_not_found() => Ok(None),
        Err(stop) => Err(stop),
    }
}

async fn page(
    visit: &Visit<'_>,
    status: StatusCode,
    typed: Typed,
    files: Vec<staged::Kept>,
    problems: Vec<Problem>,
) -> Answer {
    let form = visit.web.portal.support_form(&visit.actor(), visit.site.id).await?;
    let category = |it: &Line| Choice::new(it.as_str(), it.as_str(), &typed.category);
    let first = form
        .priorities
        .first()
        .copied()
        .map_or(Priority::Normal, show::priority);
    let mut priorities: Vec<Priority> = form.priorities.iter().map(|it| show::priority(*it)).collect();
    priorities.sort_by_key(|it| Priority::ALL.iter().position(|other| other == it));
    let language = visit.language();
    let words = |it: &Option<Localized>| it.as_ref().map(|it| it.get(&language).to_owned());
    let page = NewTicketPage {
        shell: visit.shell(Area::Tickets),
        promise: form.promise.as_ref().and_then(|it| promise(visit.texts(), it, true)),
        heading: words(&form.looks.form.title),
        button: words(&form.looks.form.button),
        fields: asked::fields(visit, &form.looks.form, &typed.fields),
        categories: form.categories.iter().map(category).collect(),
        priorities,
        priority: typed.priority.unwrap_or(first),
        audience: Some(AudienceChoice {
            company: form.company,
            may_be_private: form.may_be_private,
            private: typed.private,
        }),
        limits: Some(ticket::limits(visit)),
        staged: staged::shown(visit, &files),
        about: typed.about,
        idem: fresh::key(),
        problems,
        subject: typed.subject,
        description: typed.description,
    };
    visit.page(status, &page)
}
