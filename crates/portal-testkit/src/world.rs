//! Small worlds: a few portals, contacts, companies and tickets, named by their places, so that a failing one can be read.
//!
//! A [`World`] is what a test varies, shrinks and prints. A [`Place`] is where it was put into a store, with identifiers
//! of its own, so that many worlds fit into one store without meeting. The [`oracle`](crate::oracle) says who sees what.

mod command;
mod install;
mod place;
mod small;
mod strategy;

use std::collections::{BTreeMap, BTreeSet};

use portal_core::access::Standing;
use portal_core::ticket::{Priority, Stage};

pub use command::{Command, commands};
pub use place::{Place, at};
pub(crate) use place::{get, label};
pub use strategy::worlds;

/// How many companies and access groups and pipelines each world has.
pub const COMPANIES: usize = 3;
/// How many access groups each world has.
pub const GROUPS: usize = 2;
/// How many pipelines each world has.
pub const PIPELINES: usize = 2;

/// A world to be shown to a store.
#[derive(Clone, Debug)]
pub struct World {
    /// One or two portals.
    pub portals: Vec<Portal>,
    /// The access groups: static, or those of whom a condition holds.
    pub groups: Vec<Option<Condition>>,
    /// One or two inboxes.
    pub inboxes: Vec<Inbox>,
    /// One to four contacts.
    pub contacts: Vec<Person>,
    /// Up to twelve tickets.
    pub tickets: Vec<Issue>,
}

/// A customer portal.
#[derive(Clone, Debug)]
pub struct Portal {
    /// Whether it is open.
    pub published: bool,
    /// Which tickets its contacts see.
    pub sight: Sight,
    /// Who is let in.
    pub access: Access,
    /// The pipelines it hides.
    pub hides: BTreeSet<usize>,
}

/// A ticket permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Own tickets.
    Own,
    /// Own and the primary company's.
    Company,
    /// The company's for those of whom the condition holds.
    CompanyIf(Condition),
}

/// Conditions on the property `region`, which is unknown of some contacts, and on `level`, a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// `region` is north.
    North,
    /// `region` is not north.
    NotNorth,
    /// `region` is known.
    RegionKnown,
    /// `region` is unknown.
    RegionUnknown,
    /// `level` is greater than 3.
    LevelAbove3,
    /// `level` is less than 3, or `region` is north or south and `level` is known.
    LevelBelow3OrPlaced,
}

/// An access rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody who can sign in.
    Registered,
    /// Members of any of these groups.
    Groups(BTreeSet<usize>),
}

/// An inbox.
#[derive(Clone, Debug)]
pub struct Inbox {
    /// The portal it belongs to.
    pub portal: Option<usize>,
    /// The portal it is on the move to.
    pub moving_to: Option<usize>,
}

/// A contact.
#[derive(Clone, Debug)]
pub struct Person {
    /// Neither removed nor blocked.
    pub active: bool,
    /// Can sign in.
    pub registered: bool,
    /// The primary company.
    pub primary: Option<usize>,
    /// Further companies.
    pub further: BTreeSet<usize>,
    /// The static access groups it was put into. Dynamic ones may be among them; that makes no difference.
    pub groups: BTreeSet<usize>,
    /// The property `region`.
    pub region: Option<Region>,
    /// The property `level`.
    pub level: Option<i64>,
}

/// Where a contact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// North.
    North,
    /// South.
    South,
}

/// A ticket.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Where it arrived.
    pub inbox: usize,
    /// The pipeline of its status.
    pub pipeline: usize,
    /// The stage of its status.
    pub stage: Stage,
    /// What it is to the installation.
    pub standing: Standing,
    /// Whether its companies are kept out.
    pub private: bool,
    /// Who asked.
    pub requester: Option<usize>,
    /// Who else it concerns.
    pub participants: BTreeSet<usize>,
    /// The associated companies.
    pub companies: BTreeSet<usize>,
    /// When something happened last; few values, so that many are equal.
    pub activity: i64,
    /// How urgent it is.
    pub priority: Priority,
    /// The words of its subject.
    pub subject: Vec<Word>,
    /// Messages and events.
    pub thread: Vec<Item>,
    /// The words of staff-only notes.
    pub notes: Vec<Vec<Word>>,
    /// How far contacts have read.
    pub read: BTreeMap<usize, u32>,
    /// How often it was changed.
    pub version: i64,
}

/// Something on a ticket's timeline.
#[derive(Clone, Debug)]
pub enum Item {
    /// A public message.
    Message {
        /// What it says.
        words: Vec<Word>,
        /// Whether it has a file.
        file: bool,
        /// The contact who wrote it; nobody is the system.
        by: Option<usize>,
    },
    /// A public event.
    Event,
}

/// A word that people write here.
pub type Word = &'static str;

/// The words: some begin like others, so that a search for a beginning finds several.
pub const WORDS: [Word; 6] = ["ant", "anthem", "bee", "beetle", "cat", "cattle"];
/// A word that only notes have: nobody may find it.
pub const NOTE_WORD: Word = "whisper";

impl Issue {
    /// The associated contacts.
    pub fn people(&self) -> BTreeSet<usize> {
        self.requester.iter().chain(&self.participants).copied().collect()
    }

    /// Whether it is closed.
    pub fn is_closed(&self) -> bool {
        self.stage == Stage::Closed
    }
}
