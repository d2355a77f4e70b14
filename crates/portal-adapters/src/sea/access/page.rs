use portal_core::access::{Principal, Scope};
use portal_core::ticket::{Cursor, Edge, ListFilter, ListQuery, Sort, Stage};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement, UnionType, Value};

use super::{TABLE, nothing, of_principal, permits_as, stages_by_rank};
use crate::sea::sql::at;
use crate::sea::stored::val;

/// What keys are made of, most significant first.
const KEY: [&str; 3] = ["rank", "last_activity", "number"];

/// The keys (rank, last activity, number) of one page of a tab, at most `limit`, in no particular order; `None` if the
/// contact does not have the tab.
pub(in crate::sea) fn page_keys(scope: &Scope, query: &ListQuery) -> Option<SelectStatement> {
    let tab = scope.principal_of(query.tab)?;
    let leg = |rank: Rank| leg(scope, tab, query, rank);
    match (query.sort, query.filter) {
        // By last activity the open stages are three ranges, each in the right order: the page is in their first rows.
        (Sort::LastActivity, ListFilter::Open) => {
            let mut legs = stages_by_rank()
                .into_iter()
                .filter(|it| it.is_open())
                .map(|it| leg(Rank::Is(it)));
            let mut all = wrapped(legs.next()?);
            for leg in legs {
                all.union(UnionType::All, wrapped(leg));
            }
            let mut page = Query::select();
            page.columns(KEY).from_subquery(all, "leg");
            page.order_by("last_activity", direction(query.edge))
                .order_by("number", direction(query.edge))
                .limit(u64::from(query.limit));
            Some(page)
        }
        (_, ListFilter::All) => Some(leg(Rank::Any)),
        (_, ListFilter::Open) => Some(leg(Rank::Open)),
        (_, ListFilter::Stage(stage)) => Some(leg(Rank::Is(stage))),
    }
}

/// Which ranks a leg has.
#[derive(Clone, Copy)]
enum Rank {
    Any,
    Open,
    Is(Stage),
}

/// One range of one key: the tickets of a principal, or those of them that a contact requested.
fn leg(scope: &Scope, tab: Principal, query: &ListQuery, rank: Rank) -> SelectStatement {
    let mut select = match query.requester {
        None => of_principal(scope, tab),
        Some(requester) => requested(scope, tab, Principal::Contact(requester)),
    };
    select.columns(KEY.map(|it| (TABLE, it)));
    match rank {
        Rank::Any => {}
        // Two lower bounds would be one too many for a range: the rows before an open ticket are open anyway.
        Rank::Open if matches!((query.sort, query.edge), (Sort::Attention, Edge::Before(edge)) if edge.rank >= Stage::Received.rank()) =>
            {}
        Rank::Open => {
            select.and_where(at(TABLE, "rank").gte(val(&Stage::Received)));
        }
        Rank::Is(stage) => {
            select.and_where(at(TABLE, "rank").eq(val(&stage)));
        }
    }
    let columns = match (query.sort, rank) {
        (Sort::Attention, Rank::Any | Rank::Open) => KEY.as_slice(),
        // Within one rank the rank does not order anything.
        (Sort::Attention, Rank::Is(_)) | (Sort::LastActivity, _) => KEY.get(1..).unwrap_or_default(),
        (Sort::Created, _) => KEY.get(2..).unwrap_or_default(),
    };
    if let Some(bound) = bound(query, rank, columns) {
        select.and_where(bound);
    }
    for column in columns {
        select.order_by((TABLE, *column), direction(query.edge));
    }
    select.limit(u64::from(query.limit));
    select
}

/// The tickets that a contact requested, as far as they are the tab's too. They are walked in the contact's own range,
/// which is never a large company's.
fn requested(scope: &Scope, tab: Principal, requester: Principal) -> SelectStatement {
    let mut select = Query::select();
    select.from(TABLE);
    select.and_where(at(TABLE, "portal").eq(val(&scope.portal())));
    select.and_where(at(TABLE, "principal").eq(val(&requester)));
    select.and_where(at(TABLE, "requester").eq(true));
    select.and_where(permits_as(scope, tab, at(TABLE, "number")));
    select
}

/// Lists descend; the rows before an edge are found by going the other way.
const fn direction(edge: Edge) -> Order {
    match edge {
        Edge::Start | Edge::After(_) => Order::Desc,
        Edge::Before(_) => Order::Asc,
    }
}

/// The key compared with the edge as one row value, which is a range of the index; an OR of comparisons is not.
fn bound(query: &ListQuery, rank: Rank, columns: &[&'static str]) -> Option<Expr> {
    let (edge, after) = match query.edge {
        Edge::Start => return None,
        Edge::After(edge) => (edge, true),
        Edge::Before(edge) => (edge, false),
    };
    // All open tickets come before a closed one.
    if !after && edge.rank < Stage::Received.rank() && matches!((query.sort, rank), (Sort::Attention, Rank::Open)) {
        return None;
    }
    if let (Sort::Attention, Rank::Is(stage)) = (query.sort, rank) {
        // The leg is one rank: it lies wholly on one side of an edge of another rank.
        match stage.rank().cmp(&edge.rank) {
            std::cmp::Ordering::Equal => {}
            side if (side == std::cmp::Ordering::Less) == after => return None,
            _ => return Some(nothing()),
        }
    }
    let key = Expr::tuple(columns.iter().map(|it| at(TABLE, it)));
    let place = Expr::tuple(columns.iter().map(|it| Expr::val(part(&edge, it))));
    Some(if after { key.lt(place) } else { key.gt(place) })
}

fn part(edge: &Cursor, column: &str) -> Value {
    match column {
        "rank" => i16::from(edge.rank).into(),
        "last_activity" => val(&edge.last_activity),
        _ => val(&edge.number),
    }
}

/// SQLite takes a limit inside a UNION only within a subquery.
fn wrapped(leg: SelectStatement) -> SelectStatement {
    let mut select = Query::select();
    select.columns(KEY).from_subquery(leg, "leg");
    select
}
