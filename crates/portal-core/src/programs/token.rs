use std::collections::BTreeSet;

use crate::actor::Mode;
use crate::id::{AgentId, TokenId};
use crate::membership::SecretHash;
use crate::staff::{Permission, StaffActor};
use crate::text::Line;
use crate::time::Timestamp;

/// A bearer token for the admin API, by which a program acts as a staff user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramToken {
    /// Its id.
    pub id: TokenId,
    /// As whom it acts.
    pub agent: AgentId,
    /// What its owner calls it.
    pub name: Line,
    /// Whether it may change anything.
    pub mode: Mode,
    /// What it was made for; its owner must have these permissions at each request, too.
    pub only: BTreeSet<Permission>,
    /// Whether it may do what asks people for a fresh proof.
    pub dangerous: bool,
    /// The hash of its secret.
    pub secret: SecretHash,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working.
    pub ends_at: Timestamp,
    /// When it was used last, to within 5 minutes.
    pub seen_at: Option<Timestamp>,
}

impl ProgramToken {
    /// The most tokens of one staff user.
    pub const MOST: usize = 50;

    /// The identity for use-cases.
    #[must_use]
    pub fn actor(&self) -> StaffActor {
        StaffActor {
            agent: self.agent,
            proven_lately: self.dangerous,
            mode: self.mode,
            only: Some(self.only.clone()),
        }
    }
}
