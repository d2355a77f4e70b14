use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

/// Where a [`SeaStore`](super::SeaStore) keeps its data.
#[derive(Clone, Debug)]
pub enum SeaConfig {
    /// A SQLite file in a folder of its own.
    Sqlite {
        /// The folder; it is made if it is not there. Only one process can have it open.
        folder: PathBuf,
        /// How many connections read at the same time. There is always one that writes.
        readers: u32,
    },
    /// A PostgreSQL database, which several servers may share.
    Postgres {
        /// Its address, `postgres://user:password@host/database`.
        url: SecretString,
        /// How many connections there are at most, at least 2.
        connections: u32,
        /// After how long a statement is given up.
        statement_timeout: Duration,
    },
}

impl SeaConfig {
    /// The name of the database file in a data folder.
    pub const SQLITE_FILE: &'static str = "portal.db";

    /// SQLite in this folder, with usual settings.
    #[must_use]
    pub fn sqlite(folder: impl Into<PathBuf>) -> Self {
        Self::Sqlite {
            folder: folder.into(),
            readers: 4,
        }
    }

    /// PostgreSQL at this address, with usual settings.
    #[must_use]
    pub fn postgres(url: impl Into<String>) -> Self {
        Self::Postgres {
            url: SecretString::from(url.into()),
            connections: 10,
            statement_timeout: Duration::from_secs(30),
        }
    }
}
