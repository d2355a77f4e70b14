// The staff's search: one document for each ticket, with its notes; and the words of the names and addresses of contacts and
// companies, a row each, so that a name that changes touches no ticket. Of what was written before, the public words are
// those of the customers' index; notes and names are split by the core, as everywhere.

use portal_core::desk::{company_words, contact_words};
use portal_core::text::index_tokens;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, Value};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

const STATEMENTS: &[&str] = &[
    "{sqlite}CREATE VIRTUAL TABLE desk_search USING fts5(words, principals, tokenize = 'ascii', detail = 'column', prefix = '2 3')",
    "{sqlite}INSERT INTO desk_search (rowid, words, principals)
        SELECT ticket.number, ticket_search.words,
            'i' || lower(hex(ticket.inbox))
            || coalesce((SELECT ' ' || group_concat('c' || lower(hex(contact)), ' ') FROM ticket_contact WHERE ticket_contact.number = ticket.number), '')
            || coalesce((SELECT ' ' || group_concat('k' || lower(hex(company)), ' ') FROM ticket_company WHERE ticket_company.number = ticket.number), '')
        FROM ticket JOIN ticket_search ON ticket_search.rowid = ticket.number",
    "{postgres}CREATE TABLE desk_search (
        number bigint NOT NULL PRIMARY KEY REFERENCES ticket (number) ON DELETE CASCADE,
        words tsvector NOT NULL,
        size bigint NOT NULL,
        principals text[] NOT NULL
    )",
    "{postgres}INSERT INTO desk_search (number, words, size, principals)
        SELECT ticket.number, ticket_search.words, ticket_search.size,
            ARRAY['i' || replace(ticket.inbox::text, '-', '')]
            || ARRAY(SELECT 'c' || replace(contact::text, '-', '') FROM ticket_contact WHERE ticket_contact.number = ticket.number)
            || ARRAY(SELECT 'k' || replace(company::text, '-', '') FROM ticket_company WHERE ticket_company.number = ticket.number)
        FROM ticket JOIN ticket_search ON ticket_search.number = ticket.number",
    "{postgres}CREATE INDEX desk_search_words ON desk_search USING gin (words, principals)",
    "CREATE TABLE person_word (
        word {text} NOT NULL,
        person {uuid} NOT NULL,
        kind {small} NOT NULL,
        PRIMARY KEY (word, person, kind)
    ) {index table}",
    "CREATE INDEX person_word_of ON person_word (person, word)",
];

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0034_desk_search"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, STATEMENTS).await?;
        notes(manager).await?;
        people(manager, "contact", ["email", "membership_email"], 1, |it| {
            let (name, email, membership) = (it.0, it.1, it.2);
            contact_words(
                &name,
                email.and_then(|it| it.parse().ok()).as_ref(),
                membership.and_then(|it| it.parse().ok()).as_ref(),
            )
        })
        .await?;
        people(manager, "company", ["domain", "external_id"], 2, |it| {
            company_words(&it.0, it.1.and_then(|it| it.parse().ok()).as_ref())
        })
        .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// `$1` on PostgreSQL, `?1` on SQLite.
fn statement(manager: &SchemaManager<'_>, sql: &str, values: Vec<Value>) -> Statement {
    let backend = manager.get_database_backend();
    let sql = if backend == DbBackend::Postgres {
        sql.to_owned()
    } else {
        sql.replace('$', "?")
    };
    Statement::from_sql_and_values(backend, sql, values)
}

async fn all(manager: &SchemaManager<'_>, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>, DbErr> {
    let statement = statement(manager, sql, values);
    manager.get_connection().query_all_raw(statement).await
}

async fn notes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut after = 0i64;
    loop {
        let sql = "SELECT DISTINCT number FROM note WHERE number > $1 ORDER BY number LIMIT 500";
        let numbers = all(manager, sql, vec![after.into()]).await?;
        for number in &numbers {
            after = number.try_get_by_index(0)?;
            let sql = "SELECT body_plain FROM note WHERE number = $1 ORDER BY written_at DESC, id DESC";
            let texts = all(manager, sql, vec![after.into()]).await?;
            let texts: Vec<String> = texts
                .iter()
                .map(|it| it.try_get_by_index(0))
                .collect::<Result<_, _>>()?;
            let words = index_tokens(texts.iter().map(String::as_str));
            add_words(manager, after, words).await?;
        }
        if numbers.is_empty() {
            return Ok(());
        }
    }
}

async fn add_words(manager: &SchemaManager<'_>, number: i64, words: Vec<String>) -> Result<(), DbErr> {
    let size: usize = words.iter().map(|it| it.len() + 1).sum();
    let done = if manager.get_database_backend() == DbBackend::Postgres {
        let quoted: Vec<String> = words.iter().map(|it| format!("\"{it}\"")).collect();
        let sql = "UPDATE desk_search SET words = words || array_to_tsvector($2::text::text[]), size = size + $3 WHERE number = $1";
        let values = vec![
            number.into(),
            format!("{{{}}}", quoted.join(",")).into(),
            (size as i64).into(),
        ];
        statement(manager, sql, values)
    } else {
        let sql = "SELECT words FROM desk_search WHERE rowid = $1";
        let found = all(manager, sql, vec![number.into()]).await?;
        let Some(stored) = found.first() else { return Ok(()) };
        let stored: String = stored.try_get_by_index(0)?;
        let there: std::collections::HashSet<&str> = stored.split(' ').collect();
        let mut all = stored.clone();
        for word in words.iter().filter(|it| !there.contains(it.as_str())) {
            all.push(' ');
            all.push_str(word);
        }
        let sql = "UPDATE desk_search SET words = $2 WHERE rowid = $1";
        statement(manager, sql, vec![number.into(), all.into()])
    };
    manager.get_connection().execute_raw(done).await.map(|_| ())
}

type Known = (String, Option<String>, Option<String>);

async fn people(
    manager: &SchemaManager<'_>,
    table: &str,
    columns: [&str; 2],
    kind: i16,
    words: impl Fn(Known) -> Vec<String> + Send + Sync,
) -> Result<(), DbErr> {
    let mut after = sea_orm::prelude::Uuid::nil();
    loop {
        let [first, second] = columns;
        let sql = format!("SELECT id, name, {first}, {second} FROM {table} WHERE id > $1 ORDER BY id LIMIT 500");
        let found = all(manager, &sql, vec![after.into()]).await?;
        for it in &found {
            after = it.try_get_by_index(0)?;
            let known = (
                it.try_get_by_index(1)?,
                it.try_get_by_index(2)?,
                it.try_get_by_index(3)?,
            );
            for word in words(known) {
                let sql = "INSERT INTO person_word (word, person, kind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
                let done = statement(manager, sql, vec![word.into(), after.into(), kind.into()]);
                manager.get_connection().execute_raw(done).await?;
            }
        }
        if found.is_empty() {
            return Ok(());
        }
    }
}
