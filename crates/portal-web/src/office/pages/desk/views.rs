//! Saved views: give a list a name, share it, order, rename, remove.

use poem::http::StatusCode;
use portal_core::desk::{DeskError, SaveView, ViewShows};
use portal_core::id::SavedViewId;

use super::list;
use super::place::Place;
use crate::errors::Stop;
use crate::forms::Fields;
use crate::office::problems::worded;
use crate::office::visit::OfficeVisit;
use crate::view::desk::{SavedViewLine, SavedViewsPage};
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::visit::Answer;

const HERE: &str = "/desk/views";

pub(super) async fn show(visit: &OfficeVisit<'_>) -> Answer {
    page(visit, StatusCode::OK, Vec::new(), String::new(), Vec::new()).await
}

async fn page(
    visit: &OfficeVisit<'_>,
    code: StatusCode,
    keep: Vec<(&'static str, String)>,
    name: String,
    problems: Vec<Problem>,
) -> Answer {
    let place = Place::of(&Fields::default());
    let list = list::load(visit, &place, &Fields::default()).await?;
    let me = visit.staff.as_ref().map(|it| it.user.id);
    let lines = list.saved.iter().map(|it| SavedViewLine {
        id: it.view.id.to_string(),
        name: it.view.name.to_string(),
        href: Place::saved(&it.view).list(),
        shared: it.view.shared,
        may_change: it.may_change,
        own: Some(it.view.owner) == me,
    });
    let page = SavedViewsPage {
        shell: visit.shell(OfficeArea::Desk),
        lines: lines.collect(),
        rail: place.rail(&list).somewhere_else(),
        keep,
        name,
        problems,
    };
    visit.page(code, &page)
}

/// A new one keeps what the fields say; one that is changed keeps what it shows.
pub(super) async fn save(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let place = Place::of(fields);
    let id: Option<SavedViewId> = match fields.given("id") {
        Some(id) => Some(id.parse().map_err(|_| Stop::NOT_FOUND)?),
        None => None,
    };
    let command = SaveView {
        id,
        name: fields.get("name").to_owned(),
        shared: fields.get("shared") == "true",
        shows: id.is_none().then(|| ViewShows {
            view: place.view,
            inbox: place.inbox,
            filter: place.filter.clone(),
            sort: place.sort,
        }),
    };
    match visit.web.portal.save_view(visit.actor()?, command).await {
        Ok(_) if id.is_some() => Ok(visit.done("office-flash-desk-saved", HERE)),
        Ok(_) => Ok(visit.done("office-flash-desk-view-saved", &place.list())),
        Err(DeskError::Invalid(problems)) => {
            let keep = if id.is_none() { place.pairs() } else { Vec::new() };
            let problems = worded(visit, &problems);
            let name = fields.get("name").to_owned();
            page(visit, StatusCode::UNPROCESSABLE_ENTITY, keep, name, problems).await
        }
        Err(err) => Err(err.into()),
    }
}

fn id(visit: &OfficeVisit<'_>) -> Result<SavedViewId, Stop> {
    visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)
}

pub(super) async fn shift(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let up = fields.get("to") == "up";
    visit.web.portal.move_view(visit.actor()?, id(visit)?, up).await?;
    Ok(visit.done("office-flash-desk-saved", HERE))
}

pub(super) async fn remove(visit: &OfficeVisit<'_>) -> Answer {
    visit.web.portal.remove_view(visit.actor()?, id(visit)?).await?;
    Ok(visit.done("office-flash-desk-removed", HERE))
}
