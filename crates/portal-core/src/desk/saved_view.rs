use super::filter::DeskFilter;
use super::list::{DeskQuery, DeskSort};
use super::view::DeskView;
use crate::id::{AgentId, InboxId, SavedViewId};
use crate::text::Line;
use crate::ticket::Edge;

/// A list of the desk that somebody gave a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub id: SavedViewId,
    /// Who made it.
    pub owner: AgentId,
    /// Whether all colleagues have it too.
    pub shared: bool,
    /// Its name.
    pub name: Line,
    /// Its place among those of its owner, smaller ones first.
    pub place: u32,
    /// Which list.
    pub view: DeskView,
    /// Only what is in this inbox.
    pub inbox: Option<InboxId>,
    /// What it is narrowed to.
    pub filter: DeskFilter,
    /// In which order.
    pub sort: DeskSort,
}

impl SavedView {
    /// Whether its tickets are worth counting: somebody has to do something about them, so they are not too many to count.
    #[must_use]
    pub const fn is_counted(&self) -> bool {
        match self.view {
            DeskView::Mine | DeskView::Unassigned | DeskView::Open | DeskView::Waiting | DeskView::Snoozed => true,
            DeskView::Closed | DeskView::Spam | DeskView::Deleted => false,
        }
    }

    /// Its first page, for somebody.
    #[must_use]
    pub fn query(&self, agent: AgentId, limit: u32) -> DeskQuery {
        DeskQuery {
            view: self.view,
            agent,
            inbox: self.inbox,
            filter: self.filter.clone(),
            sort: self.sort,
            edge: Edge::Start,
            limit,
        }
    }
}

/// A saved view in the side pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedViewRow {
    /// The view.
    pub view: SavedView,
    /// How many tickets are in it, counted up to the cap of the page.
    pub count: Option<u32>,
    /// Whether whoever looks may change it.
    pub may_change: bool,
}
