use portal_core::id::AgentId;
use portal_core::ports::StoreError;
use portal_core::staff::{Authenticator, StaffCredential};
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use crate::sea::row::Row;
use crate::sea::sql::{delete, is, select, upsert};
use crate::sea::stored::{Stored, opt, val};
use crate::sea::tx::SeaTx;

pub(super) const TABLE: &str = "staff_credential";
pub(super) const COLUMNS: [&str; 6] = [
    "agent",
    "password_hash",
    "password_set_at",
    "authenticator",
    "authenticator_since",
    "last_step",
];
const CODES: &str = "staff_recovery_code";

pub(super) async fn credential(tx: &SeaTx, agent: AgentId) -> Result<Option<StaffCredential>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    tx.find_one(statement.and_where(is("agent", val(&agent))), read).await
}

pub(super) async fn put(tx: &SeaTx, it: &StaffCredential) -> Result<(), StoreError> {
    let authenticator = it.authenticator.as_ref();
    let row = vec![
        ("agent", val(&it.agent)),
        ("password_hash", it.password_hash.as_str().into()),
        ("password_set_at", val(&it.password_set_at)),
        ("authenticator", opt(authenticator.map(|it| &it.sealed))),
        ("authenticator_since", opt(authenticator.map(|it| &it.since))),
        ("last_step", val(&authenticator.map_or(0, |it| it.last_step))),
    ];
    tx.run(&upsert(TABLE, &["agent"], row)).await.map(|_| ())
}

pub(super) async fn use_step(tx: &SeaTx, agent: AgentId, step: u64) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("last_step", val(&step))
        .and_where(is("agent", val(&agent)))
        .and_where(Expr::col("authenticator").is_not_null())
        .and_where(Expr::col("last_step").lt(step.raw()));
    Ok(tx.run(&update).await? == 1)
}

pub(super) async fn set_codes(tx: &SeaTx, agent: AgentId, codes: &[[u8; 32]]) -> Result<(), StoreError> {
    tx.run(&delete(CODES, is("agent", val(&agent)))).await?;
    let rows = codes.iter().map(|code| vec![val(&agent), val(code)]).collect();
    tx.add_all(CODES, &["agent", "code"], rows, |it| it).await.map(|_| ())
}

pub(super) async fn use_code(tx: &SeaTx, agent: AgentId, code: &[u8; 32]) -> Result<bool, StoreError> {
    let own = is("agent", val(&agent)).and(is("code", val(code)));
    Ok(tx.run(&delete(CODES, own)).await? == 1)
}

pub(super) async fn codes_left(tx: &SeaTx, agent: AgentId) -> Result<u32, StoreError> {
    let mut statement = Query::select();
    statement
        .from(CODES)
        .expr(Expr::col("code").count())
        .and_where(is("agent", val(&agent)));
    let found = tx.find_one(&statement, crate::sea::row::only).await?;
    Ok(found.unwrap_or(0))
}

fn read(row: &mut Row<'_>) -> Result<StaffCredential, StoreError> {
    read_opt(row)?.ok_or_else(|| crate::sea::error::corrupt("a credential of nobody"))
}

/// The credential in the next columns, all of which are NULL if there is none.
pub(super) fn read_opt(row: &mut Row<'_>) -> Result<Option<StaffCredential>, StoreError> {
    let agent: Option<AgentId> = row.opt()?;
    let (hash, set_at): (Option<String>, _) = (row.opt()?, row.opt()?);
    let (sealed, since, last_step) = (row.opt()?, row.opt()?, row.opt()?);
    let authenticator = match (sealed, since) {
        (Some(sealed), Some(since)) => Some(Authenticator {
            sealed,
            since,
            last_step: last_step.unwrap_or(0),
        }),
        _ => None,
    };
    Ok(match (agent, hash, set_at) {
        (Some(agent), Some(password_hash), Some(password_set_at)) => Some(StaffCredential {
            agent,
            password_hash,
            password_set_at,
            authenticator,
        }),
        _ => None,
    })
}
