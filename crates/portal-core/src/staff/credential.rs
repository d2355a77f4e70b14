use std::fmt;

use crate::id::AgentId;
use crate::time::Timestamp;

/// The authenticator app of somebody of the staff.
#[derive(Clone, PartialEq, Eq)]
pub struct Authenticator {
    /// The secret, sealed by the [`Vault`](crate::ports::Vault).
    pub sealed: Vec<u8>,
    /// When it was connected.
    pub since: Timestamp,
    /// The time step of the last code that was taken; it and those before it are used up.
    pub last_step: u64,
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authenticator")
            .field("since", &self.since)
            .field("last_step", &self.last_step)
            .finish_non_exhaustive()
    }
}

/// A staff user's means of signing in. Without one they were invited and have not accepted yet.
#[derive(Clone, PartialEq, Eq)]
pub struct StaffCredential {
    /// Whose it is.
    pub agent: AgentId,
    /// The password hash in PHC string format, made by the [`Passwords`](crate::ports::Passwords) port.
    pub password_hash: String,
    /// When the password was set last.
    pub password_set_at: Timestamp,
    /// The second factor; `None` until it is connected at the first sign-in.
    pub authenticator: Option<Authenticator>,
}

impl fmt::Debug for StaffCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaffCredential")
            .field("agent", &self.agent)
            .field("authenticator", &self.authenticator)
            .finish_non_exhaustive()
    }
}
