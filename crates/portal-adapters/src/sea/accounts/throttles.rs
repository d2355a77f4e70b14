use portal_core::membership::{Throttle, ThrottleKey};
use portal_core::ports::StoreError;
use sea_orm::sea_query::{Expr, ExprTrait};

use crate::sea::sql::{delete, is, select, upsert};
use crate::sea::stored::{Stored, val};
use crate::sea::tx::SeaTx;

const TABLE: &str = "throttle";

fn of(key: &ThrottleKey) -> Expr {
    is("kind", val(&key.kind)).and(is("hash", val(&key.hash)))
}

pub(super) async fn throttle(tx: &SeaTx, key: &ThrottleKey) -> Result<Option<Throttle>, StoreError> {
    // There may be no row to lock yet, so what is locked is a number made of the key. Two keys with the same one only wait
    // for each other.
    if tx.is_postgres() && tx.is_write() {
        let sql = "SELECT pg_advisory_xact_lock($1, $2)";
        let [a, b, c, d, ..] = key.hash;
        let values = [
            i32::from(key.kind.raw()).into(),
            i32::from_be_bytes([a, b, c, d]).into(),
        ];
        tx.all_of(tx.written(sql, values)).await?;
    }
    let statement = select(TABLE, &["failures", "last_at"]).and_where(of(key)).take();
    tx.find_one(&statement, |row| {
        Ok(Throttle {
            failures: row.get()?,
            last_at: row.get()?,
        })
    })
    .await
}

pub(super) async fn set(tx: &SeaTx, key: &ThrottleKey, throttle: Option<&Throttle>) -> Result<(), StoreError> {
    let Some(it) = throttle else {
        return tx.run(&delete(TABLE, of(key))).await.map(|_| ());
    };
    let row = vec![
        ("kind", val(&key.kind)),
        ("hash", val(&key.hash)),
        ("failures", val(&it.failures)),
        ("last_at", val(&it.last_at)),
    ];
    tx.run(&upsert(TABLE, &["kind", "hash"], row)).await.map(|_| ())
}
