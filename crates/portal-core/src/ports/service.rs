use async_trait::async_trait;

use super::error::StoreError;
use crate::actor::Task;
use crate::desk::StaffScope;
use crate::id::{InboxId, TicketNumber};
use crate::measures::{MeasureQuery, MeasuredTicket};
use crate::service::{Mark, ServiceFacts, ServiceTerms};
use crate::ticket::{Priority, Stage};
use crate::time::Timestamp;

/// What an inbox promises, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptTerms {
    /// Which inbox.
    pub inbox: InboxId,
    /// How often it was changed.
    pub version: u32,
    /// What it promises.
    pub terms: ServiceTerms,
}

/// A ticket with which it is the staff's turn: what is looked at to see whether anything is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedTicket {
    /// Which.
    pub number: TicketNumber,
    /// How urgent it is.
    pub priority: Priority,
    /// The stage of its status.
    pub stage: Stage,
    /// When it was opened.
    pub created_at: Timestamp,
    /// How it was served so far.
    pub facts: ServiceFacts,
    /// Of what the staff were told, the reply first.
    pub told: Vec<ToldDue>,
}

impl WatchedTicket {
    /// Since when anything counts.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        self.facts
            .waiting_since
            .map_or(self.created_at, |it| it.min(self.created_at))
    }
}

/// That the staff were told that something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToldDue {
    /// Of which ticket.
    pub ticket: TicketNumber,
    /// Of closing it; of a reply otherwise.
    pub closing: bool,
    /// Since when the customer waits for the reply, or when the ticket was opened: another one is news again.
    pub since: Timestamp,
    /// How near it was.
    pub mark: Mark,
}

/// What inboxes promise, and how tickets were served.
///
/// The store keeps the [`ServiceFacts`] of each ticket in step with its messages and events, in the order in which it is
/// given them ([`ServiceFacts::after_message`], [`ServiceFacts::after_event`]), in the same unit of work; of a thread that is
/// imported, in the thread's own order ([`ServiceFacts::of`]).
#[async_trait]
pub trait ServiceLevels: Send {
    /// What inboxes promise, ordered by inbox: of those of these for which somebody said so.
    async fn service_terms(&mut self, inboxes: &[InboxId]) -> Result<Vec<KeptTerms>, StoreError>;

    /// Replaces what an inbox promises by a version that follows on the one that is kept; the first one has 1. MUST change
    /// nothing and return `false` if another one is kept.
    async fn put_service_terms(&mut self, task: &Task, terms: &KeptTerms) -> Result<bool, StoreError>;

    /// How those of these tickets that are in the scope were served; in any order.
    async fn service_facts(
        &mut self,
        scope: &StaffScope,
        numbers: &[TicketNumber],
    ) -> Result<Vec<(TicketNumber, ServiceFacts)>, StoreError>;

    /// The tickets of the scope that were opened or closed in a stretch of time, each once, in any order, at most `limit`.
    /// Spam, deleted and merged ones MUST be left out.
    async fn measured(
        &mut self,
        scope: &StaffScope,
        query: &MeasureQuery,
        limit: u32,
    ) -> Result<Vec<MeasuredTicket>, StoreError>;

    /// When the tickets of the scope that are open now (in progress, or waiting for the customer, put aside or not) were
    /// opened, at most `limit`, the oldest first.
    async fn backlog(
        &mut self,
        scope: &StaffScope,
        inbox: Option<InboxId>,
        limit: u32,
    ) -> Result<Vec<Timestamp>, StoreError>;

    /// Tickets of an inbox with which it is the staff's turn (live or unverified, received or in progress), by ascending
    /// number, behind one, at most `limit`.
    async fn watched(
        &mut self,
        task: &Task,
        inbox: InboxId,
        after: Option<TicketNumber>,
        limit: u32,
    ) -> Result<Vec<WatchedTicket>, StoreError>;

    /// Of what the staff were told about a ticket, the reply first: MUST be the last of each.
    async fn told_due(&mut self, task: &Task, number: TicketNumber) -> Result<Vec<ToldDue>, StoreError>;

    /// Keeps that the staff were told, in place of what they were told before of the same.
    async fn put_told_due(&mut self, task: &Task, told: &ToldDue) -> Result<(), StoreError>;
}
