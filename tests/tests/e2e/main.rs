//! The end-to-end tests. What has `browser` in its path needs a browser, what has `postgres` there a PostgreSQL.
#![expect(
    clippy::indexing_slicing,
    clippy::format_collect,
    clippy::unwrap_used,
    reason = "tests"
)]

mod apply;
mod browser_crm;
mod browser_customer;
mod browser_desk_day;
mod browser_desk_doing;
mod browser_desk_finding;
mod browser_desk_flow;
mod browser_instruments;
mod browser_pages;
mod browser_satisfaction;
mod browser_scripts;
mod browser_set_up;
mod canary;
mod channels;
mod collisions;
mod daily;
mod dev_mail;
mod files;
mod kill;
mod kill_held;
mod lost_access;
mod mail_server;
mod schemathesis;
mod sight;
mod staff;
mod wire;
mod worker;
