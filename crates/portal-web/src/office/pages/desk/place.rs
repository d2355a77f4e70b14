//! Which list of the desk one is in: it goes along from page to page in the query.

use portal_core::desk::{DeskCounts, DeskFilter, DeskList, DeskSort, DeskView, OwnedBy, SavedView};
use portal_core::id::{InboxId, TicketNumber};
use portal_core::ticket::{Edge, Priority, Stage};

use crate::cursor;
use crate::forms::Fields;
use crate::office::visit::OfficeVisit;
use crate::view::Count;
use crate::view::desk::{Rail, RailLink};
use crate::view::status;
use crate::view::tickets::encode;

/// A list of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) view: DeskView,
    pub(super) inbox: Option<InboxId>,
    pub(super) filter: DeskFilter,
    pub(super) sort: DeskSort,
}

impl Place {
    /// What makes no sense is what one sees first.
    pub(super) fn of(fields: &Fields) -> Self {
        Self {
            view: DeskView::named(fields.get("view")).unwrap_or(DeskView::Open),
            inbox: fields.get("inbox").parse().ok(),
            filter: filter(fields),
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

    /// The one that a saved view shows.
    pub(super) fn saved(view: &SavedView) -> Self {
        Self {
            view: view.view,
            inbox: view.inbox,
            filter: view.filter.clone(),
            sort: view.sort,
        }
    }

    /// As pairs of a query; nothing for the list that one sees first.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if self.view != DeskView::Open {
            pairs.push(("view", self.view.name().to_owned()));
        }
        if let Some(inbox) = self.inbox {
            pairs.push(("inbox", inbox.to_string()));
        }
        pairs.extend(filter_pairs(&self.filter));
        if self.sort == DeskSort::Oldest {
            pairs.push(("sort", "oldest".to_owned()));
        }
        pairs
    }

    /// As a query, with its question mark; nothing for the list that one sees first.
    pub(super) fn query(&self) -> String {
        query(&self.pairs())
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
    pub(super) fn rail(&self, list: &DeskList) -> Rail {
        let counts: &DeskCounts = &list.counts;
        let saved = |it: &portal_core::desk::SavedViewRow| {
            let there = Self::saved(&it.view);
            RailLink {
                view: "",
                name: it.view.name.to_string(),
                href: there.list(),
                icon: if it.view.shared { "people" } else { "filter" },
                count: it.count.map(Count::capped),
                current: *self == there,
            }
        };
        let link = |view: DeskView| {
            let there = Self {
                view,
                inbox: None,
                filter: DeskFilter::default(),
                sort: self.sort,
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
                current: self.view == view && self.inbox.is_none() && self.filter.is_empty(),
            }
        };
        let inbox = |it: &portal_core::desk::InboxCount| {
            let there = Self {
                view: DeskView::Open,
                inbox: Some(it.inbox),
                filter: DeskFilter::default(),
                sort: self.sort,
            };
            RailLink {
                view: "",
                name: it.name.clone(),
                href: there.list(),
                icon: "mail",
                count: Some(Count::capped(it.open)),
                current: self.inbox == Some(it.inbox) && self.filter.is_empty(),
            }
        };
        Rail {
            views: DeskView::ALL.into_iter().map(link).collect(),
            inboxes: counts.inboxes.iter().map(inbox).collect(),
            saved: list.saved.iter().map(saved).collect(),
            title: list
                .saved
                .iter()
                .find(|it| Self::saved(&it.view) == *self)
                .map(|it| it.view.name.to_string())
                .or_else(|| {
                    let own = counts.inboxes.iter().find(|it| Some(it.inbox) == self.inbox);
                    own.map(|it| it.name.clone())
                }),
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

/// Pairs as a query, with its question mark.
pub(super) fn query(pairs: &[(&'static str, String)]) -> String {
    let mut query = String::new();
    for (name, value) in pairs {
        query.push(if query.is_empty() { '?' } else { '&' });
        query.push_str(name);
        query.push('=');
        encode(value, &mut query);
    }
    query
}

/// What a list is narrowed to, as an address or a form says; what makes no sense is left out.
pub(super) fn filter(fields: &Fields) -> DeskFilter {
    DeskFilter {
        owner: match fields.get("owner") {
            "nobody" => Some(OwnedBy::Nobody),
            agent => agent.parse().ok().map(OwnedBy::Agent),
        },
        priority: Priority::named(fields.get("priority")),
        stage: status::Stage::parse(fields.get("stage")).map(stage),
        category: fields.get("category").parse().ok(),
        contact: fields.get("contact").parse().ok(),
        company: fields.get("company").parse().ok(),
    }
}

/// The other way round.
pub(super) fn filter_pairs(filter: &DeskFilter) -> Vec<(&'static str, String)> {
    let owner = filter.owner.map(|it| match it {
        OwnedBy::Nobody => "nobody".to_owned(),
        OwnedBy::Agent(agent) => agent.to_string(),
    });
    [
        ("owner", owner),
        ("priority", filter.priority.map(|it| it.name().to_owned())),
        ("stage", filter.stage.map(|it| shown(it).as_str().to_owned())),
        ("category", filter.category.as_ref().map(ToString::to_string)),
        ("contact", filter.contact.map(|it| it.to_string())),
        ("company", filter.company.map(|it| it.to_string())),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|it| (name, it)))
    .collect()
}

const fn stage(stage: status::Stage) -> Stage {
    match stage {
        status::Stage::Received => Stage::Received,
        status::Stage::InProgress => Stage::InProgress,
        status::Stage::Waiting => Stage::WaitingOnContact,
        status::Stage::Closed => Stage::Closed,
    }
}

/// A stage as pages show it.
pub(super) const fn shown(stage: Stage) -> status::Stage {
    match stage {
        Stage::Received => status::Stage::Received,
        Stage::InProgress => status::Stage::InProgress,
        Stage::WaitingOnContact => status::Stage::Waiting,
        Stage::Closed => status::Stage::Closed,
    }
}
