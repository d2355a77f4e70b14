//! The laws of use-cases over both databases, and what an erasure leaves in the tables themselves.

use portal_testkit::conformance::Broken;
use portal_testkit::service_laws::{CANARY, try_conversations, try_erasures, try_merges};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::stores::{Postgres, Sqlite, is_postgres, runtime};

/// Few worlds: the reference store tries many, and here only the statements can differ.
const WORLDS: u32 = 4;

async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    rows.iter().map(|it| it.try_get_by_index(0).unwrap()).collect()
}

/// The tables in whose rows the canary is, whatever the column.
async fn tables_with_the_canary(db: &DatabaseConnection) -> Vec<String> {
    let all = if is_postgres(db) {
        texts(
            db,
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'",
        )
        .await
    } else {
        texts(db, "SELECT name FROM sqlite_master WHERE type = 'table'").await
    };
    assert!(all.len() > 50, "{all:?}");
    let mut found = Vec::new();
    for table in all {
        let row = if is_postgres(db) {
            "whole::text".to_owned()
        } else {
            let columns = texts(db, &format!("SELECT name FROM pragma_table_info('{table}')")).await;
            let columns = columns.iter().map(|it| format!("coalesce(CAST(\"{it}\" AS TEXT), '')"));
            columns.collect::<Vec<_>>().join(" || ' ' || ")
        };
        let sql = format!("SELECT 'x' FROM \"{table}\" AS whole WHERE lower({row}) LIKE '%{CANARY}%' LIMIT 1");
        if !texts(db, &sql).await.is_empty() {
            found.push(table);
        }
    }
    found
}

#[test]
fn vis_050_sqlite_no_merge_widens_unaccepted_and_every_undoing_brings_back() -> Result<(), Broken> {
    let runtime = runtime();
    let sqlite = runtime.block_on(Sqlite::new());
    try_merges(WORLDS, &sqlite.store, |it| runtime.block_on(it))
}

#[test]
fn vis_050_postgres_no_merge_widens_unaccepted_and_every_undoing_brings_back() -> Result<(), Broken> {
    let runtime = runtime();
    let postgres = runtime.block_on(Postgres::new());
    try_merges(WORLDS, &postgres.store, |it| runtime.block_on(it))
}

#[test]
fn gdpr_sqlite_an_erasure_leaves_nothing_of_the_person_in_any_table() -> Result<(), Broken> {
    let runtime = runtime();
    let sqlite = runtime.block_on(Sqlite::new());
    try_erasures(WORLDS, &sqlite.store, |it| runtime.block_on(it))?;
    let left = runtime.block_on(async { tables_with_the_canary(&sqlite.look().await).await });
    assert_eq!(left, [""; 0]);
    Ok(())
}

#[test]
fn gdpr_postgres_an_erasure_leaves_nothing_of_the_person_in_any_table() -> Result<(), Broken> {
    let runtime = runtime();
    let postgres = runtime.block_on(Postgres::new());
    try_erasures(WORLDS, &postgres.store, |it| runtime.block_on(it))?;
    let left = runtime.block_on(async { tables_with_the_canary(&postgres.look().await).await });
    assert_eq!(left, [""; 0]);
    Ok(())
}

#[test]
fn vis_016_sqlite_conversations_are_seen_by_their_ticket_alone() -> Result<(), Broken> {
    let runtime = runtime();
    let sqlite = runtime.block_on(Sqlite::new());
    try_conversations(WORLDS, &sqlite.store, |it| runtime.block_on(it))
}

#[test]
fn vis_016_postgres_conversations_are_seen_by_their_ticket_alone() -> Result<(), Broken> {
    let runtime = runtime();
    let postgres = runtime.block_on(Postgres::new());
    try_conversations(WORLDS, &postgres.store, |it| runtime.block_on(it))
}
