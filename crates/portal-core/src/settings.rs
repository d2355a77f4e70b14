//! What a company sets up: domains, portals, inboxes, what customers see of them, and every version of their settings.
//!
//! A setting is a [`SettingsValue`]: one variant a [`Section`], each with a struct of its own. Its versions are kept for
//! good ([`SettingsVersion`]); going back to an older one makes a new one. What queries join (name, address, inbox,
//! permission, access, what customers may) also stands in the [`CustomerPortal`], written in the same unit of work.

mod branding;
mod colour;
mod consent;
mod customer_portal;
mod display;
mod domain;
mod inbox;
mod links;
mod private_content;
mod sections;
mod set_up;
mod support_form;
mod version;
mod wording;

pub use branding::{BrandPicture, Branding};
pub use colour::{Colour, ColourError, Palette, Shades, Verdict};
pub use consent::ConsentNotice;
pub use customer_portal::{CustomerPortal, Host, HostError, SessionLimits};
pub use display::{Column, ColumnError, OwnerDisplay, StatusWords, TicketDisplay};
pub use domain::{Domain, Ownership};
pub use inbox::Inbox;
pub use links::{LinkTarget, LinkTargetError, PortalLink, PortalLinks};
pub use private_content::{PrivateContent, SignInMethods};
pub use sections::{AccessSettings, Address, General, TicketSettings};
pub use set_up::{SetUp, SetUpStep};
pub use support_form::{
    Answers, Entry, FieldKind, FieldName, FieldNameError, FormField, FormOption, Read, ShownWhen, SupportForm,
};
pub use version::{Cause, Section, SettingsAuthor, SettingsOwner, SettingsValue, SettingsVersion};
