//! Conformance suite, reference store and fakes for `portal-core`.

mod block_on;
pub mod changes;
pub mod conformance;
pub mod fakes;
pub mod layer;
pub mod memory;
pub mod oracle;
pub mod orders;
mod recording;
pub mod service_laws;
mod test_portal;
pub mod world;

pub use block_on::block_on;
pub use memory::MemoryStore;
pub use recording::{Calls, RecordingStore};
pub use test_portal::TestPortal;
