//! Who works here and what they may do: staff users, their permissions, and the one place that judges them.
//!
//! Customers are judged in [`access`](crate::access); staff never pass through that rule, and a contact never through
//! this one. A use-case of the staff takes a [`StaffActor`], loads the [`StaffUser`] behind it in its own unit of work, and
//! asks [`authorise`] for what it needs.

mod authorise;
mod credential;
mod session;
mod token;
mod user;

mod arrive;
mod factor;
mod links;
mod mails;
mod manage;
mod own;
mod read_audit;
mod set_up;
mod sign_in;

pub use arrive::{ArriveStaffError, HalfWay, StaffVisitor};
pub(crate) use authorise::staff_use_case_error;
pub use authorise::{Staff, StaffActor, StaffError, StaffRefusal, authorise};
pub use credential::{Authenticator, StaffCredential};
pub use factor::{recovery_code_hash, seal_authenticator};
pub use links::{ChoosePassword, StaffInvitee, StaffLinkError};
pub use manage::{ManageStaffError, StaffDraft, StaffEntry};
pub use own::{ChangeOwnPassword, OwnStaffAccount, OwnStaffError, OwnStaffProfile};
pub use read_audit::AuditPage;
pub use session::{StaffSession, StaffSessionStage};
pub use set_up::SetUp;
pub use sign_in::{HalfSignedIn, StaffSignIn, StaffSignInError, StaffSignedIn};
pub use token::{StaffToken, StaffTokenKind};
pub use user::{InboxAccess, Permission, StaffStanding, StaffUser};
