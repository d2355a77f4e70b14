//! What the core needs from outside, as traits.
//!
//! Two kinds. *Transactional* ports hang off one [`Tx`] and are replaced together, as a [`Store`]: [`Tickets`],
//! [`Directory`], [`Accounts`], [`Imports`], [`Journal`]. *Gateways* are replaced one by one: [`Clock`], [`Ids`], [`Secrets`],
//! [`Passwords`], [`Bodies`], [`Files`], [`Pacer`], [`Observer`].
//!
//! The doctrine:
//! - Finding nothing is no error, and what is not visible was not found.
//! - No unscoped read of a protected thing exists: customer-facing reads take a [`Scope`](crate::access::Scope), reads of
//!   the system take a [`Task`](crate::actor::Task).
//! - Sentences with MUST are the contract; each has a case in the conformance suite of `portal-testkit`.
//! - Values in, values out. Adapters never ask the time and never make ids.

mod accounts;
mod directory;
mod error;
mod gateways;
mod hints;
mod imports;
mod journal;
mod store;
mod tickets;

pub use accounts::{Accounts, Doorway};
pub use directory::{Colleague, Directory};
pub use error::{StoreError, StoreErrorKind};
pub use gateways::{
    Bodies, BytesSource, Clock, FileSource, Files, FilesError, Ids, NoObserver, Observer, Outcome, Pacer, Passwords,
    PasswordsError, Secrets, StoredFile,
};
pub use hints::{Hint, HintFeed};
pub use imports::{ImportedTicket, Imports, NoImports, Person, Receipt, ReceiptKind};
pub use journal::{IdempotencyKey, IdempotencyKeyError, Journal, Remembered};
pub use store::{Access, Store, Tx};
pub use tickets::Tickets;
