//! The palette: a page for those without scripts, and its lines for those with them.

use poem::Response;
use poem::http::StatusCode;
use portal_core::desk::{DeskSort, DeskView, ListDesk, SearchDesk};
use portal_core::text::SearchText;
use portal_core::ticket::Edge;

use super::place::Place;
use crate::forms::Fields;
use crate::office::visit::OfficeVisit;
use crate::view::desk::{GoLine, GoPage};
use crate::view::office::OfficeArea;
use crate::view::tickets::encode;
use crate::visit::Answer;

/// A palette has no more lines than this.
const MOST: usize = 10;

pub(super) async fn show(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let typed = fields.get("q").trim();
    let lines = lines(visit, typed).await?;
    if visit.ask.wants_json() {
        let body = serde_json::json!({ "items": lines }).to_string();
        return Ok(Response::builder().content_type("application/json").body(body));
    }
    let page = GoPage {
        shell: visit.shell(OfficeArea::Desk),
        query: typed.to_owned(),
        lines,
    };
    visit.page(StatusCode::OK, &page)
}

async fn lines(visit: &OfficeVisit<'_>, typed: &str) -> Result<Vec<GoLine>, crate::errors::Stop> {
    let portal = &visit.web.portal;
    let actor = visit.actor()?;
    let texts = visit.texts();
    let list = ListDesk {
        view: DeskView::Mine,
        inbox: None,
        filter: portal_core::desk::DeskFilter::default(),
        sort: DeskSort::Newest,
        edge: Edge::Start,
        limit: 5,
    };
    let mine = portal.list_desk(actor, list).await?;
    let mut lines = Vec::new();
    if let Some(text) = SearchText::fitted(typed) {
        let search = SearchDesk {
            text,
            view: None,
            inbox: None,
            filter: portal_core::desk::DeskFilter::default(),
            below: None,
            limit: 5,
        };
        let found = portal.search_desk(actor, search).await?;
        let jump = found.jump.as_ref().map(|it| it.0);
        if let Some((number, subject)) = &found.jump {
            lines.push(ticket(number.get(), subject.clone(), String::new()));
        }
        for hit in found.hits.iter().filter(|it| Some(it.row.number) != jump) {
            let who = hit.row.requester.as_ref().map(|it| it.1.clone()).unwrap_or_default();
            lines.push(ticket(hit.row.number.get(), hit.row.subject.to_string(), who));
        }
        let mut href = "/desk/search?q=".to_owned();
        encode(typed, &mut href);
        lines.push(GoLine {
            kind: "page",
            label: texts.text("desk-go-search", &[("words", typed.to_owned().into())]),
            detail: String::new(),
            href,
        });
    } else {
        // Useful before anything is typed: what one works on.
        for row in &mine.rows {
            let who = row.requester.as_ref().map(|it| it.1.clone()).unwrap_or_default();
            lines.push(ticket(row.number.get(), row.subject.to_string(), who));
        }
    }
    let wanted = typed.to_lowercase();
    let mut places: Vec<GoLine> = mine
        .saved
        .iter()
        .map(|it| place(it.view.name.to_string(), Place::saved(&it.view).list()))
        .collect();
    for view in DeskView::ALL {
        let name = texts.text("desk-view", &[("view", view.name().into())]);
        places.push(place(name, format!("/desk?view={}", view.name())));
    }
    for inbox in &mine.counts.inboxes {
        places.push(place(inbox.name.clone(), format!("/desk?inbox={}", inbox.inbox)));
    }
    for (key, href) in [
        ("desk-canned", "/desk/canned"),
        ("desk-saved-views", "/desk/views"),
        ("account-link", "/desk/account"),
    ] {
        places.push(GoLine {
            kind: "page",
            ..place(texts.text(key, &[]), href.to_owned())
        });
    }
    lines.extend(
        places
            .into_iter()
            .filter(|it| it.label.to_lowercase().contains(&wanted)),
    );
    lines.truncate(MOST);
    Ok(lines)
}

fn ticket(number: i64, subject: String, detail: String) -> GoLine {
    GoLine {
        kind: "ticket",
        label: format!("#{number} {subject}"),
        detail,
        href: format!("/desk/tickets/{number}"),
    }
}

fn place(label: String, href: String) -> GoLine {
    GoLine {
        kind: "view",
        label,
        detail: String::new(),
        href,
    }
}
