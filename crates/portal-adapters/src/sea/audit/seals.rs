use portal_core::audit::{Seal, SealedEntry};
use portal_core::ports::StoreError;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use super::TABLE as ENTRIES;
use crate::sea::error::{conflict, corrupt};
use crate::sea::row::Row;
use crate::sea::sql::{insert, is, or_nothing, select};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

const TABLE: &str = "audit_seal";
const COLUMNS: [&str; 4] = ["number", "at", "entries", "link"];
/// The number by which units of work wait that seal; an arbitrary one.
const LOCK: i64 = 0x706f_7274_616c_0022;

pub(super) async fn newest(tx: &SeaTx) -> Result<Option<Seal>, StoreError> {
    // SQLite has one writer anyway.
    if tx.is_write() && tx.is_postgres() {
        let sql = "SELECT pg_advisory_xact_lock($1)";
        tx.all_of(tx.written(sql, [LOCK.into()])).await?;
    }
    let mut statement = select(TABLE, &COLUMNS);
    statement.order_by("number", Order::Desc).limit(1);
    tx.find_one(&statement, read).await
}

pub(super) async fn behind(tx: &SeaTx, after: i64, limit: u32) -> Result<Vec<Seal>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement
        .and_where(Expr::col("number").gt(after))
        .order_by("number", Order::Asc)
        .limit(u64::from(limit));
    tx.list(&statement, read).await
}

pub(super) async fn add(tx: &SeaTx, seal: &Seal, entries: &[SealedEntry]) -> Result<(), StoreError> {
    let row = vec![
        ("number", seal.number.into()),
        ("at", val(&seal.at)),
        ("entries", i64::from(seal.entries).into()),
        ("link", seal.link.to_vec().into()),
    ];
    if tx.run(&or_nothing(insert(TABLE, row))).await? == 0 {
        return Err(conflict());
    }
    for (sealed, place) in entries.iter().zip(0_i64..) {
        let mut update = Query::update();
        update
            .table(ENTRIES)
            .value("seal", seal.number)
            .value("seal_place", place)
            .value("content", sealed.content.to_vec())
            .and_where(is("id", val(&sealed.entry.id)))
            .and_where(Expr::col("seal").is_null());
        if tx.run(&update).await? == 0 {
            return Err(conflict());
        }
    }
    Ok(())
}

fn read(row: &mut Row<'_>) -> Result<Seal, StoreError> {
    let (number, at, entries) = (row.get()?, row.get()?, row.get::<i64>()?);
    Ok(Seal {
        number,
        at,
        entries: u32::try_from(entries).map_err(|_| corrupt("a seal over too many entries"))?,
        link: hash(row)?,
    })
}

pub(super) fn hash(row: &mut Row<'_>) -> Result<[u8; 32], StoreError> {
    let bytes: Vec<u8> = row.get()?;
    bytes.try_into().map_err(|_| corrupt("a hash of another length"))
}
