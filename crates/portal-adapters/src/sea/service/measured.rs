//! Which tickets a stretch of time has.

use std::time::Duration;

use portal_core::access::Standing;
use portal_core::desk::{Queue, StaffScope};
use portal_core::id::InboxId;
use portal_core::measures::{MeasureQuery, MeasuredTicket};
use portal_core::ports::StoreError;
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Order, SelectStatement, UnionType, Value};

use crate::sea::desk::scope;
use crate::sea::row::{Row, only};
use crate::sea::sql::{at, padded, select};
use crate::sea::stored::val;
use crate::sea::tickets::record::TABLE;
use crate::sea::tx::SeaTx;

const COLUMNS: [&str; 8] = [
    "number",
    "inbox",
    "priority",
    "source",
    "created_at",
    "closed_at",
    "first_reply_at",
    "waited",
];

pub(super) async fn tickets(
    tx: &SeaTx,
    scope: &StaffScope,
    query: &MeasureQuery,
    limit: u32,
) -> Result<Vec<MeasuredTicket>, StoreError> {
    let inboxes = scope::inboxes(tx, scope, query.inbox).await?;
    match statement(&inboxes, query, limit) {
        None => Ok(Vec::new()),
        Some(statement) => tx.list(&statement, read).await,
    }
}

/// What was opened in it, then what was closed in it and opened before: each is a range of an index of every inbox.
pub(in crate::sea) fn statement(inboxes: &[InboxId], query: &MeasureQuery, limit: u32) -> Option<SelectStatement> {
    if inboxes.is_empty() {
        return None;
    }
    let of = |column: &'static str| {
        let mut some = select(TABLE, &COLUMNS);
        some.and_where(within(inboxes))
            .and_where(at(TABLE, column).gte(val(&query.from)))
            .and_where(at(TABLE, column).lt(val(&query.until)))
            .and_where(counts());
        some
    };
    let mut all = of("created_at");
    let mut closed = of("closed_at");
    // Whatever was opened in it is there already, and nothing is closed before it was opened.
    closed.and_where(at(TABLE, "created_at").lt(val(&query.from)));
    all.union(UnionType::All, closed).limit(u64::from(limit));
    Some(all)
}

pub(super) async fn backlog(
    tx: &SeaTx,
    scope: &StaffScope,
    inbox: Option<InboxId>,
    limit: u32,
) -> Result<Vec<Timestamp>, StoreError> {
    let inboxes = scope::inboxes(tx, scope, inbox).await?;
    if inboxes.is_empty() {
        return Ok(Vec::new());
    }
    let open = [Queue::Open, Queue::Waiting, Queue::Snoozed].map(|it| Expr::val(val(&it)));
    let mut statement = select(TABLE, &["created_at"]);
    statement
        .and_where(within(&inboxes))
        .and_where(at(TABLE, "queue").is_in(open))
        .order_by("created_at", Order::Asc)
        .limit(u64::from(limit));
    tx.list(&statement, only).await
}

pub(in crate::sea) fn within(inboxes: &[InboxId]) -> Expr {
    let inboxes: Vec<Value> = padded(inboxes.iter().map(val).collect());
    at(TABLE, "inbox").is_in(inboxes.into_iter().map(Expr::val))
}

/// Spam, what was deleted and what was merged count nowhere.
pub(in crate::sea) fn counts() -> Expr {
    at(TABLE, "standing").is_in([Standing::Live, Standing::Unverified].map(|it| Expr::val(val(&it))))
}

fn read(row: &mut Row<'_>) -> Result<MeasuredTicket, StoreError> {
    let (number, inbox, priority, source) = (row.get()?, row.get()?, row.get()?, row.get()?);
    let (created_at, closed_at, first_reply_at) = (row.get()?, row.opt()?, row.opt()?);
    let waited: i64 = row.get()?;
    Ok(MeasuredTicket {
        number,
        inbox,
        priority,
        source,
        created_at,
        closed_at,
        first_reply_at,
        waited: Duration::from_micros(u64::try_from(waited).unwrap_or_default()),
    })
}
