//! Pages of the desk's lists: a range of an index for each inbox and queue, merged.

use portal_core::desk::{DeskQuery, DeskRow, DeskSort, DeskView, OwnedBy, Queue, StaffScope};
use portal_core::id::{AgentId, ContactId, InboxId, TicketNumber};
use portal_core::ports::StoreError;
use portal_core::ticket::{Edge, Stage};
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement, UnionType};

use super::{TABLE, filter, scope};
use crate::sea::row::Row;
use crate::sea::sql::at;
use crate::sea::stored::val;
use crate::sea::tickets::record::read_last_message;
use crate::sea::tx::SeaTx;

const KEYS: &str = "page";
const KEY: [&str; 2] = ["last_activity", "number"];
/// So many ranges are merged by one statement.
const AT_ONCE: usize = 100;

pub(super) async fn page(tx: &SeaTx, scope: &StaffScope, query: &DeskQuery) -> Result<Vec<DeskRow>, StoreError> {
    let inboxes = scope::inboxes(tx, scope, query.inbox).await?;
    if filter::of_people(&query.filter).is_some() {
        // How many tickets somebody has decides how they are found best.
        tx.plan_for_values().await?;
    }
    let mut rows = Vec::new();
    for inboxes in chunks(query, &inboxes, AT_ONCE) {
        if let Some(statement) = statement(scope, query, inboxes) {
            rows.extend(tx.list(&statement, read).await?);
        }
    }
    // The statement decides which rows; in what order they come out of the joins is not said.
    rows.sort_by_key(|it| std::cmp::Reverse(place(it)));
    let ascending = query.sort == DeskSort::Oldest;
    if ascending {
        rows.reverse();
    }
    let limit = query.limit as usize;
    // Rows before an edge are the last of those that several statements found.
    if matches!(query.edge, Edge::Before(_)) && rows.len() > limit {
        rows.drain(..rows.len() - limit);
    }
    rows.truncate(limit);
    Ok(rows)
}

/// The inboxes, so many at a time; those of a list that is walked along somebody's tickets all at once.
pub(super) fn chunks<'a>(query: &DeskQuery, inboxes: &'a [InboxId], size: usize) -> std::slice::Chunks<'a, InboxId> {
    let is_somebodys = query.view == DeskView::Mine
        || (query.view != DeskView::Unassigned && matches!(query.filter.owner, Some(OwnedBy::Agent(_))))
        || filter::of_people(&query.filter).is_some();
    inboxes.chunks(if is_somebodys { usize::MAX } else { size })
}

fn place(it: &DeskRow) -> (Timestamp, TicketNumber) {
    (it.last_activity, it.number)
}

/// The keys of the page first, then everything else for these few rows by primary key.
pub(in crate::sea) fn statement(scope: &StaffScope, query: &DeskQuery, inboxes: &[InboxId]) -> Option<SelectStatement> {
    if inboxes.is_empty() {
        return None;
    }
    let legs = legs(scope, query, inboxes);
    let mut legs = legs.into_iter().map(wrapped);
    let mut all = legs.next()?;
    for leg in legs {
        all.union(UnionType::All, leg);
    }
    let mut keys = Query::select();
    keys.columns(KEY).from_subquery(all, "leg");
    let order = direction(query);
    for column in ["+leg.last_activity", "+leg.number"] {
        // The plus has all rows sorted at once: else SQLite sorts each range anew, in order to merge them.
        keys.order_by_expr(Expr::cust(column), order.clone());
    }
    keys.limit(u64::from(query.limit));
    Some(rows_of(keys))
}

/// The ranges that a list consists of.
pub(super) fn legs(scope: &StaffScope, query: &DeskQuery, inboxes: &[InboxId]) -> Vec<SelectStatement> {
    let wherever = |mut leg: SelectStatement| {
        leg.and_where(scope::permits(scope));
        if let Some(inbox) = query.inbox {
            leg.and_where(at(TABLE, "inbox").eq(val(&inbox)));
        }
        leg
    };
    // Somebody's tickets are walked along the index of theirs, whatever they are about.
    if let Some(numbers) = filter::of_people(&query.filter) {
        let mut leg = leg(query, None);
        leg.and_where(at(TABLE, "number").in_subquery(numbers));
        // The plus keeps the planner from walking the lists instead.
        let queues = query.view.queues().iter().map(|it| Expr::val(val(it)));
        leg.and_where(Expr::cust("+\"ticket\".\"queue\"").is_in(queues));
        match query.view {
            DeskView::Mine => leg.and_where(at(TABLE, "owner").eq(val(&query.agent))),
            DeskView::Unassigned => leg.and_where(at(TABLE, "owner").is_null()),
            _ => &mut leg,
        };
        return vec![wherever(leg)];
    }
    let owner = match (query.view, query.filter.owner) {
        (DeskView::Mine, _) => Some(OwnedBy::Agent(query.agent)),
        (DeskView::Unassigned, _) => Some(OwnedBy::Nobody),
        (_, owner) => owner,
    };
    let mut legs = Vec::new();
    for queue in query.view.queues() {
        if query.filter.stage.is_some_and(|it| !queue.can_hold(it)) {
            continue;
        }
        match owner {
            // One's own are few, wherever they are.
            Some(OwnedBy::Agent(agent)) => {
                let mut leg = leg(query, Some(*queue));
                leg.and_where(at(TABLE, "owner").eq(val(&agent)));
                legs.push(wherever(leg));
            }
            Some(OwnedBy::Nobody) | None => legs.extend(inboxes.iter().map(|inbox| {
                let mut leg = leg(query, Some(*queue));
                leg.and_where(at(TABLE, "inbox").eq(val(inbox)));
                if owner.is_some() {
                    leg.and_where(at(TABLE, "owner").is_null());
                }
                leg
            })),
        }
    }
    legs
}

/// One range of one index.
fn leg(query: &DeskQuery, queue: Option<Queue>) -> SelectStatement {
    let mut select = Query::select();
    select.columns(KEY.map(|it| (TABLE, it))).from(TABLE);
    if let Some(queue) = queue {
        select.and_where(at(TABLE, "queue").eq(val(&queue)));
    }
    filter::narrow(&mut select, &query.filter);
    if query.filter.stage.is_some_and(Stage::is_open) {
        // As the index of the stages has it: a bound value would hide that from the planner.
        select.and_where(Expr::cust("\"ticket\".\"stage\" > 0"));
    }
    let (edge, after) = match query.edge {
        Edge::Start => (None, true),
        Edge::After(edge) => (Some(edge), true),
        Edge::Before(edge) => (Some(edge), false),
    };
    if let Some(edge) = edge {
        let key = Expr::tuple(KEY.map(|it| at(TABLE, it)));
        let place = Expr::tuple([val(&edge.last_activity), val(&edge.number)].map(Expr::val));
        let descends = after == (query.sort == DeskSort::Newest);
        select.and_where(if descends { key.lt(place) } else { key.gt(place) });
    }
    ordered(&mut select, query);
    select
}

/// The rows before an edge are found by going the other way.
fn ordered(select: &mut SelectStatement, query: &DeskQuery) {
    let order = direction(query);
    for column in KEY {
        select.order_by(column, order.clone());
    }
    select.limit(u64::from(query.limit));
}

fn direction(query: &DeskQuery) -> Order {
    let forward = !matches!(query.edge, Edge::Before(_));
    if forward == (query.sort == DeskSort::Newest) {
        Order::Desc
    } else {
        Order::Asc
    }
}

/// SQLite takes a limit inside a UNION only within a subquery.
pub(super) fn wrapped(leg: SelectStatement) -> SelectStatement {
    let mut select = Query::select();
    select.columns(KEY).from_subquery(leg, "leg");
    select
}

/// The rows for tickets whose numbers a query yields.
pub(in crate::sea) fn rows_of(keys: SelectStatement) -> SelectStatement {
    let mut select = Query::select();
    select.columns(
        [
            "number",
            "version",
            "subject",
            "stage",
            "standing",
            "priority",
            "category",
            "source",
            "audience",
            "inbox",
            "owner",
            "requester",
            "created_at",
            "last_activity",
            "last_author_kind",
            "last_author",
            "last_author_name",
            "last_snippet",
            "files",
        ]
        .map(|it| (TABLE, it)),
    );
    for (table, column) in [
        ("status", "name"),
        ("inbox", "name"),
        ("agent", "name"),
        ("contact", "name"),
        ("company", "name"),
    ] {
        select.column((table, column));
    }
    select.from_subquery(keys, KEYS);
    for (table, condition) in [
        (TABLE, at(TABLE, "number").equals((KEYS, "number"))),
        (
            "status",
            at("status", "pipeline")
                .equals((TABLE, "pipeline"))
                .and(at("status", "id").equals((TABLE, "status"))),
        ),
        ("inbox", at("inbox", "id").equals((TABLE, "inbox"))),
        ("agent", at("agent", "id").equals((TABLE, "owner"))),
        ("contact", at("contact", "id").equals((TABLE, "requester"))),
        ("company", at("company", "id").equals(("contact", "primary_company"))),
    ] {
        // Left, so that the few keys are what it begins with.
        select.left_join(table, condition);
    }
    select
}

pub(in crate::sea) fn read(row: &mut Row<'_>) -> Result<DeskRow, StoreError> {
    let (number, version, subject, stage, standing) = (row.get()?, row.get()?, row.get()?, row.get()?, row.get()?);
    let (priority, category, source, audience) = (row.get()?, row.opt()?, row.get()?, row.get()?);
    let inbox: InboxId = row.get()?;
    let (owner, requester): (Option<AgentId>, Option<ContactId>) = (row.opt()?, row.opt()?);
    let (created_at, last_activity, last_message, files) =
        (row.get()?, row.get()?, read_last_message(row)?, row.get()?);
    let mut name = || row.opt::<String>();
    let (status, inbox_name, agent, contact, company) = (name()?, name()?, name()?, name()?, name()?);
    Ok(DeskRow {
        number,
        version,
        subject,
        status: status.unwrap_or_default(),
        stage,
        standing,
        priority,
        category,
        source,
        audience,
        inbox: (inbox, inbox_name.unwrap_or_default()),
        owner: owner.zip(agent),
        requester: requester.zip(contact),
        company,
        created_at,
        last_activity,
        last_message,
        files,
    })
}
