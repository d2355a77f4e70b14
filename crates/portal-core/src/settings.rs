//! What a company sets up: domains, portals, inboxes, what customers see of them, and every version of their settings.
//!
//! A setting is a [`SettingsValue`]: one variant a [`Section`], each with a struct of its own. Its versions are kept for
//! good ([`SettingsVersion`]); going back to an older one makes a new one. What queries join (name, address, inbox,
//! permission, access, what customers may) also stands in the [`CustomerPortal`], written in the same unit of work.

mod apply;
mod brand_picture;
mod branding;
mod change_brand_picture;
mod change_settings;
mod check_domain;
mod colour;
mod connect_domain;
mod consent;
mod current_consent;
mod customer_portal;
mod display;
mod domain;
mod inbox;
mod inboxes;
mod links;
mod looks;
mod looks_sheet;
mod move_inbox;
mod pipelines;
mod preview_publishing;
mod private_content;
mod publish_portal;
mod sections;
mod set_up;
mod set_up_check;
mod set_up_portal;
mod support_form;
mod version;
mod view_portal;
mod wording;

pub use brand_picture::BrandPictureError;
pub use branding::{BrandPicture, Branding};
pub use change_brand_picture::{BrandPictureSlot, ChangeBrandPicture, ChangeBrandPictureError};
pub use change_settings::{ChangeSettings, ChangeSettingsError, RollBackSettings};
pub use check_domain::DomainCheck;
pub use colour::{Colour, ColourError, Palette, Shades, Verdict};
pub use connect_domain::{ConnectDomain, DomainError};
pub use consent::ConsentNotice;
pub use current_consent::CurrentConsent;
pub use customer_portal::{CustomerPortal, Host, HostError, SessionLimits};
pub use display::{Column, ColumnError, OwnerDisplay, StatusWords, TicketDisplay};
pub use domain::{Domain, Ownership};
pub use inbox::Inbox;
pub use inboxes::{InboxError, SaveInbox};
pub use links::{LinkTarget, LinkTargetError, PortalLink, PortalLinks};
pub use looks::Looks;
pub(crate) use looks::LooksCache;
pub use looks_sheet::{KeepPictureError, LooksSheet, LooksSheetError, PictureUse};
pub use move_inbox::{MoveInbox, MoveInboxError, MoveProgress};
pub use pipelines::{PipelineChangeError, SavePipeline, SaveStatus, Shift};
pub use preview_publishing::PublishingPreview;
pub use private_content::{PrivateContent, SignInMethods};
pub use publish_portal::{PublishPortal, Published};
pub use sections::{AccessSettings, Address, General, TicketSettings};
pub use set_up::{SetUp, SetUpStep};
pub use set_up_check::{CheckItem, CheckState, SetUpCheck};
pub use set_up_portal::{BeginPortal, SaveStep};
pub use support_form::{
    Answers, Entry, FieldKind, FieldName, FieldNameError, FormField, FormOption, Read, ShownWhen, SupportForm,
};
pub use version::{Cause, Section, SettingsAuthor, SettingsOwner, SettingsValue, SettingsVersion};
pub use view_portal::{PortalView, ViewPortalError};
