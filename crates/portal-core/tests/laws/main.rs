//! The laws of the core: what must hold for every world, not only for the examples somebody thought of.
//!
//! Sight and actions are asked through [`portal_core::access::enter`] alone, on small worlds in which collisions are
//! common, and compared with a naive oracle that shares no code with the rule.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a fixture that is wrong shall fail the test"
)]

mod actions;
mod commands;
mod criteria;
mod exhaustive;
mod looks;
mod membership;
mod oracle;
mod sight;
mod text;
mod ticket;
mod time;
mod world;

use proptest::test_runner::Config;

/// How often a law is tried; `PROPTEST_CASES` asks for another number, for instance over night.
fn cases(usual: u32) -> Config {
    const UNLESS_ASKED: u32 = 256;
    let asked = Config::default().cases;
    let cases = if asked == UNLESS_ASKED { usual } else { asked };
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}
