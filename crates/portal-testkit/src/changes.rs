//! What a unit of work changed, as values: for stores that keep a journal around another store.
//!
//! [`Noting`] is a [`Layer`] that notes every write that was not refused and hands all of them over just before the
//! commit. A [`Change`] can be turned into bytes and back, and made again.

mod fields;
mod pack;

use std::fmt;

use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::crm::{AccessGroup, Agent, Company, Contact};
use portal_core::id::{AccessGroupId, ContactId, SessionId, TicketNumber, TokenId, Uuid};
use portal_core::membership::{Account, ApiToken, Session, Throttle, ThrottleKey};
use portal_core::ports::{IdempotencyKey, ImportedTicket, Receipt, Remembered, StoreError, StoreErrorKind, Tx};
use portal_core::property::PropertyDefinition;
use portal_core::settings::{CustomerPortal, Inbox};
use portal_core::text::{Locale, PersonName};
use portal_core::ticket::{Event, File, Message, Note, Pipeline, Ticket, Version};
use portal_core::time::Timestamp;

use self::pack::Pack;
use crate::layer::Layer;

/// Turns what a port is given into what is kept.
trait Keep<T> {
    fn keep(self) -> T;
}

/// Turns what is kept into what a port is given.
trait Lend<'a, T> {
    fn lend(&'a self) -> T;
}

impl<T> Keep<T> for T {
    fn keep(self) -> T {
        self
    }
}

impl<T: Clone> Keep<T> for &T {
    fn keep(self) -> T {
        self.clone()
    }
}

impl Keep<String> for &str {
    fn keep(self) -> String {
        self.to_owned()
    }
}

impl<T: Clone> Keep<Vec<T>> for &[T] {
    fn keep(self) -> Vec<T> {
        self.to_vec()
    }
}

impl<T: Clone> Keep<Option<T>> for Option<&T> {
    fn keep(self) -> Option<T> {
        self.cloned()
    }
}

impl Keep<Option<String>> for Option<&str> {
    fn keep(self) -> Option<String> {
        self.map(str::to_owned)
    }
}

impl<T: Copy> Lend<'_, T> for T {
    fn lend(&self) -> T {
        *self
    }
}

impl<'a, T> Lend<'a, &'a T> for T {
    fn lend(&'a self) -> &'a T {
        self
    }
}

impl<'a> Lend<'a, &'a str> for String {
    fn lend(&'a self) -> &'a str {
        self
    }
}

impl<'a, T> Lend<'a, &'a [T]> for Vec<T> {
    fn lend(&'a self) -> &'a [T] {
        self
    }
}

impl<'a, T> Lend<'a, Option<&'a T>> for Option<T> {
    fn lend(&'a self) -> Option<&'a T> {
        self.as_ref()
    }
}

impl<'a> Lend<'a, Option<&'a str>> for Option<String> {
    fn lend(&'a self) -> Option<&'a str> {
        self.as_deref()
    }
}

/// Takes the changes of a unit of work before it commits; if it fails, so does the commit, and nothing is changed.
pub type Handover = Box<dyn FnOnce(&[Change]) -> Result<(), StoreError> + Send>;

/// Notes what a unit of work changes.
pub struct Noting {
    inner: Box<dyn Tx>,
    changes: Vec<Change>,
    handover: Handover,
}

impl Noting {
    /// Notes what is changed through a unit of work.
    #[must_use]
    pub fn new(inner: Box<dyn Tx>, handover: Handover) -> Self {
        Self {
            inner,
            changes: Vec::new(),
            handover,
        }
    }
}

impl fmt::Debug for Noting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Noting")
            .field("changes", &self.changes)
            .finish_non_exhaustive()
    }
}

macro_rules! changes {
    ($($tag:literal $variant:ident = $door:ident.$name:ident $(<$task:ident>)? ($($arg:ident: $given:ty => $kept:ty),*) -> $result:ty;)*) => {
        /// One write to a port, with what it was given.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each is named after its method")]
        pub enum Change {
            $($variant { $($arg: $kept),* },)*
        }

        impl Change {
            /// Makes the change again.
            ///
            /// # Errors
            /// If the store refuses.
            pub async fn apply(&self, tx: &mut dyn Tx) -> Result<(), StoreError> {
                match self {
                    $(Self::$variant { $($arg),* } => {
                        tx.$door().$name($(changes!(@task $task),)? $($arg.lend()),*).await.map(drop)
                    })*
                }
            }

            /// Appends the change as bytes.
            pub fn encode(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant { $($arg),* } => {
                        out.push($tag);
                        $($arg.pack(out);)*
                    })*
                }
            }

            /// Takes a change from the beginning of the bytes; `None` if there is none.
            pub fn decode(bytes: &mut &[u8]) -> Option<Self> {
                match u8::unpack(bytes)? {
                    $($tag => Some(Self::$variant { $($arg: Pack::unpack(bytes)?),* }),)*
                    _ => None,
                }
            }
        }

        #[async_trait]
        impl Layer for Noting {
            fn inner(&mut self) -> &mut dyn Tx {
                &mut *self.inner
            }

            async fn commit(self: Box<Self>) -> Result<(), StoreError> {
                let Self { inner, changes, handover } = *self;
                if !changes.is_empty() {
                    handover(&changes)?;
                }
                inner.commit().await
            }

            $(
                async fn $name(&mut self, $($task: &Task,)? $($arg: $given),*) -> Result<$result, StoreError> {
                    let result = self.inner.$door().$name($($task,)? $($arg),*).await?;
                    self.changes.push(Change::$variant { $($arg: $arg.keep()),* });
                    Ok(result)
                }
            )*
        }
    };
    (@task $task:ident) => { &Task::Maintenance };
}

changes! {
    1 NextNumber = tickets.next_number() -> TicketNumber;
    2 Insert = tickets.insert(ticket: &Ticket => Ticket) -> ();
    3 Update = tickets.update(ticket: &Ticket => Ticket, expected: Version => Version) -> bool;
    4 AddMessage = tickets.add_message(message: &Message => Message) -> ();
    5 AddEvent = tickets.add_event(event: &Event => Event) -> ();
    6 AddStagedFile = tickets.add_staged_file(file: &File => File) -> ();
    7 RaiseReadMark = tickets.raise_read_mark(contact: ContactId => ContactId, number: TicketNumber => TicketNumber, seq: u32 => u32) -> ();
    8 AddNote = tickets.add_note<task>(note: &Note => Note) -> ();
    9 SweepStaged = tickets.sweep_staged<task>(before: Timestamp => Timestamp, limit: u32 => u32) -> Vec<File>;
    10 UpdateProfile = directory.update_profile(contact: ContactId => ContactId, name: &PersonName => PersonName, language: Option<&Locale> => Option<Locale>, time_zone: Option<&str> => Option<String>) -> ();
    11 PutPortal = directory.put_portal<task>(portal: &CustomerPortal => CustomerPortal) -> ();
    12 PutInbox = directory.put_inbox<task>(inbox: &Inbox => Inbox) -> ();
    13 PutPipeline = directory.put_pipeline<task>(pipeline: &Pipeline => Pipeline) -> ();
    14 PutGroup = directory.put_group<task>(group: &AccessGroup => AccessGroup) -> ();
    15 PutContact = directory.put_contact<task>(contact: &Contact => Contact) -> ();
    16 PutCompany = directory.put_company<task>(company: &Company => Company) -> ();
    17 PutAgent = directory.put_agent<task>(agent: &Agent => Agent) -> ();
    18 PutProperty = directory.put_property<task>(property: &PropertyDefinition => PropertyDefinition) -> ();
    19 PutAccount = accounts.put_account(account: &Account => Account) -> ();
    20 AddSession = accounts.add_session(session: &Session => Session, keep: u32 => u32) -> ();
    21 TouchSession = accounts.touch_session(id: SessionId => SessionId, seen_at: Timestamp => Timestamp, idle_until: Timestamp => Timestamp) -> ();
    22 EndSession = accounts.end_session(contact: ContactId => ContactId, id: SessionId => SessionId) -> ();
    23 EndSessions = accounts.end_sessions(contact: ContactId => ContactId, but: Option<SessionId> => Option<SessionId>) -> ();
    24 AddToken = accounts.add_token(token: &ApiToken => ApiToken) -> ();
    25 TouchToken = accounts.touch_token(id: TokenId => TokenId, seen_at: Timestamp => Timestamp) -> ();
    26 RemoveToken = accounts.remove_token(contact: ContactId => ContactId, id: TokenId => TokenId) -> ();
    27 SetThrottle = accounts.set_throttle(key: &ThrottleKey => ThrottleKey, throttle: Option<&Throttle> => Option<Throttle>) -> ();
    28 Remember = journal.remember(who: Uuid => Uuid, use_case: &str => String, key: &IdempotencyKey => IdempotencyKey, what: &Remembered => Remembered, since: Timestamp => Timestamp) -> bool;
    29 PutReceipts = imports.put_receipts<task>(receipts: &[Receipt] => Vec<Receipt>) -> ();
    30 ReserveNumbers = imports.reserve_numbers<task>(count: u32 => u32) -> Vec<TicketNumber>;
    31 InsertTickets = imports.insert_tickets<task>(tickets: &[ImportedTicket] => Vec<ImportedTicket>) -> ();
    60 RemoveGroup = crm.remove_group<task>(id: AccessGroupId => AccessGroupId) -> ();
}

/// The error for bytes that are no changes.
#[must_use]
pub const fn corrupt() -> StoreError {
    StoreError::bare(StoreErrorKind::Corrupt)
}
