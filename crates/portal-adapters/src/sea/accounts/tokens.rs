use portal_core::id::{ContactId, PortalId, TokenId};
use portal_core::membership::{ApiToken, Profile, SecretHash};
use portal_core::ports::StoreError;
use portal_core::time::Timestamp;
use sea_orm::sea_query::{ExprTrait, Order, Query};

use crate::sea::directory::profiles;
use crate::sea::error::conflict;
use crate::sea::row::Row;
use crate::sea::sql::{at, delete, insert, is, or_nothing, select};
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

const TABLE: &str = "api_token";
const COLUMNS: [&str; 9] = [
    "id",
    "contact",
    "portal",
    "name",
    "mode",
    "secret",
    "created_at",
    "ends_at",
    "seen_at",
];

pub(super) async fn add(tx: &SeaTx, it: &ApiToken) -> Result<(), StoreError> {
    let row = vec![
        ("id", val(&it.id)),
        ("contact", val(&it.contact)),
        ("portal", val(&it.portal)),
        ("name", val(&it.name)),
        ("mode", val(&it.mode)),
        ("secret", val(&it.secret)),
        ("created_at", val(&it.created_at)),
        ("ends_at", val(&it.ends_at)),
        ("seen_at", opt(it.seen_at.as_ref())),
    ];
    if tx.run(&or_nothing(insert(TABLE, row))).await? == 0 {
        Err(conflict())
    } else {
        Ok(())
    }
}

/// The token and its contact, from one statement.
pub(super) async fn token(tx: &SeaTx, secret: &SecretHash) -> Result<Option<(ApiToken, Profile)>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement.inner_join("contact", at("contact", "id").equals((TABLE, "contact")));
    profiles::add_columns(&mut statement);
    statement
        .and_where(at(TABLE, "secret").eq(val(secret)))
        .and_where(at("contact", "active").eq(true));
    tx.find_one(&statement, |row| Ok((read(row)?, profiles::read(row)?)))
        .await
}

pub(super) async fn of(tx: &SeaTx, contact: ContactId, portal: PortalId) -> Result<Vec<ApiToken>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement
        .and_where(is("contact", val(&contact)))
        .and_where(is("portal", val(&portal)));
    statement
        .order_by("created_at", Order::Desc)
        .order_by("id", Order::Desc);
    tx.list(&statement, read).await
}

pub(super) async fn touch(tx: &SeaTx, id: TokenId, seen_at: Timestamp) -> Result<(), StoreError> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("seen_at", val(&seen_at))
        .and_where(is("id", val(&id)));
    tx.run(&update).await.map(|_| ())
}

pub(super) async fn remove(tx: &SeaTx, contact: ContactId, id: TokenId) -> Result<(), StoreError> {
    tx.run(&delete(TABLE, is("id", val(&id)).and(is("contact", val(&contact)))))
        .await
        .map(|_| ())
}

fn read(row: &mut Row<'_>) -> Result<ApiToken, StoreError> {
    Ok(ApiToken {
        id: row.get()?,
        contact: row.get()?,
        portal: row.get()?,
        name: row.get()?,
        mode: row.get()?,
        secret: row.get()?,
        created_at: row.get()?,
        ends_at: row.get()?,
        seen_at: row.opt()?,
    })
}
