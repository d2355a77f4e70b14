use async_trait::async_trait;

use super::error::StoreError;
use crate::actor::Task;
use crate::desk::StaffScope;
use crate::id::{InboxId, TicketNumber};
use crate::measures::{MeasureQuery, MeasuredTicket};
use crate::service::{ServiceFacts, ServiceTerms};
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
}
