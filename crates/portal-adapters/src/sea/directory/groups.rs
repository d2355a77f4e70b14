//! Access groups, and the lists of their members.
//!
//! Rows of a dynamic group are written when the group changes and when a contact does. The two must not pass each other
//! unseen: whoever changes a contact holds the dynamic groups as they are until the unit of work ends.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use portal_core::access::{AccessRule, Criteria};
use portal_core::crm::{AccessGroup, Contact, GroupKind};
use portal_core::id::{AccessGroupId, ContactId, PortalId};
use portal_core::ports::StoreError;
use portal_core::property::PropertyValues;
use portal_wire::Invalid;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, Value};

use super::criteria::may_match;
use crate::sea::collected::{properties, properties_of};
use crate::sea::error::corrupt;
use crate::sea::row::Row;
use crate::sea::sql::{delete, is, json, select, upsert};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

const TABLE: &str = "access_group";
pub(super) const MEMBERS: &str = "contact_group";
pub(super) const MEMBER_COLUMNS: [&str; 2] = ["contact", "member_of"];
const LET_IN: &str = "portal_group";
/// The advisory lock of PostgreSQL that keeps dynamic groups as they are.
const LOCK: i64 = 0x706f_7274_616c_0014;

/// The dynamic groups with their criteria, by id.
pub(in crate::sea) type Dynamic = Vec<(AccessGroupId, Criteria)>;

pub(super) async fn all(tx: &SeaTx) -> Result<Vec<AccessGroup>, StoreError> {
    let mut statement = select(TABLE, &["id", "name", "criteria"]);
    statement.order_by("name", Order::Asc).order_by("id", Order::Asc);
    tx.list(&statement, read).await
}

fn read(row: &mut Row<'_>) -> Result<AccessGroup, StoreError> {
    Ok(AccessGroup {
        id: row.get()?,
        name: row.get()?,
        kind: read_criteria(row)?.map_or(GroupKind::Static, GroupKind::Dynamic),
    })
}

/// The next column, criteria or NULL.
fn read_criteria(row: &mut Row<'_>) -> Result<Option<Criteria>, StoreError> {
    let stored: Option<portal_wire::Criteria> = row.json_opt()?;
    let checked = stored.map(TryInto::try_into).transpose();
    checked.map_err(|error: Invalid| corrupt(error.to_string()))
}

/// `SELECT` of the dynamic groups that the outer statement's portal lets in, with their criteria, as one column. Read with
/// [`read_dynamic`].
pub(super) fn dynamic(backend: DbBackend) -> Expr {
    let all = match backend {
        DbBackend::Postgres => "json_agg(json_build_array(access_group.id, access_group.criteria))::text",
        _ => "json_group_array(json_array(hex(access_group.id), access_group.criteria))",
    };
    Expr::cust(format!(
        "(SELECT {all} FROM portal_group CROSS JOIN access_group WHERE portal_group.portal = portal.id \
         AND access_group.id = portal_group.member_of AND access_group.criteria IS NOT NULL)"
    ))
}

/// The next column, made by [`dynamic`].
pub(super) fn read_dynamic(row: &mut Row<'_>) -> Result<BTreeMap<AccessGroupId, Criteria>, StoreError> {
    let stored: Option<Vec<(String, String)>> = row.json_opt()?;
    let group = |(id, criteria): (String, String)| {
        let id = id
            .parse::<AccessGroupId>()
            .map_err(|error| corrupt(error.to_string()))?;
        let criteria: portal_wire::Criteria =
            serde_json::from_str(&criteria).map_err(|error| corrupt(error.to_string()))?;
        let criteria = criteria
            .try_into()
            .map_err(|error: Invalid| corrupt(error.to_string()))?;
        Ok((id, criteria))
    };
    stored.unwrap_or_default().into_iter().map(group).collect()
}

pub(super) async fn put(tx: &mut SeaTx, it: &AccessGroup) -> Result<(), StoreError> {
    lock(tx, "SELECT pg_advisory_xact_lock($1)").await?;
    tx.held_groups = None;
    let criteria = match it.criteria() {
        Some(criteria) => json(&portal_wire::Criteria::from(criteria))?,
        None => Value::String(None),
    };
    let row = vec![("id", val(&it.id)), ("name", val(&it.name)), ("criteria", criteria)];
    tx.run(&upsert(TABLE, &["id"], row)).await?;
    match it.criteria() {
        Some(criteria) => renew(tx, it.id, criteria).await,
        None => Ok(()),
    }
}

pub(in crate::sea) async fn remove(tx: &mut SeaTx, id: AccessGroupId) -> Result<(), StoreError> {
    lock(tx, "SELECT pg_advisory_xact_lock($1)").await?;
    tx.held_groups = None;
    tx.run(&delete(MEMBERS, is("member_of", val(&id)))).await?;
    tx.run(&delete(TABLE, is("id", val(&id)))).await.map(|_| ())
}

/// Writes down which groups a portal lets in.
pub(super) async fn let_in(tx: &SeaTx, portal: PortalId, access: &AccessRule) -> Result<(), StoreError> {
    tx.run(&delete(LET_IN, is("portal", val(&portal)))).await?;
    let AccessRule::Groups(named) = access else {
        return Ok(());
    };
    let rows = named.iter().map(|it| vec![val(&portal), val(it)]).collect();
    tx.add_all(LET_IN, &["portal", "member_of"], rows, |it| it)
        .await
        .map(|_| ())
}

/// Writes the list of a dynamic group again.
async fn renew(tx: &SeaTx, group: AccessGroupId, criteria: &Criteria) -> Result<(), StoreError> {
    let mut candidates = Query::select();
    candidates
        .column(("contact", "id"))
        .expr(properties_of(
            tx.backend(),
            "contact_property",
            "contact_property.owner = contact.id",
        ))
        .from("contact")
        .cond_where(may_match(criteria)?);
    let candidates: Vec<(ContactId, PropertyValues)> =
        tx.list(&candidates, |row| Ok((row.get()?, properties(row)?))).await?;
    let members = candidates.into_iter().filter(|(_, values)| criteria.matches(values));
    let rows = members.map(|(contact, _)| vec![val(&contact), val(&group)]).collect();
    tx.run(&delete(MEMBERS, is("member_of", val(&group)))).await?;
    tx.add_all(MEMBERS, &MEMBER_COLUMNS, rows, |it| it).await.map(|_| ())
}

/// The dynamic groups, which stay as they are until the unit of work ends.
pub(super) async fn hold(tx: &mut SeaTx) -> Result<Arc<Dynamic>, StoreError> {
    if let Some(held) = &tx.held_groups {
        return Ok(Arc::clone(held));
    }
    lock(tx, "SELECT pg_advisory_xact_lock_shared($1)").await?;
    let mut statement = select(TABLE, &["id", "criteria"]);
    statement
        .and_where(Expr::col("criteria").is_not_null())
        .order_by("id", Order::Asc);
    let found = tx.list(&statement, |row| Ok((row.get()?, read_criteria(row)?))).await?;
    let dynamic = found.into_iter().filter_map(|(id, it)| Some((id, it?))).collect();
    let held = Arc::new(dynamic);
    tx.held_groups = Some(Arc::clone(&held));
    Ok(held)
}

/// SQLite has one writer anyway.
async fn lock(tx: &SeaTx, sql: &str) -> Result<(), StoreError> {
    if tx.is_postgres() {
        tx.all_of(tx.written(sql, [Value::from(LOCK)])).await?;
    }
    Ok(())
}

/// The groups that a contact is to be listed in.
pub(super) fn of(dynamic: &Dynamic, contact: &Contact) -> BTreeSet<AccessGroupId> {
    let mut groups = contact.groups.clone();
    for (id, criteria) in dynamic {
        if criteria.matches(&contact.properties) {
            groups.insert(*id);
        } else {
            groups.remove(id);
        }
    }
    groups
}
