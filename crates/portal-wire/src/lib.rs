//! What is stored or sent as JSON, as versioned serde structs.
//!
//! The core knows no serde; its types are turned into these on the way out and back on the way in. Each document says its
//! version in `v`. A version once released is read for ever: a change of shape is a new variant beside the old one, never
//! an edit of it (`tests/golden` has documents of every kind that stay readable). A version or a field that is not known
//! is refused, so that an earlier server loses nothing of what a later one wrote. Every conversion back checks again what
//! the core's types promise, so a broken document is an error and never a wrong value.

mod access;
mod audit;
mod channel;
mod choices;
mod desk_hint;
mod display;
mod event;
mod hint;
mod list;
mod localized;
mod looks;
mod mail;
mod party;
mod property;
mod saved_view;
mod service;
mod settings;
mod support_form;

pub use access::{AccessRule, CompanyView, Condition, Criteria, CustomersMay, Operator, TicketPermission, Who};
pub use audit::AuditDetail;
pub use channel::{ChannelAnswer, ChannelMessage, ChannelRecipient};
pub use choices::AgentChoices;
pub use desk_hint::{DeskHint, News};
pub use display::{OwnerDisplay, SortOrder, StatusWords, TicketDisplay};
pub use event::{EventKind, What};
pub use hint::Hint;
pub use list::List;
pub use localized::Localized;
pub use looks::{BrandPicture, Branding, ConsentNotice, PortalLink, PortalLinks};
pub use mail::{Intended, Mail, MailText, MailTexts};
pub use party::PartyFields;
pub use property::PropertyValue;
pub use saved_view::SavedView;
pub use service::ServiceTerms;
pub use settings::{AccessSettings, Address, General, PrivateContent, SettingsValue, TicketSettings};
pub use support_form::{Entry, FormField, FormOption, ShownWhen, SupportForm};

/// A stored document that makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invalid(
    /// What of it makes no sense.
    pub &'static str,
);

impl std::fmt::Display for Invalid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a stored document has an invalid {}", self.0)
    }
}

impl std::error::Error for Invalid {}

/// Reads one validated text, and says which one if it does not pass.
fn parse<T: std::str::FromStr>(text: &str, what: &'static str) -> Result<T, Invalid> {
    text.parse().map_err(|_| Invalid(what))
}

#[cfg(test)]
mod tests;
