//! The only place that names adapters: which store, which files, which clock.

use std::sync::Arc;

use portal_adapters::bodies::SanitisedBodies;
use portal_adapters::files::LocalFiles;
use portal_adapters::images::RemadeImages;
use portal_adapters::observer::TracingObserver;
use portal_adapters::pacer::TokioPacer;
use portal_adapters::passwords::Argon2idPasswords;
use portal_adapters::sea::{SeaConfig, SeaStore};
use portal_adapters::system::{OsSecrets, SystemClock, UuidV7Ids};
use portal_core::Portal;
use portal_core::import::ImportPorts;
use portal_core::ports::{Clock, Ids, Passwords, Store};
use portal_core::time::Timestamp;
use secrecy::ExposeSecret;

use crate::config::Config;
use crate::failure::Failure;

/// Everything that is put together once.
#[derive(Clone, Debug)]
pub struct Wired {
    /// All use-cases.
    pub portal: Portal,
    store: SeaStore,
    files: LocalFiles,
    passwords: Argon2idPasswords,
    ids: UuidV7Ids,
}

/// Opens the store and the files that the configuration names.
///
/// # Errors
/// If one of them cannot be opened.
pub async fn open(config: &Config) -> Result<Wired, Failure> {
    let store = SeaStore::connect(&sea(config)).await?;
    let files = LocalFiles::open(config.data_dir.join("files"))
        .await
        .map_err(|source| Failure::Folder {
            path: config.data_dir.clone(),
            source,
        })?;
    let passwords = Argon2idPasswords::new()?;
    let ids = UuidV7Ids::default();
    let portal = Portal::builder()
        .store(store.clone())
        .files(files.clone())
        .passwords(passwords.clone())
        .bodies(SanitisedBodies)
        .clock(SystemClock)
        .ids(ids.clone())
        .secrets(OsSecrets)
        .pacer(TokioPacer)
        .observer(TracingObserver::default())
        .images(RemadeImages::default())
        .file_limits(config.file_limits())
        .build()?;
    Ok(Wired {
        portal,
        store,
        files,
        passwords,
        ids,
    })
}

fn sea(config: &Config) -> SeaConfig {
    match &config.database.url {
        None => SeaConfig::Sqlite {
            folder: config.data_dir.clone(),
            readers: config.database.max_connections.saturating_sub(1).max(1),
        },
        Some(url) => SeaConfig::Postgres {
            url: url.expose_secret().into(),
            connections: config.database.max_connections,
            statement_timeout: config.statement_timeout(),
        },
    }
}

impl Wired {
    /// Brings the schema up to date and says what was done.
    ///
    /// # Errors
    /// If a migration fails.
    pub async fn migrate(&self) -> Result<Vec<String>, Failure> {
        let pending = self.pending_migrations().await?;
        if !pending.is_empty() {
            self.store.migrate().await?;
        }
        Ok(pending)
    }

    /// The migrations that are still to be done.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn pending_migrations(&self) -> Result<Vec<String>, Failure> {
        Ok(self.store.pending_migrations().await?)
    }

    /// What the import and the demo need.
    #[must_use]
    pub fn import_ports(&self) -> ImportPorts {
        ImportPorts {
            store: Arc::new(self.store.clone()),
            files: Arc::new(self.files.clone()),
            bodies: Arc::new(SanitisedBodies),
            clock: Arc::new(SystemClock),
            ids: Arc::new(self.ids.clone()),
            secrets: Arc::new(OsSecrets),
            pacer: Arc::new(TokioPacer),
        }
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        &self.store
    }

    /// Hashes passwords.
    #[must_use]
    pub fn passwords(&self) -> &dyn Passwords {
        &self.passwords
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        SystemClock.now()
    }

    /// A new identifier.
    #[must_use]
    pub fn new_id(&self) -> portal_core::id::Uuid {
        self.ids.next(self.now())
    }

    /// Removes what crashed uploads left before an instant.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub async fn sweep_unfinished_files(&self, before: Timestamp) -> std::io::Result<u64> {
        self.files.sweep_unfinished(before).await
    }

    /// Ends all connections in good order.
    ///
    /// # Errors
    /// If one could not be.
    pub async fn close(self) -> Result<(), Failure> {
        let Self { store, portal, .. } = self;
        drop(portal);
        Ok(store.close().await?)
    }
}
