use std::collections::{BTreeMap, BTreeSet};

use super::message::{AuthorKind, Source};
use super::pipeline::{Stage, Status};
use crate::access::{Audience, Standing, TicketFacts, TicketState};
use crate::id::{AgentId, CompanyId, ContactId, InboxId, PipelineId, PortalId, StatusId, TicketId, TicketNumber};
use crate::property::PropertyValues;
use crate::text::{Line, Subject};
use crate::time::Timestamp;

/// How urgent a ticket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Can wait.
    Low,
    /// The default.
    Normal,
    /// Soon.
    High,
    /// An important process is down.
    Urgent,
}

impl Priority {
    /// All of them, the least urgent first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];

    /// Its name in addresses, files and the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The priority with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// As what a contact is associated with a ticket. Both give the contact sight of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssociationLabel {
    /// The person who asked.
    Requester,
    /// Somebody else it concerns.
    Participant,
}

/// Counts the changes of a ticket, to notice when two people change it at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub i64);

/// What lists show of the newest public message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastMessage {
    /// Who wrote it.
    pub author: AuthorKind,
    /// The author's name.
    pub name: String,
    /// Its beginning, one line.
    pub snippet: String,
}

/// A ticket as the installation knows it. Which part of it a customer is shown is decided by the use-cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// The number people use.
    pub number: TicketNumber,
    /// The key programs use.
    pub id: TicketId,
    /// How often it was changed.
    pub version: Version,
    /// The portal of its inbox, if that inbox belongs to one.
    pub portal: Option<PortalId>,
    /// Where it is.
    pub inbox: InboxId,
    /// The pipeline of its status.
    pub pipeline: PipelineId,
    /// Its status.
    pub status: StatusId,
    /// The stage of its status.
    pub stage: Stage,
    /// What it is about.
    pub subject: Subject,
    /// How urgent it is.
    pub priority: Priority,
    /// What kind of request it is, in the installation's words.
    pub category: Option<Line>,
    /// Who takes care of it.
    pub owner: Option<AgentId>,
    /// By which way it came.
    pub source: Source,
    /// What it is to the installation.
    pub standing: Standing,
    /// Whether its companies read it.
    pub audience: Audience,
    /// The associated contacts; at most one of them is the requester.
    pub contacts: BTreeMap<ContactId, AssociationLabel>,
    /// The associated companies.
    pub companies: BTreeSet<CompanyId>,
    /// Further properties.
    pub properties: PropertyValues,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was closed, if it is.
    pub closed_at: Option<Timestamp>,
    /// When the newest public message was written or the stage changed, whichever is later.
    pub last_activity: Timestamp,
    /// The highest place in its public sequence that is taken; 0 if there is nothing yet.
    pub public_seq: u32,
    /// What lists show of the newest public message.
    pub last_message: Option<LastMessage>,
    /// How many files its public messages have.
    pub files: u32,
    /// Its key in the system it was imported from.
    pub external_id: Option<String>,
    /// The ticket it was merged into, if it was.
    pub merged_into: Option<TicketNumber>,
    /// Until when the desk has put it aside, if it has. Customers know nothing of it.
    pub snoozed_until: Option<Timestamp>,
}

impl Ticket {
    /// What the visibility rule looks at.
    #[must_use]
    pub fn facts(&self) -> TicketFacts {
        TicketFacts {
            portal: self.portal,
            inbox: self.inbox,
            pipeline: self.pipeline,
            standing: self.standing,
            audience: self.audience,
            contacts: self.contacts.keys().copied().collect(),
            companies: self.companies.clone(),
        }
    }

    /// What decisions about actions look at.
    #[must_use]
    pub fn state(&self) -> TicketState {
        TicketState {
            facts: self.facts(),
            stage: self.stage,
            requester: self.requester(),
            closed_at: self.closed_at,
        }
    }

    /// Who asked.
    #[must_use]
    pub fn requester(&self) -> Option<ContactId> {
        self.contacts
            .iter()
            .find(|(_, label)| **label == AssociationLabel::Requester)
            .map(|(id, _)| *id)
    }

    /// Takes the next place in the public sequence.
    pub(crate) fn next_seq(&mut self) -> u32 {
        self.public_seq += 1;
        self.public_seq
    }

    /// Moves to a status at an instant, with everything that hangs on it.
    pub(crate) fn enter(&mut self, status: &Status, now: Timestamp) {
        if status.stage != self.stage {
            self.last_activity = self.last_activity.max(now);
            self.closed_at = (status.stage == Stage::Closed).then_some(now);
        }
        self.status = status.id;
        self.stage = status.stage;
    }
}

/// The words by which a ticket is found: of its subject, number and external id, its first message, then of the newest
/// messages first, up to the limit of [`index_tokens`](crate::text::index_tokens).
///
/// `messages` are the plain texts of its public messages, oldest first. A store may build the document step by step, as
/// long as the words are these while the limit is not reached.
#[must_use]
pub fn search_document(ticket: &Ticket, messages: &[&str]) -> Vec<crate::text::Token> {
    let number = ticket.number.to_string();
    let head = [
        ticket.subject.as_str(),
        &number,
        ticket.external_id.as_deref().unwrap_or_default(),
    ];
    let first = messages.first().copied();
    let rest = messages.iter().skip(1).rev().copied();
    crate::text::index_tokens(head.into_iter().chain(first).chain(rest))
}
