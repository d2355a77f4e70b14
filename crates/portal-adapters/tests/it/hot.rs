//! The statements of hot paths: as they are sent, and as the databases run them.

use portal_adapters::sea::hot;
use portal_core::access::{Scope, Tab};
use portal_core::id::PortalId;
use portal_core::membership::SecretHash;
use portal_core::ticket::{Cursor, Edge, ListFilter, ListQuery, Search, Sort, Stage};
use portal_core::time::Timestamp;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::scene::{self, ANN, BEN, CEM, PORTAL, contact, number, uuid};
use crate::stores::{Postgres, Sqlite};

fn cursor() -> Cursor {
    Cursor {
        rank: 2,
        last_activity: Timestamp::from_micros(500_000),
        number: number(777),
    }
}

/// Every kind of page whose cost is promised to be flat, by name.
fn pages() -> Vec<(String, ListQuery)> {
    let query = |filter, sort, edge, requester| ListQuery {
        tab: Tab::Company,
        filter,
        requester,
        sort,
        edge,
        limit: 26,
    };
    let filters = [
        ("all", ListFilter::All),
        ("open", ListFilter::Open),
        ("stage", ListFilter::Stage(Stage::InProgress)),
    ];
    let edges = [
        ("first", Edge::Start),
        ("after", Edge::After(cursor())),
        ("before", Edge::Before(cursor())),
    ];
    let mut pages = Vec::new();
    for (filter_name, filter) in filters {
        for (edge_name, edge) in edges {
            pages.push((
                format!("attention {filter_name} {edge_name}"),
                query(filter, Sort::Attention, edge, None),
            ));
            pages.push((
                format!("activity {filter_name} {edge_name}"),
                query(filter, Sort::LastActivity, edge, None),
            ));
        }
    }
    for (edge_name, edge) in edges {
        pages.push((
            format!("created all {edge_name}"),
            query(ListFilter::All, Sort::Created, edge, None),
        ));
        pages.push((
            format!("requester {edge_name}"),
            query(ListFilter::All, Sort::Attention, edge, Some(contact(BEN))),
        ));
    }
    pages
}

fn search(word: &str) -> Search {
    Search {
        tokens: vec![word.to_owned()],
        filter: ListFilter::Open,
        below: Some(number(1_000_000)),
        limit: 26,
    }
}

/// All hot statements, by name.
fn statements(backend: DbBackend, scope: &Scope) -> Vec<(String, Statement)> {
    let mut all: Vec<(String, Statement)> = pages()
        .into_iter()
        .map(|(name, query)| (format!("page {name}"), hot::page(backend, scope, &query).unwrap()))
        .collect();
    all.push(("frame".into(), hot::frame(backend, scope, 100, 100)));
    all.push(("find".into(), hot::find(backend, scope, number(5))));
    all.push(("timeline".into(), hot::places(backend, scope, number(5))));
    all.push((
        "entrant".into(),
        hot::entrant(backend, PortalId::from_uuid(uuid(PORTAL)), contact(ANN)),
    ));
    let secret = SecretHash::from_bytes([7; 32]);
    all.push((
        "doorway".into(),
        hot::doorway(
            backend,
            &"localhost".parse().unwrap(),
            &"support".parse().unwrap(),
            &secret,
        ),
    ));
    for (index, statement) in hot::search(backend, scope, &search("common")).into_iter().enumerate() {
        all.push((format!("search {index}"), statement));
    }
    all
}

/// One clause a line.
pub(crate) fn pretty(sql: &str) -> String {
    [
        " FROM ",
        " LEFT JOIN ",
        " INNER JOIN ",
        " WHERE ",
        " ORDER BY ",
        " UNION ALL ",
        " AND (EXISTS",
    ]
    .iter()
    .fold(sql.to_owned(), |sql, it| {
        sql.replace(it, &format!("\n{}", it.trim_start()))
    })
}

fn snapshot(backend: DbBackend, scope: &Scope) -> String {
    let shown = [
        "page attention all first",
        "page attention open after",
        "page attention stage before",
        "page activity open after",
        "page created all after",
        "page requester after",
    ];
    let all = statements(backend, scope);
    let wanted = all
        .iter()
        .filter(|(name, _)| !name.starts_with("page") || shown.contains(&name.as_str()));
    wanted
        .map(|(name, statement)| format!("-- {name}\n{}\n", pretty(&statement.sql)))
        .collect::<Vec<_>>()
        .join("\n")
}

#[tokio::test]
async fn statements_on_sqlite() {
    let sqlite = Sqlite::new().await;
    scene::people(&sqlite.store).await;
    let scope = scene::scope(&sqlite.store, ANN).await;
    insta::assert_snapshot!(snapshot(DbBackend::Sqlite, &scope));
}

#[tokio::test]
async fn statements_for_postgres_have_its_shape() {
    let sqlite = Sqlite::new().await;
    scene::people(&sqlite.store).await;
    let scope = scene::scope(&sqlite.store, ANN).await;
    insta::assert_snapshot!(snapshot(DbBackend::Postgres, &scope));
}

pub(crate) async fn plan(db: &DatabaseConnection, statement: &Statement) -> Vec<String> {
    let sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
    let explain = Statement {
        sql,
        ..statement.clone()
    };
    db.query_all_raw(explain)
        .await
        .unwrap()
        .iter()
        .map(|it| it.try_get("", "detail").unwrap())
        .collect()
}

/// What a statement makes for itself, of a page's size at most: these may be scanned and sorted.
const OWN: [&str; 4] = ["SCAN page", "SCAN leg", "SCAN some", "SCAN people"];

#[tokio::test]
async fn sqlite_walks_ranges_of_keys_only() {
    let sqlite = Sqlite::new().await;
    scene::people(&sqlite.store).await;
    let db = sqlite.look().await;
    scene::fill(&db, 4000).await;
    for who in [ANN, CEM] {
        let scope = scene::scope(&sqlite.store, who).await;
        for (name, statement) in statements(DbBackend::Sqlite, &scope) {
            let plan = plan(&db, &statement).await;
            for line in &plan {
                let own = OWN.iter().any(|it| line.starts_with(it)) || line.starts_with("SCAN (subquery");
                let index = line.contains("VIRTUAL TABLE INDEX");
                assert!(
                    !line.starts_with("SCAN") || own || index || line == "SCAN CONSTANT ROW",
                    "{name}: {line}\n{plan:#?}"
                );
                let merges = name.starts_with("page activity open");
                assert!(!line.contains("TEMP B-TREE") || merges, "{name}: {line}\n{plan:#?}");
            }
            if name.contains("after") || name.contains("before") {
                assert!(
                    plan.iter().any(|it| it.contains(")<(")
                        || it.contains(")>(")
                        || it.contains("number<?")
                        || it.contains("number>?")),
                    "{name}: the edge is no range of the key\n{plan:#?}"
                );
            }
        }
    }
}

/// The rows that the leaves of a plan read, those that a filter threw away included.
fn visited(node: &serde_json::Value) -> f64 {
    let amount = |key: &str| node.get(key).and_then(serde_json::Value::as_f64).unwrap_or(0.0);
    let below: f64 = node
        .get("Plans")
        .and_then(serde_json::Value::as_array)
        .into_iter()
        .flatten()
        .map(visited)
        .sum();
    let kind = node
        .get("Node Type")
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default();
    let leaf = kind.contains("Scan") && !matches!(kind, "CTE Scan" | "Subquery Scan");
    let own = amount("Actual Rows") + amount("Rows Removed by Filter") + amount("Rows Removed by Index Recheck");
    below + if leaf { own * amount("Actual Loops") } else { 0.0 }
}

/// A plan in few words, for who has to mend it.
fn outline(node: &serde_json::Value, depth: usize) -> String {
    let of = |key: &str| node.get(key).map(|it| format!(" {it}")).unwrap_or_default();
    let keys = [
        "Node Type",
        "Relation Name",
        "Index Name",
        "Index Cond",
        "Filter",
        "Actual Rows",
        "Rows Removed by Filter",
        "Actual Loops",
    ];
    let own = format!("{}{}\n", "  ".repeat(depth), keys.map(of).concat());
    let below = node
        .get("Plans")
        .and_then(serde_json::Value::as_array)
        .into_iter()
        .flatten();
    below.fold(own, |text, it| text + &outline(it, depth + 1))
}

/// Runs a statement as the store's connections would after a while, with a plan for any values, and counts rows.
pub(crate) async fn rows_visited(db: &DatabaseConnection, statement: &Statement) -> (f64, String) {
    use sea_orm::sea_query::{PostgresQueryBuilder, QueryBuilder};
    let values: Vec<String> = statement
        .values
        .iter()
        .flat_map(|it| &it.0)
        .map(|it| PostgresQueryBuilder.value_to_string(it))
        .collect();
    db.execute_unprepared(&format!("PREPARE hot AS {}", statement.sql))
        .await
        .unwrap();
    let explain = format!(
        "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE hot({})",
        values.join(", ")
    );
    let rows = db
        .query_all_raw(Statement::from_string(DbBackend::Postgres, explain))
        .await
        .unwrap();
    let plan: serde_json::Value = rows[0].try_get_by_index(0).unwrap();
    db.execute_unprepared("DEALLOCATE hot").await.unwrap();
    let root = &plan[0]["Plan"];
    (visited(root), outline(root, 0))
}

/// A page reads its own rows and what belongs to them, however large the company: the constant is for the rows of the
/// tickets, their people, statuses and marks.
const MOST: f64 = 27.0 * 2.0 + 26.0 * 6.0;

#[tokio::test]
async fn postgres_visits_as_many_rows_however_many_there_are() {
    let mut largest = Vec::new();
    for size in [4000, 20_000] {
        let postgres = Postgres::new().await;
        scene::people(&postgres.store).await;
        let db = postgres.look().await;
        scene::fill(&db, size).await;
        for mode in ["force_custom_plan", "force_generic_plan"] {
            for (name, value) in hot::READING
                .into_iter()
                .chain([("plan_cache_mode", mode), ("jit", "off")])
            {
                db.execute_unprepared(&format!("SET {name} = '{value}'")).await.unwrap();
            }
            let mut most: f64 = 0.0;
            for who in [ANN, CEM] {
                let scope = scene::scope(&postgres.store, who).await;
                for (name, statement) in statements(DbBackend::Postgres, &scope) {
                    let bound = match name.as_str() {
                        // Each of four stages up to the cap on both tabs, the colleagues and the company.
                        "frame" => 901.0,
                        // All hits of the index, or as many as are walked.
                        _ if name.starts_with("search") => continue,
                        // The requester's own tickets are walked, of which Cem may see hardly any.
                        _ if name.starts_with("page requester") && who == CEM => continue,
                        // Up to three legs, each of a page's size.
                        _ if name.starts_with("page activity open") => MOST + 54.0,
                        _ => MOST,
                    };
                    let (visited, plan) = rows_visited(&db, &statement).await;
                    assert!(
                        visited <= bound,
                        "{name} of {who} at {size} tickets with {mode}: {visited} rows\n{plan}"
                    );
                    most = most.max(visited);
                }
            }
            largest.push(most);
        }
    }
    assert_eq!(largest[..2], largest[2..], "the same at both sizes");
}

#[tokio::test]
async fn postgres_searches_read_hits_or_the_newest() {
    let postgres = Postgres::new().await;
    scene::people(&postgres.store).await;
    let db = postgres.look().await;
    scene::fill(&db, 12_000).await;
    for (name, value) in hot::READING {
        db.execute_unprepared(&format!("SET {name} = '{value}'")).await.unwrap();
    }
    db.execute_unprepared(&hot::SEARCHING.replace("LOCAL ", ""))
        .await
        .unwrap();
    let scope = scene::scope(&postgres.store, ANN).await;
    // In the index: the hits of the word, with their rows. Walking: the newest 5,000, each looked up twice.
    for (form, word, bound) in [
        (0, "rare", 12.0 * 4.0 + MOST),
        (1, "common", 20_000.0 + MOST),
        (1, "rare", 20_000.0 + MOST),
    ] {
        let statements = hot::search(DbBackend::Postgres, &scope, &search(word));
        let (visited, plan) = rows_visited(&db, &statements[form]).await;
        assert!(visited <= bound, "{word}: {visited} rows\n{plan}");
    }
}
