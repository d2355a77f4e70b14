//! The statements of the desk: as they are sent, and as the databases run them.

use std::collections::BTreeSet;

use portal_adapters::sea::hot;
use portal_core::access::Principal;
use portal_core::conversation::ConversationState;
use portal_core::desk::{DeskFilter, DeskQuery, DeskSearch, DeskSort, DeskView, OwnedBy, StaffScope, enter_desk};
use portal_core::id::{AgentId, ConversationId, InboxId};
use portal_core::staff::{InboxAccess, Permission, StaffActor, StaffStanding, StaffUser};
use portal_core::ticket::{Cursor, Edge, Priority, Stage};
use portal_core::time::Timestamp;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::hot::{plan, pretty, rows_visited};
use crate::scene::{self, BEN, CEM, INBOX, contact, number, uuid};
use crate::stores::{Postgres, Sqlite};

const SOMEBODY: u128 = 70;

fn agent() -> AgentId {
    AgentId::from_uuid(uuid(SOMEBODY))
}

/// The inbox with all the tickets, and an empty one.
fn inboxes() -> [InboxId; 2] {
    [INBOX, INBOX + 50].map(|it| InboxId::from_uuid(uuid(it)))
}

pub(crate) fn scope() -> StaffScope {
    let user = StaffUser {
        id: agent(),
        name: "Mara".parse().unwrap(),
        email: "mara@kestrel.example".parse().unwrap(),
        permissions: BTreeSet::from([Permission::HelpDesk]),
        inboxes: InboxAccess::Only(BTreeSet::from(inboxes())),
        standing: StaffStanding::Active,
        language: None,
        time_zone: None,
        created_at: Timestamp::from_micros(0),
    };
    enter_desk(&StaffActor::signed_in(agent(), false), Some(user))
        .unwrap()
        .1
}

fn statements(backend: DbBackend) -> Vec<(String, Statement)> {
    let edge = Cursor {
        rank: 0,
        last_activity: Timestamp::from_micros(500_000),
        number: number(777),
    };
    let mut all = Vec::new();
    for view in DeskView::ALL {
        for (name, edge) in [
            ("first", Edge::Start),
            ("after", Edge::After(edge)),
            ("before", Edge::Before(edge)),
        ] {
            for sort in [DeskSort::Newest, DeskSort::Oldest] {
                let query = DeskQuery {
                    view,
                    agent: agent(),
                    inbox: None,
                    filter: DeskFilter::default(),
                    sort,
                    edge,
                    limit: 26,
                };
                let statement = hot::desk_page(backend, &scope(), &query, &inboxes()).unwrap();
                all.push((format!("{} {name} {sort:?}", view.name()), statement));
            }
        }
    }
    for (name, filter) in filters() {
        let query = DeskQuery {
            view: DeskView::Open,
            agent: agent(),
            inbox: None,
            filter,
            sort: DeskSort::Newest,
            edge: Edge::After(edge),
            limit: 26,
        };
        let statement = hot::desk_page(backend, &scope(), &query, &inboxes()).unwrap();
        all.push((name.to_owned(), statement));
        let saved = DeskQuery {
            edge: Edge::Start,
            limit: 100,
            ..query
        };
        let statement = hot::desk_size(backend, &scope(), &saved, &inboxes()).unwrap();
        all.push((format!("counts saved {name}"), statement));
    }
    let [one, _] = inboxes();
    let query = DeskQuery {
        view: DeskView::Open,
        agent: agent(),
        inbox: Some(one),
        filter: DeskFilter::default(),
        sort: DeskSort::Newest,
        edge: Edge::After(edge),
        limit: 26,
    };
    let statement = hot::desk_page(backend, &scope(), &query, &[one]).unwrap();
    all.push(("filter inbox".to_owned(), statement));
    for (name, after) in [
        ("first", None),
        ("after", Some((edge.last_activity, ConversationId::from_uuid(uuid(1))))),
    ] {
        let statement = hot::conversations(backend, &inboxes(), ConversationState::Open, after, 26);
        all.push((format!("conversations {name}"), statement.unwrap()));
    }
    for (name, statement) in ["newest", "unread"]
        .into_iter()
        .zip(hot::bell(backend, &scope(), agent(), 26))
    {
        all.push((format!("bell {name}"), statement));
    }
    let until = Timestamp::from_micros(900_000);
    for (name, statement) in
        ["to warn", "to close", "snoozed"]
            .into_iter()
            .zip(hot::timers(backend, scene::pipeline(), until, 26))
    {
        all.push((format!("timers {name}"), statement));
    }
    let statement = hot::desk_counts(backend, &scope(), agent(), &inboxes(), 100);
    all.push(("counts".to_owned(), statement));
    all
}

/// Filters that stay flat.
fn filters() -> [(&'static str, DeskFilter); 7] {
    let none = DeskFilter::default();
    [
        (
            "filter owner",
            DeskFilter {
                owner: Some(OwnedBy::Agent(agent())),
                ..none.clone()
            },
        ),
        (
            "filter nobody",
            DeskFilter {
                owner: Some(OwnedBy::Nobody),
                ..none.clone()
            },
        ),
        (
            "filter contact",
            DeskFilter {
                contact: Some(contact(CEM)),
                ..none.clone()
            },
        ),
        (
            "filter stage that few have",
            DeskFilter {
                stage: Some(Stage::Received),
                ..none.clone()
            },
        ),
        (
            "filter stage of one queue",
            DeskFilter {
                stage: Some(Stage::WaitingOnContact),
                ..none.clone()
            },
        ),
        (
            "filter priority that none has",
            DeskFilter {
                priority: Some(Priority::Urgent),
                ..none.clone()
            },
        ),
        (
            "filter category that none has",
            DeskFilter {
                category: Some("Invoices".parse().unwrap()),
                ..none
            },
        ),
    ]
}

/// A rare and a common word, in all inboxes of the scope.
fn searches(backend: DbBackend) -> Vec<(String, Statement)> {
    let mut all = Vec::new();
    for (name, tokens, named) in [
        ("rare", vec!["rare"], vec![BTreeSet::new()]),
        (
            "named",
            vec!["common", "rar"],
            vec![BTreeSet::from([Principal::Contact(contact(BEN))]), BTreeSet::new()],
        ),
    ] {
        let search = DeskSearch {
            tokens: tokens.into_iter().map(str::to_owned).collect(),
            agent: agent(),
            view: Some(DeskView::Open),
            inbox: None,
            filter: DeskFilter::default(),
            below: Some(number(3000)),
            limit: 26,
        };
        for (index, statement) in hot::desk_search(backend, &scope(), &search, &named)
            .into_iter()
            .enumerate()
        {
            all.push((format!("search {name} {index}"), statement));
        }
    }
    let tokens = ["jonas", "weber", "scan"].map(str::to_owned);
    all.push(("names".to_owned(), hot::names(backend, &tokens).unwrap()));
    all
}

#[test]
fn searches_of_the_desk() {
    let text: Vec<String> = [DbBackend::Sqlite, DbBackend::Postgres]
        .into_iter()
        .flat_map(searches)
        .filter(|(name, _)| name.starts_with("search named"))
        .map(|(name, statement)| {
            let values = statement.values.map(|it| format!("{:?}", it.0)).unwrap_or_default();
            format!("-- {name}\n{}\n{values}\n", pretty(&statement.sql))
        })
        .collect();
    insta::assert_snapshot!(text.join("\n"));
}

#[tokio::test]
async fn sqlite_searches_along_indexes_only() {
    let sqlite = Sqlite::new().await;
    scene::people(&sqlite.store).await;
    let db = sqlite.look().await;
    scene::fill(&db, 4000).await;
    for (name, statement) in searches(DbBackend::Sqlite) {
        let plan = plan(&db, &statement).await;
        for line in &plan {
            let fine = [
                "SCAN page",
                "SCAN run",
                "SCAN (subquery",
                "SCAN desk_search VIRTUAL TABLE INDEX",
            ];
            assert!(
                !line.starts_with("SCAN") || fine.iter().any(|it| line.starts_with(it)),
                "{name}: {line}\n{plan:#?}"
            );
            assert!(
                !line.contains("TEMP B-TREE") || name == "names",
                "{name}: {line}\n{plan:#?}"
            );
        }
    }
}

#[tokio::test]
async fn postgres_finds_a_rare_word_without_looking_at_every_document() {
    let postgres = Postgres::new().await;
    scene::people(&postgres.store).await;
    let db = postgres.look().await;
    scene::fill(&db, 20_000).await;
    for (name, value) in hot::READING
        .into_iter()
        .chain([("plan_cache_mode", "force_custom_plan"), ("jit", "off")])
    {
        db.execute_unprepared(&format!("SET {name} = '{value}'")).await.unwrap();
    }
    for (name, statement) in searches(DbBackend::Postgres) {
        if name == "search rare 0" {
            let (visited, plan) = rows_visited(&db, &statement).await;
            assert!(visited <= 200.0, "{name}: {visited} rows\n{plan}");
        }
    }
}

#[test]
fn statements_of_the_desk() {
    let shown = [
        "mine first Newest",
        "unassigned after Newest",
        "closed before Oldest",
        "counts",
        "filter contact",
    ];
    let text: Vec<String> = statements(DbBackend::Sqlite)
        .iter()
        .filter(|(name, _)| shown.contains(&name.as_str()))
        .map(|(name, statement)| format!("-- {name}\n{}\n", pretty(&statement.sql)))
        .collect();
    insta::assert_snapshot!(text.join("\n"));
}

#[tokio::test]
async fn sqlite_walks_ranges_of_the_desks_keys_only() {
    let sqlite = Sqlite::new().await;
    scene::people(&sqlite.store).await;
    let db = sqlite.look().await;
    scene::fill(&db, 4000).await;
    scene::beside(&db, 4000, SOMEBODY).await;
    for (name, statement) in statements(DbBackend::Sqlite) {
        let plan = plan(&db, &statement).await;
        for line in &plan {
            let own = [
                "SCAN page",
                "SCAN leg",
                "SCAN some",
                "SCAN (subquery",
                "SCAN CONSTANT ROW",
            ];
            assert!(
                !line.starts_with("SCAN") || own.iter().any(|it| line.starts_with(it)),
                "{name}: {line}\n{plan:#?}"
            );
        }
        let key = key_of(&name);
        assert!(
            plan.iter().any(|it| it.contains(key)),
            "{name}: the key {key} is not used\n{plan:#?}"
        );
        // The rows of a page are merged; what an index yields is in order as it comes.
        let sorted = plan
            .windows(2)
            .find(|it| it[0].starts_with("SEARCH") && it[1].contains("TEMP B-TREE"));
        assert!(
            sorted.is_none() || name.contains("filter contact"),
            "{name}: {sorted:?}\n{plan:#?}"
        );
    }
}

/// The key that a statement walks along.
fn key_of(name: &str) -> &'static str {
    match name {
        _ if name.contains("filter contact") => "ticket_contact_tickets",
        _ if name.contains("filter owner") => "ticket_desk_owner",
        _ if name.contains("filter nobody") => "ticket_desk_nobody",
        _ if name.contains("filter stage that few have") => "ticket_desk_stage",
        _ if name.contains("filter priority") => "ticket_desk_priority",
        _ if name.contains("filter category") => "ticket_desk_category",
        _ if name.starts_with("conversations") => "conversation_list",
        "bell newest" => "agent_notice_newest",
        "bell unread" => "agent_notice_unread",
        "timers snoozed" => "ticket_snoozed",
        _ if name.starts_with("timers") => "ticket_waits",
        _ => "ticket_desk",
    }
}

#[tokio::test]
async fn postgres_visits_as_many_rows_for_the_desk_however_many_tickets_there_are() {
    /// A range of a page for each of two queues of two inboxes, and what belongs to the rows of a page.
    const PAGE: f64 = 26.0 * 4.0 + 26.0 * 8.0;
    let mut largest = Vec::new();
    for size in [4000, 20_000] {
        let postgres = Postgres::new().await;
        scene::people(&postgres.store).await;
        let db = postgres.look().await;
        scene::fill(&db, size).await;
        scene::beside(&db, size, SOMEBODY).await;
        let mut most: f64 = 0.0;
        for mode in ["force_custom_plan", "force_generic_plan"] {
            for (name, value) in hot::READING
                .into_iter()
                .chain([("plan_cache_mode", mode), ("jit", "off")])
            {
                db.execute_unprepared(&format!("SET {name} = '{value}'")).await.unwrap();
            }
            for (name, statement) in statements(DbBackend::Postgres) {
                if name.contains("filter contact") && mode == "force_generic_plan" {
                    // Such pages are planned for whose tickets they are.
                    continue;
                }
                if name.starts_with("timers") {
                    // They pass over what was looked at before, a few of them a minute.
                    continue;
                }
                let bound = if name.starts_with("counts") { 1000.0 } else { PAGE };
                let (visited, plan) = rows_visited(&db, &statement).await;
                assert!(
                    visited <= bound,
                    "{name} at {size} tickets with {mode}: {visited} rows\n{plan}"
                );
                most = most.max(visited);
            }
        }
        largest.push(most);
    }
    assert!(
        (largest[0] - largest[1]).abs() < 0.5,
        "not the same at both sizes: {largest:?}"
    );
}
