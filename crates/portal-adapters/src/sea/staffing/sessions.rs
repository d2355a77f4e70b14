use std::collections::HashSet;

use portal_core::id::{AgentId, StaffSessionId};
use portal_core::membership::SecretHash;
use portal_core::ports::StoreError;
use portal_core::staff::{StaffSession, StaffSessionStage, StaffUser};
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use super::users;
use crate::sea::error::conflict;
use crate::sea::row::{Row, only};
use crate::sea::sql::{Assignment, at, delete, insert, is, or_nothing, padded, select};
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

const TABLE: &str = "staff_session";
const COLUMNS: [&str; 11] = [
    "id",
    "agent",
    "secret",
    "stage",
    "enrolling",
    "device",
    "created_at",
    "seen_at",
    "proven_at",
    "idle_until",
    "ends_at",
];

/// The session and whose it is, from one statement.
pub(super) async fn doorway(tx: &SeaTx, secret: &SecretHash) -> Result<Option<(StaffSession, StaffUser)>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement
        .inner_join(users::TABLE, at(users::TABLE, "agent").equals((TABLE, "agent")))
        .and_where(at(TABLE, "secret").eq(val(secret)))
        .and_where(at(users::TABLE, "active").eq(true));
    users::add_columns(tx.backend(), &mut statement);
    tx.find_one(&statement, |row| Ok((read(row)?, users::read(row)?))).await
}

fn row(it: &StaffSession) -> Vec<Assignment> {
    vec![
        ("id", val(&it.id)),
        ("agent", val(&it.agent)),
        ("secret", val(&it.secret)),
        ("stage", val(&it.stage)),
        ("enrolling", opt(it.enrolling.as_ref())),
        ("device", it.device.as_str().into()),
        ("created_at", val(&it.created_at)),
        ("seen_at", val(&it.seen_at)),
        ("proven_at", val(&it.proven_at)),
        ("idle_until", val(&it.idle_until)),
        ("ends_at", val(&it.ends_at)),
    ]
}

pub(super) async fn add(tx: &SeaTx, it: &StaffSession, keep: u32) -> Result<(), StoreError> {
    if tx.run(&or_nothing(insert(TABLE, row(it)))).await? == 0 {
        return Err(conflict());
    }
    let mut newest_first = select(TABLE, &["id"]);
    newest_first
        .and_where(is("agent", val(&it.agent)))
        .order_by("created_at", Order::Desc)
        .order_by("id", Order::Desc);
    let sessions: Vec<StaffSessionId> = tx.list(&newest_first, only).await?;
    let ended: Vec<_> = sessions.iter().skip(keep as usize).map(val).collect();
    if !ended.is_empty() {
        let among = Expr::col("id").is_in(padded(ended).into_iter().map(Expr::val));
        tx.run(&delete(TABLE, among)).await?;
    }
    Ok(())
}

pub(super) async fn change(tx: &SeaTx, it: &StaffSession) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(TABLE).and_where(is("id", val(&it.id)));
    for (column, value) in row(it).into_iter().filter(|(column, _)| *column != "id") {
        update.value(column, value);
    }
    Ok(tx.run(&update).await? == 1)
}

pub(super) async fn touch(
    tx: &SeaTx,
    id: StaffSessionId,
    seen_at: Timestamp,
    idle_until: Timestamp,
) -> Result<(), StoreError> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("seen_at", val(&seen_at))
        .value("idle_until", val(&idle_until))
        .and_where(is("id", val(&id)));
    tx.run(&update).await.map(|_| ())
}

fn alive(statement: &mut SelectStatement, now: Timestamp) {
    statement
        .and_where(at(TABLE, "idle_until").gt(val(&now)))
        .and_where(at(TABLE, "ends_at").gt(val(&now)))
        .and_where(at(TABLE, "stage").eq(val(&StaffSessionStage::Complete)));
}

pub(super) async fn of(tx: &SeaTx, agent: AgentId, now: Timestamp) -> Result<Vec<StaffSession>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement.and_where(is("agent", val(&agent)));
    alive(&mut statement, now);
    statement.order_by("seen_at", Order::Desc).order_by("id", Order::Desc);
    tx.list(&statement, read).await
}

pub(super) async fn end(tx: &SeaTx, agent: AgentId, id: StaffSessionId) -> Result<(), StoreError> {
    let own = is("id", val(&id)).and(is("agent", val(&agent)));
    tx.run(&delete(TABLE, own)).await.map(|_| ())
}

pub(super) async fn end_all(tx: &SeaTx, agent: AgentId, but: Option<StaffSessionId>) -> Result<(), StoreError> {
    let mut ended = delete(TABLE, is("agent", val(&agent)));
    if let Some(but) = but {
        ended.and_where(Expr::col("id").ne(val(&but)));
    }
    tx.run(&ended).await.map(|_| ())
}

pub(super) async fn living(
    tx: &SeaTx,
    ids: &[StaffSessionId],
    now: Timestamp,
) -> Result<Vec<StaffSessionId>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = padded(ids.iter().map(val).collect());
    let mut statement = select(TABLE, &["id"]);
    statement
        .inner_join(users::TABLE, at(users::TABLE, "agent").equals((TABLE, "agent")))
        .and_where(at(TABLE, "id").is_in(wanted.into_iter().map(Expr::val)))
        .and_where(at(users::TABLE, "active").eq(true));
    alive(&mut statement, now);
    let living: HashSet<StaffSessionId> = tx.list(&statement, only).await?.into_iter().collect();
    Ok(ids.iter().copied().filter(|it| living.contains(it)).collect())
}

fn read(row: &mut Row<'_>) -> Result<StaffSession, StoreError> {
    Ok(StaffSession {
        id: row.get()?,
        agent: row.get()?,
        secret: row.get()?,
        stage: row.get()?,
        enrolling: row.opt()?,
        device: row.get()?,
        created_at: row.get()?,
        seen_at: row.get()?,
        proven_at: row.get()?,
        idle_until: row.get()?,
        ends_at: row.get()?,
    })
}
