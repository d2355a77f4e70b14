use portal_core::id::{AddressChangeId, ContactId};
use portal_core::membership::{AddressChange, AddressChangeState, SecretHash};
use portal_core::ports::StoreError;
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};

use crate::sea::row::Row;
use crate::sea::sql::{is, select, upsert};
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

pub(super) const TABLE: &str = "address_change";
const COLUMNS: [&str; 13] = [
    "id",
    "contact",
    "portal",
    "session",
    "old",
    "new",
    "state",
    "confirm",
    "revert",
    "asked_at",
    "confirm_until",
    "confirmed_at",
    "revert_until",
];

pub(super) async fn put(tx: &SeaTx, it: &AddressChange) -> Result<(), StoreError> {
    let row = vec![
        ("id", val(&it.id)),
        ("contact", val(&it.contact)),
        ("portal", val(&it.portal)),
        ("session", opt(it.session.as_ref())),
        ("old", val(&it.old)),
        ("new", val(&it.new)),
        ("state", val(&it.state)),
        ("confirm", opt(it.confirm.as_ref())),
        ("revert", opt(it.revert.as_ref())),
        ("asked_at", val(&it.asked_at)),
        ("confirm_until", val(&it.confirm_until)),
        ("confirmed_at", opt(it.confirmed_at.as_ref())),
        ("revert_until", opt(it.revert_until.as_ref())),
    ];
    tx.run(&upsert(TABLE, &["id"], row)).await.map(|_| ())
}

pub(super) async fn change(tx: &SeaTx, id: AddressChangeId) -> Result<Option<AddressChange>, StoreError> {
    tx.find_one(select(TABLE, &COLUMNS).and_where(is("id", val(&id))), read)
        .await
}

pub(super) async fn by(
    tx: &SeaTx,
    column: &'static str,
    token: &SecretHash,
) -> Result<Option<AddressChange>, StoreError> {
    tx.find_one(select(TABLE, &COLUMNS).and_where(is(column, val(token))), read)
        .await
}

pub(super) async fn waiting(tx: &SeaTx, contact: ContactId) -> Result<Option<AddressChange>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement
        .and_where(is("contact", val(&contact)))
        .and_where(is("state", val(&AddressChangeState::Waiting)))
        .order_by("asked_at", Order::Desc)
        .order_by("id", Order::Desc)
        .limit(1);
    tx.find_one(&statement, read).await
}

pub(super) async fn confirm(
    tx: &SeaTx,
    id: AddressChangeId,
    now: Timestamp,
    revert_until: Timestamp,
) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("state", val(&AddressChangeState::Confirmed))
        .value("confirmed_at", val(&now))
        .value("revert_until", val(&revert_until))
        .and_where(is("id", val(&id)))
        .and_where(is("state", val(&AddressChangeState::Waiting)))
        .and_where(Expr::col("confirm_until").gt(val(&now)));
    Ok(tx.run(&update).await? == 1)
}

pub(super) async fn revert(tx: &SeaTx, id: AddressChangeId, now: Timestamp) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("state", val(&AddressChangeState::Reverted))
        .and_where(is("id", val(&id)))
        .and_where(is("state", val(&AddressChangeState::Confirmed)))
        .and_where(Expr::col("revert_until").gt(val(&now)));
    Ok(tx.run(&update).await? == 1)
}

pub(super) async fn cancel(tx: &SeaTx, contact: ContactId) -> Result<(), StoreError> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("state", val(&AddressChangeState::Cancelled))
        .and_where(is("contact", val(&contact)))
        .and_where(is("state", val(&AddressChangeState::Waiting)));
    tx.run(&update).await.map(|_| ())
}

fn read(row: &mut Row<'_>) -> Result<AddressChange, StoreError> {
    Ok(AddressChange {
        id: row.get()?,
        contact: row.get()?,
        portal: row.get()?,
        session: row.opt()?,
        old: row.get()?,
        new: row.get()?,
        state: row.get()?,
        confirm: row.opt()?,
        revert: row.opt()?,
        asked_at: row.get()?,
        confirm_until: row.get()?,
        confirmed_at: row.opt()?,
        revert_until: row.opt()?,
    })
}
