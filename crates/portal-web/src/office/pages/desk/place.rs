//! Which list of the desk one is in: it goes along from page to page in the query.

use portal_core::desk::{DeskCounts, DeskSort, DeskView};
use portal_core::id::{InboxId, TicketNumber};
use portal_core::ticket::Edge;

use crate::cursor;
use crate::forms::Fields;
use crate::office::visit::OfficeVisit;
use crate::view::Count;
use crate::view::desk::{Rail, RailLink};

/// A list of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) view: DeskView,
    pub(super) inbox: Option<InboxId>,
    pub(super) sort: DeskSort,
}

impl Place {
    /// What makes no sense is what one sees first.
    fn of(fields: &Fields) -> Self {
        Self {
            view: DeskView::named(fields.get("view")).unwrap_or(DeskView::Open),
            inbox: fields.get("inbox").parse().ok(),
            sort: match fields.get("sort") {
                "oldest" => DeskSort::Oldest,
                _ => DeskSort::Newest,
            },
        }
    }

    /// The one that the address of a page or a form says.
    pub(super) fn here(visit: &OfficeVisit<'_>) -> Self {
        Self::of(&Fields::of_query(&visit.ask.query))
    }

    /// As a query, with its question mark; nothing for the list that one sees first.
    pub(super) fn query(&self) -> String {
        let mut parts = Vec::new();
        if self.view != DeskView::Open {
            parts.push(format!("view={}", self.view.name()));
        }
        if let Some(inbox) = self.inbox {
            parts.push(format!("inbox={inbox}"));
        }
        if self.sort == DeskSort::Oldest {
            parts.push("sort=oldest".to_owned());
        }
        if parts.is_empty() {
            String::new()
        } else {
            format!("?{}", parts.join("&"))
        }
    }

    pub(super) fn list(&self) -> String {
        format!("/desk{}", self.query())
    }

    pub(super) fn ticket(&self, number: TicketNumber) -> String {
        format!("/desk/tickets/{number}{}", self.query())
    }

    /// The list from another place on.
    pub(super) fn page(&self, name: &str, edge: &portal_core::ticket::Cursor) -> String {
        let query = self.query();
        let sign = if query.is_empty() { '?' } else { '&' };
        format!("/desk{query}{sign}{name}={}", cursor::encode(edge))
    }

    /// The lists, and the inboxes with what is open in each.
    pub(super) fn rail(&self, counts: &DeskCounts) -> Rail {
        let link = |view: DeskView| {
            let there = Self {
                view,
                inbox: None,
                ..*self
            };
            let count = match view {
                DeskView::Mine => Some(counts.mine),
                DeskView::Unassigned => Some(counts.unassigned),
                DeskView::Open => Some(counts.open),
                DeskView::Waiting => Some(counts.waiting),
                DeskView::Snoozed | DeskView::Closed | DeskView::Spam | DeskView::Deleted => None,
            };
            RailLink {
                view: view.name(),
                name: String::new(),
                href: there.list(),
                icon: icon(view),
                count: count.map(Count::capped),
                current: self.view == view && self.inbox.is_none(),
            }
        };
        let inbox = |it: &portal_core::desk::InboxCount| {
            let there = Self {
                view: DeskView::Open,
                inbox: Some(it.inbox),
                ..*self
            };
            RailLink {
                view: "",
                name: it.name.clone(),
                href: there.list(),
                icon: "mail",
                count: Some(Count::capped(it.open)),
                current: self.inbox == Some(it.inbox),
            }
        };
        Rail {
            views: DeskView::ALL.into_iter().map(link).collect(),
            inboxes: counts.inboxes.iter().map(inbox).collect(),
            title: counts
                .inboxes
                .iter()
                .find(|it| Some(it.inbox) == self.inbox)
                .map(|it| it.name.clone()),
            view: self.view.name(),
            query: self.query(),
            unassigned: Count::capped(counts.unassigned),
        }
    }
}

const fn icon(view: DeskView) -> &'static str {
    match view {
        DeskView::Mine => "inbox",
        DeskView::Unassigned => "stage-received",
        DeskView::Open => "people",
        DeskView::Waiting => "stage-waiting",
        DeskView::Snoozed => "clock",
        DeskView::Closed => "stage-closed",
        DeskView::Spam => "alert",
        DeskView::Deleted => "trash",
    }
}

/// From where a page of a list is wanted.
pub(super) fn edge(fields: &Fields) -> Edge {
    let read = |name: &str| cursor::decode(fields.get(name));
    read("after")
        .map(Edge::After)
        .or_else(|| read("before").map(Edge::Before))
        .unwrap_or(Edge::Start)
}
