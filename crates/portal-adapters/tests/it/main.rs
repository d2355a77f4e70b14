//! The store against real databases.
//!
//! Tests with `postgres` in their path need a PostgreSQL server: `PORTAL_TEST_POSTGRES_URL` is the address of one in which
//! they may make databases (`cargo xtask postgres` starts one that is thrown away).

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a fixture that is wrong shall fail the test"
)]

mod audit;
mod conformance_postgres;
mod conformance_sqlite;
mod desk;
mod doing;
mod hot;
mod keys;
mod moving;
mod people;
mod scene;
mod search;
mod servers;
mod stores;
mod unread;
