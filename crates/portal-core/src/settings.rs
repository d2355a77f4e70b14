//! What a company sets up: portals and inboxes, and what customers see of them.

mod branding;
mod colour;
mod consent;
mod customer_portal;
mod display;
mod inbox;
mod links;
mod support_form;
mod wording;

pub use branding::{BrandPicture, Branding};
pub use colour::{Colour, ColourError, Palette, Shades, Verdict};
pub use consent::ConsentNotice;
pub use customer_portal::{CustomerPortal, Host, HostError, SessionLimits};
pub use display::{Column, ColumnError, OwnerDisplay, StatusWords, TicketDisplay};
pub use inbox::Inbox;
pub use links::{LinkTarget, LinkTargetError, PortalLink, PortalLinks};
pub use support_form::{
    Answers, Entry, FieldKind, FieldName, FieldNameError, FormField, FormOption, Read, ShownWhen, SupportForm,
};
