//! Data of real size, made by the database itself in a few statements.
//!
//! Of each ten tickets, four belong to one huge company with 2,000 people, six to small companies of 100 tickets and five
//! people each. One in ten waits for the customer, two are in progress, one was received, six are closed. They lie in four
//! inboxes, one in two in the first; one in eight is one agent's, three in eight are another's, the rest are nobody's.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use portal_adapters::sea::{SeaConfig, SeaStore};
use portal_core::access::{AccessRule, CustomersMay, TicketPermission};
use portal_core::actor::Task;
use portal_core::id::{AgentId, ContactId, InboxId, PipelineId, PortalId, StatusId, Uuid};
use portal_core::membership::Secret;
use portal_core::ports::{Access, Store};
use portal_core::settings::{CustomerPortal, Inbox, SessionLimits, SetUp};
use portal_core::staff::{InboxAccess, Permission, StaffStanding, StaffUser};
use portal_core::text::Locale;
use portal_core::ticket::{Pipeline, Stage, Status};
use portal_core::time::Timestamp;
use sea_orm::sqlx::{self, Connection, Executor};

use crate::measure::moment;

/// The host that the benchmark's portal answers on.
pub(crate) const HOST: &str = "127.0.0.1:18099";
/// When the newest ticket was touched.
pub(crate) const NOW: i64 = 1_763_800_000_000_000;

/// One database of one size.
#[derive(Clone)]
pub(crate) struct Database {
    pub(crate) size: u64,
    pub(crate) place: Place,
}

#[derive(Clone)]
pub(crate) enum Place {
    Sqlite(PathBuf),
    Postgres(String),
}

/// Kinds of things, as the first byte of their ids.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Company = 0xC0,
    Contact = 0xC1,
    Session = 0xC2,
}

/// The id of the n-th thing of a kind.
pub(crate) fn uuid(kind: Kind, n: u64) -> Uuid {
    Uuid::from_u128((u128::from(kind as u8) << 120) | 0x7000_8000_0000_0000_0000 | u128::from(n))
}

pub(crate) fn portal_id() -> PortalId {
    PortalId::from_uuid(Uuid::from_u128(2))
}

/// The inboxes, of which the first has half of the tickets.
pub(crate) const INBOXES: [u128; 4] = [3, 4, 5, 6];
/// Somebody at the desk with an eighth of the tickets, and somebody with three eighths.
const AGENTS: [u128; 2] = [30, 31];

/// Whoever looks at the desk: they work with all inboxes.
pub(crate) fn agent() -> AgentId {
    let [first, _] = AGENTS;
    AgentId::from_uuid(Uuid::from_u128(first))
}

/// Somebody of a small company, and somebody of the huge one.
pub(crate) fn viewers() -> [(&'static str, ContactId); 2] {
    [
        ("small company", ContactId::from_uuid(uuid(Kind::Contact, 3 * 10 + 1))),
        ("huge company", ContactId::from_uuid(uuid(Kind::Contact, 900_000_001))),
    ]
}

/// The secret of the session of the n-th viewer.
pub(crate) fn session_secret(n: u64) -> Secret {
    let mut bytes = [7; 32];
    if let Some(first) = bytes.first_mut() {
        *first = n as u8;
    }
    Secret::from_bytes("session", &bytes)
}

impl Database {
    pub(crate) fn sqlite(folder: &Path, size: u64) -> Self {
        Self {
            size,
            place: Place::Sqlite(folder.join(format!("sqlite-desk-{size}"))),
        }
    }

    pub(crate) async fn postgres(server: &str, size: u64) -> Result<Self> {
        let name = format!("portal_bench_desk_{size}");
        let mut connection = sqlx::PgConnection::connect(server)
            .await
            .context("the PostgreSQL server does not answer")?;
        let known: Option<i32> = sqlx::query_scalar("SELECT 1 FROM pg_database WHERE datname = $1")
            .bind(&name)
            .fetch_optional(&mut connection)
            .await?;
        if known.is_none() {
            connection
                .execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
                .await?;
        }
        let base = server.rsplit_once('/').map_or(server, |(base, _)| base);
        Ok(Self {
            size,
            place: Place::Postgres(format!("{base}/{name}")),
        })
    }

    pub(crate) fn name(&self) -> String {
        match self.place {
            Place::Sqlite(_) => format!("SQLite {}", self.size),
            Place::Postgres(_) => format!("PostgreSQL {}", self.size),
        }
    }

    pub(crate) async fn open(&self) -> Result<SeaStore> {
        let config = match &self.place {
            Place::Sqlite(folder) => SeaConfig::sqlite(folder),
            Place::Postgres(url) => SeaConfig::postgres(url),
        };
        Ok(SeaStore::connect(&config).await?)
    }
}

/// Makes the data, unless it is there.
pub(crate) async fn fill(database: &Database) -> Result<()> {
    let begun = moment();
    {
        let store = database.open().await?;
        store.migrate().await?;
        let mut tx = store.begin(Access::Snapshot).await?;
        if tx.directory().portal(portal_id()).await?.is_some() {
            return Ok(());
        }
        drop(tx);
        set_up(&store).await?;
    }
    let statements = statements(database);
    match &database.place {
        Place::Sqlite(folder) => {
            let file = folder.join(SeaConfig::SQLITE_FILE);
            let options = sqlx::sqlite::SqliteConnectOptions::new()
                .filename(file)
                .pragma("synchronous", "OFF")
                .pragma("cache_size", "-400000");
            let mut connection = sqlx::SqliteConnection::connect_with(&options).await?;
            for statement in statements {
                connection.execute(sqlx::AssertSqlSafe(statement)).await?;
            }
        }
        Place::Postgres(url) => {
            let mut connection = sqlx::PgConnection::connect(url).await?;
            for statement in statements {
                connection.execute(sqlx::AssertSqlSafe(statement)).await?;
            }
        }
    }
    println!("{}: made in {:.0} s", database.name(), begun.elapsed().as_secs_f64());
    Ok(())
}

async fn set_up(store: &SeaStore) -> Result<()> {
    let task = Task::CommandLine;
    let statuses = Stage::ALL.into_iter().zip(10_u128..).map(|(stage, n)| {
        let name = format!("{stage:?}").parse()?;
        Ok(Status {
            id: StatusId::from_uuid(Uuid::from_u128(n)),
            name,
            stage,
            customer_label: None,
            explanation: None,
        })
    });
    let statuses = statuses.collect::<Result<Vec<_>>>()?;
    let pipeline = Pipeline::new(PipelineId::from_uuid(Uuid::from_u128(1)), "Support".parse()?, statuses)?;
    let portal = CustomerPortal {
        id: portal_id(),
        name: "Bench".parse()?,
        host: HOST.parse()?,
        slug: "support".parse()?,
        language: Locale::english(),
        offered: [Locale::english(), Locale::german()].into(),
        time_zone: "Europe/Berlin".to_owned(),
        published: true,
        default_inbox: InboxId::from_uuid(Uuid::from_u128(3)),
        permission: TicketPermission::Company,
        access: AccessRule::EveryRegisteredContact,
        may: CustomersMay::default(),
        hidden_pipelines: [].into(),
        categories: vec![],
        sessions: SessionLimits {
            idle: std::time::Duration::from_secs(1 << 32),
            absolute: std::time::Duration::from_secs(1 << 32),
        },
        revision: 1,
        send_registration_mails: false,
        set_up: SetUp::Finished,
    };
    let mut tx = store.begin(Access::Write).await?;
    tx.directory().put_pipeline(&task, &pipeline).await?;
    tx.directory().put_portal(&task, &portal).await?;
    for (place, id) in INBOXES.into_iter().enumerate() {
        let inbox = Inbox {
            id: InboxId::from_uuid(Uuid::from_u128(id)),
            name: format!("Service {place}").parse()?,
            portal: Some(portal.id),
            pipeline: pipeline.id(),
            moving_to: None,
        };
        tx.directory().put_inbox(&task, &inbox).await?;
    }
    for (place, id) in AGENTS.into_iter().enumerate() {
        let user = StaffUser {
            id: AgentId::from_uuid(Uuid::from_u128(id)),
            name: format!("Agent {place}").parse()?,
            email: format!("agent{place}@example.com").parse()?,
            permissions: BTreeSet::from([Permission::HelpDesk]),
            inboxes: InboxAccess::All,
            standing: StaffStanding::Active,
            language: None,
            time_zone: None,
            created_at: Timestamp::from_micros(0),
        };
        tx.staffing().put_staff_user(&task, &user).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The words in which the two databases differ.
struct Dialect {
    sqlite: bool,
}

impl Dialect {
    /// The id of a kind, for a number that is an SQL expression.
    fn id(&self, kind: u8, n: &str) -> String {
        if self.sqlite {
            format!("unhex('{kind:02x}' || '0000000000' || '70008000' || printf('%012x', {n}))")
        } else {
            format!("('{kind:02x}000000-0000-7000-8000-' || lpad(to_hex(({n})::bigint), 12, '0'))::uuid")
        }
    }

    /// A principal: a byte for its kind, and the id.
    fn principal(&self, kind: u8, of: u8, n: &str) -> String {
        if self.sqlite {
            format!("unhex('{kind:02x}' || '{of:02x}' || '0000000000' || '70008000' || printf('%012x', {n}))")
        } else {
            format!(
                "decode('{kind:02x}' || '{of:02x}' || '0000000000' || '70008000' || lpad(to_hex(({n})::bigint), 12, '0'), 'hex')"
            )
        }
    }

    /// A principal as the word by which the search index knows it.
    fn word(&self, letter: char, of: u8, n: &str) -> String {
        if self.sqlite {
            format!("'{letter}{of:02x}' || '0000000000' || '70008000' || printf('%012x', {n})")
        } else {
            format!("'{letter}{of:02x}' || '0000000000' || '70008000' || lpad(to_hex(({n})::bigint), 12, '0')")
        }
    }

    fn fixed(&self, n: u128) -> String {
        let uuid = Uuid::from_u128(n);
        if self.sqlite {
            format!("x'{}'", uuid.simple())
        } else {
            format!("'{uuid}'::uuid")
        }
    }

    fn bytes(&self, bytes: &[u8]) -> String {
        let hex = bytes
            .chunks(16)
            .map(|it| it.iter().fold(0_u128, |sum, byte| (sum << 8) | u128::from(*byte)));
        let hex: Vec<String> = hex.map(|it| format!("{it:032x}")).collect();
        let hex = hex.concat();
        if self.sqlite {
            format!("x'{hex}'")
        } else {
            format!("decode('{hex}', 'hex')")
        }
    }

    /// Rows `i` from 1 to n.
    fn series(&self, n: u64) -> String {
        if self.sqlite {
            format!(
                "(WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < {n}) SELECT i FROM c) AS series"
            )
        } else {
            format!("generate_series(1::bigint, {n}::bigint) AS series(i)")
        }
    }
}

fn statements(database: &Database) -> Vec<String> {
    let d = Dialect {
        sqlite: matches!(database.place, Place::Sqlite(_)),
    };
    let n = database.size;
    let (company, contact, session) = (Kind::Company as u8, Kind::Contact as u8, Kind::Session as u8);
    let small = n * 6 / 10 / 100 + 1;
    let truth = if d.sqlite { "1" } else { "true" };
    // For ticket i: whether it is the huge company's, and its company and contact.
    let huge = "i % 10 < 4";
    let place = "((i / 10) * 6 + i % 10 - 4)";
    let of_company = format!("CASE WHEN {huge} THEN 900000000 ELSE {place} / 100 END");
    let of_contact = format!(
        "CASE WHEN {huge} THEN 900000000 + i / 10 * 4 % 2000 + i % 10 ELSE {place} / 100 * 10 + {place} % 5 END"
    );
    let rank = "CASE i / 3 % 10 WHEN 0 THEN 3 WHEN 1 THEN 2 WHEN 2 THEN 2 WHEN 3 THEN 1 ELSE 0 END";
    let activity = format!("{NOW} - (i * 7919 % {n}) * 1000000");
    let rare = "CASE WHEN i % 5000 = 0 THEN ' rarely' ELSE '' END";
    let text = format!("'Scanner ' || (i % 97) || ' loses its connection in hall ' || (i % 13) || {rare}");
    let fixed = |n| d.fixed(n);
    let inbox = Dialect::of_inbox(fixed);
    let owner = "i / 7 % 8";
    let [first, second] = AGENTS.map(fixed);
    let owner = format!("CASE WHEN {owner} = 0 THEN {first} WHEN {owner} < 4 THEN {second} END");
    let mut all = vec![
        format!("INSERT INTO company (id, name, created_at) SELECT {}, 'Company ' || i, 1 FROM {}", d.id(company, "i"), d.series(small)),
        format!("INSERT INTO company (id, name, created_at) VALUES ({}, 'Company 0', 1), ({}, 'Huge', 1)", d.id(company, "0"), d.id(company, "900000000")),
        format!(
            "INSERT INTO contact (id, name, membership_email, active, primary_company, created_at)
             SELECT {}, 'Person ' || i, 'p' || i || '@example.com', {truth}, {}, 1 FROM {} WHERE i % 10 < 5",
            d.id(contact, "i"),
            d.id(company, "i / 10"),
            d.series(small * 10 + 9)
        ),
        format!(
            "INSERT INTO contact (id, name, membership_email, active, primary_company, created_at)
             SELECT {}, 'Huge ' || i, 'h' || i || '@example.com', {truth}, {}, 1 FROM {}",
            d.id(contact, "900000000 + i - 1"),
            d.id(company, "900000000"),
            d.series(2010)
        ),
        "INSERT INTO account (contact, password_hash, password_set_at) SELECT id, 'none', 1 FROM contact".to_owned(),
        format!(
            "INSERT INTO ticket (number, id, version, inbox, owner, pipeline, status, stage, subject, priority, source, standing, audience, requester,
                                 created_at, last_activity, public_seq, last_author_kind, last_author, last_author_name, last_snippet, files)
             SELECT i, {}, 1, {inbox}, {owner}, {}, {}, {rank}, {text}, 2, 1, 1, 1, {}, {NOW} - 5000000000000 + i * 1000, {activity}, 1, 1, {}, 'Person',
                    'It happened again today, from 14:02 to 14:09', 0 FROM {}",
            d.id(0xC3, "i"),
            fixed(1),
            d.id_of_status(rank),
            d.id(contact, &of_contact),
            d.id(contact, &of_contact),
            d.series(n)
        ),
        format!("INSERT INTO ticket_contact (number, contact, label) SELECT i, {}, 1 FROM {}", d.id(contact, &of_contact), d.series(n)),
        format!("INSERT INTO ticket_company (number, company) SELECT i, {} FROM {}", d.id(company, &of_company), d.series(n)),
        format!(
            "INSERT INTO message (id, number, seq, author_kind, author, author_name, written_at, source, format, sanitiser, body_plain, body_html, body_source)
             SELECT {}, i, 1, 1, {}, 'Person', {activity}, 1, 2, 1, {text}, '<p>' || {text} || '</p>', {text} FROM {}",
            d.id(0xC4, "i"),
            d.id(contact, &of_contact),
            d.series(n)
        ),
    ];
    for (kind, of, who, requester) in [
        (1, contact, &of_contact, truth),
        (2, company, &of_company, if d.sqlite { "0" } else { "false" }),
    ] {
        all.push(format!(
            "INSERT INTO ticket_access (number, principal, portal, rank, last_activity, inbox, pipeline, requester)
             SELECT i, {}, {}, {rank}, {activity}, {inbox}, {}, {requester} FROM {}",
            d.principal(kind, of, who),
            fixed(2),
            fixed(1),
            d.series(n)
        ));
    }
    let words = format!("'scanner ' || (i % 97) || ' loses its connection in hall ' || (i % 13) || {rare}");
    let (who, whose) = (d.word('c', contact, &of_contact), d.word('k', company, &of_company));
    all.push(if d.sqlite {
        format!(
            "INSERT INTO ticket_search (rowid, words, principals) SELECT i, {words}, {who} || ' ' || {whose} FROM {}",
            d.series(n)
        )
    } else {
        format!(
            "INSERT INTO ticket_search (number, words, size, principals)
             SELECT i, array_to_tsvector(string_to_array({words}, ' ')), 60, ARRAY[{who}, {whose}] FROM {}",
            d.series(n)
        )
    });
    let place = Dialect::of_inbox(|id| format!("'i{}'", Uuid::from_u128(id).simple()));
    all.push(if d.sqlite {
        format!(
            "INSERT INTO desk_search (rowid, words, principals) SELECT i, {words}, {place} || ' ' || {who} || ' ' || {whose} FROM {}",
            d.series(n)
        )
    } else {
        format!(
            "INSERT INTO desk_search (number, words, size, principals)
             SELECT i, array_to_tsvector(string_to_array({words}, ' ')), 60, ARRAY[{place}, {who}, {whose}] FROM {}",
            d.series(n)
        )
    });
    let local = if d.sqlite {
        "substr(membership_email, 1, instr(membership_email, '@') - 1)"
    } else {
        "split_part(membership_email, '@', 1)"
    };
    all.push(format!(
        "INSERT INTO person_word (word, person, kind) SELECT {local}, id, 1 FROM contact"
    ));
    for (index, (_, viewer)) in viewers().into_iter().enumerate() {
        let secret = session_secret(index as u64).hash();
        let id = d.fixed(viewer.uuid().as_u128());
        all.push(format!(
            "INSERT INTO session (id, contact, host, secret, device, created_at, seen_at, idle_until, ends_at)
             VALUES ({}, {id}, '{HOST}', {}, 'bench', 1, 4000000000000000, 9000000000000000, 9000000000000000)",
            d.id(session, &index.to_string()),
            d.bytes(secret.bytes())
        ));
        all.push(format!(
            "INSERT INTO first_session (contact, host, began_at) VALUES ({id}, '{HOST}', {NOW})"
        ));
    }
    if d.sqlite {
        // No ANALYZE: the product runs none, and its plans need none.
        all.push("PRAGMA wal_checkpoint(TRUNCATE)".to_owned());
    } else {
        all.push("VACUUM ANALYZE".to_owned());
    }
    all
}

impl Dialect {
    /// The inbox of ticket `i`, in whatever way it is written.
    fn of_inbox(write: impl Fn(u128) -> String) -> String {
        let [first, ..] = INBOXES;
        let whens = INBOXES.into_iter().enumerate();
        let whens = whens.map(|(place, id)| format!("WHEN {place} THEN {}", write(id)));
        let whens = whens.collect::<Vec<_>>().join(" ");
        format!("CASE i / 11 % 6 {whens} ELSE {} END", write(first))
    }

    /// The status of a stage that is an SQL expression over ranks.
    fn id_of_status(&self, rank: &str) -> String {
        let [received, progress, waiting, closed] = [10, 11, 12, 13].map(|it| self.fixed(it));
        format!("CASE {rank} WHEN 3 THEN {waiting} WHEN 2 THEN {progress} WHEN 1 THEN {received} ELSE {closed} END")
    }
}

/// When the benchmark's data was last touched.
pub(crate) const fn now() -> Timestamp {
    Timestamp::from_micros(NOW)
}
