//! Contacts by their addresses.

use portal_core::crm::ContactRow;
use portal_core::ports::StoreError;
use portal_core::text::EmailAddress;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Order, Query, SelectStatement, UnionType};

use super::{lists, merges};
use crate::sea::row::only;
use crate::sea::sql::{at, select};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

const COLUMNS: [&str; 2] = ["email", "membership_email"];

pub(super) async fn contacts_at(
    tx: &SeaTx,
    addresses: &[EmailAddress],
    limit: u32,
) -> Result<Vec<ContactRow>, StoreError> {
    if addresses.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = lists::contact_rows();
    let any = COLUMNS.into_iter().fold(Cond::any(), |any, column| {
        any.add(at("contact", column).is_in(addresses.iter().map(|it| Expr::val(val(it)))))
    });
    statement.cond_where(any).and_where(listed());
    statement
        .order_by(("contact", "name"), Order::Asc)
        .order_by(("contact", "id"), Order::Asc)
        .limit(u64::from(limit));
    tx.list(&statement, lists::read_contact_row).await
}

pub(super) async fn shared(
    tx: &SeaTx,
    after: Option<&EmailAddress>,
    limit: u32,
) -> Result<Vec<EmailAddress>, StoreError> {
    let leg = |column: &'static str| -> SelectStatement {
        let mut leg = select("contact", &["id"]);
        leg.expr_as(at("contact", column), "address")
            .and_where(at("contact", column).is_not_null())
            .and_where(listed());
        if let Some(after) = after {
            leg.and_where(at("contact", column).gt(val(after)));
        }
        leg
    };
    let [email, membership] = COLUMNS.map(leg);
    let mut both = email;
    // One contact with the same address twice is one row.
    both.union(UnionType::Distinct, membership);
    let mut statement = Query::select();
    statement
        .column("address")
        .from_subquery(both, "both")
        .group_by_col("address")
        .and_having(Expr::cust("COUNT(*) > 1"))
        .order_by("address", Order::Asc)
        .limit(u64::from(limit));
    tx.list(&statement, only).await
}

/// Whether a contact is shown in lists: neither erased nor a part of another one.
pub(super) fn listed() -> Expr {
    at("contact", "erased_at")
        .is_null()
        .and(merges::is_merged("contact").not())
}
