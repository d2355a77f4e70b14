use async_trait::async_trait;

use super::error::StoreError;
use crate::actor::Task;
use crate::desk::{DeskCounts, DeskHit, DeskQuery, DeskRow, DeskSearch, DeskThread, PendingAnswer, StaffScope};
use crate::id::{AgentId, FileId, MessageId, TicketNumber};
use crate::ticket::{File, Message, Ticket};
use crate::time::Timestamp;

/// What the staff see of tickets: every read takes a [`StaffScope`]. Writes go through [`Tickets`](super::Tickets).
#[async_trait]
pub trait Desk: Send {
    /// One page of a list: exactly the tickets that the scope permits ([`StaffScope::permits`]), the view wants
    /// ([`DeskView::wants`](crate::desk::DeskView::wants)), that are in the inbox asked for and pass the filter
    /// ([`DeskFilter::wants`](crate::desk::DeskFilter::wants)), in the order of the sort, each once.
    ///
    /// The cost MUST NOT grow with the number of tickets; with a contact or a company, it may with theirs. Priority, stage
    /// and category are looked at row by row: a page costs what lies between its rows.
    async fn desk_page(&mut self, scope: &StaffScope, query: &DeskQuery) -> Result<Vec<DeskRow>, StoreError>;

    /// The numbers around the lists, for an agent, each counted up to `cap`.
    async fn desk_counts(&mut self, scope: &StaffScope, agent: AgentId, cap: u32) -> Result<DeskCounts, StoreError>;

    /// How many tickets are in each of these lists, counted up to `cap`; their edges and limits do not matter.
    async fn desk_sizes(&mut self, scope: &StaffScope, lists: &[DeskQuery], cap: u32) -> Result<Vec<u32>, StoreError>;

    /// The ticket, or `None` if it is absent **or outside the scope**; callers cannot tell which.
    async fn desk_ticket(&mut self, scope: &StaffScope, number: TicketNumber) -> Result<Option<Ticket>, StoreError>;

    /// The newest `limit` public messages and events of a ticket, and as many notes; empty if it is outside the scope.
    async fn desk_thread(
        &mut self,
        scope: &StaffScope,
        number: TicketNumber,
        limit: u32,
    ) -> Result<DeskThread, StoreError>;

    /// One public message of a ticket, for whoever delivers mails about it.
    async fn public_message(
        &mut self,
        task: &Task,
        number: TicketNumber,
        seq: u32,
    ) -> Result<Option<Message>, StoreError>;

    /// Tickets that were put aside until this instant or earlier, the earliest first.
    async fn due_snoozes(&mut self, task: &Task, now: Timestamp, limit: u32) -> Result<Vec<TicketNumber>, StoreError>;

    /// The tickets of the scope that were merged into a ticket, by ascending number, at most `limit`.
    async fn merged_sources(
        &mut self,
        scope: &StaffScope,
        into: TicketNumber,
        limit: u32,
    ) -> Result<Vec<Ticket>, StoreError>;

    /// The numbers of all tickets that were merged into a ticket, ascending.
    async fn merged_numbers(&mut self, task: &Task, into: TicketNumber) -> Result<Vec<TicketNumber>, StoreError>;

    /// The files that an agent has uploaded since the given instant and not sent, out of these; in the order asked for.
    async fn drafted_files(
        &mut self,
        agent: AgentId,
        ids: &[FileId],
        since: Timestamp,
    ) -> Result<Vec<File>, StoreError>;

    /// Keeps an answer until it is due. Nothing that customers can reach MUST read it. Its files, which the agent has
    /// uploaded, belong to it from now on.
    ///
    /// MUST fail with [`StoreErrorKind::Conflict`](super::StoreErrorKind::Conflict) if its id is taken.
    async fn add_pending(&mut self, answer: &PendingAnswer) -> Result<(), StoreError>;

    /// The answers that wait on a ticket of the scope, the earliest first.
    async fn pending_answers(
        &mut self,
        scope: &StaffScope,
        number: TicketNumber,
    ) -> Result<Vec<PendingAnswer>, StoreError>;

    /// Takes an answer out; its files are such that the agent has uploaded and not sent, until they get another home. Of
    /// units of work that do this at once, only one MUST get it; the others get `None`, also if they
    /// have to wait for the first.
    async fn take_pending(&mut self, task: &Task, id: MessageId) -> Result<Option<PendingAnswer>, StoreError>;

    /// The answers that are due at this instant or were earlier, those due longest first.
    async fn due_pending(
        &mut self,
        task: &Task,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(MessageId, TicketNumber)>, StoreError>;

    /// A file of a message or a note of a ticket in the scope.
    async fn desk_file(&mut self, scope: &StaffScope, id: FileId) -> Result<Option<File>, StoreError>;

    /// The tickets of the scope in which each word is found, newest number first: in the ticket's
    /// [`desk_document`](crate::desk::desk_document), or in the name of somebody on it
    /// ([`named_by`](crate::desk::named_by)); the last word as a beginning.
    ///
    /// Every store MUST find the same. Documents and names MUST be kept in step with tickets, messages, notes, contacts and
    /// companies, in the same unit of work.
    async fn desk_search(&mut self, scope: &StaffScope, search: &DeskSearch) -> Result<Vec<DeskHit>, StoreError>;
}
