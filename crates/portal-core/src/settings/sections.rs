use std::collections::BTreeSet;

use crate::access::{AccessRule, TicketPermission};
use crate::id::{DomainId, InboxId, PipelineId};
use crate::input::{Checker, ProblemKind, Problems};
use crate::text::{Locale, PortalName, Slug};

/// What a portal is called, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct General {
    /// Its name, shown in the browser tab.
    pub name: PortalName,
    /// Languages that visitors can choose beside that of the domain.
    pub offered: BTreeSet<Locale>,
    /// The IANA time zone that is used where the reader's is not known.
    pub time_zone: String,
}

impl General {
    /// Checks what no type says: whether a portal's name shows the same to everybody.
    ///
    /// # Errors
    /// If the name has characters that turn the direction of text around or cannot be seen.
    pub fn check(&self) -> Result<(), Problems> {
        let mut checker = Checker::default();
        if crate::text::has_invisible(self.name.as_str()) {
            checker.note("name", ProblemKind::Invisible);
        }
        if !is_zone(&self.time_zone) {
            checker.note("time_zone", ProblemKind::TimeZone);
        }
        checker.done()
    }
}

/// Where a portal is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The domain.
    pub domain: DomainId,
    /// What stands behind it.
    pub slug: Slug,
}

/// Where tickets go and which of them customers see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketSettings {
    /// Where tickets opened in the portal go.
    pub default_inbox: InboxId,
    /// Which tickets its contacts see.
    pub permission: TicketPermission,
    /// Pipelines that it does not show.
    pub hidden_pipelines: BTreeSet<PipelineId>,
}

/// Who may enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessSettings {
    /// The rule.
    pub rule: AccessRule,
    /// Whether members get their registration mail by themselves, those to come included.
    pub send_registration_mails: bool,
}

/// Whether a text can be the name of a time zone. Whether there is such a zone, whoever shows times knows.
fn is_zone(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+-".contains(&b))
}
