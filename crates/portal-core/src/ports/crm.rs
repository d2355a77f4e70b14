use async_trait::async_trait;

use super::error::StoreError;
use crate::access::Principal;
use crate::actor::Task;
use crate::crm::{CompanyQuery, CompanyRow, ContactQuery, ContactRow, Guest};
use crate::id::{AccessGroupId, CompanyId, ContactId, TicketNumber};
use crate::ticket::Ticket;

/// Contacts and companies as the staff look at them: lists, and who would see what. Single ones come from the
/// [`Directory`](super::Directory).
#[async_trait]
pub trait Crm: Send {
    /// The contacts that the query wants, by name and then by id, each once.
    async fn contacts_page(&mut self, task: &Task, query: &ContactQuery) -> Result<Vec<ContactRow>, StoreError>;

    /// The companies that the query wants, by name and then by id, each once.
    async fn companies_page(&mut self, task: &Task, query: &CompanyQuery) -> Result<Vec<CompanyRow>, StoreError>;

    /// How many active contacts are listed in each access group that has any.
    async fn group_sizes(&mut self, task: &Task) -> Result<Vec<(AccessGroupId, u64)>, StoreError>;

    /// Contacts by id, behind the given one.
    async fn guests(&mut self, task: &Task, after: Option<ContactId>, limit: u32) -> Result<Vec<Guest>, StoreError>;

    /// A contact, whatever its standing, with what counts at the door.
    async fn guest(&mut self, task: &Task, id: ContactId) -> Result<Option<Guest>, StoreError>;

    /// Keeps others from changing the contact until the end of the unit of work, so that the next read of it sees the
    /// newest state. Says nothing about whether there is such a contact.
    async fn lock_contact(&mut self, task: &Task, id: ContactId) -> Result<(), StoreError>;

    /// The same for a company.
    async fn lock_company(&mut self, task: &Task, id: CompanyId) -> Result<(), StoreError>;

    /// The same for an access group.
    async fn lock_group(&mut self, task: &Task, id: AccessGroupId) -> Result<(), StoreError>;

    /// Until the unit of work ends, others that call this wait; what they read afterwards MUST be what was committed.
    /// Whoever lets criteria use a property, or lets customers write one, holds it: the two exclude each other.
    async fn hold_criteria(&mut self, task: &Task) -> Result<(), StoreError>;

    /// Removes an access group and the list of its members.
    async fn remove_group(&mut self, task: &Task, id: AccessGroupId) -> Result<(), StoreError>;

    /// Tickets that are associated with a contact or a company, whoever may read them, newest number first, below the
    /// given one.
    async fn tickets_of(
        &mut self,
        task: &Task,
        principal: Principal,
        below: Option<TicketNumber>,
        limit: u32,
    ) -> Result<Vec<Ticket>, StoreError>;
}
