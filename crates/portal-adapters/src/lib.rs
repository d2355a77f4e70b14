//! Default adapters for the ports of `portal-core`.
//!
//! [`sea`] keeps everything transactional in SQLite or PostgreSQL. Each gateway has a module of its own beside it.

pub mod sea;
