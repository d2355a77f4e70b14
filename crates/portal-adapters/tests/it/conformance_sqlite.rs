use portal_core::ports::Store;
use portal_testkit::conformance::{Broken, Fixture, Work};
use tokio::runtime::Runtime;

use crate::stores::{Sqlite, runtime};

struct OnSqlite {
    runtime: Runtime,
    store: Sqlite,
}

impl Fixture for OnSqlite {
    fn set_up() -> Self {
        let runtime = runtime();
        let store = runtime.block_on(Sqlite::new());
        Self { runtime, store }
    }

    fn store(&self) -> &dyn Store {
        &self.store.store
    }

    fn block_on(&self, work: Work<'_>) -> Result<(), Broken> {
        self.runtime.block_on(work)
    }
}

portal_testkit::conformance!(OnSqlite);
