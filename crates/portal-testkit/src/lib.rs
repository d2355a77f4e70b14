//! Conformance suite, reference store and fakes for `portal-core`.

pub mod memory;

pub use memory::MemoryStore;
