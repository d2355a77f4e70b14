//! The customer's pages and the REST API as poem endpoints.

pub mod api;
pub mod assets;
mod cursor;
pub mod i18n;
pub mod render;
pub mod view;
