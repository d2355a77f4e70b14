use std::collections::BTreeSet;
use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;
use std::time::Duration;

use super::set_up::SetUp;
use crate::access::{AccessRule, CustomersMay, TicketPermission};
use crate::id::{InboxId, PipelineId, PortalId};
use crate::text::{Line, Locale, PortalName, Slug};

/// The host of a portal's address, as browsers send it: lower-case name or address, with `:port` unless it is the
/// scheme's default port.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Host(String);

/// A text that is not a host.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a host name like help.example.com or localhost:8080")]
pub struct HostError(String);

impl Host {
    /// The host as browsers send it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Host {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.to_ascii_lowercase();
        let wrong = || HostError(text.chars().take(80).collect());
        let (name, port) = match lower.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => (name, Some(port)),
            _ => (lower.as_str(), None),
        };
        let port_fine = port
            .is_none_or(|it| it.len() <= 5 && it.parse::<u16>().is_ok_and(|it| it > 0) && !it.starts_with(['+', '0']));
        if !port_fine {
            return Err(wrong());
        }
        if let Some(inner) = name.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            let address: Ipv6Addr = inner.parse().map_err(|_| wrong())?;
            // Browsers write an address in the shortest way, and one of the old kind in no way that people would type.
            return match (address.to_ipv4_mapped(), port) {
                (Some(_), _) => Err(wrong()),
                (None, Some(port)) => Ok(Self(format!("[{address}]:{port}"))),
                (None, None) => Ok(Self(format!("[{address}]"))),
            };
        }
        let name_fine = (1..=253).contains(&name.len())
            && name.split('.').all(|label| {
                (1..=63).contains(&label.len())
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            });
        if name_fine { Ok(Self(lower)) } else { Err(wrong()) }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How long a contact's session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    /// Without any request.
    pub idle: Duration,
    /// In all.
    pub absolute: Duration,
}

impl Default for SessionLimits {
    /// 8 hours idle, 7 days in all.
    fn default() -> Self {
        Self {
            idle: Duration::from_hours(8),
            absolute: Duration::from_hours(7 * 24),
        }
    }
}

/// A customer portal: a sign-in-protected site with its address, language, policy and access rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerPortal {
    /// Its id.
    pub id: PortalId,
    /// Its name, shown in the browser tab.
    pub name: PortalName,
    /// The host of its address.
    pub host: Host,
    /// The rest of its address.
    pub slug: Slug,
    /// Its primary language.
    pub language: Locale,
    /// The languages that visitors can choose, the primary one included.
    pub offered: BTreeSet<Locale>,
    /// The IANA time zone that is used where the reader's is not known, such as `Europe/Berlin`.
    pub time_zone: String,
    /// Whether it is open.
    pub published: bool,
    /// Where tickets opened in the portal go.
    pub default_inbox: InboxId,
    /// Which tickets its contacts see.
    pub permission: TicketPermission,
    /// Who may enter.
    pub access: AccessRule,
    /// What customers may do.
    pub may: CustomersMay,
    /// Pipelines it does not show.
    pub hidden_pipelines: BTreeSet<PipelineId>,
    /// What a customer can choose as the kind of a new ticket; none if empty.
    pub categories: Vec<Line>,
    /// How long sessions last.
    pub sessions: SessionLimits,
    /// How often anything about it was changed: what is made from its settings is kept by this.
    pub revision: u32,
    /// Whether those who may enter get their registration mail by themselves.
    pub send_registration_mails: bool,
    /// How far it is set up.
    pub set_up: SetUp,
}
