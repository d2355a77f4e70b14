//! What the end-to-end tests stand on: the real program with a database of its own, a browser, a world to look at.
//!
//! Nothing in here knows the product's code: it is used as customers and operators use it, by its commands, its pages and
//! its API.

pub mod browser;
pub mod canary;
pub mod config;
pub mod database;
pub mod desk;
pub mod ear;
pub mod export;
pub mod html;
pub mod http;
pub mod mail_server;
pub mod process;
pub mod raw;
pub mod site;
pub mod staff;
pub mod stub;
pub mod wait;
pub mod world;
