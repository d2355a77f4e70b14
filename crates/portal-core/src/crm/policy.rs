//! Policy as values, as it is and as it would be: what a preview compares, by the same rule that lets people in.

use std::collections::{BTreeMap, BTreeSet};

use super::group::AccessGroup;
use super::lists::Guest;
use super::people::{Contact, ContactStanding};
use crate::access::{AccessRule, DenyList, Entrant, Refusal, Scope, TicketFacts, TicketPermission, enter};
use crate::actor::{ContactActor, Mode, Task};
use crate::id::{AccessGroupId, CompanyId, ContactId, InboxId, PipelineId, PortalId};
use crate::ports::{StoreError, Tx};
use crate::settings::{CustomerPortal, Inbox};
use crate::ticket::Ticket;

/// A change of who may see what, before it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyChange {
    /// The customer ticket permission of a portal.
    Permission {
        /// Which portal.
        portal: PortalId,
        /// What it is to be.
        permission: TicketPermission,
    },
    /// The access rule of a portal.
    Access {
        /// Which portal.
        portal: PortalId,
        /// What it is to be.
        access: AccessRule,
    },
    /// Whether a portal is open.
    Published {
        /// Which portal.
        portal: PortalId,
        /// Whether it is to be.
        published: bool,
    },
    /// The pipelines that a portal hides.
    HiddenPipelines {
        /// Which portal.
        portal: PortalId,
        /// All that it is to hide.
        pipelines: BTreeSet<PipelineId>,
    },
    /// Permission and hidden pipelines of a portal at once.
    Tickets {
        /// Which portal.
        portal: PortalId,
        /// What the permission is to be.
        permission: TicketPermission,
        /// All pipelines that it is to hide.
        pipelines: BTreeSet<PipelineId>,
    },
    /// A portal is opened.
    Opened {
        /// Which portal.
        portal: PortalId,
        /// The inboxes that it takes.
        inboxes: BTreeSet<InboxId>,
    },
    /// The inboxes of a portal.
    Inboxes {
        /// Which portal.
        portal: PortalId,
        /// All that it is to have.
        inboxes: BTreeSet<InboxId>,
    },
    /// An access group as it is to be.
    Group(AccessGroup),
    /// An access group is removed.
    WithoutGroup(AccessGroupId),
    /// Who is in a static access group.
    Members {
        /// Which group.
        group: AccessGroupId,
        /// Who is to be put in.
        add: BTreeSet<ContactId>,
        /// Who is to be taken out.
        remove: BTreeSet<ContactId>,
    },
    /// The primary company of a contact.
    PrimaryCompany {
        /// Which contact.
        contact: ContactId,
        /// The company as which the contact is to read.
        company: Option<CompanyId>,
    },
    /// A contact as it is to be.
    Contact(Box<Contact>),
    /// One contact becomes a part of another one.
    MergeContacts {
        /// The one that ends.
        from: ContactId,
        /// The one that stays, as it is to be.
        into: Box<Contact>,
    },
    /// One company becomes a part of another one.
    MergeCompanies {
        /// The one that ends.
        from: CompanyId,
        /// The one that stays.
        into: CompanyId,
    },
}

/// What the rule depends on beside contacts and tickets.
#[derive(Clone, Debug)]
pub(super) struct Policy {
    pub(super) portals: BTreeMap<PortalId, CustomerPortal>,
    pub(super) groups: BTreeMap<AccessGroupId, AccessGroup>,
    inboxes: BTreeMap<InboxId, Inbox>,
}

impl Policy {
    /// The policy as it is.
    pub(super) async fn load(tx: &mut dyn Tx, task: &Task) -> Result<Self, StoreError> {
        let portals = tx.directory().all_portals(task).await?;
        let groups = tx.directory().all_groups(task).await?;
        let inboxes = tx.directory().all_inboxes(task).await?;
        Ok(Self {
            portals: portals.into_iter().map(|it| (it.id, it)).collect(),
            groups: groups.into_iter().map(|it| (it.id, it)).collect(),
            inboxes: inboxes.into_iter().map(|it| (it.id, it)).collect(),
        })
    }

    /// The policy as it would be.
    pub(super) fn changed(&self, change: &PolicyChange) -> Self {
        let mut new = self.clone();
        let mut of_portal = |id: &PortalId, change: &dyn Fn(&mut CustomerPortal)| {
            if let Some(it) = new.portals.get_mut(id) {
                change(it);
            }
        };
        match change {
            PolicyChange::Permission { portal, permission } => {
                of_portal(portal, &|it| it.permission.clone_from(permission));
            }
            PolicyChange::Access { portal, access } => of_portal(portal, &|it| it.access.clone_from(access)),
            PolicyChange::Published { portal, published } => of_portal(portal, &|it| it.published = *published),
            PolicyChange::HiddenPipelines { portal, pipelines } => {
                of_portal(portal, &|it| it.hidden_pipelines.clone_from(pipelines));
            }
            PolicyChange::Tickets {
                portal,
                permission,
                pipelines,
            } => of_portal(portal, &|it| {
                it.permission.clone_from(permission);
                it.hidden_pipelines.clone_from(pipelines);
            }),
            PolicyChange::Opened { portal, inboxes } => {
                of_portal(portal, &|it| it.published = true);
                for inbox in new.inboxes.values_mut().filter(|it| inboxes.contains(&it.id)) {
                    inbox.portal = Some(*portal);
                }
            }
            PolicyChange::Inboxes { portal, inboxes } => {
                for inbox in new.inboxes.values_mut() {
                    if inboxes.contains(&inbox.id) {
                        inbox.portal = Some(*portal);
                    } else if inbox.portal == Some(*portal) {
                        inbox.portal = None;
                    }
                }
            }
            PolicyChange::Group(group) => {
                new.groups.insert(group.id, group.clone());
            }
            PolicyChange::WithoutGroup(group) => {
                new.groups.remove(group);
            }
            PolicyChange::Members { .. }
            | PolicyChange::PrimaryCompany { .. }
            | PolicyChange::Contact(_)
            | PolicyChange::MergeContacts { .. }
            | PolicyChange::MergeCompanies { .. } => {}
        }
        new
    }

    /// The contact at the door of a portal.
    pub(super) fn entrant(&self, portal: &CustomerPortal, guest: &Guest) -> Entrant {
        let contact = &guest.contact;
        let moving = self.inboxes.values().filter(|it| it.moving_to.is_some());
        let moving = moving.filter(|it| it.portal == Some(portal.id) || it.moving_to == Some(portal.id));
        let dynamic = match &portal.access {
            AccessRule::Groups(named) => named
                .iter()
                .filter_map(|it| Some((*it, self.groups.get(it)?.criteria()?.clone())))
                .collect(),
            AccessRule::EveryRegisteredContact => BTreeMap::new(),
        };
        Entrant {
            portal: portal.id,
            published: portal.published,
            permission: portal.permission.clone(),
            access: portal.access.clone(),
            may: portal.may,
            denied: DenyList {
                pipelines: portal.hidden_pipelines.clone(),
                inboxes: moving.map(|it| it.id).collect(),
            },
            contact: contact.id,
            active: contact.standing == ContactStanding::Active,
            registered: guest.registered,
            primary_company: contact.primary_company,
            groups: contact
                .groups
                .iter()
                .filter(|it| self.groups.contains_key(it))
                .copied()
                .collect(),
            dynamic,
            properties: contact.properties.clone(),
        }
    }

    /// What the contact would see in a portal, signed in with a session.
    pub(super) fn scope(&self, portal: PortalId, guest: &Guest) -> Option<Scope> {
        let portal = self.portals.get(&portal)?;
        look(&self.entrant(portal, guest)).ok()
    }

    /// What the rule looks at of a ticket.
    pub(super) fn facts(&self, ticket: &Ticket) -> TicketFacts {
        TicketFacts {
            portal: self.inboxes.get(&ticket.inbox).and_then(|it| it.portal),
            ..ticket.facts()
        }
    }
}

/// The scope of whoever is let in.
pub(super) fn look(entrant: &Entrant) -> Result<Scope, Refusal> {
    let actor = ContactActor {
        contact: entrant.contact,
        only: None,
        mode: Mode::Write,
    };
    Ok(enter(actor, entrant)?.scope().clone())
}

impl PolicyChange {
    /// The only contact that the change is about, if there is only one.
    pub(super) fn only(&self) -> Option<BTreeSet<ContactId>> {
        match self {
            Self::Members { add, remove, .. } => Some(add.union(remove).copied().collect()),
            Self::PrimaryCompany { contact, .. } => Some(BTreeSet::from([*contact])),
            Self::Contact(contact) => Some(BTreeSet::from([contact.id])),
            Self::MergeContacts { from, into } => Some(BTreeSet::from([*from, into.id])),
            _ => None,
        }
    }

    /// Whether it is tickets that change their place.
    pub(super) const fn moves_tickets(&self) -> bool {
        matches!(
            self,
            Self::Inboxes { .. } | Self::Opened { .. } | Self::MergeContacts { .. } | Self::MergeCompanies { .. }
        )
    }

    /// The contact as it would be.
    pub(super) fn guest(&self, guest: &Guest) -> Guest {
        let mut new = guest.clone();
        let contact = &mut new.contact;
        match self {
            Self::Members { group, add, remove } => {
                if add.contains(&contact.id) {
                    contact.groups.insert(*group);
                }
                if remove.contains(&contact.id) {
                    contact.groups.remove(group);
                }
            }
            Self::PrimaryCompany { contact: id, company } if *id == contact.id => {
                contact.primary_company = *company;
                contact.companies.extend(*company);
            }
            Self::Contact(edited) if edited.id == contact.id => contact.clone_from(edited),
            Self::MergeContacts { from, .. } if *from == contact.id => contact.standing = ContactStanding::Inactive,
            Self::MergeContacts { into, .. } if into.id == contact.id => contact.clone_from(into),
            Self::MergeCompanies { from, into } => {
                if contact.companies.remove(from) {
                    contact.companies.insert(*into);
                }
                if contact.primary_company == Some(*from) {
                    contact.primary_company = Some(*into);
                }
            }
            _ => {}
        }
        new
    }

    /// What the rule would look at of a ticket.
    pub(super) fn facts(&self, mut facts: TicketFacts) -> TicketFacts {
        if let Self::MergeCompanies { from, into } = self
            && facts.companies.remove(from)
        {
            facts.companies.insert(*into);
        }
        if let Self::MergeContacts { from, into } = self
            && facts.contacts.remove(from)
        {
            facts.contacts.insert(into.id);
        }
        facts
    }
}
