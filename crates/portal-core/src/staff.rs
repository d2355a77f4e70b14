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
mod door;
mod read_audit;
mod second_factor;
mod set_up;
mod sign_in;

pub use arrive::{ArriveStaffError, HalfWay, StaffVisitor};
pub(crate) use authorise::staff_use_case_error;
pub use authorise::{Staff, StaffActor, StaffError, StaffRefusal, authorise};
pub use credential::{Authenticator, StaffCredential};
pub use door::StaffDoorError;
pub use second_factor::StaffSignedIn;
pub use session::{StaffSession, StaffSessionStage};
pub use set_up::{SetUp, SetUpLink};
pub use sign_in::{HalfSignedIn, SignInStaff};
pub use token::{StaffToken, StaffTokenKind};
pub use user::{InboxAccess, Permission, StaffStanding, StaffUser};
