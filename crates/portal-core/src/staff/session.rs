use std::fmt;
use std::time::Duration;

use crate::id::{AgentId, StaffSessionId};
use crate::membership::SecretHash;
use crate::time::Timestamp;

/// How far a sign-in has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaffSessionStage {
    /// The password was right; the second factor is still missing. Such a session opens nothing but that step.
    HalfWay,
    /// Both factors were shown.
    Complete,
}

/// A session of somebody of the staff, on the base address.
#[derive(Clone, PartialEq, Eq)]
pub struct StaffSession {
    /// Its id, shown on the account page.
    pub id: StaffSessionId,
    /// Who signed in.
    pub agent: AgentId,
    /// The hash of its secret.
    pub secret: SecretHash,
    /// How far the sign-in has come.
    pub stage: StaffSessionStage,
    /// The sealed secret of an authenticator app that is about to be connected.
    pub enrolling: Option<Vec<u8>>,
    /// The kind of browser and system, such as `Firefox, Windows`; from the browser's own word, for the owner's eyes.
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was used last, to within 5 minutes.
    pub seen_at: Timestamp,
    /// When both factors, or the second one again, were shown last.
    pub proven_at: Timestamp,
    /// When it ends without use.
    pub idle_until: Timestamp,
    /// When it ends in any case.
    pub ends_at: Timestamp,
}

impl StaffSession {
    /// A session ends after so long without use.
    pub const IDLE: Duration = Duration::from_hours(1);
    /// A session ends after so long in any case.
    pub const ABSOLUTE: Duration = Duration::from_hours(12);
    /// So long after the password the second factor must be shown.
    pub const HALF_WAY: Duration = Duration::from_mins(10);
    /// So long a proof counts for what is dangerous.
    pub const PROOF: Duration = Duration::from_mins(10);
    /// The most sessions of one staff user; a new one ends the oldest.
    pub const MOST: u32 = 10;

    /// Whether it still counts.
    #[must_use]
    pub fn is_alive(&self, now: Timestamp) -> bool {
        now < self.idle_until && now < self.ends_at
    }

    /// Whether its owner proved a moment ago who they are.
    #[must_use]
    pub fn is_proven(&self, now: Timestamp) -> bool {
        self.stage == StaffSessionStage::Complete && now.since(self.proven_at) < Self::PROOF
    }
}

impl fmt::Debug for StaffSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaffSession")
            .field("id", &self.id)
            .field("agent", &self.agent)
            .field("stage", &self.stage)
            .field("idle_until", &self.idle_until)
            .field("ends_at", &self.ends_at)
            .finish_non_exhaustive()
    }
}
