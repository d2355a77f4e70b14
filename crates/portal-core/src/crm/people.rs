use std::collections::BTreeSet;

use crate::id::{AccessGroupId, AgentId, CompanyId, ContactId};
use crate::property::PropertyValues;
use crate::text::{EmailAddress, Line, Locale, PersonName};
use crate::time::Timestamp;

/// What a contact is to the installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContactStanding {
    /// A contact like any other.
    Active,
    /// Removed or blocked: cannot sign in or enter anywhere.
    Inactive,
}

/// A customer's person record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// The name that is shown.
    pub name: PersonName,
    /// The contact's e-mail address, as the company knows it; need not be unique.
    pub email: Option<EmailAddress>,
    /// The sign-in address: verified, unique over active contacts. Registration mails go only there.
    pub membership_email: Option<EmailAddress>,
    /// What it is to the installation.
    pub standing: ContactStanding,
    /// The company as which the contact may read.
    pub primary_company: Option<CompanyId>,
    /// All companies of the contact, the primary one included.
    pub companies: BTreeSet<CompanyId>,
    /// The groups it is a member of. Of the dynamic ones among them the store keeps account; what is said of them here
    /// when the contact is put makes no difference.
    pub groups: BTreeSet<AccessGroupId>,
    /// The language the contact was imported with or chose.
    pub language: Option<Locale>,
    /// The IANA time zone the contact chose.
    pub time_zone: Option<String>,
    /// Further properties.
    pub properties: PropertyValues,
    /// Its key in the system it was imported from.
    pub external_id: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Contact {
    /// What an erased contact is called in lists of people. Pages say it in the reader's language.
    pub const ERASED: &str = "–";
}

/// An organisation that contacts belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// Its id.
    pub id: CompanyId,
    /// Its name.
    pub name: Line,
    /// Its domain name. It proposes, and never grants, membership.
    pub domain: Option<Line>,
    /// Further properties.
    pub properties: PropertyValues,
    /// Its key in the system it was imported from.
    pub external_id: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A person of the staff, for now as a name under messages; cannot sign in yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Its id.
    pub id: AgentId,
    /// The name that customers are shown.
    pub name: PersonName,
    /// The agent's address, never shown to customers.
    pub email: Option<EmailAddress>,
}
