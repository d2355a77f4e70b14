//! Pages of contacts and companies: a walk along their names.

use portal_core::crm::{CompanyQuery, CompanyRow, ContactQuery, ContactRow, ContactStanding};
use portal_core::id::{AccessGroupId, Uuid};
use portal_core::ports::StoreError;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Func, Order, Query, SelectStatement};

use super::{addresses, merges};
use crate::sea::row::Row;
use crate::sea::sql::{at, select};
use crate::sea::stored::{Stored, val};
use crate::sea::tx::SeaTx;

/// Rows of contacts. Read with [`read_contact_row`].
pub(super) fn contact_rows() -> SelectStatement {
    let mut statement = select("contact", &["id", "name", "email", "membership_email", "active"]);
    statement
        .column(("company", "id"))
        .column(("company", "name"))
        .expr(Expr::exists(
            select("account", &["contact"])
                .and_where(at("account", "contact").equals(("contact", "id")))
                .to_owned(),
        ))
        .left_join("company", at("company", "id").equals(("contact", "primary_company")));
    statement
}

pub(super) async fn contacts(tx: &SeaTx, query: &ContactQuery) -> Result<Vec<ContactRow>, StoreError> {
    let mut statement = contact_rows();
    statement.and_where(addresses::listed());
    if let Some(text) = &query.text {
        let columns = [
            at("contact", "name"),
            at("contact", "email"),
            at("contact", "membership_email"),
            at("company", "name"),
        ];
        statement.cond_where(has(tx, columns, text).add(property_has(tx, "contact", "contact_property", text)));
    }
    if let Some(group) = &query.group {
        statement.and_where(related("contact_group", "member_of", val(group)));
    }
    if let Some(company) = &query.company {
        statement.and_where(related("contact_company", "company", val(company)));
    }
    if let Some(standing) = query.standing {
        statement.and_where(at("contact", "active").eq(standing == ContactStanding::Active));
    }
    let after = query.after.as_ref().map(|(name, id)| (name.as_str(), id));
    by_name(&mut statement, "contact", after, query.limit);
    tx.list(&statement, read_contact_row).await
}

pub(super) fn read_contact_row(row: &mut Row<'_>) -> Result<ContactRow, StoreError> {
    let (id, name, email, membership_email) = (row.get()?, row.get()?, row.opt()?, row.opt()?);
    let active = row.get()?;
    let (company, company_name) = (row.opt()?, row.opt()?);
    Ok(ContactRow {
        id,
        name,
        email,
        membership_email,
        standing: if active {
            ContactStanding::Active
        } else {
            ContactStanding::Inactive
        },
        company: company.zip(company_name),
        registered: row.get()?,
    })
}

pub(super) async fn companies(tx: &SeaTx, query: &CompanyQuery) -> Result<Vec<CompanyRow>, StoreError> {
    let mut people = Query::select();
    people
        .expr(Expr::cust("COUNT(*)"))
        .from("contact_company")
        .inner_join("contact", at("contact", "id").equals(("contact_company", "contact")))
        .and_where(at("contact_company", "company").equals(("company", "id")))
        .and_where(at("contact", "active").eq(true));
    let mut statement = select("company", &["id", "name", "domain"]);
    statement
        .expr(Expr::SubQuery(None, Box::new(people.into())))
        .and_where(merges::is_merged("company").not());
    if let Some(text) = &query.text {
        let columns = [at("company", "name"), at("company", "domain")];
        statement.cond_where(has(tx, columns, text).add(property_has(tx, "company", "company_property", text)));
    }
    let after = query.after.as_ref().map(|(name, id)| (name.as_str(), id));
    by_name(&mut statement, "company", after, query.limit);
    tx.list(&statement, |row| {
        Ok(CompanyRow {
            id: row.get()?,
            name: row.get()?,
            domain: row.opt()?,
            people: row.get()?,
        })
    })
    .await
}

pub(super) async fn group_sizes(tx: &SeaTx) -> Result<Vec<(AccessGroupId, u64)>, StoreError> {
    let mut statement = select("contact_group", &["member_of"]);
    statement
        .expr(Expr::cust("COUNT(*)"))
        .inner_join("contact", at("contact", "id").equals(("contact_group", "contact")))
        .and_where(at("contact", "active").eq(true))
        .group_by_col(("contact_group", "member_of"))
        .order_by(("contact_group", "member_of"), Order::Asc);
    tx.list(&statement, |row: &mut Row<'_>| Ok((row.get()?, row.get()?)))
        .await
}

/// Whether any of the columns has the text in it. Both databases know upper and lower case of a–z only.
fn has(tx: &SeaTx, columns: impl IntoIterator<Item = Expr>, text: &str) -> Cond {
    let text = text.to_ascii_lowercase();
    let place = if tx.is_postgres() { "strpos" } else { "instr" };
    columns.into_iter().fold(Cond::any(), |any, column| {
        let found = Func::cust(place).arg(Func::lower(column)).arg(text.as_str());
        any.add(Expr::from(found).gt(0))
    })
}

/// Whether a property that is kept as words has the text in it.
fn property_has(tx: &SeaTx, owner: &'static str, table: &'static str, text: &str) -> Expr {
    let mut rows = select(table, &["owner"]);
    rows.and_where(at(table, "owner").equals((owner, "id")))
        .cond_where(has(tx, [at(table, "word")], text));
    Expr::exists(rows)
}

/// Whether a child table has this value for the contact.
fn related(table: &'static str, column: &'static str, value: impl Into<Expr>) -> Expr {
    let mut rows = select(table, &["contact"]);
    rows.and_where(at(table, "contact").equals(("contact", "id")))
        .and_where(at(table, column).eq(value));
    Expr::exists(rows)
}

fn by_name<T: Stored<Raw = Uuid>>(
    statement: &mut SelectStatement,
    table: &'static str,
    after: Option<(&str, &T)>,
    limit: u32,
) {
    if let Some((name, id)) = after {
        let same_name = at(table, "name").eq(name).and(at(table, "id").gt(val(id)));
        statement
            .and_where(at(table, "name").gte(name))
            .and_where(at(table, "name").gt(name).or(same_name));
    }
    statement
        .order_by((table, "name"), Order::Asc)
        .order_by((table, "id"), Order::Asc)
        .limit(u64::from(limit));
}
