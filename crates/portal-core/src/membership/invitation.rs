use std::time::Duration;

use super::session::SecretHash;
use crate::id::{ContactId, InvitationId, PortalId};
use crate::time::Timestamp;

/// How long an invitation can be accepted.
pub const INVITATION_LASTS: Duration = Duration::from_hours(7 * 24);

/// What became of an invitation, as it is stored. That one has expired follows from the time: see
/// [`Invitation::status`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationState {
    /// Its mail waits to leave.
    Queued,
    /// Its mail was handed over.
    Sent,
    /// The contact has an account, by this invitation or from before.
    Accepted,
    /// Its mail could not be delivered; the text says why, for staff.
    Failed(String),
    /// Somebody of the staff took it back.
    Revoked,
}

/// The invitation of a contact to a portal. There is one at most for each portal and contact: asking again replaces it, and
/// the link of the one before is dead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its id; another one after each asking.
    pub id: InvitationId,
    /// Where to.
    pub portal: PortalId,
    /// Who.
    pub contact: ContactId,
    /// What became of it.
    pub state: InvitationState,
    /// The hash of its link's secret, once its mail was made.
    pub token: Option<SecretHash>,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When its mail was made last.
    pub sent_at: Option<Timestamp>,
    /// When its link stops working.
    pub expires_at: Option<Timestamp>,
    /// When it was accepted or revoked.
    pub ended_at: Option<Timestamp>,
}

/// What a contact is to a portal, for the list of members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MemberStatus {
    /// Has an account.
    Registered,
    /// An invitation waits to be sent or accepted.
    Invited,
    /// The link of the invitation has expired.
    Expired,
    /// The mail of the invitation could not be delivered.
    Failed,
    /// May enter once registered, and was not invited, or the invitation was revoked.
    NotInvited,
    /// Has no membership e-mail, so cannot be invited.
    NoAddress,
}

impl MemberStatus {
    /// All of them, in the order in which pages list them.
    pub const ALL: [Self; 6] = [
        Self::Registered,
        Self::Invited,
        Self::Expired,
        Self::Failed,
        Self::NotInvited,
        Self::NoAddress,
    ];

    /// Its name in addresses, files and the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Invited => "invited",
            Self::Expired => "expired",
            Self::Failed => "failed",
            Self::NotInvited => "not_invited",
            Self::NoAddress => "no_address",
        }
    }

    /// The status with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

impl Invitation {
    /// One whose mail waits to leave.
    #[must_use]
    pub const fn queued(id: InvitationId, portal: PortalId, contact: ContactId, asked_at: Timestamp) -> Self {
        Self {
            id,
            portal,
            contact,
            state: InvitationState::Queued,
            token: None,
            asked_at,
            sent_at: None,
            expires_at: None,
            ended_at: None,
        }
    }

    /// Whether its link can still be used, or is still to be sent.
    #[must_use]
    pub fn is_living(&self, now: Timestamp) -> bool {
        match self.state {
            InvitationState::Queued => true,
            InvitationState::Sent => !self.has_expired(now),
            InvitationState::Accepted | InvitationState::Failed(_) | InvitationState::Revoked => false,
        }
    }

    /// Whether its link was sent and is too old.
    #[must_use]
    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.state == InvitationState::Sent && self.expires_at.is_some_and(|it| now >= it)
    }

    /// What it makes of a contact without account.
    #[must_use]
    pub fn status(&self, now: Timestamp) -> MemberStatus {
        match self.state {
            InvitationState::Sent if self.has_expired(now) => MemberStatus::Expired,
            InvitationState::Queued | InvitationState::Sent => MemberStatus::Invited,
            InvitationState::Failed(_) => MemberStatus::Failed,
            // Accepted without account: it was taken away again.
            InvitationState::Accepted | InvitationState::Revoked => MemberStatus::NotInvited,
        }
    }
}
