use super::entry::{AuditActor, AuditEntry};
use super::event::AuditEvent;
use crate::crm::Party;
use crate::id::{AuditId, PortalId};
use crate::time::Timestamp;

/// Where a page of entries begins: behind this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AuditPlace {
    /// When it was done.
    pub at: Timestamp,
    /// Which it was, of those of the same instant.
    pub id: AuditId,
}

/// Which entries are wanted, newest first. What is `None` does not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct AuditQuery {
    /// Only this event.
    pub event: Option<AuditEvent>,
    /// Only what they did.
    pub actor: Option<AuditActor>,
    /// Only what belongs to this portal.
    pub portal: Option<PortalId>,
    /// Only the history of this contact or company.
    pub about: Option<Party>,
    /// Only what was done at this instant or later.
    pub since: Option<Timestamp>,
    /// Only what was done before this instant.
    pub until: Option<Timestamp>,
    /// Only what is older than this place.
    pub after: Option<AuditPlace>,
}

impl AuditEntry {
    /// Where it stands.
    #[must_use]
    pub const fn place(&self) -> AuditPlace {
        AuditPlace {
            at: self.at,
            id: self.id,
        }
    }
}

impl AuditQuery {
    /// Whether an entry is wanted.
    #[must_use]
    pub fn wants(&self, entry: &AuditEntry) -> bool {
        self.event.is_none_or(|it| it == entry.event)
            && self.actor.is_none_or(|it| it == entry.actor)
            && self.portal.is_none_or(|it| Some(it) == entry.portal)
            && self.about.is_none_or(|it| Some(it) == entry.about)
            && self.since.is_none_or(|it| it <= entry.at)
            && self.until.is_none_or(|it| entry.at < it)
            && self.after.is_none_or(|it| entry.place() < it)
    }
}
