//! How contacts prove who they are: passwords, sessions, bearer tokens, and the throttle that protects them.

mod account;
mod password;
mod session;
mod throttle;
mod token;

mod account_page;
mod api_tokens;
mod arrive;
mod change_password;
mod end_sessions;
mod sign_in;
mod sign_out;
mod update_profile;

pub use account::{Account, Profile};
pub use account_page::{AccountPageError, AccountView};
pub use api_tokens::{ApiTokenError, CreateApiToken, CreatedApiToken};
pub use arrive::{Arrival, ArriveError, Credential, Visitor};
pub use change_password::{ChangePassword, ChangePasswordError};
pub use end_sessions::{EndSessions, EndSessionsError};
pub use password::{Password, PasswordError};
pub use session::{Secret, SecretHash, Session};
pub use sign_in::{SignIn, SignInError, SignedIn};
pub use sign_out::SignOutError;
pub use throttle::{LIMIT_BEFORE_RESET, Throttle, ThrottleKey, ThrottleKind};
pub use token::ApiToken;
pub use update_profile::{UpdateProfile, UpdateProfileError};
