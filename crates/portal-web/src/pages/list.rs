//! The ticket list.

use poem::http::StatusCode;
use portal_core::access::Tab;
use portal_core::id::ContactId;
use portal_core::ticket::{self, Edge, ListFilter, ListTickets, StageCounts, TicketList};

use super::{columns, show};
use crate::cursor;
use crate::forms::Fields;
use crate::view::shell::Area;
use crate::view::status::Stage;
use crate::view::tickets;
use crate::view::tickets::{
    Chip, Empty, Filter, Group, Heading, ListQuery, Sort, State, Tab as TabLink, TabKey, TicketsPage, grouped,
};
use crate::view::{Choice, Count, Pager};
use crate::visit::{Answer, Visit};

/// Rows of a page.
const PAGE: u32 = 25;

pub(super) async fn show(visit: &Visit<'_>) -> Answer {
    let given = Fields::of_query(&visit.ask.query);
    let query = ListQuery::parse_with(columns::sort(visit.looks.display.sort), given.pairs());
    let command = ListTickets {
        portal: visit.site.id,
        tab: query.tab.map(tab_asked),
        filter: filter(&query),
        requester: query.requester.as_deref().and_then(|it| it.parse().ok()),
        sort: Some(sort(query.sort)),
        edge: edge(&query),
        limit: PAGE,
        count_to: None,
    };
    let list = visit.web.portal.list_tickets(&visit.actor(), command).await?;
    visit.page(StatusCode::OK, &page(visit, &query, &list))
}

fn page(visit: &Visit<'_>, asked: &ListQuery, list: &TicketList) -> TicketsPage {
    let base = visit.base();
    // Links say which list they are of, so that a change of what the reader has does not turn them around.
    let query = ListQuery {
        tab: list.company.as_ref().map(|_| tab_key(list.tab)),
        ..asked.clone()
    };
    let times = visit.times();
    let heads = columns::heads(visit, list, query.sort);
    let row = |it| tickets::TicketRow {
        more: columns::more(visit, &times, list, &heads, it),
        ..show::row(visit, &times, it, query.sort)
    };
    let rows: Vec<_> = list.rows.iter().map(row).collect();
    let plain = query.stage.is_none() && query.state == State::Any && query.requester.is_none();
    let empty = rows.is_empty().then(|| why_empty(&query, list, plain));
    let groups = match query.sort {
        Sort::Attention => grouped(rows, |it| plain.then(|| count_of(it, &list.counts))),
        Sort::Activity | Sort::Created if rows.is_empty() => Vec::new(),
        Sort::Activity | Sort::Created => vec![Group {
            heading: None,
            count: None,
            rows,
        }],
    };
    let place = |it: &ticket::Cursor| format!("{}{}", mark(&query), cursor::encode(it));
    TicketsPage {
        tabs: tabs(&query, list, &base),
        own_elsewhere: None,
        chips: chips(&query, list, &base),
        filter: Filter {
            tab: query.tab,
            stage: query.stage,
            state: query.state,
            requesters: people(&query, list),
            active: query.active(),
            clear: query.cleared().href(&base),
        },
        columns: heads.into_iter().map(|(_, head)| head).collect(),
        sort: query.sort,
        usual_sort: query.usual,
        sort_activity: query.with_sort(Sort::Activity).href(&base),
        groups,
        empty,
        pager: Pager {
            newer: list.newer.as_ref().map(|it| query.before(place(it)).href(&base)),
            older: list.older.as_ref().map(|it| query.after(place(it)).href(&base)),
        },
        shell: visit.shell(Area::Tickets),
    }
}

const fn tab_asked(tab: TabKey) -> Tab {
    match tab {
        TabKey::Mine => Tab::Mine,
        TabKey::Company => Tab::Company,
    }
}

const fn tab_key(tab: Tab) -> TabKey {
    match tab {
        Tab::Mine => TabKey::Mine,
        Tab::Company => TabKey::Company,
    }
}

const fn sort(sort: Sort) -> ticket::Sort {
    match sort {
        Sort::Attention => ticket::Sort::Attention,
        Sort::Activity => ticket::Sort::LastActivity,
        Sort::Created => ticket::Sort::Created,
    }
}

/// A stage says more than open or closed.
fn filter(query: &ListQuery) -> ListFilter {
    match (query.stage, query.state) {
        (Some(stage), _) => ListFilter::Stage(show::stage_asked(stage)),
        (None, State::Any) => ListFilter::All,
        (None, State::Open) => ListFilter::Open,
        (None, State::Closed) => ListFilter::Stage(ticket::Stage::Closed),
    }
}

/// What a place in a list belongs to: in another list or order it means nothing.
fn mark(query: &ListQuery) -> String {
    let tab = match query.tab {
        None => "x",
        Some(TabKey::Mine) => "m",
        Some(TabKey::Company) => "c",
    };
    let sort = match query.sort {
        Sort::Attention => "a",
        Sort::Activity => "l",
        Sort::Created => "c",
    };
    let filter = match filter(query) {
        ListFilter::All => "_".to_owned(),
        ListFilter::Open => "o".to_owned(),
        ListFilter::Stage(stage) => stage.rank().to_string(),
    };
    let requester = query.requester.as_deref().and_then(|it| it.parse::<ContactId>().ok());
    let requester = requester.map_or_else(String::new, |it| it.uuid().simple().to_string());
    format!("{tab}{sort}{filter}{requester}.")
}

/// A place that is malformed, or of another list, is the beginning.
fn edge(query: &ListQuery) -> Edge {
    let place = |text: &String| text.strip_prefix(&mark(query)).and_then(cursor::decode);
    let after = query.after.as_ref().and_then(place).map(Edge::After);
    let before = || query.before.as_ref().and_then(place).map(Edge::Before);
    after.or_else(before).unwrap_or(Edge::Start)
}

fn tabs(query: &ListQuery, list: &TicketList, base: &str) -> Vec<TabLink> {
    let Some((_, company)) = &list.company else {
        return Vec::new();
    };
    let counts = |tab: Tab| {
        if tab == list.tab {
            Some(list.counts)
        } else {
            list.other_counts
        }
    };
    let link = |tab: Tab, company: Option<String>| TabLink {
        company,
        count: counts(tab).map(|it| Count::capped(it.all())),
        href: query.with_tab(tab_key(tab)).href(base),
        current: tab == list.tab,
    };
    vec![link(Tab::Mine, None), link(Tab::Company, Some(company.clone()))]
}

fn chips(query: &ListQuery, list: &TicketList, base: &str) -> Vec<Chip> {
    let stages = std::iter::once(None).chain(Stage::ALL.into_iter().map(Some));
    let chip = |stage: Option<Stage>| {
        let count = stage.map_or_else(|| list.counts.all(), |it| list.counts.of(show::stage_asked(it)));
        // A chip beside “only closed” would contradict it.
        let target = ListQuery {
            state: State::Any,
            ..query.with_stage(stage)
        };
        Chip {
            stage,
            count: Some(Count::capped(count)),
            href: target.href(base),
            current: query.stage == stage,
        }
    };
    stages.map(chip).collect()
}

fn people(query: &ListQuery, list: &TicketList) -> Vec<Choice> {
    let chosen = query.requester.as_deref().unwrap_or_default();
    list.colleagues
        .iter()
        .map(|it| Choice::new(it.contact.to_string(), it.name.as_str(), chosen))
        .collect()
}

fn count_of(heading: Heading, counts: &StageCounts) -> Count {
    Count::capped(match heading {
        Heading::Waiting => counts.waiting,
        Heading::InProgress => counts.in_progress + counts.received,
        Heading::Closed => counts.closed,
    })
}

fn why_empty(query: &ListQuery, list: &TicketList, plain: bool) -> Empty {
    let elsewhere = list.other_counts.is_some_and(|it| it.all() > 0);
    if query.stage == Some(Stage::Waiting) && query.requester.is_none() {
        Empty::NothingWaiting
    } else if plain && list.counts.all() == 0 && !elsewhere {
        Empty::First
    } else {
        Empty::NoMatch
    }
}
