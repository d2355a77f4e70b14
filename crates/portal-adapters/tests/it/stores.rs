//! Stores of their own for tests.

use std::sync::atomic::{AtomicU32, Ordering};

use portal_adapters::sea::{SeaConfig, SeaStore};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// A store in a folder that goes with it.
pub(crate) struct Sqlite {
    pub(crate) store: SeaStore,
    pub(crate) folder: TempDir,
}

impl Sqlite {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SeaStore::connect(&SeaConfig::sqlite(folder.path())).await.unwrap();
        store.migrate().await.unwrap();
        Self { store, folder }
    }

    /// A connection beside the store, to look behind it.
    pub(crate) async fn look(&self) -> DatabaseConnection {
        let file = self.folder.path().join(SeaConfig::SQLITE_FILE);
        Database::connect(format!("sqlite://{}", file.display())).await.unwrap()
    }
}

/// A database in the test server that goes with it.
pub(crate) struct Postgres {
    pub(crate) store: SeaStore,
    pub(crate) url: String,
    name: String,
}

/// Where the test server is.
#[expect(
    clippy::disallowed_methods,
    reason = "tests learn of the test server by the environment"
)]
fn server() -> String {
    std::env::var("PORTAL_TEST_POSTGRES_URL")
        .expect("left out: PORTAL_TEST_POSTGRES_URL names no PostgreSQL server; `cargo xtask test` starts one")
}

async fn command(sql: &str) {
    let mut options = ConnectOptions::new(server());
    options.max_connections(1).sqlx_logging(false);
    let server = Database::connect(options).await.unwrap();
    server.execute_unprepared(sql).await.unwrap();
    server.close().await.unwrap();
}

impl Postgres {
    pub(crate) async fn new() -> Self {
        let it = Self::without_tables().await;
        it.store.migrate().await.unwrap();
        it
    }

    pub(crate) async fn without_tables() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "portal_test_{}_{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        command(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        command(&format!("CREATE DATABASE {name}")).await;
        let server = server();
        let (base, _) = server.rsplit_once('/').unwrap();
        let url = format!("{base}/{name}");
        let store = SeaStore::connect(&SeaConfig::postgres(&url)).await.unwrap();
        Self { store, url, name }
    }

    /// Another server on the same database.
    pub(crate) async fn second(&self) -> SeaStore {
        SeaStore::connect(&SeaConfig::postgres(&self.url)).await.unwrap()
    }

    /// A connection beside the store, to look behind it.
    pub(crate) async fn look(&self) -> DatabaseConnection {
        let mut options = ConnectOptions::new(&self.url);
        options.max_connections(1).sqlx_logging(false);
        Database::connect(options).await.unwrap()
    }
}

impl Drop for Postgres {
    /// The database goes, on a runtime of its own: the test's may have ended.
    fn drop(&mut self) {
        let name = self.name.clone();
        let gone = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(command(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
        });
        let _ = gone.join();
    }
}

pub(crate) fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

pub(crate) fn is_postgres(db: &DatabaseConnection) -> bool {
    db.get_database_backend() == DbBackend::Postgres
}
