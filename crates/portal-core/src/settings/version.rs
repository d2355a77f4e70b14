use super::branding::Branding;
use super::consent::ConsentNotice;
use super::display::TicketDisplay;
use super::links::PortalLinks;
use super::private_content::PrivateContent;
use super::sections::{AccessSettings, Address, General, TicketSettings};
use super::support_form::SupportForm;
use crate::access::CustomersMay;
use crate::id::{AgentId, DomainId, PortalId};
use crate::input::Problems;
use crate::mail::MailTexts;
use crate::time::Timestamp;

/// Whose settings they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SettingsOwner {
    /// A portal's.
    Portal(PortalId),
    /// A domain's, and so of all portals on it.
    Domain(DomainId),
}

/// A page of settings: what is changed, versioned and rolled back as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Name, languages, time zone.
    General,
    /// Domain and slug.
    Address,
    /// Default inbox, customer ticket permission, hidden pipelines.
    Tickets,
    /// Who may enter.
    Access,
    /// What customers may do.
    Customers,
    /// How tickets are displayed.
    Display,
    /// The support form.
    Form,
    /// The consent notice.
    Consent,
    /// Logo, colour.
    Branding,
    /// Links of header and footer.
    Links,
    /// The texts of account mails.
    MailTexts,
    /// The private-content settings of a domain.
    PrivateContent,
}

impl Section {
    /// All of them, in the order in which pages list them.
    pub const ALL: [Self; 12] = [
        Self::General,
        Self::Address,
        Self::Tickets,
        Self::Access,
        Self::Customers,
        Self::Display,
        Self::Form,
        Self::Consent,
        Self::Branding,
        Self::Links,
        Self::MailTexts,
        Self::PrivateContent,
    ];

    /// Its name in addresses, files and the store. Never given to another one.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Address => "address",
            Self::Tickets => "tickets",
            Self::Access => "access",
            Self::Customers => "customers",
            Self::Display => "display",
            Self::Form => "form",
            Self::Consent => "consent",
            Self::Branding => "branding",
            Self::Links => "links",
            Self::MailTexts => "mail-texts",
            Self::PrivateContent => "private-content",
        }
    }

    /// The section with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// The settings of one section. A section that was never changed has no version: then the default holds, or what stands in
/// the [`CustomerPortal`](super::CustomerPortal) or [`Domain`](super::Domain).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsValue {
    /// See [`Section::General`].
    General(General),
    /// See [`Section::Address`].
    Address(Address),
    /// See [`Section::Tickets`].
    Tickets(TicketSettings),
    /// See [`Section::Access`].
    Access(AccessSettings),
    /// See [`Section::Customers`].
    Customers(CustomersMay),
    /// See [`Section::Display`].
    Display(TicketDisplay),
    /// See [`Section::Form`].
    Form(SupportForm),
    /// See [`Section::Consent`].
    Consent(ConsentNotice),
    /// See [`Section::Branding`].
    Branding(Branding),
    /// See [`Section::Links`].
    Links(PortalLinks),
    /// See [`Section::MailTexts`].
    MailTexts(MailTexts),
    /// See [`Section::PrivateContent`].
    PrivateContent(PrivateContent),
}

impl SettingsValue {
    /// The section they are of.
    #[must_use]
    pub const fn section(&self) -> Section {
        match self {
            Self::General(_) => Section::General,
            Self::Address(_) => Section::Address,
            Self::Tickets(_) => Section::Tickets,
            Self::Access(_) => Section::Access,
            Self::Customers(_) => Section::Customers,
            Self::Display(_) => Section::Display,
            Self::Form(_) => Section::Form,
            Self::Consent(_) => Section::Consent,
            Self::Branding(_) => Section::Branding,
            Self::Links(_) => Section::Links,
            Self::MailTexts(_) => Section::MailTexts,
            Self::PrivateContent(_) => Section::PrivateContent,
        }
    }

    /// Checks what no type says and what needs no look at anything else.
    ///
    /// # Errors
    /// Names the fields that are wrong.
    pub fn check(&self) -> Result<(), Problems> {
        match self {
            Self::General(it) => it.check(),
            Self::Display(it) => it.check(),
            Self::Form(it) => it.check(),
            Self::Consent(it) => it.check(),
            Self::Branding(it) => it.check(),
            Self::Links(it) => it.check(),
            Self::MailTexts(it) => it.check(),
            Self::PrivateContent(it) => it.check(),
            Self::Address(_) | Self::Tickets(_) | Self::Access(_) | Self::Customers(_) => Ok(()),
        }
    }
}

/// Who changed settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SettingsAuthor {
    /// Somebody of the staff.
    Staff(AgentId),
    /// An administrator at the command line of the server.
    CommandLine,
    /// The system itself.
    System,
}

/// How a version came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Somebody changed it on its page or over the API.
    Changed,
    /// It is from the set-up in four steps.
    Wizard,
    /// Somebody went back to what an older version said.
    RolledBack {
        /// That version.
        to: u32,
    },
    /// A file was applied.
    Applied,
    /// A command.
    CommandLine,
}

/// One version of the settings of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsVersion {
    /// Whose they are.
    pub owner: SettingsOwner,
    /// Counts from 1 for each owner and section.
    pub version: u32,
    /// What they say.
    pub value: SettingsValue,
    /// Who made it.
    pub author: SettingsAuthor,
    /// When.
    pub at: Timestamp,
    /// How it came about.
    pub cause: Cause,
}

impl SettingsVersion {
    /// The section they are of.
    #[must_use]
    pub const fn section(&self) -> Section {
        self.value.section()
    }
}
