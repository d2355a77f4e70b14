use async_trait::async_trait;
use uuid::Uuid;

use super::error::{StoreError, StoreErrorKind};
use crate::actor::Task;
use crate::crm::Agent;
use crate::id::{ContactId, TicketNumber};
use crate::text::{EmailAddress, PersonName};
use crate::ticket::{Event, Message, Note, Ticket};

/// What kind of thing a [`Receipt`] is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReceiptKind {
    /// A company.
    Company,
    /// A contact.
    Contact,
    /// A ticket with its messages and notes.
    Ticket,
}

/// The note an import leaves beside a thing it took over, so that the next run knows it again and sees whether it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What kind of thing it is.
    pub kind: ReceiptKind,
    /// Its key in the system it came from.
    pub key: String,
    /// Its id here.
    pub object: Uuid,
    /// Its number, if it is a ticket.
    pub number: Option<TicketNumber>,
    /// What the import read of it, condensed: if this is the same, there is nothing to do.
    pub fingerprint: [u8; 16],
    /// Of a ticket, the keys of the messages and notes that are being taken over now. Only written, never read: see
    /// [`Imports::parts`].
    pub parts: Vec<String>,
}

/// A contact as far as names under messages tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub contact: ContactId,
    /// The name that is shown.
    pub name: PersonName,
    /// The address, as the company knows it.
    pub email: Option<EmailAddress>,
}

/// A new ticket with everything that hangs on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedTicket {
    /// The ticket, counters and newest message included.
    pub ticket: Ticket,
    /// Its public messages by ascending place in the public sequence.
    pub messages: Vec<Message>,
    /// Its public events.
    pub events: Vec<Event>,
    /// Its notes, oldest first.
    pub notes: Vec<Note>,
}

/// What taking over whole installations needs: things in batches, and receipts to know them again.
///
/// It tells nobody: what is written here gives no hint and no mail.
#[async_trait]
pub trait Imports: Send {
    /// The receipts of a kind whose key is greater than `after`, by ascending key (bytes of UTF-8), at most `limit`;
    /// without their parts.
    async fn all_receipts(
        &mut self,
        task: &Task,
        kind: ReceiptKind,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Receipt>, StoreError>;

    /// The receipts of a kind with these keys, in any order; without their parts. A key without receipt is left out.
    async fn receipts(&mut self, task: &Task, kind: ReceiptKind, keys: &[String]) -> Result<Vec<Receipt>, StoreError>;

    /// The keys of the messages and notes that were taken over for these tickets, in any order.
    async fn parts(&mut self, task: &Task, tickets: &[TicketNumber])
    -> Result<Vec<(TicketNumber, String)>, StoreError>;

    /// Adds or replaces receipts, and adds their parts to those that are there.
    async fn put_receipts(&mut self, task: &Task, receipts: &[Receipt]) -> Result<(), StoreError>;

    /// The contacts whose id is greater than `after`, by ascending id (bytes of the UUID), at most `limit`, whatever their
    /// standing.
    async fn people(&mut self, task: &Task, after: Option<ContactId>, limit: u32) -> Result<Vec<Person>, StoreError>;

    /// All agents, in any order.
    async fn all_agents(&mut self, task: &Task) -> Result<Vec<Agent>, StoreError>;

    /// The next numbers, ascending. As with [`Tickets::next_number`](super::Tickets::next_number), gaps are allowed.
    async fn reserve_numbers(&mut self, task: &Task, count: u32) -> Result<Vec<TicketNumber>, StoreError>;

    /// Adds new tickets with associations, properties, readers, search documents, messages, events, notes and files.
    ///
    /// What customers and the other methods see afterwards MUST be the same as if each had been added by
    /// [`Tickets::insert`](super::Tickets::insert), [`add_message`](super::Tickets::add_message),
    /// [`add_event`](super::Tickets::add_event) and [`add_note`](super::Tickets::add_note). MUST fail with `Conflict` if a
    /// number, id or external id is taken.
    async fn insert_tickets(&mut self, task: &Task, tickets: &[ImportedTicket]) -> Result<(), StoreError>;
}

/// For a store that takes no imports: every method answers `Unavailable`.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoImports;

impl NoImports {
    fn refuse<T>() -> Result<T, StoreError> {
        Err(StoreError::new(
            StoreErrorKind::Unavailable,
            "this store takes no imports",
        ))
    }
}

#[async_trait]
impl Imports for NoImports {
    async fn all_receipts(
        &mut self,
        _: &Task,
        _: ReceiptKind,
        _: Option<&str>,
        _: u32,
    ) -> Result<Vec<Receipt>, StoreError> {
        Self::refuse()
    }

    async fn receipts(&mut self, _: &Task, _: ReceiptKind, _: &[String]) -> Result<Vec<Receipt>, StoreError> {
        Self::refuse()
    }

    async fn parts(&mut self, _: &Task, _: &[TicketNumber]) -> Result<Vec<(TicketNumber, String)>, StoreError> {
        Self::refuse()
    }

    async fn put_receipts(&mut self, _: &Task, _: &[Receipt]) -> Result<(), StoreError> {
        Self::refuse()
    }

    async fn people(&mut self, _: &Task, _: Option<ContactId>, _: u32) -> Result<Vec<Person>, StoreError> {
        Self::refuse()
    }

    async fn all_agents(&mut self, _: &Task) -> Result<Vec<Agent>, StoreError> {
        Self::refuse()
    }

    async fn reserve_numbers(&mut self, _: &Task, _: u32) -> Result<Vec<TicketNumber>, StoreError> {
        Self::refuse()
    }

    async fn insert_tickets(&mut self, _: &Task, _: &[ImportedTicket]) -> Result<(), StoreError> {
        Self::refuse()
    }
}
