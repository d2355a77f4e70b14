use std::collections::BTreeSet;

use super::principal::{Principal, TicketFacts};
use crate::id::{CompanyId, ContactId, InboxId, PipelineId, PortalId};

/// What a portal does not show, whoever reads: it can only take away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DenyList {
    /// Pipelines that the portal hides.
    pub pipelines: BTreeSet<PipelineId>,
    /// Inboxes that are on the move to another portal.
    pub inboxes: BTreeSet<InboxId>,
}

impl DenyList {
    /// Whether the ticket is taken away.
    #[must_use]
    pub fn covers(&self, ticket: &TicketFacts) -> bool {
        self.pipelines.contains(&ticket.pipeline) || self.inboxes.contains(&ticket.inbox)
    }
}

/// The set of tickets a viewer may see in one portal, as data.
///
/// Only [`Viewer::scope`](super::Viewer::scope) makes one, so holding a `Scope` proves that the rule ran. Its meaning is
/// [`Scope::permits`]; every store must match it exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    portal: PortalId,
    contact: ContactId,
    principals: BTreeSet<Principal>,
    denied: DenyList,
}

/// One of the lists that a contact can open: each is the tickets of one principal of the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tab {
    /// Tickets that the contact is associated with.
    Mine,
    /// Tickets of the company as which the contact reads.
    Company,
}

impl Scope {
    pub(super) const fn new(
        portal: PortalId,
        contact: ContactId,
        principals: BTreeSet<Principal>,
        denied: DenyList,
    ) -> Self {
        Self {
            portal,
            contact,
            principals,
            denied,
        }
    }

    /// The portal that all tickets of the scope are in.
    #[must_use]
    pub const fn portal(&self) -> PortalId {
        self.portal
    }

    /// The contact who looks.
    #[must_use]
    pub const fn contact(&self) -> ContactId {
        self.contact
    }

    /// As whom the contact reads, own contact first.
    #[must_use]
    pub const fn principals(&self) -> &BTreeSet<Principal> {
        &self.principals
    }

    /// What is taken away.
    #[must_use]
    pub const fn denied(&self) -> &DenyList {
        &self.denied
    }

    /// The company as which the contact reads, if any.
    #[must_use]
    pub fn company(&self) -> Option<CompanyId> {
        self.principals.iter().find_map(|it| match it {
            Principal::Company(id) => Some(*id),
            Principal::Contact(_) => None,
        })
    }

    /// The principal whose tickets the tab lists; `None` if the contact does not have this tab.
    #[must_use]
    pub fn principal_of(&self, tab: Tab) -> Option<Principal> {
        self.principals.iter().copied().find(|it| {
            matches!(
                (tab, it),
                (Tab::Mine, Principal::Contact(_)) | (Tab::Company, Principal::Company(_))
            )
        })
    }

    /// Whether the ticket is in the scope. This is the meaning that adapters must match.
    #[must_use]
    pub fn permits(&self, ticket: &TicketFacts) -> bool {
        self.explain(ticket).is_some()
    }

    /// The principal by which the ticket is visible, own contact first; `None` if it is not.
    #[must_use]
    pub fn explain(&self, ticket: &TicketFacts) -> Option<Principal> {
        if ticket.portal != Some(self.portal) || self.denied.covers(ticket) {
            return None;
        }
        self.principals.intersection(&ticket.readers()).next().copied()
    }
}
