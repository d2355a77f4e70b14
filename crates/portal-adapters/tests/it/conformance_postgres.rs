use portal_core::ports::Store;
use portal_testkit::conformance::{Broken, Fixture, Work};
use tokio::runtime::Runtime;

use crate::stores::{Postgres, runtime};

struct OnPostgres {
    runtime: Runtime,
    store: Postgres,
}

impl Fixture for OnPostgres {
    fn set_up() -> Self {
        let runtime = runtime();
        let store = runtime.block_on(Postgres::new());
        Self { runtime, store }
    }

    fn store(&self) -> &dyn Store {
        &self.store.store
    }

    fn block_on(&self, work: Work<'_>) -> Result<(), Broken> {
        self.runtime.block_on(work)
    }
}

portal_testkit::conformance!(OnPostgres);
