//! The REST API for the staff's programs, under `/api/v1/admin`: the same use-cases as the staff's pages.
//!
//! [`gate`] lets programs in: by a token, at the host of the base address, for what the table of routes says, and each
//! command at most once where it comes with a key. Handlers parse, call a use-case, and show what came of it.

mod audit;
mod branding;
mod caller;
mod companies;
mod contacts;
mod convert;
mod domains;
mod error;
pub(super) mod gate;
mod groups;
mod inboxes;
mod members;
mod outbox;
mod portals;
mod properties;
mod schema;
mod staff;

pub(super) use audit::AuditApi;
pub(super) use branding::BrandingApi;
pub(super) use companies::CompaniesApi;
pub(super) use contacts::ContactsApi;
pub(super) use domains::DomainsApi;
pub(super) use groups::GroupsApi;
pub(super) use inboxes::InboxesApi;
pub(super) use members::MembersApi;
pub(super) use outbox::OutboxApi;
pub(super) use portals::PortalsApi;
pub(super) use properties::PropertiesApi;
pub(super) use staff::StaffApi;
