use super::event::AuditEvent;
use crate::crm::Party;
use crate::id::{AgentId, AuditId, ContactId, PortalId};
use crate::time::Timestamp;

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AuditActor {
    /// Somebody of the staff.
    Staff(AgentId),
    /// A customer.
    Contact(ContactId),
    /// The system itself.
    System,
    /// Somebody at the command line of the server.
    CommandLine,
}

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its id.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub actor: AuditActor,
    /// What.
    pub event: AuditEvent,
    /// In which portal, if it belongs to one.
    pub portal: Option<PortalId>,
    /// The contact or company whose history it belongs to, if it belongs to one.
    pub about: Option<Party>,
    /// To what: the name that people know it by, as it was then.
    pub object: String,
    /// More about it, as name and value. No bodies, passwords, codes or tokens.
    pub detail: Vec<(String, String)>,
}

impl AuditEntry {
    /// The most characters of a text that is kept; more is cut.
    pub const MAX_TEXT: usize = 500;
    /// The most details that are kept; more are left out.
    pub const MAX_DETAILS: usize = 60;

    /// An entry about an object, without details.
    #[must_use]
    pub fn new(id: AuditId, at: Timestamp, actor: AuditActor, event: AuditEvent, object: impl Into<String>) -> Self {
        Self {
            id,
            at,
            actor,
            event,
            portal: None,
            about: None,
            object: fitted(&object.into()),
            detail: Vec::new(),
        }
    }

    /// The same, in a portal.
    #[must_use]
    pub fn within(mut self, portal: PortalId) -> Self {
        self.portal = Some(portal);
        self
    }

    /// The same, in the history of a contact or company.
    #[must_use]
    pub const fn concerning(mut self, party: Party) -> Self {
        self.about = Some(party);
        self
    }

    /// The same, with one more detail.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        if self.detail.len() < Self::MAX_DETAILS {
            self.detail.push((fitted(&name.into()), fitted(&value.into())));
        }
        self
    }
}

/// One line of bounded length: what came from outside must not break a line, colour a terminal, or fill a disk.
fn fitted(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|it| if it.is_control() { ' ' } else { it })
        .take(AuditEntry::MAX_TEXT + 1)
        .collect();
    if clean.chars().count() <= AuditEntry::MAX_TEXT {
        return clean;
    }
    let cut: String = clean.chars().take(AuditEntry::MAX_TEXT - 1).collect();
    format!("{cut}…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Uuid;

    #[test]
    fn adm_026_what_came_from_outside_stays_one_bounded_line() {
        let id = AuditId::from_uuid(Uuid::from_u128(1));
        let hostile = "a\r\nb\u{1b}[31m\"}".repeat(100_000);
        let mut entry = AuditEntry::new(
            id,
            Timestamp::from_micros(1),
            AuditActor::System,
            AuditEvent::StaffSignedIn,
            hostile.clone(),
        );
        for _ in 0..100 {
            entry = entry.with(hostile.clone(), hostile.clone());
        }
        assert_eq!(entry.detail.len(), AuditEntry::MAX_DETAILS);
        let texts = entry.detail.iter().flat_map(|(name, value)| [name, value]);
        for text in texts.chain([&entry.object]) {
            assert!(!text.chars().any(char::is_control));
            assert_eq!(text.chars().count(), AuditEntry::MAX_TEXT);
        }
    }
}
