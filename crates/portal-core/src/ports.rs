//! What the core needs from outside, as traits.
//!
//! Two kinds. *Transactional* ports hang off one [`Tx`] and are replaced together, as a [`Store`]: [`Tickets`], [`Desk`],
//! [`Directory`], [`Crm`], [`Accounts`], [`Members`], [`Staffing`], [`SettingsStore`], [`Outbox`], [`Notices`],
//! [`Conversations`], [`Timers`], [`ServiceLevels`], [`Satisfaction`], [`Programs`], [`Shelf`], [`AuditLog`], [`Imports`], [`Journal`].
//! *Gateways* are replaced one by one: [`Clock`], [`Ids`], [`Secrets`], [`Passwords`], [`Bodies`], [`Files`], [`Pacer`]; and, with
//! a stand-in for services that do without, [`Observer`], [`Vault`], [`OneTimeCodes`], [`Letters`], [`Mailer`], [`Resolver`], [`Images`],
//! [`CapturedMails`], [`Zones`], [`Channels`].
//!
//! The doctrine:
//! - Finding nothing is no error, and what is not visible was not found.
//! - No unscoped read of a protected thing exists: customer-facing reads take a [`Scope`](crate::access::Scope), reads of
//!   the system take a [`Task`](crate::actor::Task).
//! - Sentences with MUST are the contract; each has a case in the conformance suite of `portal-testkit`.
//! - Values in, values out. Adapters never ask the time and never make ids.

mod accounts;
mod audit;
mod captured;
mod channels;
mod conversations;
mod crm;
mod desk;
mod directory;
mod error;
mod gateways;
mod hints;
mod images;
mod imports;
mod journal;
mod mailing;
mod members;
mod notices;
mod one_time_codes;
mod outbox;
mod programs;
mod resolver;
mod satisfaction;
mod service;
mod settings;
mod shelf;
mod staffing;
mod store;
mod tickets;
mod timers;
mod vault;
mod zones;

pub use accounts::{Accounts, Doorway};
pub use audit::AuditLog;
pub use captured::{CapturedMails, CapturedMailsError};
pub use channels::{ChannelError, Channels, NoChannels, OutgoingAnswer};
pub use conversations::Conversations;
pub use crm::Crm;
pub use desk::Desk;
pub use directory::{Colleague, Directory};
pub use error::{StoreError, StoreErrorKind};
pub use gateways::{
    Bodies, BytesSource, Clock, FileSource, Files, FilesError, Ids, NoObserver, Observer, Outcome, Pacer, Passwords,
    PasswordsError, Secrets, StoredFile,
};
pub use hints::{DeskFeed, DeskHint, DeskNews, Hint, HintFeed, NoDeskFeed, Presence};
pub use images::{Images, ImagesError, NoImages, Picture};
pub use imports::{ImportedTicket, Imports, NoImports, Person, Receipt, ReceiptKind};
pub use journal::{IdempotencyKey, IdempotencyKeyError, Journal, Remembered};
pub use mailing::{
    Letters, LettersError, Mailer, MailerError, NoLetters, NoMailer, OutgoingMail, OutgoingThread, Rendered,
};
pub use members::Members;
pub use notices::Notices;
pub use one_time_codes::{Enrolment, NoOneTimeCodes, OneTimeCodes};
pub use outbox::Outbox;
pub use programs::Programs;
pub use resolver::{NoResolver, Resolver, ResolverError};
pub use satisfaction::Satisfaction;
pub use service::{KeptTerms, ServiceLevels, ToldDue, WatchedTicket};
pub use settings::SettingsStore;
pub use shelf::Shelf;
pub use staffing::Staffing;
pub use store::{Access, Store, Tx};
pub use tickets::{ListFrame, Tickets};
pub use timers::{Timers, Warning};
pub use vault::{NoVault, Vault, VaultError};
pub use zones::{NoZones, Zones};
