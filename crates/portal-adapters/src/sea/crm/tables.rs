//! Tables that are taken in.

use portal_core::crm::{Table, TableField, TableOf, TableState};
use portal_core::id::{CompanyId, TableId};
use portal_core::ports::StoreError;
use portal_wire::List;
use sea_orm::sea_query::{Expr, ExprTrait, Func, LockType, Order};

use super::merges;
use crate::sea::error::corrupt;
use crate::sea::row::{Row, only};
use crate::sea::sql::{at, delete, insert, is, json, select, upsert};
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

const TABLE: &str = "party_table";
const CONTENT: &str = "party_table_content";
const COLUMNS: [&str; 13] = [
    "id", "kind", "name", "made_by", "made_at", "headings", "lines", "mapping", "state", "done", "added", "changed",
    "left_out",
];

pub(super) async fn add(tx: &SeaTx, table: &Table, content: &[u8]) -> Result<(), StoreError> {
    put(tx, table).await?;
    let row = vec![("id", val(&table.id)), ("content", content.to_vec().into())];
    tx.run(&insert(CONTENT, row)).await.map(|_| ())
}

pub(super) async fn put(tx: &SeaTx, it: &Table) -> Result<(), StoreError> {
    let mapping = it
        .mapping
        .iter()
        .map(|it| it.as_ref().map(TableField::name).unwrap_or_default());
    let row = vec![
        ("id", val(&it.id)),
        ("kind", kind(it.of).into()),
        ("name", it.name.as_str().into()),
        ("made_by", opt(it.by.as_ref())),
        ("made_at", val(&it.at)),
        ("headings", json(&List::of(&it.columns))?),
        ("lines", number(it.lines).into()),
        ("mapping", json(&List::of(mapping))?),
        ("state", state_code(it.state).into()),
        ("done", number(it.done).into()),
        ("added", number(it.added).into()),
        ("changed", number(it.changed).into()),
        ("left_out", number(it.left_out).into()),
    ];
    tx.run(&upsert(TABLE, &["id"], row)).await.map(|_| ())
}

pub(super) async fn one(tx: &SeaTx, id: TableId) -> Result<Option<Table>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement.and_where(is("id", val(&id)));
    if tx.is_write() && tx.is_postgres() {
        statement.lock(LockType::Update);
    }
    tx.find_one(&statement, read).await
}

pub(super) async fn content(tx: &SeaTx, id: TableId) -> Result<Vec<u8>, StoreError> {
    let mut statement = select(CONTENT, &["content"]);
    statement.and_where(is("id", val(&id)));
    Ok(tx.find_one(&statement, only).await?.unwrap_or_default())
}

pub(super) async fn newest(tx: &SeaTx, limit: u32) -> Result<Vec<Table>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement
        .order_by("made_at", Order::Desc)
        .order_by("id", Order::Desc)
        .limit(u64::from(limit));
    tx.list(&statement, read).await
}

pub(super) async fn remove_content(tx: &SeaTx, id: TableId) -> Result<(), StoreError> {
    tx.run(&delete(CONTENT, is("id", val(&id)))).await.map(|_| ())
}

pub(super) async fn remove(tx: &SeaTx, id: TableId) -> Result<(), StoreError> {
    remove_content(tx, id).await?;
    tx.run(&delete(TABLE, is("id", val(&id)))).await.map(|_| ())
}

pub(super) async fn companies_named(tx: &SeaTx, name: &str, limit: u32) -> Result<Vec<CompanyId>, StoreError> {
    let mut statement = select("company", &["id"]);
    statement
        .and_where(Expr::from(Func::lower(at("company", "name"))).eq(name.to_ascii_lowercase()))
        .and_where(merges::is_merged("company").not())
        .order_by(("company", "id"), Order::Asc)
        .limit(u64::from(limit));
    tx.list(&statement, only).await
}

fn read(row: &mut Row<'_>) -> Result<Table, StoreError> {
    let broken = |error: portal_wire::Invalid| corrupt(error.to_string());
    let (id, of) = (row.get()?, row.small()?);
    let (name, by, made_at) = (row.get()?, row.opt()?, row.get()?);
    let columns: Vec<String> = row.json::<List>()?.read().map_err(broken)?;
    let lines = row.get()?;
    let mapping: Vec<String> = row.json::<List>()?.read().map_err(broken)?;
    Ok(Table {
        id,
        of: match of {
            Some(1) => TableOf::Contacts,
            Some(2) => TableOf::Companies,
            _ => return Err(corrupt("a table of nothing")),
        },
        name,
        by,
        at: made_at,
        columns,
        lines,
        mapping: mapping.iter().map(|it| TableField::named(it)).collect(),
        state: match row.small()? {
            Some(1) => TableState::Mapping,
            Some(2) => TableState::Running,
            Some(3) => TableState::Done,
            _ => return Err(corrupt("a table in no state")),
        },
        done: row.get()?,
        added: row.get()?,
        changed: row.get()?,
        left_out: row.get()?,
    })
}

/// The code of each kind; never given to another one.
const fn kind(of: TableOf) -> i16 {
    match of {
        TableOf::Contacts => 1,
        TableOf::Companies => 2,
    }
}

/// The code of each state; never given to another one.
const fn state_code(state: TableState) -> i16 {
    match state {
        TableState::Mapping => 1,
        TableState::Running => 2,
        TableState::Done => 3,
    }
}

fn number(it: u64) -> i64 {
    i64::try_from(it).unwrap_or(i64::MAX)
}
