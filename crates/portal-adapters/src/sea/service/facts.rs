//! How a ticket was served: three columns of its row.

use std::time::Duration;

use portal_core::desk::StaffScope;
use portal_core::id::TicketNumber;
use portal_core::ports::StoreError;
use portal_core::service::ServiceFacts;
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Query, Value};

use crate::sea::desk::scope;
use crate::sea::row::Row;
use crate::sea::sql::{at, is, padded, select};
use crate::sea::stored::{opt, val};
use crate::sea::tickets::record::TABLE;
use crate::sea::tx::SeaTx;

pub(in crate::sea) const COLUMNS: [&str; 3] = ["waiting_since", "first_reply_at", "waited"];

pub(in crate::sea) fn values(it: &ServiceFacts) -> [Value; 3] {
    [
        opt(it.waiting_since.as_ref()),
        opt(it.first_reply_at.as_ref()),
        val(&i64::try_from(it.waited.as_micros()).unwrap_or(i64::MAX)),
    ]
}

pub(super) fn read(row: &mut Row<'_>) -> Result<ServiceFacts, StoreError> {
    let (waiting_since, first_reply_at): (Option<Timestamp>, Option<Timestamp>) = (row.opt()?, row.opt()?);
    let waited: i64 = row.get()?;
    Ok(ServiceFacts {
        waiting_since,
        first_reply_at,
        waited: Duration::from_micros(u64::try_from(waited).unwrap_or_default()),
    })
}

/// Moves the facts of a ticket on. Whoever writes holds the ticket's row, or has just added it.
pub(in crate::sea) async fn follow(
    tx: &SeaTx,
    number: TicketNumber,
    then: impl Fn(ServiceFacts) -> ServiceFacts + Send,
) -> Result<(), StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement.and_where(is("number", val(&number)));
    let Some(old) = tx.find_one(&statement, read).await? else {
        return Ok(());
    };
    let new = then(old);
    if new == old {
        return Ok(());
    }
    let mut update = Query::update();
    update
        .table(TABLE)
        .values(COLUMNS.into_iter().zip(values(&new).map(Expr::val)))
        .and_where(is("number", val(&number)));
    tx.run(&update).await.map(|_| ())
}

pub(super) async fn of(
    tx: &SeaTx,
    scope: &StaffScope,
    numbers: &[TicketNumber],
) -> Result<Vec<(TicketNumber, ServiceFacts)>, StoreError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let numbers = padded(numbers.iter().map(val).collect());
    let mut statement = select(TABLE, &["number"]);
    statement
        .columns(COLUMNS.map(|it| (TABLE, it)))
        .and_where(at(TABLE, "number").is_in(numbers.into_iter().map(Expr::val)))
        .and_where(scope::permits(scope));
    tx.list(&statement, |row| Ok((row.get()?, read(row)?))).await
}
