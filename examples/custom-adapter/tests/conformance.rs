//! The journaling store keeps every promise of a store; one that leaks does not pass.

#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

use async_trait::async_trait;
use portal_core::access::Scope;
use portal_core::actor::Task;
use portal_core::id::TicketNumber;
use portal_core::ports::{Access, DeskFeed, HintFeed, Store, StoreError, Tx};
use portal_core::ticket::Ticket;
use portal_example_custom_adapter::JournalStore;
use portal_testkit::conformance::{Broken, CASES, Effort, Fixture, Work, check};
use portal_testkit::layer::{Layer, Layered};
use portal_testkit::world::{World, commands, worlds};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_current_thread().build().expect("a runtime")
}

struct Journaling {
    runtime: Runtime,
    store: JournalStore,
    folder: TempDir,
}

impl Fixture for Journaling {
    fn set_up() -> Self {
        let (runtime, folder) = (runtime(), TempDir::new().expect("a folder"));
        let store = runtime
            .block_on(JournalStore::open(&folder.path().join("journal")))
            .expect("a store");
        Self { runtime, store, folder }
    }

    fn store(&self) -> &dyn Store {
        &self.store
    }

    fn block_on(&self, work: Work<'_>) -> Result<(), Broken> {
        self.runtime.block_on(work)
    }

    fn law_cases(&self) -> u32 {
        12
    }
}

portal_testkit::conformance!(Journaling);

/// Random worlds and commands, each commit followed by a restart: everything is seen as before.
#[test]
fn what_was_committed_is_there_after_a_restart() -> Result<(), Broken> {
    let mut runner = TestRunner::deterministic();
    for _ in 0..12 {
        let mut world = worlds().new_tree(&mut runner).expect("a world").current();
        let commands = commands(6).new_tree(&mut runner).expect("commands").current();
        let folder = TempDir::new()?;
        let path = folder.path().join("journal");
        runtime().block_on(async {
            let store = JournalStore::open(&path).await?;
            let mut tx = store.begin(Access::Write).await?;
            let place = world.install(&mut *tx).await?;
            tx.commit().await?;
            drop(store);
            for command in &commands {
                let store = JournalStore::open(&path).await?;
                let mut tx = store.begin(Access::Write).await?;
                command.apply(&mut world, &place, &mut *tx).await?;
                tx.commit().await?;
                // This one is dropped, and must not come back.
                let mut tx = store.begin(Access::Write).await?;
                World::small().install(&mut *tx).await?;
                drop(tx);
                drop(store);
                let store = JournalStore::open(&path).await?;
                let mut tx = store.begin(Access::Snapshot).await?;
                check(&mut *tx, &world, &place, Effort::Every)
                    .await
                    .map_err(|it| it.at(format!("{command:?}")))?;
                let portals = tx.directory().all_portals(&Task::Maintenance).await?;
                assert_eq!(portals.len(), world.portals.len(), "a dropped unit of work came back");
            }
            Ok::<(), Broken>(())
        })?;
    }
    Ok(())
}

/// Cut anywhere, the journal gives all commits before the cut, and takes new ones.
#[test]
fn a_torn_end_costs_only_the_commit_that_was_torn() -> Result<(), Broken> {
    let folder = TempDir::new()?;
    let path = folder.path().join("journal");
    runtime().block_on(async {
        let world = World::small();
        let mut ends = Vec::new();
        let store = JournalStore::open(&path).await?;
        for _ in 0..3 {
            let mut tx = store.begin(Access::Write).await?;
            let place = world.install(&mut *tx).await?;
            tx.commit().await?;
            ends.push((std::fs::metadata(&path)?.len(), place));
        }
        drop(store);
        let whole = std::fs::read(&path)?;
        for cut in [
            ends[0].0,
            ends[0].0 + 1,
            ends[1].0 - 1,
            ends[1].0,
            ends[1].0 + 20,
            ends[2].0 - 1,
        ] {
            std::fs::write(&path, &whole[..usize::try_from(cut)?])?;
            let store = JournalStore::open(&path).await?;
            let mut tx = store.begin(Access::Write).await?;
            for (end, place) in &ends {
                let found = tx.directory().portal(place.portal_id(0)).await?;
                assert_eq!(
                    found.is_some(),
                    *end <= cut,
                    "cut at {cut}, a commit that ended at {end}"
                );
            }
            let later = world.install(&mut *tx).await?;
            tx.commit().await?;
            drop(store);
            let store = JournalStore::open(&path).await?;
            let mut tx = store.begin(Access::Snapshot).await?;
            check(&mut *tx, &world, &later, Effort::Every).await?;
        }
        Ok(())
    })
}

/// The same store with one careless line: whoever asks for a number gets the ticket.
struct LeakyStore(JournalStore);

struct LeakyTx(Box<dyn Tx>);

#[async_trait]
impl Layer for LeakyTx {
    fn inner(&mut self) -> &mut dyn Tx {
        &mut *self.0
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.0.commit().await
    }

    async fn find(&mut self, _scope: &Scope, number: TicketNumber) -> Result<Option<Ticket>, StoreError> {
        self.0.tickets().load(&Task::Maintenance, number).await
    }
}

#[async_trait]
impl Store for LeakyStore {
    async fn begin(&self, access: Access) -> Result<Box<dyn Tx>, StoreError> {
        Ok(Box::new(Layered(LeakyTx(self.0.begin(access).await?))))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.0.ping().await
    }

    fn hints(&self) -> Box<dyn HintFeed> {
        self.0.hints()
    }

    fn desk_hints(&self) -> Box<dyn DeskFeed> {
        self.0.desk_hints()
    }
}

struct Leaking {
    runtime: Runtime,
    store: LeakyStore,
    #[expect(dead_code, reason = "removed when it is dropped")]
    folder: TempDir,
}

impl Fixture for Leaking {
    fn set_up() -> Self {
        let Journaling { runtime, store, folder } = Journaling::set_up();
        Self {
            runtime,
            store: LeakyStore(store),
            folder,
        }
    }

    fn store(&self) -> &dyn Store {
        &self.store
    }

    fn block_on(&self, work: Work<'_>) -> Result<(), Broken> {
        self.runtime.block_on(work)
    }
}

#[test]
fn a_leaky_store_does_not_pass() {
    let name = "every_contact_sees_exactly_what_the_oracle_says";
    let case = CASES.iter().find(|it| it.name == name).expect("there is such a case");
    let broken = case.run(&Leaking::set_up()).expect_err("the leak is found").to_string();
    assert!(broken.contains("find"), "{broken}");
}
