//! The database of one installation.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context as _, Result, ensure};
use tokio::process::Command;

use crate::config;

static COUNT: AtomicU32 = AtomicU32::new(0);

/// Where an installation keeps its data.
#[derive(Clone, Debug)]
pub enum Database {
    /// A file in its folder.
    Sqlite,
    /// A database of its own in the server that the surroundings give.
    Postgres(String),
}

impl Database {
    /// A new database in PostgreSQL. It is left behind: the server of the tests is thrown away as a whole.
    pub async fn postgres() -> Result<Self> {
        let name = format!("e2e_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        run(
            &config::postgres_url()?,
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        )
        .await?;
        run(&config::postgres_url()?, format!("CREATE DATABASE {name}")).await?;
        Ok(Self::Postgres(name))
    }

    /// The address of the database, if it is PostgreSQL.
    pub fn url(&self) -> Option<String> {
        match self {
            Self::Sqlite => None,
            Self::Postgres(name) => {
                let server = config::postgres_url().ok()?;
                let (start, query) = server
                    .split_once('?')
                    .map_or((server.as_str(), String::new()), |(start, rest)| {
                        (start, format!("?{rest}"))
                    });
                let (root, _) = start.rsplit_once('/')?;
                Some(format!("{root}/{name}{query}"))
            }
        }
    }

    /// Runs a statement, whatever the servers are doing; for what no command does, such as making time pass.
    pub async fn execute(&self, statement: &str) -> Result<()> {
        let url = self
            .url()
            .context("only a PostgreSQL takes statements from elsewhere")?;
        run(&url, statement.to_owned()).await
    }

    /// Takes the database away under the server's feet.
    pub async fn destroy(&self) -> Result<()> {
        if let Self::Postgres(name) = self {
            run(&config::postgres_url()?, format!("DROP DATABASE {name} WITH (FORCE)")).await?;
        }
        Ok(())
    }
}

/// With the client that comes with the server.
async fn run(url: &str, statement: String) -> Result<()> {
    let output = Command::new(client())
        .args([
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--command",
            &statement,
            url,
        ])
        .output()
        .await;
    let output = output.context("cannot run `psql`: install `postgresql-client`")?;
    ensure!(
        output.status.success(),
        "`{statement}` failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

/// In the search path, or where Debian keeps the programs of each version.
fn client() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let found = versions.map(|it| it.path().join("bin/psql")).filter(|it| it.is_file());
    found.max().unwrap_or_else(|| PathBuf::from("psql"))
}
