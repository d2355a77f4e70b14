//! What a contact sees of other people and of companies: always by way of the scope.

use portal_core::access::Scope;
use portal_core::id::{CompanyId, TicketNumber};
use portal_core::ports::{Colleague, StoreError};
use sea_orm::sea_query::{Expr, ExprTrait, Order, SelectStatement};

use crate::sea::access;
use crate::sea::row::Row;
use crate::sea::sql::{at, is, select};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

const CONTACTS: &str = "contact";
const COMPANIES: &str = "company";

/// The active contacts of a company, by name.
pub(in crate::sea) fn colleagues(company: CompanyId, limit: u32) -> SelectStatement {
    let mut statement = select(CONTACTS, &["id", "name"]);
    statement
        .and_where(is("primary_company", val(&company)))
        // As the index says it: a bound value would not show that the index has all of them.
        .and_where(Expr::col("active"));
    statement
        .order_by("name", Order::Asc)
        .order_by("id", Order::Asc)
        .limit(u64::from(limit));
    statement
}

pub(super) async fn people_on(tx: &SeaTx, scope: &Scope, number: TicketNumber) -> Result<Vec<Colleague>, StoreError> {
    const LINKS: &str = "ticket_contact";
    let mut statement = people();
    statement.inner_join(LINKS, at(LINKS, "contact").equals((CONTACTS, "id")));
    statement
        .and_where(at(LINKS, "number").eq(val(&number)))
        .and_where(access::permits(scope, Expr::val(val(&number))));
    statement
        .order_by((LINKS, "label"), Order::Asc)
        .order_by((CONTACTS, "name"), Order::Asc)
        .order_by((CONTACTS, "id"), Order::Asc);
    tx.list(&statement, read).await
}

fn people() -> SelectStatement {
    select(CONTACTS, &["id", "name", "primary_company"])
}

fn read(row: &mut Row<'_>) -> Result<Colleague, StoreError> {
    Ok(Colleague {
        contact: row.get()?,
        name: row.get()?,
        primary_company: row.opt()?,
    })
}

pub(super) async fn companies_on(
    tx: &SeaTx,
    scope: &Scope,
    number: TicketNumber,
) -> Result<Vec<(CompanyId, String)>, StoreError> {
    const LINKS: &str = "ticket_company";
    let mut statement = select(COMPANIES, &["id", "name"]);
    statement.inner_join(LINKS, at(LINKS, "company").equals((COMPANIES, "id")));
    statement
        .and_where(at(LINKS, "number").eq(val(&number)))
        .and_where(access::permits(scope, Expr::val(val(&number))));
    statement
        .order_by((COMPANIES, "name"), Order::Asc)
        .order_by((COMPANIES, "id"), Order::Asc);
    tx.list(&statement, |row| Ok((row.get()?, row.get()?))).await
}
