//! How much work was done, however busy the machine is: the processor time of processes.

use std::time::Duration;

use anyhow::{Context, Result};
use sea_orm::sqlx::{self, Connection};

use crate::data::{Database, Place};

/// Processes whose processor time is watched.
pub(crate) struct Watch(Vec<u32>);

impl Watch {
    /// One process with all its threads.
    pub(crate) fn of(process: u32) -> Self {
        Self(vec![process])
    }

    /// The processes that work for the product in PostgreSQL, if they are on this machine; nobody where the database works
    /// inside the product.
    pub(crate) async fn of_database(database: &Database) -> Result<Self> {
        let Place::Postgres(url) = &database.place else {
            return Ok(Self(Vec::new()));
        };
        let mut connection = sqlx::PgConnection::connect(url).await?;
        let ids: Vec<i32> = sqlx::query_scalar(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'portal'",
        )
        .fetch_all(&mut connection)
        .await?;
        let ids = ids.into_iter().filter_map(|it| u32::try_from(it).ok());
        Ok(Self(ids.filter(|it| spent(*it).is_ok()).collect()))
    }

    /// What they have used up since they began.
    pub(crate) fn spent(&self) -> Duration {
        self.0.iter().filter_map(|it| spent(*it).ok()).sum()
    }
}

/// The system counts in hundredths of a second.
const TICK: Duration = Duration::from_millis(10);

fn spent(process: u32) -> Result<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name of the program stands in brackets and may have anything in it.
    let (_, fields) = stat.rsplit_once(") ").context("the system does not tell")?;
    let ticks: u32 = fields
        .split(' ')
        .skip(11)
        .take(2)
        .map(|it| it.parse::<u32>().unwrap_or_default())
        .sum();
    Ok(TICK * ticks)
}
