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

pub(super) async fn colleagues(tx: &SeaTx, scope: &Scope, limit: u32) -> Result<Vec<Colleague>, StoreError> {
    let Some(company) = scope.company() else {
        return Ok(Vec::new());
    };
    let mut statement = people();
    statement
        .and_where(is("primary_company", val(&company)))
        .and_where(is("active", true.into()));
    statement
        .order_by("name", Order::Asc)
        .order_by("id", Order::Asc)
        .limit(u64::from(limit));
    tx.list(&statement, read).await
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

pub(super) async fn company_of(tx: &SeaTx, scope: &Scope) -> Result<Option<(CompanyId, String)>, StoreError> {
    let Some(company) = scope.company() else {
        return Ok(None);
    };
    tx.find_one(
        select(COMPANIES, &["id", "name"]).and_where(is("id", val(&company))),
        |row| Ok((row.get()?, row.get()?)),
    )
    .await
}
