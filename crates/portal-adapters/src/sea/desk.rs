//! What the staff see of tickets. `scope` is the only place where a [`StaffScope`] becomes SQL.

mod counts;
pub(super) mod filter;
pub(super) mod page;
mod pending;
pub(super) mod scope;
mod thread;

use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::desk::{DeskCounts, DeskHit, DeskQuery, DeskRow, DeskSearch, DeskThread, PendingAnswer, StaffScope};
use portal_core::id::{AgentId, FileId, MessageId, TicketNumber};
use portal_core::ports::{Desk, StoreError};
use portal_core::ticket::{File, Message, Ticket};
use portal_core::time::Timestamp;
use sea_orm::sea_query::{ExprTrait, Order, SelectStatement};

pub(super) use self::counts::{size as sizing, statement as counting};
pub(super) use self::page::statement as paging;

use super::row::only;
use super::sql::{at, select};
use super::stored::val;
use super::tickets::{files, record};
use super::tx::SeaTx;

const TABLE: &str = "ticket";

/// Which tickets come back from where they were put aside.
pub(super) fn due_snoozes(now: Timestamp, limit: u32) -> SelectStatement {
    select(TABLE, &["number"])
        .and_where(at(TABLE, "snoozed_until").is_not_null())
        .and_where(at(TABLE, "snoozed_until").lte(val(&now)))
        .order_by((TABLE, "snoozed_until"), Order::Asc)
        .order_by((TABLE, "number"), Order::Asc)
        .limit(u64::from(limit))
        .take()
}

#[async_trait]
impl Desk for SeaTx {
    async fn desk_page(&mut self, scope: &StaffScope, query: &DeskQuery) -> Result<Vec<DeskRow>, StoreError> {
        page::page(self, scope, query).await
    }

    async fn desk_counts(&mut self, scope: &StaffScope, agent: AgentId, cap: u32) -> Result<DeskCounts, StoreError> {
        counts::counts(self, scope, agent, cap).await
    }

    async fn desk_ticket(&mut self, scope: &StaffScope, number: TicketNumber) -> Result<Option<Ticket>, StoreError> {
        let mut select = record::select(self.backend());
        select
            .and_where(at(TABLE, "number").eq(val(&number)))
            .and_where(scope::permits(scope));
        self.find_one(&select, record::read).await
    }

    async fn desk_thread(
        &mut self,
        scope: &StaffScope,
        number: TicketNumber,
        limit: u32,
    ) -> Result<DeskThread, StoreError> {
        thread::thread(self, scope, number, limit).await
    }

    async fn public_message(
        &mut self,
        _task: &Task,
        number: TicketNumber,
        seq: u32,
    ) -> Result<Option<Message>, StoreError> {
        thread::message(self, number, seq).await
    }

    async fn due_snoozes(&mut self, _task: &Task, now: Timestamp, limit: u32) -> Result<Vec<TicketNumber>, StoreError> {
        self.list(&due_snoozes(now, limit), only).await
    }

    async fn merged_sources(
        &mut self,
        scope: &StaffScope,
        into: TicketNumber,
        limit: u32,
    ) -> Result<Vec<Ticket>, StoreError> {
        let mut select = record::select(self.backend());
        select
            .and_where(at(TABLE, "merged_into").eq(val(&into)))
            .and_where(scope::permits(scope))
            .order_by((TABLE, "number"), Order::Asc)
            .limit(u64::from(limit));
        self.list(&select, record::read).await
    }

    async fn merged_numbers(&mut self, _task: &Task, into: TicketNumber) -> Result<Vec<TicketNumber>, StoreError> {
        let statement = select(TABLE, &["number"])
            .and_where(at(TABLE, "merged_into").eq(val(&into)))
            .order_by((TABLE, "number"), Order::Asc)
            .take();
        self.list(&statement, only).await
    }

    async fn drafted_files(
        &mut self,
        agent: AgentId,
        ids: &[FileId],
        since: Timestamp,
    ) -> Result<Vec<File>, StoreError> {
        files::drafted(self, agent, ids, since).await
    }

    async fn add_pending(&mut self, answer: &PendingAnswer) -> Result<(), StoreError> {
        pending::add(self, answer).await
    }

    async fn pending_answers(
        &mut self,
        scope: &StaffScope,
        number: TicketNumber,
    ) -> Result<Vec<PendingAnswer>, StoreError> {
        pending::of_ticket(self, scope, number).await
    }

    async fn take_pending(&mut self, _task: &Task, id: MessageId) -> Result<Option<PendingAnswer>, StoreError> {
        pending::take(self, id).await
    }

    async fn due_pending(
        &mut self,
        _task: &Task,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(MessageId, TicketNumber)>, StoreError> {
        pending::due(self, now, limit).await
    }

    async fn desk_file(&mut self, scope: &StaffScope, id: FileId) -> Result<Option<File>, StoreError> {
        let statement = files::sent(id, scope::has(scope, files::ticket()));
        self.find_one(&statement, files::read).await
    }

    async fn desk_search(&mut self, scope: &StaffScope, search: &DeskSearch) -> Result<Vec<DeskHit>, StoreError> {
        super::search::desk_search(self, scope, search).await
    }

    async fn desk_sizes(&mut self, scope: &StaffScope, lists: &[DeskQuery], cap: u32) -> Result<Vec<u32>, StoreError> {
        counts::sizes(self, scope, lists, cap).await
    }
}
