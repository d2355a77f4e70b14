//! The help desk.

mod bulk;
mod canned;
mod change;
mod files;
mod filters;
mod go;
mod list;
mod live;
mod merge;
mod open_for;
mod people;
mod place;
mod search;
mod sight;
mod split;
pub(super) mod ticket;
mod views;
mod write;

use poem::Body;
use poem::http::Method;
use portal_core::staff::Permission;

use crate::errors::Stop;
use crate::forms;
use crate::middleware::rate::Class;
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::visit::Answer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    List,
    Search,
    Go,
    Views,
    SaveView,
    MoveView,
    RemoveView,
    Canned,
    SaveCanned,
    RemoveCanned,
    Offered,
    Stream,
    Present,
    Ticket,
    Sight,
    File,
    Write,
    Assign,
    Status,
    Priority,
    Category,
    Property,
    Preview,
    Change,
    Snooze,
    NewFor,
    OpenFor,
    People,
    MergePage,
    Merge,
    Unmerge,
    SplitPage,
    Split,
    TakeBack,
    Bulk,
}

const DESK: Need = Need::Any(&[Permission::HelpDesk]);

const fn page(path: &'static str, operation: Operation) -> OfficeRoute {
    OfficeRoute::page(path, Any::Desk(operation), DESK)
}

const fn form(path: &'static str, operation: Operation) -> OfficeRoute {
    OfficeRoute::form(path, Any::Desk(operation), DESK)
}

/// A form with files. Most have none, and a team answers often: it is counted like any other form.
const fn with_files(path: &'static str, operation: Operation) -> OfficeRoute {
    OfficeRoute {
        rate: Class::Write,
        ..OfficeRoute::files(path, Any::Desk(operation), DESK)
    }
}

pub(crate) const ROUTES: &[OfficeRoute] = &[
    page("/desk", Operation::List),
    page("/desk/search", Operation::Search),
    page("/desk/go", Operation::Go),
    page("/desk/views", Operation::Views),
    form("/desk/views", Operation::SaveView),
    form("/desk/views/{id}/move", Operation::MoveView).unaudited(),
    form("/desk/views/{id}/remove", Operation::RemoveView),
    page("/desk/canned", Operation::Canned),
    page("/desk/canned/{id}", Operation::Canned),
    form("/desk/canned", Operation::SaveCanned),
    form("/desk/canned/{id}/remove", Operation::RemoveCanned),
    page("/desk/tickets/{number}/canned", Operation::Offered).passing(),
    page("/desk/stream", Operation::Stream).passing(),
    // Each open page sends one every few seconds.
    OfficeRoute {
        rate: Class::Read,
        ..form("/desk/tickets/{number}/presence", Operation::Present).unaudited()
    },
    page("/desk/tickets/{number}", Operation::Ticket),
    page("/desk/tickets/{number}/sight", Operation::Sight),
    page("/desk/files/{id}", Operation::File).passing(),
    with_files("/desk/tickets/{number}/write", Operation::Write),
    form("/desk/tickets/{number}/assign", Operation::Assign),
    form("/desk/tickets/{number}/status", Operation::Status),
    form("/desk/tickets/{number}/priority", Operation::Priority),
    form("/desk/tickets/{number}/category", Operation::Category),
    form("/desk/tickets/{number}/property", Operation::Property),
    page("/desk/tickets/{number}/change", Operation::Preview),
    form("/desk/tickets/{number}/change", Operation::Change),
    form("/desk/tickets/{number}/snooze", Operation::Snooze),
    page("/desk/new", Operation::NewFor),
    with_files("/desk/new", Operation::OpenFor),
    page("/desk/tickets/{number}/people", Operation::People),
    page("/desk/tickets/{number}/merge", Operation::MergePage),
    form("/desk/tickets/{number}/merge", Operation::Merge),
    form("/desk/tickets/{number}/unmerge", Operation::Unmerge),
    page("/desk/tickets/{number}/split", Operation::SplitPage),
    form("/desk/tickets/{number}/split", Operation::Split),
    form("/desk/tickets/{number}/take-back", Operation::TakeBack),
    form("/desk/bulk", Operation::Bulk),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    match operation {
        Operation::Write => return write::write(visit, &forms::office_upload(visit, body).await?).await,
        Operation::OpenFor => return open_for::submit(visit, &forms::office_upload(visit, body).await?).await,
        _ => {}
    }
    let fields = if visit.ask.method == Method::POST {
        forms::office_fields(visit, body).await?
    } else {
        forms::Fields::of_query(&visit.ask.query)
    };
    match operation {
        Operation::List => list::show(visit, &fields).await,
        Operation::Search => search::show(visit, &fields).await,
        Operation::Go => go::show(visit, &fields).await,
        Operation::Views => views::show(visit).await,
        Operation::SaveView => views::save(visit, &fields).await,
        Operation::MoveView => views::shift(visit, &fields).await,
        Operation::RemoveView => views::remove(visit).await,
        Operation::Canned => canned::show(visit).await,
        Operation::SaveCanned => canned::save(visit, &fields).await,
        Operation::RemoveCanned => canned::remove(visit).await,
        Operation::Offered => canned::offered(visit).await,
        Operation::Stream => live::open(visit, &fields).await,
        Operation::Present => live::present(visit, &fields).await,
        Operation::Ticket => ticket::show(visit).await,
        Operation::Sight => sight::show(visit).await,
        Operation::File => file(visit).await,
        Operation::Assign => write::assign(visit, &fields).await,
        Operation::Status => write::status(visit, &fields).await,
        Operation::Priority => write::priority(visit, &fields).await,
        Operation::Preview => change::preview(visit, &fields).await,
        Operation::Change => change::change(visit, &fields).await,
        Operation::Snooze => write::snooze(visit, &fields).await,
        Operation::People => people::show(visit, &fields).await,
        Operation::MergePage => merge::show(visit, &fields).await,
        Operation::Merge => merge::merge(visit, &fields).await,
        Operation::Unmerge => merge::unmerge(visit, &fields).await,
        Operation::SplitPage => split::show(visit, &fields).await,
        Operation::Split => split::split(visit, &fields).await,
        Operation::TakeBack => write::take_back(visit, &fields).await,
        Operation::Bulk => bulk::change(visit, &fields).await,
        Operation::Category => write::category(visit, &fields).await,
        Operation::Property => write::property(visit, &fields).await,
        Operation::NewFor => open_for::show(visit, &fields).await,
        // They bring files, and were answered above.
        Operation::Write | Operation::OpenFor => Err(Stop::BAD_REQUEST),
    }
}

async fn file(visit: &OfficeVisit<'_>) -> Answer {
    crate::pages::file::asked_here(visit.ask)?;
    let id = visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)?;
    let found = visit.web.portal.fetch_desk_file(visit.actor()?, id).await?;
    Ok(crate::pages::file::sent(visit.ask, found))
}
