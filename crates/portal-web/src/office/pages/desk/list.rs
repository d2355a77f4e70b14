use poem::http::StatusCode;
use portal_core::access::{Audience, Standing};
use portal_core::desk::{DeskList, DeskRow, DeskSort, DeskView, ListDesk};
use portal_core::service::Due;
use portal_core::ticket;
use portal_core::time::Timestamp;

use super::place::{Place, edge, shown};
use super::{bulk, filters};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::fresh;
use crate::office::visit::OfficeVisit;
use crate::view::Pager;
use crate::view::desk::{DeskLine, DeskPage};
use crate::view::office::OfficeArea;
use crate::view::person::{Person, Role};
use crate::view::service::DueMark;
use crate::view::status::{Priority, Status};
use crate::visit::Answer;

/// A page holds so many rows.
const PAGE: u32 = 25;

pub(super) async fn show(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let place = Place::here(visit);
    let list = load(visit, &place, fields).await?;
    let newer = list.rows.first().filter(|_| list.has_before);
    let older = list.rows.last().filter(|_| list.has_after);
    let turned = Place {
        sort: match place.sort {
            DeskSort::Newest => DeskSort::Oldest,
            DeskSort::Oldest => DeskSort::Newest,
        },
        ..place.clone()
    };
    let choices = visit.web.portal.desk_choices(visit.actor()?, &place.filter).await?;
    let page = DeskPage {
        shell: visit.shell(OfficeArea::Desk),
        rail: place.rail(&list),
        lines: lines(visit, &place, &list, None),
        bulk: bulk::choices(&choices),
        idem: fresh::key(),
        oldest_first: place.sort == DeskSort::Oldest,
        turned: turned.list(),
        keep: keep(&place, &list),
        filter: filters::form(visit, &place, &choices, None),
        pager: Pager {
            newer: newer.map(|it| place.page("before", &it.cursor())),
            older: older.map(|it| place.page("after", &it.cursor())),
        },
    };
    visit.page(StatusCode::OK, &page)
}

/// What a view saved of this list would keep: of a list that has a line in the side pane, nothing.
fn keep(place: &Place, list: &DeskList) -> Vec<(&'static str, String)> {
    let is_plain = place.filter.is_empty() && (place.inbox.is_none() || place.view == DeskView::Open);
    let is_saved = list.saved.iter().any(|it| Place::saved(&it.view) == *place);
    if is_plain || is_saved {
        Vec::new()
    } else {
        place.pairs()
    }
}

pub(super) async fn load(visit: &OfficeVisit<'_>, place: &Place, fields: &Fields) -> Result<DeskList, Stop> {
    let query = ListDesk {
        view: place.view,
        inbox: place.inbox,
        filter: place.filter.clone(),
        sort: place.sort,
        edge: edge(fields),
        limit: PAGE,
    };
    Ok(visit.web.portal.list_desk(visit.actor()?, query).await?)
}

pub(super) fn lines(visit: &OfficeVisit<'_>, place: &Place, list: &DeskList, current: Option<i64>) -> Vec<DeskLine> {
    let due = |it: &DeskRow| list.clocks.get(&it.number).map(|it| due(visit, it));
    list.rows
        .iter()
        .map(|it| DeskLine {
            due: due(it),
            ..line(visit, place, it, current)
        })
        .collect()
}

/// Something that was promised, and how near it is.
pub(super) fn due(visit: &OfficeVisit<'_>, it: &Due) -> DueMark {
    DueMark {
        kind: it.kind.name(),
        mark: it.mark.name(),
        when: it.at.map(|at| visit.times().moment(at.micros())),
        left: it.at.map(|at| left(visit, at)),
    }
}

/// How far an instant is away: hours and minutes, or whole days.
fn left(visit: &OfficeVisit<'_>, at: Timestamp) -> String {
    let now = visit.ask.now;
    let minutes = if at > now { at.since(now) } else { now.since(at) }.as_secs() / 60;
    match minutes / (24 * 60) {
        0 => format!("{}:{:02}", minutes / 60, minutes % 60),
        days => visit.texts().text("service-days", &[("n", days.into())]),
    }
}

pub(super) fn line(visit: &OfficeVisit<'_>, place: &Place, row: &DeskRow, current: Option<i64>) -> DeskLine {
    DeskLine {
        number: row.number.get(),
        version: row.version.0,
        href: place.ticket(row.number),
        subject: row.subject.as_str().to_owned(),
        status: status(row.stage, &row.status),
        priority: Some(priority(row.priority)).filter(|it| matches!(it, Priority::High | Priority::Urgent)),
        requester: row
            .requester
            .as_ref()
            .map(|(_, name)| Person::new(name.as_str(), Role::Other)),
        company: row.company.clone(),
        snippet: row
            .last_message
            .as_ref()
            .map(|it| it.snippet.clone())
            .unwrap_or_default(),
        owner: row
            .owner
            .as_ref()
            .map(|(_, name)| Person::new(name.as_str(), Role::Support)),
        inbox: row.inbox.1.clone(),
        time: visit.times().recent(row.last_activity.micros()),
        private: row.audience == Audience::Private,
        unverified: row.standing == Standing::Unverified,
        files: row.files,
        due: None,
        current: current == Some(row.number.get()),
    }
}

/// The pill of a status, as staff call it.
pub(super) fn status(stage: ticket::Stage, name: &str) -> Status {
    Status {
        stage: shown(stage),
        label: Some(name.to_owned()).filter(|it| !it.is_empty()),
    }
}

pub(super) const fn priority(priority: ticket::Priority) -> Priority {
    match priority {
        ticket::Priority::Low => Priority::Low,
        ticket::Priority::Normal => Priority::Normal,
        ticket::Priority::High => Priority::High,
        ticket::Priority::Urgent => Priority::Urgent,
    }
}
