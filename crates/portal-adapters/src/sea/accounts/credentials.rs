use portal_core::id::ContactId;
use portal_core::membership::Account;
use portal_core::ports::StoreError;
use portal_core::text::EmailAddress;
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use crate::sea::row::{Row, only};
use crate::sea::sql::{at, is, select, upsert};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

const TABLE: &str = "account";
const COLUMNS: [&str; 3] = ["contact", "password_hash", "password_set_at"];

pub(super) async fn by_address(tx: &SeaTx, address: &EmailAddress) -> Result<Option<Account>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement.inner_join("contact", at("contact", "id").equals((TABLE, "contact")));
    statement
        .and_where(at("contact", "membership_email").eq(val(address)))
        .and_where(at("contact", "active").eq(true));
    tx.find_one(&statement, read).await
}

pub(super) async fn account(tx: &SeaTx, contact: ContactId) -> Result<Option<Account>, StoreError> {
    tx.find_one(select(TABLE, &COLUMNS).and_where(is("contact", val(&contact))), read)
        .await
}

pub(super) async fn put(tx: &SeaTx, it: &Account) -> Result<(), StoreError> {
    let row = vec![
        ("contact", val(&it.contact)),
        ("password_hash", it.password_hash.as_str().into()),
        ("password_set_at", val(&it.password_set_at)),
    ];
    tx.run(&upsert(TABLE, &["contact"], row)).await.map(|_| ())
}

pub(super) async fn forget_devices(tx: &SeaTx, contact: ContactId, at: Timestamp) -> Result<(), StoreError> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("devices_since", val(&at))
        .and_where(is("contact", val(&contact)))
        .and_where(Expr::col("devices_since").lt(val(&at)));
    tx.run(&update).await.map(|_| ())
}

pub(super) async fn devices_forgotten(tx: &SeaTx, contact: ContactId) -> Result<Option<Timestamp>, StoreError> {
    let mut statement = select(TABLE, &["devices_since"]);
    statement.and_where(is("contact", val(&contact)));
    let since: Option<Timestamp> = tx.find_one(&statement, only).await?;
    // Those of before there were any were never forgotten.
    Ok(since.filter(|it| it.micros() > 0))
}

fn read(row: &mut Row<'_>) -> Result<Account, StoreError> {
    Ok(Account {
        contact: row.get()?,
        password_hash: row.get()?,
        password_set_at: row.get()?,
    })
}
