//! What every store must do, as cases that any store can be put through with [`conformance!`](crate::conformance!).
//!
//! Each sentence of the ports with MUST has a case named after it, and the visibility rule has laws that are tried on
//! random [worlds](crate::world). A case is a function that returns what is broken, so that a test can also demand that
//! a store with a planted defect fails.

pub(crate) mod broken;
mod cases;
mod fixture;
mod laws;
mod lists;
pub(crate) mod random;

pub use broken::Broken;
pub use cases::CASES;
pub use fixture::{Case, Fixture, Work, run};
pub use laws::{Effort, check};
