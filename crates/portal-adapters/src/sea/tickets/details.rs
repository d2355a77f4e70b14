//! What lists show beyond their rows.

use portal_core::access::Scope;
use portal_core::id::TicketNumber;
use portal_core::ports::StoreError;
use portal_core::ticket::RowDetails;
use sea_orm::sea_query::{ExprTrait, Query};

use super::record::TABLE;
use crate::sea::access;
use crate::sea::collected::{properties, properties_of};
use crate::sea::sql::at;
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

/// Owners and properties of the tickets of one page, in one statement.
pub(super) async fn of(tx: &SeaTx, scope: &Scope, numbers: &[TicketNumber]) -> Result<Vec<RowDetails>, StoreError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Query::select();
    select
        .column((TABLE, "number"))
        .column(("agent", "name"))
        .expr(properties_of(
            tx.backend(),
            "ticket_property",
            "ticket_property.owner = ticket.number",
        ))
        .from(TABLE)
        .left_join("agent", at("agent", "id").equals((TABLE, "owner")))
        .and_where(at(TABLE, "number").is_in(numbers.iter().map(val)))
        .and_where(access::permits(scope, at(TABLE, "number")));
    tx.list(&select, |row| {
        Ok(RowDetails {
            number: row.get()?,
            owner: row.opt()?,
            properties: properties(row)?,
        })
    })
    .await
}
