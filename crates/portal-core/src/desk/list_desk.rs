use super::filter::DeskFilter;
use super::list::{DeskCounts, DeskQuery, DeskRow, DeskSort};
use super::manage_views::may_change;
use super::saved_view::SavedViewRow;
use super::view::DeskView;
use crate::actor::Actor;
use crate::id::InboxId;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError};
use crate::service::DeskClocks;
use crate::staff::{StaffActor, StaffError, staff_use_case_error};
use crate::ticket::Edge;

/// Up to where pages count.
const CAP: u32 = 100;

/// A page of the desk, as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListDesk {
    /// Which list.
    pub view: DeskView,
    /// Only what is in this inbox.
    pub inbox: Option<InboxId>,
    /// What it is narrowed to.
    pub filter: DeskFilter,
    /// In which order.
    pub sort: DeskSort,
    /// From where.
    pub edge: Edge,
    /// At most how many rows; 1 to 100.
    pub limit: u32,
}

/// A page of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskList {
    /// The rows, in order.
    pub rows: Vec<DeskRow>,
    /// Whether there are rows before these.
    pub has_before: bool,
    /// Whether there are rows after these.
    pub has_after: bool,
    /// The numbers around the list.
    pub counts: DeskCounts,
    /// The saved views of whoever looks, and those of their colleagues.
    pub saved: Vec<SavedViewRow>,
    /// The replies that were promised to those who wait, of the tickets of the page.
    pub clocks: DeskClocks,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum ListDeskError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(ListDeskError);

impl Portal {
    /// A page of the tickets that somebody of the staff works with.
    ///
    /// # Errors
    /// If they may not work at the desk, or the store fails.
    pub async fn list_desk(&self, actor: &StaffActor, query: ListDesk) -> Result<DeskList, ListDeskError> {
        attempt!(self, &Actor::Anonymous, "list_desk", self.list_desk_once(actor, &query))
    }

    async fn list_desk_once(&self, actor: &StaffActor, query: &ListDesk) -> Result<DeskList, ListDeskError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        let limit = query.limit.clamp(1, 100);
        let asked = |edge, limit| DeskQuery {
            view: query.view,
            agent: staff.id(),
            inbox: query.inbox,
            filter: query.filter.clone(),
            sort: query.sort,
            edge,
            limit,
        };
        // One more than is shown tells whether there are more.
        let mut rows = tx.desk().desk_page(&scope, &asked(query.edge, limit + 1)).await?;
        let has_more = rows.len() > limit as usize;
        let (has_before, has_after) = match query.edge {
            Edge::Start => (false, has_more),
            Edge::After(_) => (true, has_more),
            Edge::Before(_) => (has_more, true),
        };
        if has_more {
            match query.edge {
                Edge::Before(_) => drop(rows.remove(0)),
                Edge::Start | Edge::After(_) => drop(rows.pop()),
            }
        }
        let counts = tx.desk().desk_counts(&scope, staff.id(), CAP).await?;
        let views = tx.shelf().saved_views(staff.id()).await?;
        // What is of an inbox that somebody does not work with is nothing to them.
        let views = views
            .into_iter()
            .filter(|it| it.inbox.is_none_or(|inbox| scope.has(inbox)));
        let (mut saved, mut counted) = (Vec::new(), Vec::new());
        for view in views {
            if view.is_counted() {
                counted.push(view.query(staff.id(), CAP));
            }
            saved.push(SavedViewRow {
                count: None,
                may_change: may_change(&staff, view.owner, view.shared),
                view,
            });
        }
        if !counted.is_empty() {
            let sizes = tx.desk().desk_sizes(&scope, &counted, CAP).await?;
            for (row, size) in saved.iter_mut().filter(|it| it.view.is_counted()).zip(sizes) {
                row.count = Some(size);
            }
        }
        let clocks = self.desk_clocks(&mut *tx, &scope, &rows).await?;
        Ok(DeskList {
            rows,
            has_before,
            has_after,
            counts,
            saved,
            clocks,
        })
    }
}
