//! Contacts, companies, groups and agents, as the system itself knows them.

use portal_core::access::Principal;
use portal_core::crm::{Agent, Company, Contact, ContactStanding, Guest};
use portal_core::id::{AgentId, CompanyId, ContactId};
use portal_core::ports::StoreError;
use portal_core::property::PropertyValues;
use portal_core::text::EmailAddress;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement, Value};

use super::groups;
use crate::sea::collected::{PROPERTY_COLUMNS, ids, ids_of, properties, properties_of, property_row};
use crate::sea::row::{Row, only};
use crate::sea::search;
use crate::sea::sql::{at, delete, is, select, upsert};
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

const CONTACTS: &str = "contact";
const COMPANIES: &str = "company";
const AGENTS: &str = "agent";

pub(super) async fn contact(tx: &SeaTx, id: ContactId) -> Result<Option<Contact>, StoreError> {
    tx.find_one(contacts(tx.backend()).and_where(is("id", val(&id))), read_contact)
        .await
}

pub(super) async fn contact_by_membership_email(
    tx: &SeaTx,
    email: &EmailAddress,
) -> Result<Option<Contact>, StoreError> {
    let mut statement = contacts(tx.backend());
    statement
        .and_where(is("membership_email", val(email)))
        // As the index says it: a bound value would not show that the index has all of them.
        .and_where(Expr::col("active"));
    tx.find_one(&statement, read_contact).await
}

fn contacts(backend: DbBackend) -> SelectStatement {
    let columns = [
        "id",
        "name",
        "email",
        "membership_email",
        "active",
        "primary_company",
        "language",
        "time_zone",
        "external_id",
        "created_at",
    ];
    let mut select = select(CONTACTS, &columns);
    select.expr(ids_of(
        backend,
        "contact_company",
        "company",
        "contact_company.contact = contact.id",
    ));
    select.expr(ids_of(
        backend,
        "contact_group",
        "member_of",
        "contact_group.contact = contact.id",
    ));
    select.expr(properties_of(
        backend,
        "contact_property",
        "contact_property.owner = contact.id",
    ));
    select
}

/// Contacts with whether they have a way to sign in. Read with [`read_guest`].
pub(in crate::sea) fn guests(backend: DbBackend) -> SelectStatement {
    let mut account = select("account", &["contact"]);
    account.and_where(at("account", "contact").equals((CONTACTS, "id")));
    let mut guests = contacts(backend);
    guests.expr(Expr::exists(account));
    guests
}

pub(in crate::sea) fn read_guest(row: &mut Row<'_>) -> Result<Guest, StoreError> {
    Ok(Guest {
        contact: read_contact(row)?,
        registered: row.get()?,
    })
}

fn read_contact(row: &mut Row<'_>) -> Result<Contact, StoreError> {
    Ok(Contact {
        id: row.get()?,
        name: row.get()?,
        email: row.opt()?,
        membership_email: row.opt()?,
        standing: if row.get()? {
            ContactStanding::Active
        } else {
            ContactStanding::Inactive
        },
        primary_company: row.opt()?,
        language: row.opt()?,
        time_zone: row.opt()?,
        external_id: row.opt()?,
        created_at: row.get()?,
        companies: ids(row)?,
        groups: ids(row)?,
        properties: properties(row)?,
    })
}

pub(super) async fn put_contact(tx: &mut SeaTx, it: &Contact) -> Result<(), StoreError> {
    let row = vec![
        ("id", val(&it.id)),
        ("name", val(&it.name)),
        ("email", opt(it.email.as_ref())),
        ("membership_email", opt(it.membership_email.as_ref())),
        ("active", (it.standing == ContactStanding::Active).into()),
        ("primary_company", opt(it.primary_company.as_ref())),
        ("language", opt(it.language.as_ref())),
        ("time_zone", it.time_zone.clone().into()),
        ("external_id", it.external_id.clone().into()),
        ("created_at", val(&it.created_at)),
    ];
    tx.run_guarded(&upsert(CONTACTS, &["id"], row)).await?;
    let companies = it
        .companies
        .iter()
        .map(|company| vec![val(&it.id), val(company)])
        .collect();
    replace(
        tx,
        "contact_company",
        ["contact", "company"].as_slice(),
        val(&it.id),
        companies,
    )
    .await?;
    let groups = groups::of(&*groups::hold(tx).await?, it);
    let groups = groups.iter().map(|group| vec![val(&it.id), val(group)]).collect();
    replace(tx, groups::MEMBERS, &groups::MEMBER_COLUMNS, val(&it.id), groups).await?;
    search::put_person(tx, Principal::Contact(it.id), it.words()).await?;
    replace_properties(tx, "contact_property", val(&it.id), &it.properties).await
}

/// Replaces the rows of an owner, which is the first column.
async fn replace(
    tx: &SeaTx,
    table: &'static str,
    columns: &[&'static str],
    owner: Value,
    rows: Vec<Vec<Value>>,
) -> Result<(), StoreError> {
    if let Some(first) = columns.first() {
        tx.run(&delete(table, is(first, owner))).await?;
    }
    tx.add_all(table, columns, rows, |it| it).await.map(|_| ())
}

async fn replace_properties(
    tx: &SeaTx,
    table: &'static str,
    owner: Value,
    values: &PropertyValues,
) -> Result<(), StoreError> {
    let rows = values
        .iter()
        .map(|(key, value)| property_row(owner.clone(), key, value))
        .collect::<Result<_, _>>()?;
    replace(tx, table, &PROPERTY_COLUMNS, owner, rows).await
}

pub(in crate::sea) async fn contact_by_external_id(tx: &SeaTx, key: &str) -> Result<Option<Contact>, StoreError> {
    let mut statement = contacts(tx.backend());
    statement.and_where(is("external_id", key.into()));
    tx.find_one(&statement, read_contact).await
}

pub(super) async fn company(tx: &SeaTx, id: CompanyId) -> Result<Option<Company>, StoreError> {
    one_company(tx, is("id", val(&id))).await
}

pub(in crate::sea) async fn company_by_external_id(tx: &SeaTx, key: &str) -> Result<Option<Company>, StoreError> {
    one_company(tx, is("external_id", key.into())).await
}

async fn one_company(tx: &SeaTx, condition: Expr) -> Result<Option<Company>, StoreError> {
    let mut statement = select(COMPANIES, &["id", "name", "domain", "external_id", "created_at"]);
    statement
        .expr(properties_of(
            tx.backend(),
            "company_property",
            "company_property.owner = company.id",
        ))
        .and_where(condition);
    tx.find_one(&statement, |row| {
        Ok(Company {
            id: row.get()?,
            name: row.get()?,
            domain: row.opt()?,
            external_id: row.opt()?,
            created_at: row.get()?,
            properties: properties(row)?,
        })
    })
    .await
}

pub(super) async fn put_company(tx: &SeaTx, it: &Company) -> Result<(), StoreError> {
    let row = vec![
        ("id", val(&it.id)),
        ("name", val(&it.name)),
        ("domain", opt(it.domain.as_ref())),
        ("external_id", it.external_id.clone().into()),
        ("created_at", val(&it.created_at)),
    ];
    tx.run_guarded(&upsert(COMPANIES, &["id"], row)).await?;
    search::put_person(tx, Principal::Company(it.id), it.words()).await?;
    replace_properties(tx, "company_property", val(&it.id), &it.properties).await
}

pub(super) async fn put_agent(tx: &SeaTx, it: &Agent) -> Result<(), StoreError> {
    let row = vec![
        ("id", val(&it.id)),
        ("name", val(&it.name)),
        ("email", opt(it.email.as_ref())),
    ];
    tx.run(&upsert(AGENTS, &["id"], row)).await.map(|_| ())
}

pub(super) async fn agent_name(tx: &SeaTx, id: AgentId) -> Result<Option<String>, StoreError> {
    tx.find_one(select(AGENTS, &["name"]).and_where(is("id", val(&id))), only)
        .await
}
