//! Search.

use std::ops::Range;

use poem::http::StatusCode;
use portal_core::id::TicketNumber;
use portal_core::text::{SearchText, query_tokens};
use portal_core::ticket::{ListFilter, SearchTickets, TicketHit};

use super::show;
use crate::forms::Fields;
use crate::view::search::{Piece, SearchHit};
use crate::view::shell::Area;
use crate::view::tickets::{Sort, encode};
use crate::view::when::Times;
use crate::view::{Pager, SearchPage};
use crate::visit::{Answer, Visit};
use crate::web::see_other;

/// Hits of a page.
const PAGE: u32 = 25;
/// Characters of a message that are shown around the place that was found.
const AROUND: usize = 160;

pub(super) async fn show(visit: &Visit<'_>) -> Answer {
    let fields = Fields::of_query(&visit.ask.query);
    let typed = fields.get("q").trim();
    let Some(text) = SearchText::fitted(typed) else {
        // Nothing is searched, but the page is only for those who may enter.
        visit.web.portal.watch_tickets(&visit.actor(), visit.site.id).await?;
        return visit.page(StatusCode::OK, &page(visit, typed, Vec::new(), true, Pager::default()));
    };
    let below = fields.get("below").parse::<TicketNumber>().ok();
    let command = SearchTickets {
        portal: visit.site.id,
        text,
        filter: ListFilter::All,
        below,
        limit: PAGE,
    };
    let found = visit.web.portal.search_tickets(&visit.actor(), command).await?;
    if let Some(number) = found.jump {
        return Ok(see_other(&visit.ticket_href(number)));
    }
    let link = |below: Option<TicketNumber>| {
        let mut href = format!("{}/search?q=", visit.base());
        encode(typed, &mut href);
        below.map_or(href.clone(), |it| format!("{href}&below={it}"))
    };
    let pager = Pager {
        newer: below.map(|_| link(None)),
        older: found.older.map(|it| link(Some(it))),
    };
    let times = visit.times();
    let hits = found
        .hits
        .iter()
        .map(|it| hit(visit, &times, it, &found.tokens))
        .collect();
    visit.page(
        StatusCode::OK,
        &page(visit, typed, hits, found.tokens.is_empty(), pager),
    )
}

fn page(visit: &Visit<'_>, typed: &str, hits: Vec<SearchHit>, blank: bool, pager: Pager) -> SearchPage {
    let mut shell = visit.shell(Area::Tickets);
    typed.clone_into(&mut shell.query);
    SearchPage {
        shell,
        query: typed.to_owned(),
        hits,
        too_many: false,
        blank,
        pager,
    }
}

fn hit(visit: &Visit<'_>, times: &Times<'_>, hit: &TicketHit, tokens: &[String]) -> SearchHit {
    let row = show::row(visit, times, &hit.row, Sort::Activity);
    let (excerpt, places) = excerpt(&hit.excerpt, tokens);
    SearchHit {
        number: row.number,
        href: row.href,
        subject: Piece::cut(&row.subject, &matches(&row.subject, tokens)),
        snippet: Piece::cut(&excerpt, &places),
        status: row.status,
        requester: row.requester,
        updated: row.time,
    }
}

/// Where a text has the words: by the same normaliser that found it. The last word may be the beginning of one.
fn matches(text: &str, tokens: &[String]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(tail) = text.get(rest..) {
        let Some(begin) = tail.find(|it: char| it.is_alphanumeric()) else {
            break;
        };
        let word = tail.get(begin..).unwrap_or_default();
        // Marks that combine with a letter belong to its word.
        let length = word
            .find(|it: char| !it.is_alphanumeric() && !('\u{300}'..='\u{36f}').contains(&it))
            .unwrap_or(word.len());
        let range = rest + begin..rest + begin + length;
        let own = query_tokens(text.get(range.clone()).unwrap_or_default());
        let last = tokens.last();
        if own
            .iter()
            .any(|it| tokens.contains(it) || last.is_some_and(|last| it.starts_with(last.as_str())))
        {
            found.push(range.clone());
        }
        rest = range.end;
    }
    found
}

/// The part of a text around the first word that was found, on one line, with the places in it.
fn excerpt(text: &str, tokens: &[String]) -> (String, Vec<Range<usize>>) {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(first) = matches(&line, tokens).into_iter().next() else {
        return (String::new(), Vec::new());
    };
    let before = line.get(..first.start).unwrap_or_default();
    let skipped = before.char_indices().rev().nth(AROUND / 3).map_or(0, |(at, _)| at);
    // Begin with a whole word, if one begins before the place.
    let skipped = if skipped == 0 {
        0
    } else {
        before
            .get(skipped..)
            .and_then(|it| it.find(' '))
            .map_or(first.start, |at| skipped + at + 1)
    };
    let part = line.get(skipped..).unwrap_or_default();
    let end = part.char_indices().nth(AROUND).map_or(part.len(), |(at, _)| at);
    let end = if end == part.len() {
        end
    } else {
        part.get(..end)
            .and_then(|it| it.rfind(' '))
            .filter(|at| skipped + at >= first.end)
            .unwrap_or(end)
    };
    let (head, tail) = (
        if skipped > 0 { "… " } else { "" },
        if end < part.len() { " …" } else { "" },
    );
    let shown = format!("{head}{}{tail}", part.get(..end).unwrap_or_default());
    let places = matches(&shown, tokens);
    (shown, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        query_tokens(text)
    }

    fn marked(text: &str, query: &str) -> Vec<String> {
        matches(text, &tokens(query))
            .into_iter()
            .map(|it| text[it].to_owned())
            .collect()
    }

    #[test]
    fn words_are_marked_as_they_were_found() {
        assert_eq!(marked("Die Straße ist gesperrt", "STRASSE"), ["Straße"]);
        assert_eq!(
            marked("Drucker druckt nicht", "nicht druck"),
            ["Drucker", "druckt", "nicht"]
        );
        assert_eq!(marked("ERR-404 at 404", "err 404"), ["ERR", "404", "404"]);
        assert_eq!(marked("printer", "prints"), Vec::<String>::new());
        assert_eq!(marked("cafe\u{301} bar", "café"), ["cafe\u{301}"]);
        assert_eq!(marked("", "x"), Vec::<String>::new());
    }

    #[test]
    fn an_excerpt_shows_the_place() {
        let text = format!("{}needle {}", "hay ".repeat(100), "straw ".repeat(100));
        let (shown, places) = excerpt(&text, &tokens("needle"));
        assert!(shown.starts_with("… hay") && shown.ends_with(" …"), "{shown}");
        assert!(shown.chars().count() <= AROUND + 4);
        assert_eq!(
            places.into_iter().map(|it| shown[it].to_owned()).collect::<Vec<_>>(),
            ["needle"]
        );
        assert_eq!(excerpt("nothing here", &tokens("needle")).0, "");
        let long = "ä".repeat(1000);
        assert!(excerpt(&long, &tokens(&long)).0.chars().count() <= AROUND + 2);
    }
}
