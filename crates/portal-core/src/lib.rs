//! The rules of Portal, a customer portal and help desk, without any I/O.
//!
//! A contact signs in and sees exactly the tickets of their scope: their own and, where the portal says so, those of
//! their primary company. The rule is stated once, in [`access`]; everything that leaves a store went through it.
//!
//! This crate has no runtime, clock, randomness, database or web framework. It is a set of use-cases over ports:
//! give [`Portal::builder`] a [`Store`](ports::Store) and a few gateways, and call the use-cases as methods.
//! `portal-adapters` has the default ports (SQLite, PostgreSQL, files, Argon2id), `portal-testkit` a store in memory,
//! fakes, and the conformance suite for stores of your own.
//!
//! # A portal in memory
//!
//! ```
//! use std::collections::BTreeSet;
//!
//! use portal_core::access::{AccessRule, CustomersMay, Principal, TicketPermission};
//! use portal_core::actor::{Actor, Task};
//! use portal_core::crm::{Company, Contact, ContactStanding};
//! use portal_core::id::{CompanyId, ContactId, InboxId, PipelineId, PortalId, StatusId, Uuid};
//! use portal_core::ports::{Access, Store};
//! use portal_core::settings::{CustomerPortal, Inbox, SessionLimits, SetUp};
//! use portal_core::text::Locale;
//! use portal_core::ticket::{OpenTicket, Pipeline, Priority, Stage, Status, TimelineWindow, ViewTicket};
//! use portal_core::time::Timestamp;
//! use portal_core::Portal;
//! use portal_testkit::MemoryStore;
//! use portal_testkit::fakes::{FixedClock, MemoryFiles, NoPause, PlainBodies, PlainPasswords, SeededSecrets, SequentialIds};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let store = MemoryStore::new();
//! let now = Timestamp::from_micros(1_763_812_800_000_000);
//!
//! // Set up one portal with one inbox, and two people of one company. A real service has pages for this.
//! let id = |n: u128| Uuid::from_u128(n);
//! let task = Task::CommandLine;
//! let statuses = [("New", Stage::Received), ("Open", Stage::InProgress), ("Waiting", Stage::WaitingOnContact), ("Closed", Stage::Closed)]
//!     .into_iter()
//!     .enumerate()
//!     .map(|(n, (name, stage))| {
//!         let id = StatusId::from_uuid(id(10 + n as u128));
//!         Ok(Status { id, name: name.parse()?, stage, customer_label: None, explanation: None })
//!     })
//!     .collect::<Result<Vec<_>, portal_core::text::LineError>>()?;
//! let pipeline = Pipeline::new(PipelineId::from_uuid(id(1)), "Support".parse()?, statuses)?;
//! let portal = CustomerPortal {
//!     id: PortalId::from_uuid(id(2)),
//!     name: "Kestrel Support".parse()?,
//!     host: "localhost:8080".parse()?,
//!     slug: "support".parse()?,
//!     language: Locale::english(),
//!     offered: BTreeSet::from([Locale::english(), Locale::german()]),
//!     time_zone: "Europe/Berlin".to_owned(),
//!     published: true,
//!     default_inbox: InboxId::from_uuid(id(3)),
//!     permission: TicketPermission::Company,
//!     access: AccessRule::EveryRegisteredContact,
//!     may: CustomersMay::default(),
//!     hidden_pipelines: BTreeSet::new(),
//!     categories: vec![],
//!     sessions: SessionLimits::default(),
//!     revision: 1,
//!     send_registration_mails: false,
//!     set_up: SetUp::Finished,
//! };
//! let inbox = Inbox { id: portal.default_inbox, name: "Service".parse()?, portal: Some(portal.id), pipeline: pipeline.id(), moving_to: None };
//! let company = CompanyId::from_uuid(id(4));
//! let contact = |n: u128, name: &str, company: Option<CompanyId>| -> Result<Contact, Box<dyn std::error::Error>> {
//!     Ok(Contact {
//!         id: ContactId::from_uuid(id(n)),
//!         name: name.parse()?,
//!         email: None,
//!         membership_email: Some(format!("{}@fernwerk.example", name.to_lowercase()).parse()?),
//!         standing: ContactStanding::Active,
//!         primary_company: company,
//!         companies: company.into_iter().collect(),
//!         groups: BTreeSet::new(),
//!         language: None,
//!         time_zone: None,
//!         properties: Default::default(),
//!         external_id: None,
//!         created_at: now,
//!     })
//! };
//! let (jonas, aylin, stranger) = (contact(5, "Jonas", Some(company))?, contact(6, "Aylin", Some(company))?, contact(7, "Stranger", None)?);
//! let mut tx = store.begin(Access::Write).await?;
//! tx.directory().put_pipeline(&task, &pipeline).await?;
//! tx.directory().put_portal(&task, &portal).await?;
//! tx.directory().put_inbox(&task, &inbox).await?;
//! let name = "Fernwerk GmbH".parse()?;
//! tx.directory().put_company(&task, &Company { id: company, name, domain: None, properties: Default::default(), external_id: None, created_at: now }).await?;
//! for it in [&jonas, &aylin, &stranger] {
//!     tx.directory().put_contact(&task, it).await?;
//!     // An account makes a contact a registered one.
//!     let account = portal_core::membership::Account { contact: it.id, password_hash: String::new(), password_set_at: now };
//!     tx.accounts().put_account(&account).await?;
//! }
//! tx.commit().await?;
//!
//! let service = Portal::builder()
//!     .store(store)
//!     .files(MemoryFiles::default())
//!     .passwords(PlainPasswords::default())
//!     .bodies(PlainBodies)
//!     .clock(FixedClock::at(now))
//!     .ids(SequentialIds::series(1))
//!     .secrets(SeededSecrets::new(1))
//!     .pacer(NoPause)
//!     .build()?;
//!
//! // Jonas opens a ticket. You vouch for who the actor is; what they may see and do is the core's to say.
//! let opened = service
//!     .open_ticket(&Actor::signed_in(jonas.id), OpenTicket {
//!         portal: portal.id,
//!         subject: "Scanner 4 loses Wi-Fi every day around 14:00".to_owned(),
//!         description: "For 5 to 10 minutes. The other scanners in the hall are fine.".to_owned(),
//!         category: None,
//!         priority: Priority::High,
//!         private: false,
//!         fields: Default::default(),
//!         files: vec![],
//!         key: None,
//!     })
//!     .await?;
//!
//! // Aylin sees it, because her company is on it.
//! let query = ViewTicket { portal: portal.id, number: opened.number, window: TimelineWindow::All };
//! let seen = service.view_ticket(&Actor::signed_in(aylin.id), query).await?;
//! assert_eq!(seen.because, Principal::Company(company));
//!
//! // For everybody else it does not exist.
//! let unseen = service.view_ticket(&Actor::signed_in(stranger.id), query).await;
//! assert_eq!(unseen.unwrap_err().to_string(), "there is no such ticket");
//! # Ok(())
//! # }
//! ```
//!
//! The modules, in reading order:

pub mod id;
pub mod time;

pub mod text;

pub mod property;

pub mod actor;

pub mod access;

pub mod ticket;

pub mod crm;

pub mod staff;

pub mod desk;

pub mod measures;
pub mod service;

pub mod audit;

pub mod members;
pub mod membership;

pub mod settings;

pub mod import;

pub mod mail;

pub mod notify;

pub mod automation;

pub mod conversation;

pub mod satisfaction;

pub mod ports;

pub mod programs;

pub mod input;

mod portal;

pub use portal::{BuildError, EntryError, Portal, PortalBuilder};
