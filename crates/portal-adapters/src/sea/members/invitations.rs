use portal_core::id::{ContactId, PortalId};
use portal_core::membership::{Invitation, InvitationState, SecretHash};
use portal_core::ports::StoreError;
use portal_core::time::Timestamp;
use sea_orm::sea_query::{ExprTrait, Query};
use sha2::{Digest as _, Sha256};

use crate::sea::error::corrupt;
use crate::sea::row::Row;
use crate::sea::sql::{is, select, upsert};
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

pub(super) const TABLE: &str = "invitation";
pub(super) const COLUMNS: [&str; 10] = [
    "portal",
    "contact",
    "id",
    "state",
    "failure",
    "token",
    "asked_at",
    "sent_at",
    "expires_at",
    "ended_at",
];

pub(super) const QUEUED: i16 = 1;
pub(super) const SENT: i16 = 2;
const ACCEPTED: i16 = 3;
pub(super) const FAILED: i16 = 4;
const REVOKED: i16 = 5;

pub(super) async fn of(tx: &SeaTx, portal: PortalId, contact: ContactId) -> Result<Option<Invitation>, StoreError> {
    // There may be no row to lock yet, so what is locked is a number made of the pair, as for throttles.
    if tx.is_postgres() && tx.is_write() {
        let mut pair = Sha256::new();
        pair.update(portal.uuid().as_bytes());
        pair.update(contact.uuid().as_bytes());
        let [a, b, c, d, ..]: [u8; 32] = pair.finalize().into();
        let sql = "SELECT pg_advisory_xact_lock($1, $2)";
        tx.all_of(tx.written(sql, [LOCK.into(), i32::from_be_bytes([a, b, c, d]).into()]))
            .await?;
    }
    let mut statement = select(TABLE, &COLUMNS);
    statement
        .and_where(is("portal", val(&portal)))
        .and_where(is("contact", val(&contact)));
    tx.find_one(&statement, read).await
}

/// Beside the kinds of throttles, which are small numbers.
const LOCK: i32 = 1_000;

pub(super) async fn of_link(tx: &SeaTx, token: &SecretHash) -> Result<Option<Invitation>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement.and_where(is("token", val(token)));
    tx.find_one(&statement, read).await
}

pub(super) async fn put(tx: &SeaTx, it: &Invitation) -> Result<(), StoreError> {
    let (state, failure) = match &it.state {
        InvitationState::Queued => (QUEUED, None),
        InvitationState::Sent => (SENT, None),
        InvitationState::Accepted => (ACCEPTED, None),
        InvitationState::Failed(why) => (FAILED, Some(why.clone())),
        InvitationState::Revoked => (REVOKED, None),
    };
    let row = vec![
        ("portal", val(&it.portal)),
        ("contact", val(&it.contact)),
        ("id", val(&it.id)),
        ("state", state.into()),
        ("failure", failure.into()),
        ("token", opt(it.token.as_ref())),
        ("asked_at", val(&it.asked_at)),
        ("sent_at", opt(it.sent_at.as_ref())),
        ("expires_at", opt(it.expires_at.as_ref())),
        ("ended_at", opt(it.ended_at.as_ref())),
    ];
    tx.run(&upsert(TABLE, &["portal", "contact"], row)).await.map(|_| ())
}

pub(super) async fn accept(tx: &SeaTx, token: &SecretHash, now: Timestamp) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("state", ACCEPTED)
        .value("ended_at", val(&now))
        .and_where(is("token", val(token)))
        .and_where(is("state", SENT.into()))
        .and_where(sea_orm::sea_query::Expr::col("expires_at").gt(val(&now)));
    Ok(tx.run(&update).await? == 1)
}

pub(super) fn read(row: &mut Row<'_>) -> Result<Invitation, StoreError> {
    let (portal, contact, id) = (row.get()?, row.get()?, row.get()?);
    let state = row.small()?;
    let failure: Option<String> = row.opt()?;
    Ok(Invitation {
        id,
        portal,
        contact,
        state: match state {
            Some(QUEUED) => InvitationState::Queued,
            Some(SENT) => InvitationState::Sent,
            Some(ACCEPTED) => InvitationState::Accepted,
            Some(FAILED) => InvitationState::Failed(failure.unwrap_or_default()),
            Some(REVOKED) => InvitationState::Revoked,
            _ => return Err(corrupt("the state of an invitation makes no sense")),
        },
        token: row.opt()?,
        asked_at: row.get()?,
        sent_at: row.opt()?,
        expires_at: row.opt()?,
        ended_at: row.opt()?,
    })
}
