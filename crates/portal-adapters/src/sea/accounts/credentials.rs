use portal_core::id::ContactId;
use portal_core::membership::Account;
use portal_core::ports::StoreError;
use portal_core::text::EmailAddress;
use sea_orm::sea_query::ExprTrait;

use crate::sea::row::Row;
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

fn read(row: &mut Row<'_>) -> Result<Account, StoreError> {
    Ok(Account {
        contact: row.get()?,
        password_hash: row.get()?,
        password_set_at: row.get()?,
    })
}
