//! Conformance suite, reference store and fakes for `portal-core`.

pub mod fakes;
pub mod layer;
pub mod memory;
mod recording;

pub use memory::MemoryStore;
pub use recording::{Calls, RecordingStore};
