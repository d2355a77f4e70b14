use std::time::Duration;

use crate::id::AgentId;
use crate::membership::SecretHash;
use crate::time::Timestamp;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaffTokenKind {
    /// Making the first administrator.
    SetUp,
    /// Choosing the first password.
    Invitation,
    /// Choosing a new password.
    Reset,
    /// Choosing a new password, and connecting another authenticator app.
    ResetBoth,
}

impl StaffTokenKind {
    /// How long such a link lasts.
    #[must_use]
    pub const fn lifetime(self) -> Duration {
        match self {
            Self::SetUp => Duration::from_hours(1),
            Self::Invitation => Duration::from_hours(7 * 24),
            Self::Reset | Self::ResetBoth => Duration::from_mins(30),
        }
    }
}

/// A link that is good once. Only the hash of its secret is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffToken {
    /// The hash of its secret.
    pub secret: SecretHash,
    /// What it is for.
    pub kind: StaffTokenKind,
    /// For whom; `None` only for the set-up.
    pub agent: Option<AgentId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends unused.
    pub ends_at: Timestamp,
}
