//! The list page's statement as one would write it by hand, prepared on the bare driver.

use anyhow::Result;
use portal_adapters::sea::SeaConfig;
use portal_core::access::Principal;
use portal_core::id::{ContactId, PortalId};
use portal_core::ticket::Cursor;
use sea_orm::sqlx::{self, Connection, Row};

use crate::data::{Database, Place};

/// A connection of the bare driver.
pub(crate) enum Bare {
    Sqlite(sqlx::SqliteConnection),
    Postgres(sqlx::PgConnection),
}

/// The newest tickets of one principal, in the default order, from a place on. The limit is written out: SQLite would plan
/// a statement with a bound one anew each time.
fn page(mark: [&str; 6], limit: i64) -> String {
    let [portal, principal, rank, activity, number, viewer] = mark;
    format!(
        "SELECT t.number, t.id, t.version, t.subject, t.status, t.stage, t.priority, t.category, t.source, t.audience, t.created_at, t.last_activity,
                t.last_author_kind, t.last_author, t.last_author_name, t.last_snippet, t.files, t.public_seq, t.requester, c.name, s.customer_label, m.seq
         FROM (SELECT rank, last_activity, number FROM ticket_access
               WHERE portal = {portal} AND principal = {principal} AND (rank, last_activity, number) < ({rank}, {activity}, {number})
               ORDER BY rank DESC, last_activity DESC, number DESC LIMIT {limit}) AS page
         LEFT JOIN ticket t ON t.number = page.number
         LEFT JOIN contact c ON c.id = t.requester
         LEFT JOIN status s ON s.pipeline = t.pipeline AND s.id = t.status
         LEFT JOIN read_mark m ON m.contact = {viewer} AND m.number = t.number
         ORDER BY page.rank DESC, page.last_activity DESC, page.number DESC"
    )
}

impl Bare {
    pub(crate) async fn open(database: &Database) -> Result<Self> {
        Ok(match &database.place {
            Place::Sqlite(folder) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new()
                    .filename(folder.join(SeaConfig::SQLITE_FILE))
                    .pragma("mmap_size", "1073741824")
                    .pragma("query_only", "ON");
                Self::Sqlite(sqlx::SqliteConnection::connect_with(&options).await?)
            }
            Place::Postgres(url) => Self::Postgres(sqlx::PgConnection::connect(url).await?),
        })
    }

    /// One page; how many bytes of subjects it had, so that nothing is left undone.
    pub(crate) async fn page(
        &mut self,
        portal: PortalId,
        viewer: ContactId,
        principal: Principal,
        after: &Cursor,
        limit: i64,
    ) -> Result<usize> {
        let (kind, id) = match principal {
            Principal::Contact(id) => (1, id.uuid()),
            Principal::Company(id) => (2, id.uuid()),
        };
        let mut bytes = vec![kind];
        bytes.extend_from_slice(id.as_bytes());
        let rank = i16::from(after.rank);
        let (activity, number) = (after.last_activity.micros(), after.number.get());
        let mut sum = 0;
        match self {
            Self::Sqlite(connection) => {
                let sql = page(["?"; 6], limit);
                let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
                    .bind(portal.uuid())
                    .bind(bytes)
                    .bind(rank)
                    .bind(activity)
                    .bind(number)
                    .bind(viewer.uuid())
                    .fetch_all(connection)
                    .await?;
                for row in rows {
                    sum += row.try_get::<String, _>(3)?.len()
                        + row.try_get::<String, _>(15)?.len()
                        + row.try_get::<String, _>(19)?.len();
                }
            }
            Self::Postgres(connection) => {
                let sql = page(["$1", "$2", "$3", "$4", "$5", "$6"], limit);
                let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
                    .bind(portal.uuid())
                    .bind(bytes)
                    .bind(rank)
                    .bind(activity)
                    .bind(number)
                    .bind(viewer.uuid())
                    .fetch_all(connection)
                    .await?;
                for row in rows {
                    sum += row.try_get::<String, _>(3)?.len()
                        + row.try_get::<String, _>(15)?.len()
                        + row.try_get::<String, _>(19)?.len();
                }
            }
        }
        Ok(sum)
    }
}
