//! The rules of Portal, a customer portal and help desk, without any I/O.

pub mod id;
pub mod time;

pub mod text;

pub mod property;

pub mod actor;

pub mod access;

pub mod ticket;

pub mod crm;

pub mod membership;

pub mod settings;

pub mod import;

pub mod ports;

pub mod input;

mod portal;

pub use portal::{BuildError, EntryError, Portal, PortalBuilder};
