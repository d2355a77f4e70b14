use crate::id::{AccessGroupId, CompanyId, ContactId};
use crate::text::EmailAddress;

use super::people::{Contact, ContactStanding};

/// Which contacts staff want to see, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactQuery {
    /// What the name, an address, the name of the primary company or a property has in it; a–z and A–Z are the same.
    pub text: Option<String>,
    /// Listed members of this access group only.
    pub group: Option<AccessGroupId>,
    /// People of this company only, primary or not.
    pub company: Option<CompanyId>,
    /// Those of this standing only.
    pub standing: Option<ContactStanding>,
    /// Behind this one, by name and id.
    pub after: Option<(String, ContactId)>,
    /// At most so many.
    pub limit: u32,
}

/// A contact in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRow {
    /// Who.
    pub id: ContactId,
    /// The name.
    pub name: String,
    /// The address, as the company knows it.
    pub email: Option<EmailAddress>,
    /// The sign-in address.
    pub membership_email: Option<EmailAddress>,
    /// What it is to the installation.
    pub standing: ContactStanding,
    /// The primary company and its name.
    pub company: Option<(CompanyId, String)>,
    /// Whether they have a way to sign in.
    pub registered: bool,
}

/// Which companies staff want to see, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompanyQuery {
    /// What the name, the domain or a property has in it; a–z and A–Z are the same.
    pub text: Option<String>,
    /// Behind this one, by name and id.
    pub after: Option<(String, CompanyId)>,
    /// At most so many.
    pub limit: u32,
}

/// A company in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyRow {
    /// Which.
    pub id: CompanyId,
    /// Its name.
    pub name: String,
    /// Its domain name.
    pub domain: Option<String>,
    /// How many active contacts it has, primary or not.
    pub people: u64,
}

/// A contact with what else counts at the door of a portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Who.
    pub contact: Contact,
    /// Whether they have a way to sign in.
    pub registered: bool,
}
