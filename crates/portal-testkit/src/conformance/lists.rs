use std::cmp::Reverse;
use std::collections::BTreeSet;

use portal_core::access::{Scope, Tab};
use portal_core::id::ContactId;
use portal_core::ports::Tx;
use portal_core::ticket::{AuthorKind, Edge, ListFilter, ListQuery, Sort, Stage, TicketRow};

use super::broken::{Broken, ensure, same};

/// All filters.
pub(super) const FILTERS: [ListFilter; 6] = [
    ListFilter::All,
    ListFilter::Open,
    ListFilter::Stage(Stage::Received),
    ListFilter::Stage(Stage::InProgress),
    ListFilter::Stage(Stage::WaitingOnContact),
    ListFilter::Stage(Stage::Closed),
];

/// All sorts.
pub(super) const SORTS: [Sort; 3] = [Sort::Attention, Sort::LastActivity, Sort::Created];

/// One list, without its edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    pub(super) tab: Tab,
    pub(super) filter: ListFilter,
    pub(super) sort: Sort,
    pub(super) requester: Option<ContactId>,
    pub(super) size: u32,
}

/// A row as somebody is shown it who knows these people: the requester is named only if they are one of them, or wrote
/// the newest message.
pub(super) fn named(row: TicketRow, known: &BTreeSet<ContactId>) -> TicketRow {
    let last = row.last_message.as_ref().map(|it| it.author);
    let may_be = |it: ContactId| known.contains(&it) || last == Some(AuthorKind::Contact(it));
    TicketRow {
        requester: row.requester.filter(|it| may_be(it.0)),
        ..row
    }
}

impl List {
    fn query(&self, edge: Edge) -> ListQuery {
        let Self {
            tab,
            filter,
            sort,
            requester,
            size,
        } = *self;
        ListQuery {
            tab,
            filter,
            requester,
            sort,
            edge,
            limit: size,
        }
    }

    /// The rows that must come, out of those of the tab.
    pub(super) fn wanted(&self, of_tab: &[TicketRow]) -> Vec<TicketRow> {
        let mut rows: Vec<TicketRow> = of_tab.to_vec();
        rows.retain(|it| match self.filter {
            ListFilter::All => true,
            ListFilter::Open => it.stage != Stage::Closed,
            ListFilter::Stage(stage) => it.stage == stage,
        });
        rows.retain(|it| self.requester.is_none() || it.requester.as_ref().map(|it| it.0) == self.requester);
        // Sorted by the last criterion first: a stable sort keeps what the earlier ones did.
        rows.sort_by_key(|it| Reverse(it.number));
        if self.sort != Sort::Created {
            rows.sort_by_key(|it| Reverse(it.last_activity));
        }
        if self.sort == Sort::Attention {
            let order = |it: &TicketRow| match it.stage {
                Stage::WaitingOnContact => 0,
                Stage::InProgress => 1,
                Stage::Received => 2,
                Stage::Closed => 3,
            };
            rows.sort_by_key(order);
        }
        rows
    }

    /// Walks the list page by page in both directions, and compares with the rows that must come.
    pub(super) async fn check(
        &self,
        tx: &mut dyn Tx,
        scope: &Scope,
        of_tab: &[TicketRow],
        known: &BTreeSet<ContactId>,
    ) -> Result<(), Broken> {
        let wanted: Vec<TicketRow> = self.wanted(of_tab).into_iter().map(|it| named(it, known)).collect();
        let forward = self.forward(tx, scope, wanted.len()).await?;
        same!(
            numbers(&forward),
            numbers(&wanted),
            "{self:?}: pages from the beginning"
        );
        same!(forward, wanted, "{self:?}: rows");
        let backward = self.backward(tx, scope, &wanted).await?;
        let before_last = wanted.split_last().map_or(&[][..], |(_, rest)| rest);
        same!(
            numbers(&backward),
            numbers(before_last),
            "{self:?}: pages back from the last row"
        );
        self.check_gone(tx, scope, of_tab).await
    }

    /// A page begins at its edge even if the row there has left the list meanwhile: was closed, or given to somebody else.
    async fn check_gone(&self, tx: &mut dyn Tx, scope: &Scope, of_tab: &[TicketRow]) -> Result<(), Broken> {
        let whole = Self {
            filter: ListFilter::All,
            requester: None,
            ..*self
        };
        let order = whole.wanted(of_tab);
        let wanted = numbers(&self.wanted(of_tab));
        let is_wanted = |it: &&TicketRow| wanted.contains(&it.number.get());
        let size = self.size as usize;
        for (place, gone) in order.iter().enumerate().filter(|(_, it)| !is_wanted(it)).take(2) {
            let after = order.iter().skip(place).filter(is_wanted).take(size);
            let after: Vec<i64> = after.map(|it| it.number.get()).collect();
            let page = tx
                .tickets()
                .page(scope, &self.query(Edge::After(gone.cursor())))
                .await?;
            same!(
                numbers(&page),
                after,
                "{self:?}: after #{}, which left the list",
                gone.number
            );
            let before: Vec<i64> = order
                .iter()
                .take(place)
                .filter(is_wanted)
                .map(|it| it.number.get())
                .collect();
            let before = before.get(before.len().saturating_sub(size)..).unwrap_or_default();
            let page = tx
                .tickets()
                .page(scope, &self.query(Edge::Before(gone.cursor())))
                .await?;
            same!(
                numbers(&page),
                before,
                "{self:?}: before #{}, which left the list",
                gone.number
            );
        }
        Ok(())
    }

    /// The first page.
    pub(super) fn first(&self) -> ListQuery {
        self.query(Edge::Start)
    }

    /// The numbers of all rows, page by page.
    pub(super) async fn drain(&self, tx: &mut dyn Tx, scope: &Scope, most: usize) -> Result<Vec<i64>, Broken> {
        Ok(numbers(&self.forward(tx, scope, most).await?))
    }

    async fn forward(&self, tx: &mut dyn Tx, scope: &Scope, most: usize) -> Result<Vec<TicketRow>, Broken> {
        let mut rows = Vec::new();
        let mut edge = Edge::Start;
        // A store that gives a row again and again must fail, not hang.
        for _ in 0..=most {
            let page = tx.tickets().page(scope, &self.query(edge)).await?;
            ensure!(
                page.len() <= self.size as usize,
                "{self:?}: a page has {} rows",
                page.len()
            );
            let Some(last) = page.last() else { return Ok(rows) };
            edge = Edge::After(last.cursor());
            let full = page.len() == self.size as usize;
            rows.extend(page);
            if !full {
                return Ok(rows);
            }
        }
        ensure!(
            rows.len() <= most,
            "{self:?}: the pages do not end: {:?}",
            numbers(&rows)
        );
        Ok(rows)
    }

    async fn backward(&self, tx: &mut dyn Tx, scope: &Scope, wanted: &[TicketRow]) -> Result<Vec<TicketRow>, Broken> {
        let mut rows: Vec<TicketRow> = Vec::new();
        let Some(last) = wanted.last() else { return Ok(rows) };
        let mut edge = Edge::Before(last.cursor());
        for _ in 0..=wanted.len() {
            let page = tx.tickets().page(scope, &self.query(edge)).await?;
            ensure!(
                page.len() <= self.size as usize,
                "{self:?}: a page has {} rows",
                page.len()
            );
            let Some(first) = page.first() else { return Ok(rows) };
            edge = Edge::Before(first.cursor());
            rows.splice(0..0, page);
        }
        ensure!(
            rows.len() <= wanted.len(),
            "{self:?}: the pages do not end: {:?}",
            numbers(&rows)
        );
        Ok(rows)
    }
}

fn numbers(rows: &[TicketRow]) -> Vec<i64> {
    rows.iter().map(|it| it.number.get()).collect()
}
