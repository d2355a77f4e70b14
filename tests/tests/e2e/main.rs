//! The end-to-end tests. What has `browser` in its path needs a browser, what has `postgres` there a PostgreSQL.

mod attacks;
mod browser_customer;
mod browser_instruments;
mod browser_pages;
mod browser_scripts;
mod canary;
mod kill;
mod sight;
