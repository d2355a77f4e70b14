use std::collections::BTreeSet;

use crate::id::{AgentId, InboxId};
use crate::text::{EmailAddress, Locale, PersonName};
use crate::time::Timestamp;

/// One thing that a staff user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Everything, staff users included.
    Admin,
    /// Customer portal settings: domains, portals, access groups, members, mails to them.
    PortalSettings,
    /// Answering tickets in the help desk.
    HelpDesk,
    /// Contacts and companies.
    Crm,
    /// Articles.
    KnowledgeBase,
    /// Making tokens for programs.
    Api,
    /// Handing out people's data: tables of contacts and companies, everything about one contact.
    Export,
}

impl Permission {
    /// All of them, in the order in which pages list them.
    pub const ALL: [Self; 7] = [
        Self::Admin,
        Self::PortalSettings,
        Self::HelpDesk,
        Self::Crm,
        Self::KnowledgeBase,
        Self::Api,
        Self::Export,
    ];

    /// Its name in addresses, files and the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::PortalSettings => "portal_settings",
            Self::HelpDesk => "help_desk",
            Self::Crm => "crm",
            Self::KnowledgeBase => "knowledge_base",
            Self::Api => "api",
            Self::Export => "export",
        }
    }

    /// The permission with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// The inboxes whose tickets a staff user works with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InboxAccess {
    /// All of them, those to come included.
    All,
    /// These.
    Only(BTreeSet<InboxId>),
}

/// What a staff user is to the installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaffStanding {
    /// May sign in.
    Active,
    /// Keeps their name under what they wrote, and cannot sign in.
    Disabled,
}

/// A person of the staff who can sign in. Customers know them as the [`Agent`](crate::crm::Agent) of the same id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffUser {
    /// Their id, as agent and as staff user.
    pub id: AgentId,
    /// The name that customers are shown.
    pub name: PersonName,
    /// The sign-in address, unique over active staff users; never shown to customers.
    pub email: EmailAddress,
    /// What they may do.
    pub permissions: BTreeSet<Permission>,
    /// Which inboxes they work with.
    pub inboxes: InboxAccess,
    /// Whether they may sign in.
    pub standing: StaffStanding,
    /// The language of their pages; the browser's if `None`.
    pub language: Option<Locale>,
    /// Their IANA time zone; the device's if `None`.
    pub time_zone: Option<String>,
    /// When they were made.
    pub created_at: Timestamp,
}

impl StaffUser {
    /// Whether they have a permission; an admin has all of them.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&Permission::Admin) || self.permissions.contains(&permission)
    }

    /// Whether they can sign in and administer the installation.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.standing == StaffStanding::Active && self.permissions.contains(&Permission::Admin)
    }
}
