//! Customers as the company knows them: contacts, companies, access groups; and the staff as far as customers see it.

mod companies;
mod fingerprint;
mod group;
mod groups;
mod let_through;
mod list_people;
mod lists;
mod people;
mod policy;
mod preview_as;
mod preview_policy;
mod properties;
mod remove_contact;
mod save_contact;
mod view_contact;
mod welcome;

pub use companies::{CompanyError, CompanyView, SaveCompany};
pub use fingerprint::{Fingerprint, FingerprintError};
pub use group::{AccessGroup, GroupKind};
pub use groups::{GroupError, GroupRow, GroupView, SaveGroup};
pub use lists::{CompanyQuery, CompanyRow, ContactQuery, ContactRow, Guest};
pub use people::{Agent, Company, Contact, ContactStanding};
pub use policy::PolicyChange;
pub(crate) use preview_as::seen_as;
pub use preview_as::{Because, PreviewAs, PreviewAsError, SeenAs, SeenList};
pub(crate) use preview_policy::preview;
pub use preview_policy::{Affected, PolicyPreview, SightChange};
pub use properties::PropertyError;
pub use remove_contact::RemoveContactError;
pub use save_contact::{SaveContact, SaveContactError};
pub use view_contact::{ContactView, ViewContactError};
