//! The basic path.

use portal_core::ports::{Access, Store};

use crate::stores::Sqlite;

#[tokio::test]
async fn a_fresh_store_answers() {
    let sqlite = Sqlite::new().await;
    sqlite.store.ping().await.unwrap();
    let tx = sqlite.store.begin(Access::Write).await.unwrap();
    tx.commit().await.unwrap();
}
