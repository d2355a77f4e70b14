use portal_core::id::{ChallengeId, ContactId};
use portal_core::membership::{Challenge, ChallengePurpose, SecretHash};
use portal_core::ports::StoreError;
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use crate::sea::error::conflict;
use crate::sea::row::Row;
use crate::sea::sql::{delete, insert, is, or_nothing, select};
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

pub(super) const TABLE: &str = "challenge";
const COLUMNS: [&str; 13] = [
    "id",
    "purpose",
    "portal",
    "address",
    "browser",
    "device",
    "contact",
    "token",
    "code",
    "tries",
    "asked_at",
    "expires_at",
    "used_at",
];

pub(super) async fn add(tx: &SeaTx, it: &Challenge) -> Result<(), StoreError> {
    let row = vec![
        ("id", val(&it.id)),
        ("purpose", val(&it.purpose)),
        ("portal", val(&it.portal)),
        ("address", val(&it.address)),
        ("browser", opt(it.browser.as_ref())),
        ("device", it.device.as_str().into()),
        ("contact", opt(it.contact.as_ref())),
        ("token", opt(it.token.as_ref())),
        ("code", opt(it.code.as_ref())),
        ("tries", val(&it.tries)),
        ("asked_at", val(&it.asked_at)),
        ("expires_at", val(&it.expires_at)),
        ("used_at", opt(it.used_at.as_ref())),
    ];
    if tx.run(&or_nothing(insert(TABLE, row))).await? == 0 {
        return Err(conflict());
    }
    Ok(())
}

pub(super) async fn challenge(tx: &SeaTx, id: ChallengeId) -> Result<Option<Challenge>, StoreError> {
    tx.find_one(select(TABLE, &COLUMNS).and_where(is("id", val(&id))), read)
        .await
}

pub(super) async fn of_link(tx: &SeaTx, token: &SecretHash) -> Result<Option<Challenge>, StoreError> {
    tx.find_one(select(TABLE, &COLUMNS).and_where(is("token", val(token))), read)
        .await
}

pub(super) async fn of_browser(
    tx: &SeaTx,
    browser: &SecretHash,
    purpose: ChallengePurpose,
) -> Result<Option<Challenge>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement
        .and_where(is("browser", val(browser)))
        .and_where(is("purpose", val(&purpose)))
        .order_by("asked_at", Order::Desc)
        .order_by("id", Order::Desc)
        .limit(1);
    tx.find_one(&statement, read).await
}

pub(super) async fn arm(tx: &SeaTx, it: &Challenge) -> Result<(), StoreError> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("contact", opt(it.contact.as_ref()))
        .value("token", opt(it.token.as_ref()))
        .value("code", opt(it.code.as_ref()))
        .value("expires_at", val(&it.expires_at))
        .and_where(is("id", val(&it.id)))
        .and_where(Expr::col("used_at").is_null());
    tx.run(&update).await.map(|_| ())
}

pub(super) async fn count_guess(tx: &SeaTx, id: ChallengeId, max: u32) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("tries", Expr::col("tries").add(1i64))
        .and_where(is("id", val(&id)))
        .and_where(Expr::col("tries").lt(val(&max)));
    Ok(tx.run(&update).await? == 1)
}

pub(super) async fn spend(tx: &SeaTx, id: ChallengeId, now: Timestamp) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("used_at", val(&now))
        .and_where(is("id", val(&id)))
        .and_where(Expr::col("used_at").is_null())
        .and_where(Expr::col("contact").is_not_null())
        .and_where(Expr::col("expires_at").gt(val(&now)));
    Ok(tx.run(&update).await? == 1)
}

pub(super) async fn end(
    tx: &SeaTx,
    contact: ContactId,
    purpose: Option<ChallengePurpose>,
    but: Option<ChallengeId>,
) -> Result<(), StoreError> {
    let mut ended = delete(TABLE, is("contact", val(&contact)));
    if let Some(purpose) = purpose {
        ended.and_where(is("purpose", val(&purpose)));
    }
    if let Some(but) = but {
        ended.and_where(Expr::col("id").ne(val(&but)));
    }
    tx.run(&ended).await.map(|_| ())
}

fn read(row: &mut Row<'_>) -> Result<Challenge, StoreError> {
    Ok(Challenge {
        id: row.get()?,
        purpose: row.get()?,
        portal: row.get()?,
        address: row.get()?,
        browser: row.opt()?,
        device: row.get()?,
        contact: row.opt()?,
        token: row.opt()?,
        code: row.opt()?,
        tries: row.get()?,
        asked_at: row.get()?,
        expires_at: row.get()?,
        used_at: row.opt()?,
    })
}
