//! Default adapters for the ports of `portal-core`.
//!
//! [`sea`] keeps everything transactional in SQLite or PostgreSQL. Each gateway has a module of its own beside it.

pub mod bodies;
pub mod channels;
pub mod files;
pub mod images;
pub mod mail;
pub mod observer;
pub mod one_time_codes;
pub mod pacer;
pub mod passwords;
pub mod resolver;
pub mod sea;
pub mod system;
pub mod vault;
pub mod zones;
