use std::collections::BTreeSet;

use super::invitation::{Invitation, MemberStatus};
use crate::crm::ContactStanding;
use crate::id::{AccessGroupId, ContactId};
use crate::text::{EmailAddress, PersonName};
use crate::time::Timestamp;

/// A contact who may enter a portal, or could once registered, as staff see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub contact: ContactId,
    /// The name that is shown.
    pub name: PersonName,
    /// The membership e-mail.
    pub email: Option<EmailAddress>,
    /// Whether the contact has an account.
    pub registered: bool,
    /// The access groups of the contact, others than the portal's included.
    pub groups: BTreeSet<AccessGroupId>,
    /// The invitation to this portal.
    pub invitation: Option<Invitation>,
}

impl Member {
    /// What the contact is to the portal.
    #[must_use]
    pub fn status(&self, now: Timestamp) -> MemberStatus {
        if self.registered {
            MemberStatus::Registered
        } else if self.email.is_none() {
            MemberStatus::NoAddress
        } else {
            self.invitation
                .as_ref()
                .map_or(MemberStatus::NotInvited, |it| it.status(now))
        }
    }
}

/// Which members of a portal to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberQuery {
    /// Only those whose name or membership e-mail contains this, whatever the case of ASCII letters.
    pub search: Option<String>,
    /// Only those of this status.
    pub status: Option<MemberStatus>,
    /// Only those who come after this name and id: where the page before ended.
    pub after: Option<(PersonName, ContactId)>,
    /// At most so many.
    pub limit: u32,
}

/// How many members of a portal have each status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MemberCounts {
    /// See [`MemberStatus::Registered`].
    pub registered: u64,
    /// See [`MemberStatus::Invited`].
    pub invited: u64,
    /// See [`MemberStatus::Expired`].
    pub expired: u64,
    /// See [`MemberStatus::Failed`].
    pub failed: u64,
    /// See [`MemberStatus::NotInvited`].
    pub not_invited: u64,
    /// See [`MemberStatus::NoAddress`].
    pub no_address: u64,
}

impl MemberCounts {
    /// How many have a status.
    #[must_use]
    pub const fn of(&self, status: MemberStatus) -> u64 {
        match status {
            MemberStatus::Registered => self.registered,
            MemberStatus::Invited => self.invited,
            MemberStatus::Expired => self.expired,
            MemberStatus::Failed => self.failed,
            MemberStatus::NotInvited => self.not_invited,
            MemberStatus::NoAddress => self.no_address,
        }
    }

    /// All of them.
    #[must_use]
    pub fn total(&self) -> u64 {
        MemberStatus::ALL.into_iter().map(|it| self.of(it)).sum()
    }

    /// Counts so many more of a status.
    pub fn add(&mut self, status: MemberStatus, count: u64) {
        let counter = match status {
            MemberStatus::Registered => &mut self.registered,
            MemberStatus::Invited => &mut self.invited,
            MemberStatus::Expired => &mut self.expired,
            MemberStatus::Failed => &mut self.failed,
            MemberStatus::NotInvited => &mut self.not_invited,
            MemberStatus::NoAddress => &mut self.no_address,
        };
        *counter = counter.saturating_add(count);
    }
}

/// A contact without account whose record has an address that somebody proved to be theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownContact {
    /// Who.
    pub contact: ContactId,
    /// What it is to the installation.
    pub standing: ContactStanding,
    /// Whether the contact has an account.
    pub registered: bool,
    /// Whether it is the membership e-mail that matched, not only the contact's own.
    pub by_membership: bool,
}
