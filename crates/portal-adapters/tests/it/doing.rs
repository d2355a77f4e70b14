//! What agents and customers do to the same tickets at once, over real databases.

use std::collections::BTreeMap;

use portal_adapters::sea::SeaStore;
use portal_core::Portal;
use portal_core::actor::Task;
use portal_core::desk::{Answer, Then, UNDO_WINDOW};
use portal_core::ports::{Access, Store};
use portal_testkit::fakes::{
    FixedClock, MemoryFiles, NoPause, PlainBodies, PlainPasswords, RecordingObserver, SeededSecrets, SequentialIds,
};
use portal_testkit::orders::{Deed, Scene, in_every_order};
use portal_testkit::world::at;

use crate::stores::{Postgres, Sqlite};

const MAIN: [Deed; 4] = [Deed::Reply, Deed::Merge, Deed::Move, Deed::Close];
const MORE: [Deed; 4] = [Deed::Reply, Deed::Answer, Deed::Merge, Deed::Unlink];

/// A server on a store; two of them never make the same id.
fn server(store: &SeaStore, clock: &FixedClock, series: u64) -> Portal {
    Portal::builder()
        .store(store.clone())
        .files(MemoryFiles::default())
        .passwords(PlainPasswords::default())
        .bodies(PlainBodies)
        .clock(clock.clone())
        .ids(SequentialIds::series(series))
        .secrets(SeededSecrets::new(series))
        .pacer(NoPause)
        .observer(RecordingObserver::default())
        .build()
        .unwrap()
}

fn clock() -> FixedClock {
    FixedClock::at(at(24 * 60 * 60))
}

#[tokio::test]
async fn con_005_reply_merge_move_and_close_in_every_order_on_sqlite() {
    let sqlite = Sqlite::new().await;
    let portal = server(&sqlite.store, &clock(), 7);
    in_every_order(&portal, &sqlite.store, &MAIN).await.unwrap();
    in_every_order(&portal, &sqlite.store, &MORE).await.unwrap();
}

#[tokio::test]
async fn con_005_reply_merge_move_and_close_in_every_order_on_postgres() {
    let postgres = Postgres::new().await;
    let portal = server(&postgres.store, &clock(), 7);
    in_every_order(&portal, &postgres.store, &MAIN).await.unwrap();
    in_every_order(&portal, &postgres.store, &MORE).await.unwrap();
}

/// All of it at the same moment, through two servers if there are two.
async fn at_once(one: &Portal, two: &Portal, store: &dyn Store) {
    for round in 0..20 {
        let scene = Scene::set(one, store).await.unwrap();
        let screen = scene.screen(store).await.unwrap();
        let does = |portal, deed| scene.does(portal, &screen, deed);
        let done = tokio::join!(
            does(one, Deed::Reply),
            does(two, Deed::Merge),
            does(one, Deed::Close),
            does(two, Deed::Move),
            does(one, Deed::Answer),
            does(two, Deed::Unlink),
        );
        let done = [done.0, done.1, done.2, done.3, done.4, done.5];
        let accepted: Vec<String> = done.into_iter().filter_map(|it| it.unwrap()).collect();
        scene
            .judge(one, store, &accepted)
            .await
            .map_err(|it| it.at(format!("round {round}")))
            .unwrap();
    }
}

#[tokio::test]
async fn con_005_everything_at_once_loses_no_message_on_sqlite() {
    let sqlite = Sqlite::new().await;
    let portal = server(&sqlite.store, &clock(), 7);
    at_once(&portal, &portal, &sqlite.store).await;
}

#[tokio::test]
async fn con_005_everything_at_once_through_two_servers_loses_no_message_on_postgres() {
    let postgres = Postgres::new().await;
    let second = postgres.second().await;
    let (one, two) = (server(&postgres.store, &clock(), 7), server(&second, &clock(), 8));
    at_once(&one, &two, &postgres.store).await;
}

#[tokio::test]
async fn an_answer_that_is_due_is_sent_by_one_of_two_servers_on_postgres() {
    let postgres = Postgres::new().await;
    let second = postgres.second().await;
    let clock = clock();
    let (one, two) = (server(&postgres.store, &clock, 7), server(&second, &clock, 8));
    for _ in 0..10 {
        let scene = Scene::set(&one, &postgres.store).await.unwrap();
        let (mara, number) = scene.desk();
        let mut tx = postgres.store.begin(Access::Read).await.unwrap();
        let ticket = tx.tickets().load(&Task::Maintenance, number).await.unwrap().unwrap();
        drop(tx);
        let command = Answer {
            number,
            text: "Once".to_owned(),
            files: Vec::new(),
            seen: ticket.public_seq,
            beside: BTreeMap::new(),
            then: Then::Wait,
            key: None,
        };
        one.hold_answer(&mara, command).await.unwrap();
        clock.advance(UNDO_WINDOW);
        let sent = tokio::join!(one.send_due_answers(10), two.send_due_answers(10));
        assert_eq!(sent.0.unwrap() + sent.1.unwrap(), 1);
        scene.judge(&one, &postgres.store, &["Once".to_owned()]).await.unwrap();
    }
}
