//! What lists are ordered by moves with the ticket.

use portal_core::access::Tab;
use portal_core::ports::{Access, Store};
use portal_core::ticket::{Edge, ListFilter, ListQuery, Sort, Stage, StageCounts, Version};
use portal_core::time::Timestamp;
use portal_testkit::MemoryStore;

use crate::scene::{self, ANN};
use crate::stores::{Postgres, Sqlite};

/// The numbers of each kind of list, and the counts.
async fn lists(store: &dyn Store) -> (Vec<(String, Vec<i64>)>, StageCounts) {
    let scope = scene::scope(store, ANN).await;
    let mut filters = vec![ListFilter::All, ListFilter::Open];
    filters.extend(Stage::ALL.map(ListFilter::Stage));
    let mut tx = store.begin(Access::Snapshot).await.unwrap();
    let mut lists = Vec::new();
    for tab in [Tab::Mine, Tab::Company] {
        for filter in filters.clone() {
            for sort in [Sort::Attention, Sort::LastActivity, Sort::Created] {
                for requester in [None, Some(scene::contact(ANN))] {
                    let query = ListQuery {
                        tab,
                        filter,
                        requester,
                        sort,
                        edge: Edge::Start,
                        limit: 50,
                    };
                    let rows = tx.tickets().page(&scope, &query).await.unwrap();
                    let name = format!("{tab:?} {filter:?} {sort:?} {}", requester.is_some());
                    lists.push((name, rows.iter().map(|it| it.number.get()).collect()));
                }
            }
        }
    }
    let frame = tx.tickets().frame(&scope, 100, 0).await.unwrap();
    (lists, frame.companys)
}

async fn insert(store: &dyn Store) {
    scene::people(store).await;
    let mut tx = store.begin(Access::Write).await.unwrap();
    for at in 1..=8 {
        tx.tickets().insert(&scene::ticket(at, "subject")).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn change(store: &dyn Store, at: i64, version: i64, stage: Stage, activity: i64, requested: bool) {
    let mut ticket = scene::ticket(at, "subject");
    ticket.version = Version(version + 1);
    ticket.stage = stage;
    ticket.last_activity = Timestamp::from_micros(activity);
    if !requested {
        ticket.contacts.clear();
        ticket
            .contacts
            .insert(scene::contact(ANN), portal_core::ticket::AssociationLabel::Participant);
    }
    let mut tx = store.begin(Access::Write).await.unwrap();
    tx.tickets().lock(scene::number(at)).await.unwrap();
    assert!(tx.tickets().update(&ticket, Version(version)).await.unwrap());
    tx.commit().await.unwrap();
}

async fn lists_follow_every_change(store: &dyn Store) {
    let reference = MemoryStore::new();
    insert(&reference).await;
    insert(store).await;
    assert_eq!(lists(store).await, lists(&reference).await);
    let changes = [
        (3, 1, Stage::WaitingOnContact, 50, true),
        (5, 1, Stage::Closed, 70, true),
        (1, 1, Stage::InProgress, 60, false),
        (3, 2, Stage::Received, 90, true),
        (1, 2, Stage::InProgress, 95, true),
        (5, 2, Stage::Received, 70, true),
    ];
    for (at, version, stage, activity, requested) in changes {
        for store in [&reference as &dyn Store, store] {
            change(store, at, version, stage, activity, requested).await;
        }
        assert_eq!(lists(store).await, lists(&reference).await, "after {at} {stage:?}");
    }
}

#[tokio::test]
async fn lists_follow_every_change_on_sqlite() {
    lists_follow_every_change(&Sqlite::new().await.store).await;
}

#[tokio::test]
async fn lists_follow_every_change_on_postgres() {
    lists_follow_every_change(&Postgres::new().await.store).await;
}
