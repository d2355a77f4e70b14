use std::collections::BTreeSet;

use crate::id::{CompanyId, ContactId, InboxId, PipelineId, PortalId};

/// As whom somebody reads, and who may read a ticket. Own contact sorts before company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Principal {
    /// One person.
    Contact(ContactId),
    /// Everybody who reads as this company.
    Company(CompanyId),
}

/// Whether the companies of a ticket read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// The associated contacts and companies.
    Shared,
    /// The associated contacts only.
    Private,
}

/// What a ticket is to the installation. Only live and merged tickets have readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// A ticket like any other.
    Live,
    /// It came by a channel that could not prove its sender; set by channels only, ended by staff or a mailbox round trip.
    Unverified,
    /// Judged to be spam.
    Spam,
    /// Deleted; can be restored for a while.
    Deleted,
    /// Merged into another ticket; keeps its own readers and messages.
    Merged,
}

impl Standing {
    /// Whether a ticket of this standing has any readers.
    #[must_use]
    pub const fn is_readable(self) -> bool {
        match self {
            Self::Live | Self::Merged => true,
            Self::Unverified | Self::Spam | Self::Deleted => false,
        }
    }
}

/// Everything about a ticket that the visibility rule looks at, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketFacts {
    /// The portal of the ticket's inbox, if that inbox belongs to one.
    pub portal: Option<PortalId>,
    /// Where the ticket is.
    pub inbox: InboxId,
    /// The pipeline of its status.
    pub pipeline: PipelineId,
    /// What it is to the installation.
    pub standing: Standing,
    /// Whether its companies read it.
    pub audience: Audience,
    /// The associated contacts, whatever their label.
    pub contacts: BTreeSet<ContactId>,
    /// The associated companies.
    pub companies: BTreeSet<CompanyId>,
}

impl TicketFacts {
    /// Everyone who may read this ticket. Empty unless its standing lets customers see it at all.
    #[must_use]
    pub fn readers(&self) -> BTreeSet<Principal> {
        if !self.standing.is_readable() {
            return BTreeSet::new();
        }
        let contacts = self.contacts.iter().copied().map(Principal::Contact);
        let companies = self.companies.iter().copied().map(Principal::Company);
        match self.audience {
            Audience::Private => contacts.collect(),
            Audience::Shared => contacts.chain(companies).collect(),
        }
    }
}
