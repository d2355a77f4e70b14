//! The frame of the staff's pages: where one is, and where one can go.

use portal_core::staff::Permission;
use serde::Serialize;

/// An area of the staff's side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficeArea {
    /// None of them: signing in, errors.
    #[default]
    None,
    /// The help desk.
    Desk,
    /// Portals and what is to be done.
    Home,
    /// Domains.
    Domains,
    /// Access groups.
    Groups,
    /// Contacts.
    Contacts,
    /// Companies.
    Companies,
    /// Properties.
    Properties,
    /// Staff users.
    Staff,
    /// The outbox.
    Mail,
    /// Service levels.
    Service,
    /// Measures.
    Measures,
    /// The audit log.
    Audit,
    /// One's own account.
    Account,
    /// Conversations.
    Conversations,
    /// Pipelines and statuses.
    Pipelines,
    /// What one is told.
    Notices,
}

impl OfficeArea {
    /// Those of the navigation, with their addresses and icons, and who is shown them.
    const NAVIGATION: [(Self, &'static str, &'static str, &'static [Permission]); 14] = [
        (Self::Desk, "/desk", "inbox", &[Permission::HelpDesk]),
        (
            Self::Conversations,
            "/desk/conversations",
            "talk",
            &[Permission::HelpDesk],
        ),
        (Self::Measures, "/desk/measures", "chart", &[Permission::HelpDesk]),
        (
            Self::Contacts,
            "/admin/contacts",
            "person",
            &[Permission::Crm, Permission::PortalSettings],
        ),
        (
            Self::Companies,
            "/admin/companies",
            "building",
            &[Permission::Crm, Permission::PortalSettings],
        ),
        (Self::Home, "/admin", "stage-received", &[Permission::PortalSettings]),
        (Self::Domains, "/admin/domains", "globe", &[Permission::PortalSettings]),
        (Self::Groups, "/admin/groups", "group", &[Permission::PortalSettings]),
        (
            Self::Properties,
            "/admin/properties",
            "list",
            &[Permission::PortalSettings],
        ),
        (
            Self::Pipelines,
            "/admin/pipelines",
            "steps",
            &[Permission::PortalSettings],
        ),
        (Self::Service, "/admin/service", "clock", &[Permission::PortalSettings]),
        (Self::Mail, "/admin/mail", "mail", &[Permission::PortalSettings]),
        (Self::Staff, "/admin/staff", "badge", &[Permission::Admin]),
        (Self::Audit, "/admin/audit", "list", &[Permission::Admin]),
    ];
}

/// One line of the navigation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfficeLink {
    /// The area.
    pub area: OfficeArea,
    /// Where it leads.
    pub href: &'static str,
    /// Its sign.
    pub icon: &'static str,
    /// Whether one is there.
    pub current: bool,
}

/// A page of one portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PortalArea {
    /// What is going on.
    Overview,
    /// Name and languages.
    General,
    /// Domain and slug.
    Address,
    /// Inboxes and customer ticket permission.
    Tickets,
    /// The inboxes that it has, and those that can move here.
    Inboxes,
    /// Who may enter.
    Access,
    /// Who is a member.
    Members,
    /// What customers may do.
    Customers,
    /// Columns, labels, statuses.
    Display,
    /// The support form.
    Form,
    /// The consent notice.
    Consent,
    /// Logo and colours.
    Branding,
    /// Links of head and foot.
    Links,
    /// Texts of mails.
    MailTexts,
    /// All versions.
    History,
}

impl PortalArea {
    /// All of them, in the order of the navigation.
    pub const ALL: [Self; 15] = [
        Self::Overview,
        Self::Members,
        Self::General,
        Self::Address,
        Self::Tickets,
        Self::Inboxes,
        Self::Access,
        Self::Customers,
        Self::Display,
        Self::Form,
        Self::Branding,
        Self::Links,
        Self::Consent,
        Self::MailTexts,
        Self::History,
    ];

    /// Its part of the address `/admin/portals/{portal}/…`; empty for the overview.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::General => "general",
            Self::Address => "address",
            Self::Tickets => "tickets",
            Self::Inboxes => "inboxes",
            Self::Access => "access",
            Self::Members => "members",
            Self::Customers => "customers",
            Self::Display => "display",
            Self::Form => "form",
            Self::Consent => "consent",
            Self::Branding => "branding",
            Self::Links => "links",
            Self::MailTexts => "mail-texts",
            Self::History => "history",
        }
    }
}

/// The navigation of one portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PortalNav {
    /// Its name.
    pub name: String,
    /// `/admin/portals/{portal}`.
    pub base: String,
    /// The address at which customers find it.
    pub url: String,
    /// Whether it is open.
    pub published: bool,
    /// The page one is on.
    pub area: PortalArea,
    /// All pages.
    pub links: Vec<PortalLink>,
}

/// One line of a portal's navigation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PortalLink {
    /// The page.
    pub area: PortalArea,
    /// Where it leads.
    pub href: String,
    /// Whether one is there.
    pub current: bool,
}

impl PortalNav {
    /// The navigation of a portal, seen from one of its pages.
    #[must_use]
    pub fn new(
        id: portal_core::id::PortalId,
        name: impl Into<String>,
        url: String,
        published: bool,
        area: PortalArea,
    ) -> Self {
        let base = format!("/admin/portals/{id}");
        let links = PortalArea::ALL
            .into_iter()
            .map(|it| PortalLink {
                area: it,
                href: match it.path() {
                    "" => base.clone(),
                    path => format!("{base}/{path}"),
                },
                current: it == area,
            })
            .collect();
        Self {
            name: name.into(),
            base,
            url,
            published,
            area,
            links,
        }
    }
}

/// What the frame of a page of the staff shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Office {
    /// Where one is.
    pub area: OfficeArea,
    /// Where one can go; empty for nobody.
    pub links: Vec<OfficeLink>,
    /// The portal that the page is about.
    pub portal: Option<PortalNav>,
    /// What was just done, in words.
    pub flash: Option<String>,
    /// How many notices are unread, up to a cap; `None` for whoever does not work at the desk.
    pub bell: Option<u32>,
}

impl Office {
    /// The frame of an area, for somebody who has what `may` says.
    #[must_use]
    pub fn new(area: OfficeArea, may: impl Fn(Permission) -> bool) -> Self {
        let links = OfficeArea::NAVIGATION
            .into_iter()
            .filter(|(_, _, _, needs)| needs.iter().any(|it| may(*it)))
            .map(|(it, href, icon, _)| OfficeLink {
                area: it,
                href,
                icon,
                current: it == area,
            })
            .collect();
        Self {
            area,
            links,
            portal: None,
            flash: None,
            bell: None,
        }
    }

    /// With what was just done.
    #[must_use]
    pub fn with_flash(self, flash: Option<String>) -> Self {
        Self { flash, ..self }
    }

    /// With how many notices are unread.
    #[must_use]
    pub fn with_bell(self, bell: Option<u32>) -> Self {
        Self { bell, ..self }
    }

    /// About one portal.
    #[must_use]
    pub fn about(self, portal: PortalNav) -> Self {
        Self {
            portal: Some(portal),
            ..self
        }
    }
}
