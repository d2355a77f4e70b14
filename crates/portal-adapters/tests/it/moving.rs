//! An inbox on its way to another portal: nowhere until it has arrived, wherever the job is stopped.

use std::sync::atomic::{AtomicI64, Ordering};

use portal_adapters::sea::SeaStore;
use portal_core::Portal;
use portal_core::access::enter;
use portal_core::actor::{Actor, Task};
use portal_core::id::{InboxId, PortalId};
use portal_core::ports::{Access, Store};
use portal_core::settings::{CustomerPortal, Inbox, MoveInbox, MoveInboxError};
use portal_core::staff::StaffActor;
use portal_core::time::Timestamp;
use portal_testkit::fakes::{
    FixedClock, MemoryFiles, NoPause, PlainBodies, PlainPasswords, SeededSecrets, SequentialIds,
};

use crate::scene::{self, ANN, INBOX, PORTAL, contact, number, uuid};
use crate::stores::{Postgres, Sqlite};

const OTHER: u128 = 4;
const TICKETS: i64 = 1_100;

fn service(store: SeaStore, series: u64) -> Portal {
    Portal::builder()
        .store(store)
        .files(MemoryFiles::default())
        .passwords(PlainPasswords::default())
        .bodies(PlainBodies)
        .clock(FixedClock::at(Timestamp::from_micros(9_000_000)))
        .ids(SequentialIds::series(series))
        .secrets(SeededSecrets::default())
        .pacer(NoPause)
        .build()
        .unwrap()
}

/// Two portals, each with a default inbox of its own, and a full inbox of the first one beside them.
async fn fill(store: &SeaStore) {
    scene::people(store).await;
    let task = Task::Demo;
    let mut tx = store.begin(Access::Write).await.unwrap();
    let first = tx
        .directory()
        .portal(PortalId::from_uuid(uuid(PORTAL)))
        .await
        .unwrap()
        .unwrap();
    for (portal, inbox) in [(PORTAL, 5), (OTHER, 6)] {
        let own = Inbox {
            id: InboxId::from_uuid(uuid(inbox)),
            name: format!("Inbox {inbox}").parse().unwrap(),
            ..scene::inbox(Some(portal))
        };
        let portal = CustomerPortal {
            id: PortalId::from_uuid(uuid(portal)),
            slug: format!("p{portal}").parse().unwrap(),
            default_inbox: own.id,
            ..first.clone()
        };
        tx.directory().put_portal(&task, &portal).await.unwrap();
        tx.directory().put_inbox(&task, &own).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = store.begin(Access::Write).await.unwrap();
    for at in 1..=TICKETS {
        tx.tickets().insert(&scene::ticket(at, "Subject")).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// How many of some tickets Ann sees in a portal.
async fn seen(store: &SeaStore, portal: u128) -> usize {
    let mut tx = store.begin(Access::Snapshot).await.unwrap();
    let portal = PortalId::from_uuid(uuid(portal));
    let entrant = tx.directory().entrant(portal, contact(ANN)).await.unwrap().unwrap();
    let viewer = enter(Actor::signed_in(contact(ANN)).contact().unwrap(), &entrant).unwrap();
    let mut found = 0;
    for at in [1, 499, 500, 501, 1_000, 1_001, TICKETS] {
        let ticket = tx.tickets().find(viewer.scope(), number(at)).await.unwrap();
        found += usize::from(ticket.is_some());
    }
    found
}

async fn moved(store: &SeaStore, restarted: &[SeaStore]) {
    fill(store).await;
    let first = service(store.clone(), 1);
    let staff = StaffActor::command_line();
    let there = MoveInbox {
        inbox: InboxId::from_uuid(uuid(INBOX)),
        to: PortalId::from_uuid(uuid(OTHER)),
    };
    let default = MoveInbox {
        inbox: InboxId::from_uuid(uuid(5)),
        ..there
    };
    let refused = first.move_inbox(&staff, default).await;
    assert!(matches!(refused, Err(MoveInboxError::Default)), "{refused:?}");
    let looked = first.preview_inbox_move(&staff, there).await.unwrap();
    assert!(
        looked.gain.people > 0 && looked.gain.people == looked.lose.people,
        "{looked:?}"
    );
    assert_eq!((seen(store, PORTAL).await, seen(store, OTHER).await), (7, 0));
    first.move_inbox(&staff, there).await.unwrap();
    assert!(matches!(
        first.move_inbox(&staff, there).await,
        Err(MoveInboxError::Moving)
    ));
    // Whoever does it is killed between two units, after none, one, two of them; the next one goes on.
    for (units, next) in (0_i64..).zip(restarted) {
        assert_eq!(
            (seen(store, PORTAL).await, seen(store, OTHER).await),
            (0, 0),
            "before {units}"
        );
        let left = AtomicI64::new(units);
        let goes_on = || left.fetch_sub(1, Ordering::SeqCst) > 0;
        let progress = service(next.clone(), 2).continue_inbox_moves(&goes_on).await.unwrap();
        assert_eq!((progress.arrived, i64::from(progress.units)), (0, units));
        // Somebody writes to a ticket that is done already.
        let mut tx = store.begin(Access::Write).await.unwrap();
        let ticket = tx.tickets().load(&Task::Maintenance, number(1)).await.unwrap().unwrap();
        let mut changed = ticket.clone();
        changed.version.0 += 1;
        assert!(tx.tickets().update(&changed, ticket.version).await.unwrap());
        tx.commit().await.unwrap();
    }
    assert_eq!((seen(store, PORTAL).await, seen(store, OTHER).await), (0, 0));
    let last = service(restarted[0].clone(), 3);
    let progress = last.continue_inbox_moves(&|| true).await.unwrap();
    // 500, 500, 100, and the arrival.
    assert_eq!((progress.arrived, progress.units), (1, 4));
    assert_eq!((seen(store, PORTAL).await, seen(store, OTHER).await), (0, 7));
    assert_eq!(last.continue_inbox_moves(&|| true).await.unwrap().units, 0);
    assert!(matches!(
        first.move_inbox(&staff, there).await,
        Err(MoveInboxError::Already)
    ));
}

#[tokio::test]
async fn a_move_that_is_killed_between_units_goes_on_sqlite() {
    let it = Sqlite::new().await;
    let again = [it.store.clone(), it.store.clone(), it.store.clone()];
    moved(&it.store, &again).await;
}

#[tokio::test]
async fn a_move_that_is_killed_between_units_goes_on_postgres() {
    let it = Postgres::new().await;
    let again = [it.second().await, it.second().await, it.second().await];
    moved(&it.store, &again).await;
}
