use std::time::Duration;

use portal_core::ports::{StoreError, StoreErrorKind};
use sea_orm::{ConnectOptions, Database};

use super::error::store_error;
use super::feed::Hub;
use super::lock::FolderLock;
use super::{SeaConfig, SeaStore};

/// How long a unit of work waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(10);
/// How many prepared statements a connection keeps.
const STATEMENTS: usize = 256;

/// What is set on connections that read. They see one state and cannot write. They read few rows by keys: a plan that would
/// rather hash or merge whole tables is wrong whenever these are large.
pub(super) const READING: [(&str, &str); 6] = [
    ("default_transaction_isolation", "repeatable read"),
    ("default_transaction_read_only", "on"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
    ("random_page_cost", "1.1"),
    // The plans are the same for all values, so they need not be made anew for each. Searches say otherwise.
    ("plan_cache_mode", "force_generic_plan"),
];

pub(super) async fn connect(config: &SeaConfig) -> Result<SeaStore, StoreError> {
    match config {
        #[cfg(feature = "sqlite")]
        SeaConfig::Sqlite { folder, readers } => sqlite(folder, *readers).await,
        #[cfg(feature = "postgres")]
        SeaConfig::Postgres {
            url,
            connections,
            statement_timeout,
        } => postgres(url, *connections, *statement_timeout).await,
        #[cfg(not(all(feature = "sqlite", feature = "postgres")))]
        _ => Err(StoreError::new(
            StoreErrorKind::Unavailable,
            "this program was built without that database",
        )),
    }
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections.max(1))
        .acquire_timeout(ACQUIRE)
        .sqlx_logging(false)
        .test_before_acquire(false);
    options
}

#[cfg(feature = "sqlite")]
async fn sqlite(folder: &std::path::Path, readers: u32) -> Result<SeaStore, StoreError> {
    use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

    let unavailable = |error: std::io::Error| StoreError::new(StoreErrorKind::Unavailable, error);
    std::fs::create_dir_all(folder).map_err(unavailable)?;
    let lock = FolderLock::take(folder)?;
    let file = folder.join(SeaConfig::SQLITE_FILE);

    // The file is set by name and not by address, since a path may have any character.
    let common = move |it: SqliteConnectOptions| {
        it.filename(&file)
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .statement_cache_capacity(STATEMENTS)
            .pragma("mmap_size", "1073741824")
            .pragma("temp_store", "memory")
    };
    // A connection of SQLite belongs to this process: it never goes stale, so it is never closed for its age.
    let steady = |connections: u32| {
        let mut options = options("sqlite:portal.db", connections);
        options.idle_timeout(None).max_lifetime(None);
        options
    };

    let mut writing = steady(1);
    let of_writer = common.clone();
    writing.map_sqlx_sqlite_opts(move |it| {
        of_writer(it)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("cache_size", "-32768")
    });
    let writer = Database::connect(writing).await.map_err(store_error)?;

    let mut reading = steady(readers);
    reading.map_sqlx_sqlite_opts(move |it| common(it).pragma("query_only", "ON"));
    let reader = Database::connect(reading).await.map_err(store_error)?;

    Ok(SeaStore {
        writer,
        reader,
        hub: Hub::local(),
        _lock: Some(lock),
    })
}

#[cfg(feature = "postgres")]
async fn postgres(
    url: &secrecy::SecretString,
    connections: u32,
    statement_timeout: Duration,
) -> Result<SeaStore, StoreError> {
    use secrecy::ExposeSecret;

    let timeout = statement_timeout.as_millis().to_string();
    let pool = |connections: u32, settings: Vec<(&'static str, String)>| {
        let mut options = options(url.expose_secret(), connections);
        let timeout = timeout.clone();
        options
            .test_before_acquire_if_idle_for(Duration::from_secs(30))
            .map_sqlx_postgres_opts(move |it| {
                it.application_name("portal")
                    .statement_cache_capacity(STATEMENTS)
                    .options([
                        ("statement_timeout", timeout.as_str()),
                        ("lock_timeout", "10s"),
                        ("jit", "off"),
                    ])
                    .options(settings.iter().map(|(name, value)| (*name, value.as_str())))
            });
        options
    };
    let writers = (connections / 2).max(1);
    let writer = Database::connect(pool(writers, Vec::new()))
        .await
        .map_err(store_error)?;
    let settings = READING
        .into_iter()
        .map(|(name, value)| (name, value.to_owned()))
        .collect();
    let reader = Database::connect(pool(connections.saturating_sub(writers), settings))
        .await
        .map_err(store_error)?;

    let hub = Hub::across_servers(url).await?;
    Ok(SeaStore {
        writer,
        reader,
        hub,
        _lock: None,
    })
}
