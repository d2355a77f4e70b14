//! Two contacts, or two companies, that become one.
//!
//! A merge begins in one unit of work: the survivor gets its fields, the other one is put aside (a contact cannot sign in
//! any more), and what will be needed to undo it is written down. Then tickets (and, of a company, people) follow in units
//! of [`UNIT`], each of which leaves everything legal: at every moment a contact sees what they saw before or will see
//! afterwards, and nothing else. It can stop anywhere and be carried on. Undoing goes the same way back.

use std::collections::{BTreeMap, BTreeSet};

use super::party::Party;
use super::people::{Company, Contact};
use super::policy::PolicyChange;
use super::preview_policy::PolicyPreview;
use crate::actor::Task;
use crate::id::{AccessGroupId, AgentId, CompanyId, ContactId, MergeId, TicketNumber};
use crate::input::Problems;
use crate::ports::{StoreError, Tx};
use crate::property::{PropertyKey, PropertyValues};
use crate::staff::{StaffError, staff_use_case_error};
use crate::text::{EmailAddress, Line, Locale};
use crate::ticket::AssociationLabel;
use crate::time::Timestamp;

/// How many tickets or people follow in one unit of work.
pub(super) const UNIT: u32 = 500;

/// A merge, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Its id.
    pub id: MergeId,
    /// What became a part of the other.
    pub from: Party,
    /// What stays.
    pub into: Party,
    /// How far it is.
    pub state: MergeState,
    /// By whom; nobody at the command line.
    pub by: Option<AgentId>,
    /// When.
    pub at: Timestamp,
    /// Whether what became a part was active.
    pub was_active: bool,
    /// What the survivor was.
    pub before: PartyFields,
    /// What the merge made of it.
    pub after: PartyFields,
}

impl Merge {
    /// For how many days a merge can be undone.
    pub const UNDO_DAYS: i64 = 30;

    /// Until when it can be undone.
    #[must_use]
    pub fn undo_until(&self) -> Timestamp {
        self.at.plus(std::time::Duration::from_secs(
            24 * 3_600 * Self::UNDO_DAYS.unsigned_abs(),
        ))
    }
}

/// How far a merge is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeState {
    /// Tickets and people are still to follow.
    Moving,
    /// All followed.
    Done,
    /// It is being undone.
    Undoing,
    /// It was undone.
    Undone,
}

/// The fields of a contact or company that a merge may change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartyFields {
    /// The name.
    pub name: String,
    /// The address, as the company knows it.
    pub email: Option<EmailAddress>,
    /// The sign-in address.
    pub membership_email: Option<EmailAddress>,
    /// A contact's primary company.
    pub primary_company: Option<CompanyId>,
    /// A contact's companies.
    pub companies: BTreeSet<CompanyId>,
    /// As what a contact belongs to them.
    pub labels: BTreeMap<CompanyId, Line>,
    /// A contact's groups without criteria.
    pub groups: BTreeSet<AccessGroupId>,
    /// A contact's language.
    pub language: Option<Locale>,
    /// A contact's time zone.
    pub time_zone: Option<String>,
    /// A company's domain name.
    pub domain: Option<Line>,
    /// Property values.
    pub properties: PropertyValues,
}

impl PartyFields {
    pub(super) fn of_contact(it: &Contact, labels: BTreeMap<CompanyId, Line>) -> Self {
        Self {
            name: it.name.to_string(),
            email: it.email.clone(),
            membership_email: it.membership_email.clone(),
            primary_company: it.primary_company,
            companies: it.companies.clone(),
            labels,
            groups: it.groups.clone(),
            language: it.language.clone(),
            time_zone: it.time_zone.clone(),
            domain: None,
            properties: it.properties.clone(),
        }
    }

    pub(super) fn of_company(it: &Company) -> Self {
        Self {
            name: it.name.to_string(),
            domain: it.domain.clone(),
            properties: it.properties.clone(),
            ..Self::default()
        }
    }
}

/// What followed in a merge, as it was before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved {
    /// A ticket of a contact.
    Ticket {
        /// Which.
        number: TicketNumber,
        /// As what the one who left was on it.
        label: AssociationLabel,
        /// As what the survivor was on it, if they were.
        before: Option<AssociationLabel>,
    },
    /// A ticket of a company.
    CompanyTicket {
        /// Which.
        number: TicketNumber,
        /// Whether the survivor was on it.
        before: bool,
    },
    /// Somebody of a company.
    Person {
        /// Who.
        contact: ContactId,
        /// Whether the company that left was their primary one.
        primary: bool,
        /// Whether they belonged to the survivor.
        before: bool,
        /// As what they belonged to the company that left.
        label: Option<Line>,
    },
}

/// A field of which the value of the one who leaves is wanted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MergeField {
    /// The name.
    Name,
    /// The address, as the company knows it.
    Email,
    /// The sign-in address.
    MembershipEmail,
    /// The primary company.
    PrimaryCompany,
    /// The language.
    Language,
    /// The time zone.
    TimeZone,
    /// A company's domain name.
    Domain,
    /// A property.
    Property(PropertyKey),
}

/// How many people would see more, as it was said before it was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Widening {
    /// People who would see more tickets.
    pub people: u64,
    /// Those tickets.
    pub tickets: u64,
    /// People who would be let in.
    pub doors: u64,
}

impl Widening {
    /// What of a preview is a widening; `None` if nobody would see more.
    #[must_use]
    pub const fn of(effect: &PolicyPreview) -> Option<Self> {
        let gain = &effect.gain;
        if gain.people == 0 && gain.doors == 0 && !effect.estimate {
            return None;
        }
        Some(Self {
            people: gain.people,
            tickets: gain.tickets,
            doors: gain.doors,
        })
    }
}

/// Two contacts or companies that are to become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeParties {
    /// What stays.
    pub into: Party,
    /// What becomes a part of it.
    pub from: Party,
    /// The fields of which the other's value is taken.
    pub take: BTreeSet<MergeField>,
    /// Whether a contact gets the other's further companies too.
    pub companies: bool,
    /// Whether a contact gets the other's groups too.
    pub groups: bool,
    /// The widening that was seen and accepted.
    pub accepted: Option<Widening>,
}

/// What a merge would make, for the page that asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergePreview {
    /// The survivor as it would be.
    pub after: PartyFields,
    /// Who would gain or lose sight of what.
    pub effect: PolicyPreview,
    /// Whether both have a way to sign in: the survivor's stays, the other's ends.
    pub two_accounts: bool,
    /// Whether only the one who leaves has one, so that nobody could sign in with a password afterwards.
    pub loses_account: bool,
}

/// Why nothing was merged, carried on or undone.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such contact, company or merge.
    #[error("there is no such contact, company or merge")]
    NotFound,
    /// Both are the same, or a contact and a company.
    #[error("these two cannot become one")]
    NotTwo,
    /// One of them was merged or erased, or the survivor is not active.
    #[error("one of the two was removed, merged or erased")]
    Gone,
    /// People would see more than before, and that was not accepted with these numbers.
    #[error("people would see more than before")]
    Widens(Box<PolicyPreview>),
    /// Who has registered changes their sign-in address themself.
    #[error("the survivor has registered, so their sign-in address stays")]
    Registered,
    /// Another contact signs in with the address.
    #[error("another contact signs in with this address")]
    AddressTaken,
    /// The 30 days are over, or a later merge or an erasure is in the way.
    #[error("this merge cannot be undone any more")]
    TooLate,
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(MergeError, NotFound);

/// Whether a contact or company became a part of another one, or was erased: nothing is done with it any more.
pub(crate) async fn has_left(tx: &mut dyn Tx, task: &Task, party: Party) -> Result<bool, StoreError> {
    let merged = tx.crm().merges_of(task, party).await?;
    if merged
        .iter()
        .any(|it| it.from == party && it.state != MergeState::Undone)
    {
        return Ok(true);
    }
    Ok(match party {
        Party::Contact(id) => tx.crm().erased_at(task, id).await?.is_some(),
        Party::Company(_) => false,
    })
}

/// What the rule is asked about.
pub(super) fn change(command: &MergeParties, contact: Option<&Contact>) -> Option<PolicyChange> {
    match (command.from, command.into, contact) {
        (Party::Contact(from), Party::Contact(_), Some(into)) => Some(PolicyChange::MergeContacts {
            from,
            into: Box::new(into.clone()),
        }),
        (Party::Company(from), Party::Company(into), _) => Some(PolicyChange::MergeCompanies { from, into }),
        _ => None,
    }
}
