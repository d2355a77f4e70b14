use portal_core::id::AgentId;
use portal_core::membership::SecretHash;
use portal_core::ports::StoreError;
use portal_core::staff::{StaffToken, StaffTokenKind};
use sea_orm::sea_query::{Expr, ExprTrait, Order};

use crate::sea::error::conflict;
use crate::sea::row::Row;
use crate::sea::sql::{delete, insert, is, or_nothing, select};
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

const TABLE: &str = "staff_token";
const COLUMNS: [&str; 5] = ["secret", "kind", "agent", "created_at", "ends_at"];

pub(super) async fn add(tx: &SeaTx, it: &StaffToken) -> Result<(), StoreError> {
    let row = vec![
        ("secret", val(&it.secret)),
        ("kind", val(&it.kind)),
        ("agent", opt(it.agent.as_ref())),
        ("created_at", val(&it.created_at)),
        ("ends_at", val(&it.ends_at)),
    ];
    if tx.run(&or_nothing(insert(TABLE, row))).await? == 0 {
        return Err(conflict());
    }
    let ended = Expr::col("ends_at").lte(val(&it.created_at));
    tx.run(&delete(TABLE, ended)).await.map(|_| ())
}

pub(super) async fn token(tx: &SeaTx, secret: &SecretHash) -> Result<Option<StaffToken>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    tx.find_one(statement.and_where(is("secret", val(secret))), read).await
}

pub(super) async fn take(tx: &SeaTx, secret: &SecretHash) -> Result<Option<StaffToken>, StoreError> {
    let Some(token) = token(tx, secret).await? else {
        return Ok(None);
    };
    // Others may have found it too; one of them removes it.
    let taken = tx.run(&delete(TABLE, is("secret", val(secret)))).await? == 1;
    Ok(taken.then_some(token))
}

pub(super) async fn of(tx: &SeaTx, agent: AgentId, kind: StaffTokenKind) -> Result<Option<StaffToken>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement
        .and_where(is("agent", val(&agent)))
        .and_where(is("kind", val(&kind)))
        .order_by("created_at", Order::Desc)
        .limit(1);
    tx.find_one(&statement, read).await
}

pub(super) async fn remove(tx: &SeaTx, agent: Option<AgentId>) -> Result<(), StoreError> {
    let whose = agent.map_or_else(|| Expr::col("agent").is_null(), |it| is("agent", val(&it)));
    tx.run(&delete(TABLE, whose)).await.map(|_| ())
}

fn read(row: &mut Row<'_>) -> Result<StaffToken, StoreError> {
    Ok(StaffToken {
        secret: row.get()?,
        kind: row.get()?,
        agent: row.opt()?,
        created_at: row.get()?,
        ends_at: row.get()?,
    })
}
