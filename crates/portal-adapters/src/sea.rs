//! The store: SQLite by default, PostgreSQL where several servers share one.
//!
//! One code for both. Statements are built with sea-query; where the databases differ, a function of a few lines says so.
//! `access` is the only place where a scope becomes SQL and the readers of a ticket become rows.

mod access;
mod accounts;
mod audit;
mod built;
mod collected;
mod config;
mod connect;
mod conversations;
mod crm;
mod desk;
mod directory;
mod error;
mod feed;
#[doc(hidden)]
pub mod hot;
mod imports;
mod journal;
mod lock;
mod members;
mod migration;
mod notices;
mod outbox;
mod programs;
mod row;
mod satisfaction;
mod search;
mod service;
mod settings;
mod shelf;
mod sql;
mod staffing;
mod stored;
mod tickets;
mod timers;
mod tx;

use async_trait::async_trait;
use portal_core::ports::{Access, DeskFeed, HintFeed, Store, StoreError, Tx};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

pub use self::config::SeaConfig;
use self::error::store_error;
use self::feed::Hub;
use self::lock::FolderLock;
use self::migration::Migrator;
use self::tx::{Run, SeaTx};

/// Everything that is transactional, in SQLite or PostgreSQL. Clones share the connections.
#[derive(Clone, Debug)]
pub struct SeaStore {
    /// The only connection that writes on SQLite; the pool that writes on PostgreSQL.
    writer: DatabaseConnection,
    /// Connections that can only read.
    reader: DatabaseConnection,
    hub: Hub,
    _lock: Option<FolderLock>,
}

/// Migrations run one server at a time, under this number as PostgreSQL's advisory lock. It means nothing else.
const MIGRATION_LOCK: i64 = 0x706f_7274_616c;

impl SeaStore {
    /// Opens the database. Its schema is as it was: see [`migrate`](Self::migrate).
    ///
    /// # Errors
    /// If it cannot be opened, or another process has the data folder open.
    pub async fn connect(config: &SeaConfig) -> Result<Self, StoreError> {
        connect::connect(config).await
    }

    /// Brings the schema up to date. Several servers may do so at the same moment: one does the work, the others wait.
    ///
    /// # Errors
    /// If a migration fails; then none of them happened.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let tx = self.begin_write().await.map_err(store_error)?;
        if self.backend() == DbBackend::Postgres {
            let sql = format!("SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock({MIGRATION_LOCK})");
            tx.execute_unprepared(&sql).await.map_err(store_error)?;
        }
        Migrator::up(&tx, None).await.map_err(store_error)?;
        tx.commit().await.map_err(store_error)
    }

    /// The names of the migrations that [`migrate`](Self::migrate) would run.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn pending_migrations(&self) -> Result<Vec<String>, StoreError> {
        let pending = Migrator::get_pending_migrations_read_only(&self.reader)
            .await
            .map_err(store_error)?;
        Ok(pending.iter().map(|it| it.name().to_owned()).collect())
    }

    /// Ends all connections, after the units of work that are under way.
    ///
    /// # Errors
    /// If a connection could not be ended in good order.
    pub async fn close(self) -> Result<(), StoreError> {
        self.hub.close();
        self.reader.close().await.map_err(store_error)?;
        self.writer.close().await.map_err(store_error)
    }

    fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    async fn begin_write(&self) -> Result<sea_orm::DatabaseTransaction, sea_orm::DbErr> {
        // A transaction of SQLite that turns from reading to writing can fail at once; one that begins with writing waits.
        let sqlite_transaction_mode = (self.backend() == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions {
            sqlite_transaction_mode,
            ..TransactionOptions::default()
        };
        self.writer.begin_with_options(options).await
    }
}

#[async_trait]
impl Store for SeaStore {
    async fn begin(&self, access: Access) -> Result<Box<dyn Tx>, StoreError> {
        let run = match access {
            Access::Read => Run::Alone(self.reader.clone()),
            // The connections that read are set up so that a transaction sees one state: see `connect`.
            Access::Snapshot => Run::Together(self.reader.begin().await.map_err(store_error)?),
            Access::Write => Run::Together(self.begin_write().await.map_err(store_error)?),
        };
        Ok(Box::new(SeaTx::new(run, access, self.backend(), self.hub.clone())))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.reader.ping().await.map_err(store_error)
    }

    fn hints(&self) -> Box<dyn HintFeed> {
        Box::new(self.hub.listen())
    }

    fn desk_hints(&self) -> Box<dyn DeskFeed> {
        Box::new(self.hub.listen_at_desk())
    }
}
