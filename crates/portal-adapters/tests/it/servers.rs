//! Several servers, or several processes, on one database.

use std::time::Duration;

use portal_adapters::sea::{SeaConfig, SeaStore};
use portal_core::access::Principal;
use portal_core::id::{CompanyId, PortalId};
use portal_core::ports::{Access, Hint, Store, StoreErrorKind};
use portal_core::ticket::Version;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::scene::{self, ANN, HUGE, PORTAL, number, uuid};
use crate::stores::{Postgres, Sqlite};

fn hint(at: i64) -> Hint {
    Hint {
        portal: PortalId::from_uuid(uuid(PORTAL)),
        number: number(at),
        version: Version(at),
        readers: vec![Principal::Company(CompanyId::from_uuid(uuid(HUGE)))],
    }
}

async fn say(store: &dyn Store, hint: &Hint) {
    let mut tx = store.begin(Access::Write).await.unwrap();
    tx.journal().hint(hint).await.unwrap();
    tx.commit().await.unwrap();
}

/// Waits, but not for ever.
async fn soon<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), work)
        .await
        .expect("it never came")
}

#[tokio::test]
async fn a_data_folder_is_open_in_one_process_only() {
    let sqlite = Sqlite::new().await;
    let config = SeaConfig::sqlite(sqlite.folder.path());
    let error = SeaStore::connect(&config).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Unavailable);
    let Sqlite { store, folder } = sqlite;
    drop(store);
    SeaStore::connect(&config).await.unwrap();
    drop(folder);
}

#[tokio::test]
async fn migrating_again_does_nothing_on_sqlite() {
    let sqlite = Sqlite::new().await;
    assert_eq!(sqlite.store.pending_migrations().await.unwrap(), Vec::<String>::new());
    sqlite.store.migrate().await.unwrap();
}

#[tokio::test]
async fn postgres_is_migrated_once_by_servers_that_start_together() {
    let postgres = Postgres::without_tables().await;
    let second = postgres.second().await;
    assert!(!postgres.store.pending_migrations().await.unwrap().is_empty());
    let (one, two) = tokio::join!(postgres.store.migrate(), second.migrate());
    one.unwrap();
    two.unwrap();
    assert_eq!(second.pending_migrations().await.unwrap(), Vec::<String>::new());
    postgres.store.migrate().await.unwrap();
}

#[tokio::test]
async fn hints_cross_servers_on_postgres() {
    let postgres = Postgres::new().await;
    let second = postgres.second().await;
    let (mut own, mut other) = (postgres.store.hints(), second.hints());
    let mut dropped = postgres.store.begin(Access::Write).await.unwrap();
    dropped.journal().hint(&hint(1)).await.unwrap();
    drop(dropped);
    say(&postgres.store, &hint(2)).await;
    assert_eq!(soon(own.next()).await, Some(hint(2)));
    assert_eq!(soon(other.next()).await, Some(hint(2)));
}

#[tokio::test]
async fn a_hint_with_too_many_readers_asks_everybody_on_postgres() {
    let postgres = Postgres::new().await;
    let mut feed = postgres.store.hints();
    let readers = (0..300).map(|it| Principal::Contact(scene::contact(it))).collect();
    say(&postgres.store, &Hint { readers, ..hint(1) }).await;
    assert_eq!(
        soon(feed.next()).await,
        Some(Hint {
            readers: Vec::new(),
            ..hint(1)
        })
    );
}

#[tokio::test]
async fn a_lost_connection_is_news_of_missed_hints_on_postgres() {
    let postgres = Postgres::new().await;
    let mut feed = postgres.store.hints();
    let db = postgres.look().await;
    let killed = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    let rows = db
        .query_all_raw(Statement::from_string(DbBackend::Postgres, killed))
        .await
        .unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(soon(feed.next()).await, None);
    say(&postgres.store, &hint(3)).await;
    while soon(feed.next()).await != Some(hint(3)) {}
}

async fn somebody_waits(db: &DatabaseConnection) {
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    soon(async {
        loop {
            let row = db
                .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
                .await
                .unwrap()
                .unwrap();
            if row.try_get_by_index::<i64>(0).unwrap() > 0 {
                return;
            }
        }
    })
    .await;
}

/// Ann's company is taken off a ticket while she replies to it: the reply waits for the row and then sees that it may not.
#[tokio::test]
async fn a_revoked_association_is_not_writable_by_a_concurrent_reply_on_postgres() {
    let postgres = Postgres::new().await;
    scene::people(&postgres.store).await;
    let mut ticket = scene::ticket(1, "shared with the company");
    ticket.contacts.clear();
    let mut tx = postgres.store.begin(Access::Write).await.unwrap();
    tx.tickets().insert(&ticket).await.unwrap();
    tx.commit().await.unwrap();
    let scope = scene::scope(&postgres.store, ANN).await;

    let mut revoking = postgres.store.begin(Access::Write).await.unwrap();
    revoking.tickets().lock(number(1)).await.unwrap();
    ticket.companies.clear();
    ticket.version = Version(2);
    assert!(revoking.tickets().update(&ticket, Version(1)).await.unwrap());

    let second = postgres.second().await;
    let mut before = second.begin(Access::Write).await.unwrap();
    assert!(
        before.tickets().find(&scope, number(1)).await.unwrap().is_some(),
        "not committed yet"
    );
    drop(before);
    let reply = tokio::spawn(async move {
        let mut tx = second.begin(Access::Write).await.unwrap();
        tx.tickets().lock(number(1)).await.unwrap();
        tx.tickets().find(&scope, number(1)).await.unwrap()
    });
    somebody_waits(&postgres.look().await).await;
    revoking.commit().await.unwrap();
    assert_eq!(soon(reply).await.unwrap(), None);
}

/// A ticket is added to an inbox while that moves to no portal: it is not left behind in the old one.
#[tokio::test]
async fn a_ticket_added_while_its_inbox_leaves_is_not_left_behind_on_postgres() {
    let postgres = Postgres::new().await;
    scene::people(&postgres.store).await;
    let mut adding = postgres.store.begin(Access::Write).await.unwrap();
    adding
        .tickets()
        .insert(&scene::ticket(1, "just in time"))
        .await
        .unwrap();
    let second = postgres.second().await;
    let leaving = tokio::spawn(async move {
        let mut tx = second.begin(Access::Write).await.unwrap();
        tx.directory()
            .put_inbox(&portal_core::actor::Task::Maintenance, &scene::inbox(None))
            .await
            .unwrap();
        tx.commit().await.unwrap();
    });
    somebody_waits(&postgres.look().await).await;
    adding.commit().await.unwrap();
    soon(leaving).await.unwrap();
    let db = postgres.look().await;
    let left = Statement::from_string(DbBackend::Postgres, "SELECT 1 FROM ticket_access");
    assert!(db.query_one_raw(left).await.unwrap().is_none());
}

/// The other way round: the inbox is leaving already when a ticket is added to it.
#[tokio::test]
async fn a_ticket_added_to_a_leaving_inbox_goes_where_that_went_on_postgres() {
    let postgres = Postgres::new().await;
    scene::people(&postgres.store).await;
    let mut leaving = postgres.store.begin(Access::Write).await.unwrap();
    let task = portal_core::actor::Task::Maintenance;
    leaving.directory().put_inbox(&task, &scene::inbox(None)).await.unwrap();
    let second = postgres.second().await;
    let adding = tokio::spawn(async move {
        let mut tx = second.begin(Access::Write).await.unwrap();
        tx.tickets().insert(&scene::ticket(1, "too late")).await.unwrap();
        tx.commit().await.unwrap();
    });
    somebody_waits(&postgres.look().await).await;
    leaving.commit().await.unwrap();
    soon(adding).await.unwrap();
    let db = postgres.look().await;
    let left = Statement::from_string(DbBackend::Postgres, "SELECT 1 FROM ticket_access");
    assert!(db.query_one_raw(left).await.unwrap().is_none());
}

/// Somebody looks whether a property may become writable for customers while a group is made that asks for it: they wait,
/// and then see the group.
#[tokio::test]
async fn criteria_and_what_customers_write_wait_for_each_other_on_postgres() {
    let postgres = Postgres::new().await;
    scene::people(&postgres.store).await;
    let task = portal_core::actor::Task::Maintenance;
    let mut asking = postgres.store.begin(Access::Write).await.unwrap();
    asking.crm().hold_criteria(&task).await.unwrap();
    let group = scene::group("tier");
    asking.directory().put_group(&task, &group).await.unwrap();
    let second = postgres.second().await;
    let writing = tokio::spawn(async move {
        let mut tx = second.begin(Access::Write).await.unwrap();
        tx.crm().hold_criteria(&task).await.unwrap();
        tx.directory().all_groups(&task).await.unwrap()
    });
    somebody_waits(&postgres.look().await).await;
    asking.commit().await.unwrap();
    assert_eq!(soon(writing).await.unwrap(), [group]);
}
