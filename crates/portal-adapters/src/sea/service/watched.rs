//! Tickets with which it is the staff's turn, and of what the staff were told.

use std::collections::BTreeMap;

use portal_core::access::Standing;
use portal_core::id::{InboxId, TicketNumber};
use portal_core::ports::{StoreError, ToldDue, WatchedTicket};
use portal_core::ticket::Stage;
use sea_orm::sea_query::{Expr, ExprTrait, Order, SelectStatement};

use super::facts;
use crate::sea::row::Row;
use crate::sea::sql::{at, padded, select, upsert};
use crate::sea::stored::val;
use crate::sea::tickets::record::TABLE;
use crate::sea::tx::SeaTx;

const TOLD: &str = "told_due";

/// A range of an index, in its order.
pub(in crate::sea) fn statement(inbox: InboxId, after: Option<TicketNumber>, limit: u32) -> SelectStatement {
    debug_assert_eq!((Stage::Received.rank(), Stage::InProgress.rank()), (1, 2));
    let standings = [Standing::Live, Standing::Unverified].map(|it| Expr::val(val(&it)));
    let mut statement = select(TABLE, &["number", "priority", "stage", "created_at"]);
    statement
        .columns(facts::COLUMNS.map(|it| (TABLE, it)))
        .and_where(at(TABLE, "inbox").eq(val(&inbox)))
        // As the index has it: bound values would hide that from the planner.
        .and_where(Expr::cust("\"ticket\".\"stage\" IN (1, 2)"))
        .and_where(at(TABLE, "standing").is_in(standings))
        .order_by((TABLE, "number"), Order::Asc)
        .limit(u64::from(limit));
    if let Some(after) = after {
        statement.and_where(at(TABLE, "number").gt(val(&after)));
    }
    statement
}

pub(super) async fn tickets(
    tx: &SeaTx,
    inbox: InboxId,
    after: Option<TicketNumber>,
    limit: u32,
) -> Result<Vec<WatchedTicket>, StoreError> {
    let read = |row: &mut Row<'_>| {
        Ok(WatchedTicket {
            number: row.get()?,
            priority: row.get()?,
            stage: row.get()?,
            created_at: row.get()?,
            facts: facts::read(row)?,
            told: Vec::new(),
        })
    };
    let mut watched = tx.list(&statement(inbox, after, limit), read).await?;
    let numbers: Vec<TicketNumber> = watched.iter().map(|it| it.number).collect();
    let mut known: BTreeMap<TicketNumber, Vec<ToldDue>> = BTreeMap::new();
    for it in told(tx, &numbers).await? {
        known.entry(it.ticket).or_default().push(it);
    }
    for it in &mut watched {
        it.told = known.remove(&it.number).unwrap_or_default();
    }
    Ok(watched)
}

/// Of what the staff were told about tickets, by ticket, the reply first.
pub(super) async fn told(tx: &SeaTx, numbers: &[TicketNumber]) -> Result<Vec<ToldDue>, StoreError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let numbers = padded(numbers.iter().map(val).collect());
    let mut statement = select(TOLD, &["number", "closing", "since", "mark"]);
    statement
        .and_where(at(TOLD, "number").is_in(numbers.into_iter().map(Expr::val)))
        .order_by("number", Order::Asc)
        .order_by("closing", Order::Asc);
    let read = |row: &mut Row<'_>| {
        Ok(ToldDue {
            ticket: row.get()?,
            closing: row.get()?,
            since: row.get()?,
            mark: row.get()?,
        })
    };
    tx.list(&statement, read).await
}

pub(super) async fn put(tx: &SeaTx, it: &ToldDue) -> Result<(), StoreError> {
    let row = vec![
        ("number", val(&it.ticket)),
        ("closing", it.closing.into()),
        ("since", val(&it.since)),
        ("mark", val(&it.mark)),
    ];
    tx.run(&upsert(TOLD, &["number", "closing"], row)).await.map(|_| ())
}
