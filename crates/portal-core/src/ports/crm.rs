use std::collections::BTreeMap;

use async_trait::async_trait;

use super::error::StoreError;
use crate::access::Principal;
use crate::actor::Task;
use crate::crm::{
    Company, CompanyQuery, CompanyRow, Contact, ContactQuery, ContactRow, Guest, Merge, Moved, Party, PartyNote, Table,
    ViewAs,
};
use crate::id::{AccessGroupId, CompanyId, ContactId, MergeId, MessageId, NoteId, TableId, TicketNumber, ViewAsId};
use crate::mail::QueuedMail;
use crate::text::{EmailAddress, Line};
use crate::ticket::{Message, Ticket};
use crate::time::Timestamp;

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

    // ---- what staff keep about contacts and companies ----

    /// Adds a note.
    async fn add_party_note(&mut self, task: &Task, note: &PartyNote) -> Result<(), StoreError>;

    /// A note.
    async fn party_note(&mut self, task: &Task, id: NoteId) -> Result<Option<PartyNote>, StoreError>;

    /// The newest notes about a contact or company, newest first.
    async fn party_notes(&mut self, task: &Task, about: Party, limit: u32) -> Result<Vec<PartyNote>, StoreError>;

    /// Removes a note. Removing one that is not there is fine.
    async fn remove_party_note(&mut self, task: &Task, id: NoteId) -> Result<(), StoreError>;

    /// As what a contact belongs to companies, as far as it was said.
    async fn company_labels(
        &mut self,
        task: &Task,
        contact: ContactId,
    ) -> Result<BTreeMap<CompanyId, Line>, StoreError>;

    /// Says as what a contact belongs to companies, and nothing else of that contact. It MUST outlast
    /// [`put_contact`](super::Directory::put_contact).
    async fn put_company_labels(
        &mut self,
        task: &Task,
        contact: ContactId,
        labels: &BTreeMap<CompanyId, Line>,
    ) -> Result<(), StoreError>;

    /// The contacts that have one of these addresses as e-mail address or membership e-mail, whatever their standing, by
    /// name and then by id. Nobody who became a part of another contact, or was erased.
    async fn contacts_at(
        &mut self,
        task: &Task,
        addresses: &[EmailAddress],
        limit: u32,
    ) -> Result<Vec<ContactRow>, StoreError>;

    /// The addresses that [`contacts_at`](Self::contacts_at) finds more than one contact for, ascending, behind the given
    /// one.
    async fn shared_addresses(
        &mut self,
        task: &Task,
        after: Option<&EmailAddress>,
        limit: u32,
    ) -> Result<Vec<EmailAddress>, StoreError>;

    /// When a contact was erased, if they were.
    async fn erased_at(&mut self, task: &Task, contact: ContactId) -> Result<Option<Timestamp>, StoreError>;

    // ---- merges ----

    /// Adds or replaces a merge. MUST fail with `Conflict` if it is not undone and its `from` is a part of another one already.
    async fn put_merge(&mut self, task: &Task, merge: &Merge) -> Result<(), StoreError>;

    /// A merge. In a `Write` it MUST be locked until the end of the unit of work.
    async fn merge(&mut self, task: &Task, id: MergeId) -> Result<Option<Merge>, StoreError>;

    /// The merges by which something became a part of this, or this a part of something, newest first, at most 50.
    ///
    /// As long as such a merge is not undone, what became a part MUST NOT be in
    /// [`contacts_page`](Self::contacts_page) or [`companies_page`](Self::companies_page).
    async fn merges_of(&mut self, task: &Task, party: Party) -> Result<Vec<Merge>, StoreError>;

    /// Writes down what followed in a merge. What was written down before stays as it was.
    async fn keep_moved(&mut self, task: &Task, merge: MergeId, moved: &[Moved]) -> Result<(), StoreError>;

    /// Some of what followed in a merge: people first, then tickets by ascending number.
    async fn moved(&mut self, task: &Task, merge: MergeId, limit: u32) -> Result<Vec<Moved>, StoreError>;

    /// Forgets that these followed.
    async fn forget_moved(&mut self, task: &Task, merge: MergeId, moved: &[Moved]) -> Result<(), StoreError>;

    /// Makes the notes about one those about another, and remembers the merge.
    async fn move_notes(&mut self, task: &Task, merge: MergeId, from: Party, into: Party) -> Result<(), StoreError>;

    /// Makes the notes that came by a merge those about `to` again.
    async fn return_notes(&mut self, task: &Task, merge: MergeId, to: Party) -> Result<(), StoreError>;

    // ---- erasing and handing out ----

    /// Takes out of the store what is personal of a contact, for good. Nothing of their name, addresses, language, time
    /// zone, external id, companies, groups, labels, properties, account, sessions, tokens, invitations, registrations,
    /// challenges, changes of address, read marks, notes about them, merges' memories, import receipts MUST be left; no
    /// row of the outbox MUST name one of the addresses as recipient; their name under what they wrote MUST be empty. The
    /// contact stays, inactive and called [`Contact::ERASED`](crate::crm::Contact::ERASED), on the tickets it was on;
    /// proofs of consent stay.
    async fn erase_contact(
        &mut self,
        task: &Task,
        id: ContactId,
        addresses: &[EmailAddress],
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// As [`guests`](Self::guests), without those who became a part of another one or were erased.
    async fn listed_guests(
        &mut self,
        task: &Task,
        after: Option<ContactId>,
        limit: u32,
    ) -> Result<Vec<Guest>, StoreError>;

    /// The public messages that a contact wrote, by id, behind the given one, without their files.
    async fn messages_by(
        &mut self,
        task: &Task,
        contact: ContactId,
        after: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<Message>, StoreError>;

    /// The mails whose last attempt went to one of these addresses, newest first.
    async fn mails_to(
        &mut self,
        task: &Task,
        addresses: &[EmailAddress],
        limit: u32,
    ) -> Result<Vec<QueuedMail>, StoreError>;

    // ---- tables that are taken in ----

    /// Adds a table with its content.
    async fn add_table(&mut self, task: &Task, table: &Table, content: &[u8]) -> Result<(), StoreError>;

    /// Replaces a table, and leaves its content as it is.
    async fn put_table(&mut self, task: &Task, table: &Table) -> Result<(), StoreError>;

    /// A table. In a `Write` it MUST be locked until the end of the unit of work.
    async fn table(&mut self, task: &Task, id: TableId) -> Result<Option<Table>, StoreError>;

    /// The content of a table; nothing if it is gone.
    async fn table_content(&mut self, task: &Task, id: TableId) -> Result<Vec<u8>, StoreError>;

    /// The newest tables, newest first.
    async fn tables(&mut self, task: &Task, limit: u32) -> Result<Vec<Table>, StoreError>;

    /// Removes the content of a table.
    async fn remove_table_content(&mut self, task: &Task, id: TableId) -> Result<(), StoreError>;

    /// Removes a table with its content.
    async fn remove_table(&mut self, task: &Task, id: TableId) -> Result<(), StoreError>;

    /// The contact with this external id.
    async fn contact_by_external_id(&mut self, task: &Task, key: &str) -> Result<Option<Contact>, StoreError>;

    /// The company with this external id.
    async fn company_by_external_id(&mut self, task: &Task, key: &str) -> Result<Option<Company>, StoreError>;

    /// The companies of exactly this name, whatever the case of ASCII letters, by id; none that became a part of another.
    async fn companies_named(&mut self, task: &Task, name: &str, limit: u32) -> Result<Vec<CompanyId>, StoreError>;

    // ---- looking through a contact's eyes ----

    /// Adds or replaces a look.
    async fn put_view_as(&mut self, task: &Task, view: &ViewAs) -> Result<(), StoreError>;

    /// A look.
    async fn view_as(&mut self, task: &Task, id: ViewAsId) -> Result<Option<ViewAs>, StoreError>;
}
