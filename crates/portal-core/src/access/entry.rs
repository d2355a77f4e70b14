use std::collections::{BTreeMap, BTreeSet};

use super::criteria::Criteria;
use super::principal::Principal;
use super::scope::{DenyList, Scope};
use crate::actor::{ContactActor, Mode};
use crate::id::{AccessGroupId, CompanyId, ContactId, PortalId};
use crate::property::PropertyValues;

/// The portal's customer ticket permission: which tickets its contacts see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TicketPermission {
    /// Tickets associated with the contact.
    Own,
    /// Those, and all that are shared with the contact's primary company.
    Company,
    /// As [`Company`](Self::Company) for contacts that match the criteria, as [`Own`](Self::Own) for everybody else.
    CompanyFor(Criteria),
}

/// Who may enter a portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccessRule {
    /// Members of any of these access groups. An empty set lets nobody in.
    Groups(BTreeSet<AccessGroupId>),
    /// Every contact who has registered, that is, has a way to sign in.
    EveryRegisteredContact,
}

/// What the portal lets its customers do with tickets they see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomersMay {
    /// Close a ticket.
    pub close: bool,
    /// Reopen a closed ticket for so many days after it was closed; `None` means never.
    pub reopen_days: Option<u16>,
    /// Reply to, close and reopen tickets that they see only through their company.
    pub act_on_colleagues_tickets: bool,
    /// Mark a ticket private that they requested.
    pub mark_private: bool,
    /// Say of a closed ticket that they are on whether they are satisfied. They are asked to.
    pub rate: bool,
}

impl Default for CustomersMay {
    fn default() -> Self {
        Self {
            close: true,
            reopen_days: Some(30),
            act_on_colleagues_tickets: false,
            mark_private: true,
            rate: true,
        }
    }
}

/// A contact at the door of a portal: everything that entry and sight depend on, loaded in one unit of work.
///
/// Its fields are public, so that tests can build any world; what it allows is decided by [`enter`] alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entrant {
    /// The portal.
    pub portal: PortalId,
    /// Whether the portal is published.
    pub published: bool,
    /// Its customer ticket permission.
    pub permission: TicketPermission,
    /// Its access rule.
    pub access: AccessRule,
    /// What its customers may do.
    pub may: CustomersMay,
    /// What it does not show.
    pub denied: DenyList,
    /// The contact.
    pub contact: ContactId,
    /// Whether the contact is active, that is, neither removed nor blocked.
    pub active: bool,
    /// Whether the contact has a way to sign in.
    pub registered: bool,
    /// The contact's primary company.
    pub primary_company: Option<CompanyId>,
    /// The access groups the contact is a member of, as they are listed. Of dynamic groups this is not asked.
    pub groups: BTreeSet<AccessGroupId>,
    /// The criteria of the dynamic groups that the access rule names: of these the contact is a member exactly if the
    /// properties match, whatever is listed.
    pub dynamic: BTreeMap<AccessGroupId, Criteria>,
    /// The contact's property values, for criteria.
    pub properties: PropertyValues,
}

impl Entrant {
    /// Whether the contact is a member of an access group that the access rule names. Members of a dynamic group are
    /// those who match now; a list of them decides nothing.
    #[must_use]
    pub fn is_member(&self, group: AccessGroupId) -> bool {
        match self.dynamic.get(&group) {
            Some(criteria) => criteria.matches(&self.properties),
            None => self.groups.contains(&group),
        }
    }
}

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The portal is not published.
    #[error("this portal is not open")]
    NotPublished,
    /// The contact was removed or blocked.
    #[error("this account is not active")]
    NotActive,
    /// The access rule does not let the contact in.
    #[error("this account has no access to this portal")]
    NoAccess,
}

/// A contact who was let into a portal. Only [`enter`] makes one, and it never outlives the unit of work that loaded
/// its [`Entrant`].
#[derive(Clone, Debug)]
pub struct Viewer {
    scope: Scope,
    may: CustomersMay,
    mode: Mode,
}

/// Decides entry, and as whom the contact reads.
///
/// # Errors
/// Refuses if the portal is not published, the contact is not active, or the access rule does not let the contact in;
/// also if `actor` is bound to another portal or is not the contact who stands at the door.
pub fn enter(actor: ContactActor, entrant: &Entrant) -> Result<Viewer, Refusal> {
    if !entrant.published {
        return Err(Refusal::NotPublished);
    }
    if !entrant.active {
        return Err(Refusal::NotActive);
    }
    let bound_elsewhere = actor.only.is_some_and(|only| only != entrant.portal);
    if bound_elsewhere || actor.contact != entrant.contact || !lets_in(entrant) {
        return Err(Refusal::NoAccess);
    }
    let scope = Scope::new(
        entrant.portal,
        entrant.contact,
        principals(entrant),
        entrant.denied.clone(),
    );
    Ok(Viewer {
        scope,
        may: entrant.may,
        mode: actor.mode,
    })
}

fn lets_in(entrant: &Entrant) -> bool {
    match &entrant.access {
        AccessRule::Groups(groups) => groups.iter().any(|it| entrant.is_member(*it)),
        AccessRule::EveryRegisteredContact => entrant.registered,
    }
}

fn principals(entrant: &Entrant) -> BTreeSet<Principal> {
    let company_view = match &entrant.permission {
        TicketPermission::Own => false,
        TicketPermission::Company => true,
        TicketPermission::CompanyFor(criteria) => criteria.matches(&entrant.properties),
    };
    let company = entrant.primary_company.filter(|_| company_view).map(Principal::Company);
    std::iter::once(Principal::Contact(entrant.contact))
        .chain(company)
        .collect()
}

impl Viewer {
    /// The tickets this viewer may see.
    #[must_use]
    pub const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Who it is.
    #[must_use]
    pub const fn contact(&self) -> ContactId {
        self.scope.contact()
    }

    /// The portal that was entered.
    #[must_use]
    pub const fn portal(&self) -> PortalId {
        self.scope.portal()
    }

    /// What the portal lets its customers do.
    #[must_use]
    pub const fn may(&self) -> &CustomersMay {
        &self.may
    }

    /// Whether anything may be changed.
    #[must_use]
    pub const fn may_write(&self) -> bool {
        matches!(self.mode, Mode::Write)
    }
}
