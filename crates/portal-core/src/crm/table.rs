//! A table of contacts or companies that is taken in: chosen, mapped, looked at without effect, and run in units that can
//! stop anywhere and be carried on.
//!
//! The same line always comes to the same thing: it is found again by its external id or its address, so that running a
//! table twice changes nothing the second time. An empty cell leaves a field as it is. Who belongs to a company is what a
//! column says, and never what the domain of an address suggests.

use crate::id::{AgentId, TableId};
use crate::input::{ProblemKind, Problems};
use crate::ports::StoreError;
use crate::property::{PropertyKey, PropertyType};
use crate::staff::{StaffError, staff_use_case_error};
use crate::time::Timestamp;

/// What the lines of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableOf {
    /// One contact each.
    Contacts,
    /// One company each.
    Companies,
}

impl TableOf {
    /// Its name in addresses and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Companies => "companies",
        }
    }

    /// What has this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Contacts, Self::Companies]
            .into_iter()
            .find(|it| it.name() == name)
    }
}

/// What a column is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableField {
    /// The key in the system it comes from.
    ExternalId,
    /// The name.
    Name,
    /// The address, as the company knows it.
    Email,
    /// The sign-in address.
    MembershipEmail,
    /// A company of the contact, by its external id or its name.
    Company,
    /// A company's domain name.
    Domain,
    /// A property.
    Property(PropertyKey),
}

impl TableField {
    /// The fields of a table beside properties, in the order in which pages offer them.
    #[must_use]
    pub fn of(table: TableOf) -> Vec<Self> {
        match table {
            TableOf::Contacts => vec![
                Self::ExternalId,
                Self::Name,
                Self::Email,
                Self::MembershipEmail,
                Self::Company,
            ],
            TableOf::Companies => vec![Self::ExternalId, Self::Name, Self::Domain],
        }
    }

    /// Its name in forms and files.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::ExternalId => "external_id".to_owned(),
            Self::Name => "name".to_owned(),
            Self::Email => "email".to_owned(),
            Self::MembershipEmail => "membership_email".to_owned(),
            Self::Company => "company".to_owned(),
            Self::Domain => "domain".to_owned(),
            Self::Property(key) => format!("property.{key}"),
        }
    }

    /// The field with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if let Some(key) = name.strip_prefix("property.") {
            return key.parse().ok().map(Self::Property);
        }
        [
            Self::ExternalId,
            Self::Name,
            Self::Email,
            Self::MembershipEmail,
            Self::Company,
            Self::Domain,
        ]
        .into_iter()
        .find(|it| it.name() == name)
    }
}

/// A table that is taken in, as it is kept. Its content is kept beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its id.
    pub id: TableId,
    /// What its lines are.
    pub of: TableOf,
    /// The name of the file.
    pub name: String,
    /// Who brought it; nobody at the command line.
    pub by: Option<AgentId>,
    /// When.
    pub at: Timestamp,
    /// The headings of its columns.
    pub columns: Vec<String>,
    /// How many lines it has below the headings.
    pub lines: u64,
    /// What each column is, as far as it was said.
    pub mapping: Vec<Option<TableField>>,
    /// How far it is.
    pub state: TableState,
    /// How many lines were looked at while running.
    pub done: u64,
    /// How many made something new.
    pub added: u64,
    /// How many changed something.
    pub changed: u64,
    /// How many were left out because something was wrong.
    pub left_out: u64,
}

impl Table {
    /// The most lines.
    pub const MOST_LINES: u64 = 20_000;
    /// The most columns.
    pub const MOST_COLUMNS: usize = 200;
    /// The most bytes.
    pub const MOST_BYTES: usize = 10 * 1024 * 1024;
}

/// How far a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableState {
    /// It is said what its columns are.
    Mapping,
    /// It runs, or stopped on the way.
    Running,
    /// All lines were looked at.
    Done,
}

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableLine {
    /// Where it stands in the file, the headings being line 1.
    pub line: u64,
    /// What is in it; `None` if the line itself cannot be read.
    pub cells: Option<Vec<String>>,
}

/// Why a line is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineProblem {
    /// It has not as many cells as there are headings, or cannot be read.
    Unreadable,
    /// There is neither an external id nor an address to find it again by.
    NoKey,
    /// An earlier line of the file has the same external id or address.
    Twice(u64),
    /// Something new has no name.
    NoName,
    /// A field has something that it cannot have.
    Field(TableField, ProblemKind),
    /// The value is none of the property's type, or none of its options.
    NotOfType(TableField, PropertyType),
    /// Several contacts have the address: merge them first.
    Several,
    /// The company is not there.
    NoCompany,
    /// Several companies have the name: give the external id instead.
    SeveralCompanies,
    /// The contact has registered and changes the sign-in address themself.
    Registered,
    /// Another contact signs in with the address, or has the external id.
    Taken,
    /// It was merged or erased.
    Gone,
}

/// A line that is left out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongLine {
    /// Where it stands in the file.
    pub line: u64,
    /// Why.
    pub problem: LineProblem,
}

/// What a table would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableCheck {
    /// How many lines would make something new.
    pub added: u64,
    /// How many would change something.
    pub changed: u64,
    /// How many would change nothing.
    pub unchanged: u64,
    /// How many would be left out.
    pub left_out: u64,
    /// The first of them.
    pub wrong: Vec<WrongLine>,
    /// How many contacts would get a primary company, and so perhaps sight of its tickets.
    pub new_primaries: u64,
}

impl TableCheck {
    /// How many wrong lines are named.
    pub const WRONG: usize = 200;
}

/// Why nothing was done with a table.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such table.
    #[error("there is no such table")]
    NotFound,
    /// It is empty, or has too much of something.
    #[error("the table has no lines, or more than can be taken in at once")]
    Size,
    /// The mapping makes no sense.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// It runs already, or is done.
    #[error("this table runs already, or is done")]
    Begun,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(TableError, NotFound);
