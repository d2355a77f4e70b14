//! The pages as a browser without scripts has them, over the reference store.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a page that is not as expected shall fail the test"
)]

mod account;
mod admin_api;
mod api;
mod attacks;
mod cookies;
mod csrf;
mod desk;
mod errors;
mod files;
mod headers;
mod hosts;
mod language;
mod limits;
mod list;
mod looks;
mod overtaken;
mod path;
mod secrecy;
mod service;
mod set_up;
mod settings;
mod sign_in;
mod staff;
mod staff_pages;
mod stream;
mod tour;
mod way_in;
mod world;
