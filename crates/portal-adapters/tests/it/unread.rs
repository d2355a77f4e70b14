//! What counts as unread where there is no mark.

use std::collections::BTreeMap;

use portal_core::access::Tab;
use portal_core::id::SessionId;
use portal_core::membership::{SecretHash, Session};
use portal_core::ports::{Access, Store};
use portal_core::ticket::{Edge, ListFilter, ListQuery, Sort};
use portal_core::time::Timestamp;

use crate::scene::{self, ANN, number};
use crate::stores::{Postgres, Sqlite};

async fn unread(store: &dyn Store) -> BTreeMap<i64, bool> {
    let scope = scene::scope(store, ANN).await;
    let query = ListQuery {
        tab: Tab::Mine,
        filter: ListFilter::All,
        requester: None,
        sort: Sort::Created,
        edge: Edge::Start,
        limit: 10,
    };
    let mut tx = store.begin(Access::Read).await.unwrap();
    tx.tickets()
        .page(&scope, &query)
        .await
        .unwrap()
        .iter()
        .map(|it| (it.number.get(), it.unread))
        .collect()
}

async fn begin_session(store: &dyn Store, id: u128, at: i64) {
    let session = Session {
        id: SessionId::from_uuid(scene::uuid(id)),
        contact: scene::contact(ANN),
        host: "localhost".into(),
        secret: SecretHash::from_bytes([id as u8; 32]),
        device: String::new(),
        created_at: Timestamp::from_micros(at),
        seen_at: Timestamp::from_micros(at),
        idle_until: Timestamp::from_micros(i64::MAX),
        ends_at: Timestamp::from_micros(i64::MAX),
    };
    let mut tx = store.begin(Access::Write).await.unwrap();
    tx.accounts().add_session(&session, 1).await.unwrap();
    tx.commit().await.unwrap();
}

async fn what_was_there_before_the_first_session_is_read(store: &dyn Store) {
    scene::people(store).await;
    let mut tx = store.begin(Access::Write).await.unwrap();
    for (at, active) in [(1, 100), (2, 200), (3, 300), (4, 150)] {
        let mut ticket = scene::ticket(at, "subject");
        ticket.last_activity = Timestamp::from_micros(active);
        tx.tickets().insert(&ticket).await.unwrap();
    }
    tx.tickets()
        .raise_read_mark(scene::contact(ANN), number(3), 1)
        .await
        .unwrap();
    tx.tickets()
        .raise_read_mark(scene::contact(ANN), number(4), 0)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        unread(store).await,
        BTreeMap::from([(1, true), (2, true), (3, false), (4, true)]),
        "nobody came yet"
    );
    begin_session(store, 1, 200).await;
    // A later session changes nothing, although it ends the first one.
    begin_session(store, 2, 250).await;
    assert_eq!(
        unread(store).await,
        BTreeMap::from([(1, false), (2, false), (3, false), (4, true)])
    );
    let mut tx = store.begin(Access::Write).await.unwrap();
    let mut ticket = scene::ticket(5, "new");
    ticket.last_activity = Timestamp::from_micros(201);
    tx.tickets().insert(&ticket).await.unwrap();
    tx.commit().await.unwrap();
    assert!(unread(store).await[&5]);
}

#[tokio::test]
async fn in_the_reference() {
    what_was_there_before_the_first_session_is_read(&portal_testkit::MemoryStore::new()).await;
}

#[tokio::test]
async fn on_sqlite() {
    what_was_there_before_the_first_session_is_read(&Sqlite::new().await.store).await;
}

#[tokio::test]
async fn on_postgres() {
    what_was_there_before_the_first_session_is_read(&Postgres::new().await.store).await;
}
