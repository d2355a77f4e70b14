//! How contacts prove who they are: passwords, sessions, bearer tokens, and the throttle that protects them.

mod account;
mod password;
mod session;
mod throttle;
mod token;


pub use account::{Account, Profile};
pub use password::{Password, PasswordError};
pub use session::{Secret, SecretHash, Session};
pub use throttle::{LIMIT_BEFORE_RESET, Throttle, ThrottleKey, ThrottleKind};
pub use token::ApiToken;
