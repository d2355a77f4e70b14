//! Service levels: what each inbox promises.

mod typed;

use poem::Body;
use poem::http::{Method, StatusCode};
use portal_core::id::InboxId;
use portal_core::service::{Goals, InboxTerms, TermsError, WorkingHours};
use portal_core::staff::Permission;
use portal_core::ticket::Priority;
use portal_core::time::Weekday;

use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::office::problems::worded;
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::pages::account::zones;
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::service::{InboxService, Promised, ServiceForm, ServicePage};
use crate::view::span::span;
use crate::visit::Answer;

use self::typed::Typed;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    List,
    Form,
    Save,
}

const NEEDS: Need = Need::Any(&[Permission::PortalSettings]);

pub(crate) const ROUTES: &[OfficeRoute] = &[
    OfficeRoute::page("/admin/service", Any::Service(Operation::List), NEEDS),
    OfficeRoute::page("/admin/service/{id}", Any::Service(Operation::Form), NEEDS),
    OfficeRoute::form("/admin/service/{id}", Any::Service(Operation::Save), NEEDS),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    let fields = if visit.ask.method == Method::POST {
        forms::office_fields(visit, body).await?
    } else {
        Fields::default()
    };
    match operation {
        Operation::List => list(visit).await,
        Operation::Form => {
            let it = find(visit).await?;
            let typed = Typed::of(&it, &visit.zone);
            form(visit, StatusCode::OK, &it, typed, None, Vec::new())
        }
        Operation::Save => save(visit, &fields).await,
    }
}

async fn list(visit: &OfficeVisit<'_>) -> Answer {
    let all = visit.web.portal.list_service_terms(visit.actor()?).await?;
    let page = ServicePage {
        shell: visit.shell(OfficeArea::Service),
        inboxes: all.iter().map(|it| said(visit, it)).collect(),
    };
    visit.page(StatusCode::OK, &page)
}

async fn find(visit: &OfficeVisit<'_>) -> Result<InboxTerms, Stop> {
    let id: InboxId = visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let all = visit.web.portal.list_service_terms(visit.actor()?).await?;
    all.into_iter().find(|it| it.inbox.id == id).ok_or(Stop::NOT_FOUND)
}

async fn save(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let inbox: InboxId = visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let typed = Typed::read(fields);
    let command = match typed.command(inbox) {
        Ok(command) => command,
        Err(problems) => {
            let it = find(visit).await?;
            let problems = worded(visit, &problems);
            return form(visit, StatusCode::UNPROCESSABLE_ENTITY, &it, typed, None, problems);
        }
    };
    match visit.web.portal.save_service_terms(visit.actor()?, &command).await {
        Ok(()) => Ok(visit.done("office-flash-service-saved", "/admin/service")),
        Err(TermsError::Invalid(problems)) => {
            let it = find(visit).await?;
            let problems = worded(visit, &problems);
            form(visit, StatusCode::UNPROCESSABLE_ENTITY, &it, typed, None, problems)
        }
        Err(TermsError::Stale) => {
            let it = find(visit).await?;
            let theirs = Some(said(visit, &it));
            form(
                visit,
                StatusCode::CONFLICT,
                &it,
                typed.on_top_of(it.version),
                theirs,
                Vec::new(),
            )
        }
        Err(err) => Err(err.into()),
    }
}

fn form(
    visit: &OfficeVisit<'_>,
    status: StatusCode,
    it: &InboxTerms,
    typed: Typed,
    theirs: Option<InboxService>,
    problems: Vec<Problem>,
) -> Answer {
    let page = ServiceForm {
        shell: visit.shell(OfficeArea::Service),
        inbox: it.inbox.name.to_string(),
        id: it.inbox.id.to_string(),
        seen: typed.seen,
        by_hours: typed.by_hours,
        zones: zones(&typed.zone),
        week: Weekday::ALL.map(Weekday::name).into_iter().zip(typed.week).collect(),
        days_off: typed.days_off,
        goals: typed.goals,
        told: typed.told,
        theirs,
        problems,
    };
    visit.page(status, &page)
}

/// What an inbox promises, in words.
fn said(visit: &OfficeVisit<'_>, it: &InboxTerms) -> InboxService {
    let promised = |goals: Goals| {
        let all = [
            ("first_reply", goals.first_reply),
            ("next_reply", goals.next_reply),
            ("close", goals.close),
        ];
        let some = all.into_iter().filter_map(|(kind, time)| Some((kind, time?)));
        some.map(|(kind, time)| Promised {
            kind,
            time: span(visit.texts(), time),
        })
    };
    // The most urgent first.
    let promises = Priority::ALL
        .into_iter()
        .rev()
        .map(|priority| (priority.name(), promised(it.terms.goals(priority)).collect::<Vec<_>>()));
    InboxService {
        name: it.inbox.name.to_string(),
        href: format!("/admin/service/{}", it.inbox.id),
        hours: it.terms.hours().map(|it| hours_said(visit.texts(), it)),
        promises: promises.filter(|(_, some)| !some.is_empty()).collect(),
        told: it.terms.told(),
    }
}

/// `Mon–Fri 09:00-17:00, Sat 10:00-14:00`: days that follow each other and have the same hours are said together.
pub(crate) fn hours_said(texts: &crate::i18n::Translator, hours: &WorkingHours) -> String {
    let mut groups: Vec<(Weekday, Weekday, String)> = Vec::new();
    let mut before = None;
    for day in Weekday::ALL {
        let opening = typed::openings(hours.on(day));
        match groups.last_mut() {
            Some((_, until, same)) if before == Some(*until) && *same == opening && !opening.is_empty() => *until = day,
            _ if !opening.is_empty() => groups.push((day, day, opening)),
            _ => {}
        }
        before = Some(day);
    }
    let name = |day: Weekday| texts.text("service-day-short", &[("day", day.name().into())]);
    let said = groups.into_iter().map(|(from, until, opening)| {
        if from == until {
            format!("{} {opening}", name(from))
        } else {
            format!("{}–{} {opening}", name(from), name(until))
        }
    });
    said.collect::<Vec<_>>().join(", ")
}
