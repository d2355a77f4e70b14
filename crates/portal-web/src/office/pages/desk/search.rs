use poem::http::StatusCode;
use portal_core::desk::{DeskHit, DeskView, SearchDesk};
use portal_core::id::TicketNumber;
use portal_core::text::{SearchText, Token, excerpt, matching_words};

use super::filters;
use super::list;
use super::place::Place;
use crate::forms::Fields;
use crate::office::visit::OfficeVisit;
use crate::view::desk::{DeskHitLine, DeskSearchPage};
use crate::view::office::OfficeArea;
use crate::view::search::Piece;
use crate::view::{Choice, Pager};
use crate::visit::Answer;
use crate::web::see_other;

/// A page holds so many hits.
const PAGE: u32 = 25;

/// What was typed, in the words of the core.
pub(super) fn command(fields: &Fields, place: &Place, text: SearchText, limit: u32) -> SearchDesk {
    SearchDesk {
        text,
        // Unlike a list, a search is everywhere unless one says so.
        view: DeskView::named(fields.get("view")),
        inbox: place.inbox,
        filter: place.filter.clone(),
        below: fields.get("below").parse().ok(),
        limit,
    }
}

pub(super) async fn show(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let place = Place::of(fields);
    let typed = fields.get("q").trim();
    let actor = visit.actor()?;
    let mut hits = Vec::new();
    let mut tokens: Vec<Token> = Vec::new();
    let mut older: Option<TicketNumber> = None;
    if let Some(text) = SearchText::fitted(typed) {
        let found = visit
            .web
            .portal
            .search_desk(actor, command(fields, &place, text, PAGE))
            .await?;
        if let Some((number, _)) = found.jump {
            return Ok(see_other(&format!("/desk/tickets/{number}")));
        }
        (hits, tokens, older) = (found.hits, found.tokens, found.older);
    }
    // The same list, for the way from a hit through the others of the list one came from.
    let list = list::load(visit, &place, &Fields::default()).await?;
    let choices = visit.web.portal.desk_choices(actor, &place.filter).await?;
    let view = fields.get("view");
    let texts = visit.texts();
    let mut views = vec![Choice::new("", texts.text("desk-search-everywhere", &[]), view)];
    views.extend(DeskView::ALL.into_iter().map(|it| {
        let name = texts.text("desk-view", &[("view", it.name().into())]);
        Choice::new(it.name(), name, view)
    }));
    let inbox = place.inbox.map(|it| it.to_string()).unwrap_or_default();
    let mut inboxes = vec![Choice::new("", texts.text("desk-search-inboxes", &[]), &inbox)];
    inboxes.extend(
        list.counts
            .inboxes
            .iter()
            .map(|it| Choice::new(it.inbox.to_string(), it.name.as_str(), &inbox)),
    );
    let here = filters::address(&place, Some(typed));
    let page = DeskSearchPage {
        shell: visit.shell(OfficeArea::Desk),
        rail: place.rail(&list).somewhere_else(),
        query: typed.to_owned(),
        hits: hits.iter().map(|it| line(visit, &place, it, &tokens)).collect(),
        blank: tokens.is_empty(),
        filter: filters::form(visit, &place, &choices, Some(typed)),
        views,
        inboxes,
        pager: Pager {
            newer: fields.given("below").map(|_| here.clone()),
            older: older.map(|it| format!("{here}&below={it}")),
        },
    };
    visit.page(StatusCode::OK, &page)
}

fn line(visit: &OfficeVisit<'_>, place: &Place, hit: &DeskHit, tokens: &[Token]) -> DeskHitLine {
    let line = list::line(visit, place, &hit.row, None);
    let around = if hit.excerpt.is_empty() {
        String::new()
    } else {
        excerpt(&hit.excerpt, tokens)
    };
    let mark = |text: &str| Piece::cut(text, &matching_words(text, tokens));
    let named = |text: &str| !matching_words(text, tokens).is_empty();
    let company = hit.row.company.as_deref().unwrap_or_default();
    let requester = hit.row.requester.as_ref().map_or("", |it| it.1.as_str());
    DeskHitLine {
        href: format!("/desk/tickets/{}", hit.row.number),
        subject: mark(&line.subject),
        snippet: mark(&around),
        who: if named(requester) || named(company) {
            mark(
                &[requester, company]
                    .into_iter()
                    .filter(|it| !it.is_empty())
                    .collect::<Vec<_>>()
                    .join(" · "),
            )
        } else {
            Vec::new()
        },
        in_note: hit.in_note,
        line,
    }
}
