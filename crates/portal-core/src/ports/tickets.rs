use async_trait::async_trait;

use super::directory::Colleague;
use super::error::StoreError;
use crate::access::{Scope, Tab};
use crate::actor::Task;
use crate::id::{CompanyId, ContactId, FileId, TicketId, TicketNumber};
use crate::ticket::{
    Event, File, ListQuery, Message, Note, RowDetails, Search, StageCounts, Ticket, TicketHit, TicketRow, Timeline,
    TimelineWindow, Version,
};
use crate::time::Timestamp;

/// What stands around the lists of a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListFrame {
    /// How many tickets of [`Tab::Mine`] are in each stage.
    pub mine: StageCounts,
    /// The same of [`Tab::Company`]; none if the scope has no company.
    pub companys: StageCounts,
    /// The company as which the scope reads, with its name.
    pub company: Option<(CompanyId, String)>,
    /// The active contacts whose primary company that is, by name.
    pub colleagues: Vec<Colleague>,
}

impl ListFrame {
    /// The counts of a tab.
    #[must_use]
    pub const fn counts(&self, tab: Tab) -> StageCounts {
        match tab {
            Tab::Mine => self.mine,
            Tab::Company => self.companys,
        }
    }
}

/// Tickets and all that hangs on them.
///
/// The store keeps the readers of each ticket ([`TicketFacts::readers`](crate::access::TicketFacts::readers)) and its
/// search document ([`search_document`](crate::ticket::search_document)) in step with the ticket, in the same unit of work.
#[async_trait]
pub trait Tickets: Send {
    // ---- customers' reads: all of them scoped ----

    /// The ticket, or `None` if it is absent **or outside the scope**; callers cannot tell which.
    async fn find(&mut self, scope: &Scope, number: TicketNumber) -> Result<Option<Ticket>, StoreError>;

    /// As [`find`](Self::find), by the key for programs.
    async fn find_by_id(&mut self, scope: &Scope, id: TicketId) -> Result<Option<Ticket>, StoreError>;

    /// One page of a tab: exactly the tickets that the scope permits, that have the tab's principal among their readers,
    /// and that the filter wants, in the order of the sort, each once. Empty if the contact does not have the tab.
    ///
    /// The cost MUST NOT grow with the number of tickets, for the filters and sorts that a key carries.
    async fn page(&mut self, scope: &Scope, query: &ListQuery) -> Result<Vec<TicketRow>, StoreError>;

    /// What lists show beyond their rows, of those of these tickets that are in the scope; in any order.
    async fn row_details(&mut self, scope: &Scope, numbers: &[TicketNumber]) -> Result<Vec<RowDetails>, StoreError>;

    /// What stands around the lists, each stage counted up to `cap`, with at most so many colleagues. It is on every page
    /// of a list, hence asked for at once.
    async fn frame(&mut self, scope: &Scope, cap: u32, colleagues: u32) -> Result<ListFrame, StoreError>;

    /// The tickets of the scope whose search document has all the words, newest number first.
    async fn search(&mut self, scope: &Scope, search: &Search) -> Result<Vec<TicketHit>, StoreError>;

    /// Public messages (with their files) and events of a ticket; empty if it is outside the scope.
    async fn timeline(
        &mut self,
        scope: &Scope,
        number: TicketNumber,
        window: TimelineWindow,
    ) -> Result<Timeline, StoreError>;

    /// A file of a public message of a ticket in the scope, or one that the scope's contact has staged.
    async fn file(&mut self, scope: &Scope, id: FileId) -> Result<Option<File>, StoreError>;

    /// The files that the scope's contact has staged since the given instant, out of these; in the order asked for.
    async fn staged_files(&mut self, scope: &Scope, ids: &[FileId], since: Timestamp) -> Result<Vec<File>, StoreError>;

    // ---- writes ----

    /// Locks the ticket's row until the end of the unit of work, so that the next scoped read of it sees the newest
    /// state and nobody changes it meanwhile. Says nothing about whether there is such a ticket.
    async fn lock(&mut self, number: TicketNumber) -> Result<(), StoreError>;

    /// The next number. Numbers ascend; gaps are allowed.
    async fn next_number(&mut self) -> Result<TicketNumber, StoreError>;

    /// Adds a ticket with its associations, properties, readers and search document.
    ///
    /// MUST fail with [`StoreErrorKind::Conflict`](super::StoreErrorKind::Conflict) if the number, id or external id is
    /// taken.
    async fn insert(&mut self, ticket: &Ticket) -> Result<(), StoreError>;

    /// Replaces a ticket whose stored version is `expected` by this one, with everything that hangs on it. MUST return
    /// `false`, and change nothing, if the stored version is another one.
    async fn update(&mut self, ticket: &Ticket, expected: Version) -> Result<bool, StoreError>;

    /// Adds a public message; its files, if they were staged, belong to it from now on. The message's text is added to
    /// the ticket's search document. The ticket's own fields are the caller's to update. A file that went with another
    /// message meanwhile MUST stay there, and this fail with [`StoreErrorKind::Retry`](super::StoreErrorKind::Retry).
    async fn add_message(&mut self, message: &Message) -> Result<(), StoreError>;

    /// Adds a public event.
    async fn add_event(&mut self, event: &Event) -> Result<(), StoreError>;

    /// Adds a file that was uploaded and is not sent yet.
    async fn add_staged_file(&mut self, file: &File) -> Result<(), StoreError>;

    /// Raises the contact's read mark on a ticket to a place in its public sequence; never lowers it.
    async fn raise_read_mark(&mut self, contact: ContactId, number: TicketNumber, seq: u32) -> Result<(), StoreError>;

    // ---- the system's own ----

    /// Adds a staff-only note.
    async fn add_note(&mut self, task: &Task, note: &Note) -> Result<(), StoreError>;

    /// A ticket, whatever its readers.
    async fn load(&mut self, task: &Task, number: TicketNumber) -> Result<Option<Ticket>, StoreError>;

    /// Removes the rows of files that were staged before an instant and never sent, at most `limit`, and returns them, so
    /// that their content can be removed.
    async fn sweep_staged(&mut self, task: &Task, before: Timestamp, limit: u32) -> Result<Vec<File>, StoreError>;
}
