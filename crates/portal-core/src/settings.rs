//! What a company sets up: portals and inboxes.

mod customer_portal;
mod inbox;

pub use customer_portal::{CustomerPortal, Host, HostError, SessionLimits};
pub use inbox::Inbox;
