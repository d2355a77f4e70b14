use super::customer_portal::Host;
use super::private_content::PrivateContent;
use crate::id::DomainId;
use crate::text::{EmailAddress, Line, Locale};
use crate::time::Timestamp;

/// Whether a domain is ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// Whoever runs the server vouches for it: the loopback addresses, the host of the base URL, and hosts that were given at
    /// the command line.
    Local,
    /// Nobody proved it yet. The server does not answer under this name.
    Pending {
        /// The text that the TXT record has to have.
        challenge: String,
    },
    /// The record was found.
    Verified {
        /// When.
        at: Timestamp,
        /// The text of the record, which is looked for again on demand.
        challenge: String,
    },
}

impl Ownership {
    /// Whether the server answers under the name.
    #[must_use]
    pub const fn is_proven(&self) -> bool {
        matches!(self, Self::Local | Self::Verified { .. })
    }
}

/// A connected domain: a host under which portals live, with what they share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// Its id.
    pub id: DomainId,
    /// The host. No two domains have the same.
    pub host: Host,
    /// Its primary language, which is that of its portals and of their mails.
    pub language: Locale,
    /// Whether it is ours.
    pub ownership: Ownership,
    /// The private-content settings, as they are now.
    pub private: PrivateContent,
    /// As whom mails of its portals are sent; the installation's identity if `None`.
    pub from: Option<(Line, EmailAddress)>,
}
