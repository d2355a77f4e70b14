//! The reference store keeps every promise.

use portal_core::ports::Store;
use portal_testkit::conformance::{Broken, Fixture, Work};
use portal_testkit::{MemoryStore, block_on};

struct Memory(MemoryStore);

impl Fixture for Memory {
    fn set_up() -> Self {
        Self(MemoryStore::new())
    }

    fn store(&self) -> &dyn Store {
        &self.0
    }

    fn block_on(&self, work: Work<'_>) -> Result<(), Broken> {
        block_on(work)
    }

    fn law_cases(&self) -> u32 {
        64
    }
}

portal_testkit::conformance!(Memory);
