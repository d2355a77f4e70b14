use async_trait::async_trait;
use portal_core::access::Scope;
use portal_core::actor::Task;
use portal_core::id::{ContactId, FileId, TicketId, TicketNumber};
use portal_core::ports::{ListFrame, StoreError, Tickets};
use portal_core::ticket::{
    Event, File, ListQuery, Message, Note, RowDetails, Search, Ticket, TicketHit, TicketRow, Timeline, TimelineWindow,
    Version,
};
use portal_core::time::Timestamp;

use super::tx::SeaTx;

pub(super) mod details;
pub(super) mod files;
pub(super) mod frame;
pub(super) mod list;
pub(super) mod number;
pub(super) mod record;
pub(super) mod thread;
pub(super) mod timeline;
pub(super) mod write;

#[async_trait]
impl Tickets for SeaTx {
    async fn find(&mut self, scope: &Scope, number: TicketNumber) -> Result<Option<Ticket>, StoreError> {
        record::find(self, scope, number).await
    }

    async fn find_by_id(&mut self, scope: &Scope, id: TicketId) -> Result<Option<Ticket>, StoreError> {
        record::find_by_id(self, scope, id).await
    }

    async fn page(&mut self, scope: &Scope, query: &ListQuery) -> Result<Vec<TicketRow>, StoreError> {
        list::page(self, scope, query).await
    }

    async fn row_details(&mut self, scope: &Scope, numbers: &[TicketNumber]) -> Result<Vec<RowDetails>, StoreError> {
        details::of(self, scope, numbers).await
    }

    async fn frame(&mut self, scope: &Scope, cap: u32, colleagues: u32) -> Result<ListFrame, StoreError> {
        frame::frame(self, scope, cap, colleagues).await
    }

    async fn search(&mut self, scope: &Scope, search: &Search) -> Result<Vec<TicketHit>, StoreError> {
        super::search::search(self, scope, search).await
    }

    async fn timeline(
        &mut self,
        scope: &Scope,
        number: TicketNumber,
        window: TimelineWindow,
    ) -> Result<Timeline, StoreError> {
        timeline::timeline(self, scope, number, window).await
    }

    async fn file(&mut self, scope: &Scope, id: FileId) -> Result<Option<File>, StoreError> {
        files::file(self, scope, id).await
    }

    async fn staged_files(&mut self, scope: &Scope, ids: &[FileId], since: Timestamp) -> Result<Vec<File>, StoreError> {
        files::staged(self, scope, ids, since).await
    }

    async fn lock(&mut self, number: TicketNumber) -> Result<(), StoreError> {
        write::lock(self, number).await
    }

    async fn next_number(&mut self) -> Result<TicketNumber, StoreError> {
        number::next(self).await
    }

    async fn insert(&mut self, ticket: &Ticket) -> Result<(), StoreError> {
        write::insert(self, ticket).await
    }

    async fn update(&mut self, ticket: &Ticket, expected: Version) -> Result<bool, StoreError> {
        write::update(self, ticket, expected).await
    }

    async fn add_message(&mut self, message: &Message) -> Result<(), StoreError> {
        thread::add_message(self, message).await
    }

    async fn add_event(&mut self, event: &Event) -> Result<(), StoreError> {
        thread::add_event(self, event).await
    }

    async fn add_staged_file(&mut self, file: &File) -> Result<(), StoreError> {
        files::add_staged(self, file).await
    }

    async fn raise_read_mark(&mut self, contact: ContactId, number: TicketNumber, seq: u32) -> Result<(), StoreError> {
        list::raise_read_mark(self, contact, number, seq).await
    }

    async fn add_note(&mut self, _task: &Task, note: &Note) -> Result<(), StoreError> {
        thread::add_note(self, note).await
    }

    async fn load(&mut self, _task: &Task, number: TicketNumber) -> Result<Option<Ticket>, StoreError> {
        record::load(self, number).await
    }

    async fn sweep_staged(&mut self, _task: &Task, before: Timestamp, limit: u32) -> Result<Vec<File>, StoreError> {
        files::sweep(self, before, limit).await
    }
}
