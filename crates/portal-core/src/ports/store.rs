use async_trait::async_trait;

use super::accounts::Accounts;
use super::audit::AuditLog;
use super::conversations::Conversations;
use super::crm::Crm;
use super::desk::Desk;
use super::directory::Directory;
use super::error::StoreError;
use super::hints::{DeskFeed, HintFeed, NoDeskFeed};
use super::imports::{Imports, NoImports};
use super::journal::Journal;
use super::members::Members;
use super::notices::Notices;
use super::outbox::Outbox;
use super::programs::Programs;
use super::satisfaction::Satisfaction;
use super::service::ServiceLevels;
use super::settings::SettingsStore;
use super::shelf::Shelf;
use super::staffing::Staffing;
use super::tickets::Tickets;
use super::timers::Timers;

/// What a unit of work is going to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// One statement, on its own.
    Read,
    /// Several reads that must agree with each other.
    Snapshot,
    /// Reading and writing.
    Write,
}

/// Everything that is transactional, behind one door. A store is replaced whole.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Starts a unit of work.
    ///
    /// A `Snapshot` MUST see one state of the store, whatever commits meanwhile. A `Write` MUST see its own effects, and
    /// after [`Tickets::lock`] also everything that was committed before the lock was granted.
    async fn begin(&self, access: Access) -> Result<Box<dyn Tx>, StoreError>;

    /// Whether the store answers; for readiness checks.
    async fn ping(&self) -> Result<(), StoreError>;

    /// A feed of the hints of all units of work that commit from now on, on this server and, where several share the
    /// store, on the others too.
    fn hints(&self) -> Box<dyn HintFeed>;

    /// The same for the desk. It MUST hold nothing of [`hints`](Self::hints), nor the other way round. With a store that
    /// leaves this out, pages of the desk are not live.
    fn desk_hints(&self) -> Box<dyn DeskFeed> {
        Box::new(NoDeskFeed)
    }
}

/// One unit of work. Dropping it rolls back.
///
/// A refused write MUST leave the unit of work usable.
#[async_trait]
pub trait Tx: Send {
    /// Tickets and all that hangs on them.
    fn tickets(&mut self) -> &mut dyn Tickets;

    /// What the staff see of tickets.
    fn desk(&mut self) -> &mut dyn Desk;

    /// Portals, inboxes, pipelines, people.
    fn directory(&mut self) -> &mut dyn Directory;

    /// Contacts and companies as the staff look at them.
    fn crm(&mut self) -> &mut dyn Crm;

    /// Credentials, sessions, tokens, throttles.
    fn accounts(&mut self) -> &mut dyn Accounts;

    /// What belongs to the unit of work itself: hints, idempotency.
    fn journal(&mut self) -> &mut dyn Journal;

    /// Invitations, registrations, mailed codes and links, proofs of consent.
    fn members(&mut self) -> &mut dyn Members;

    /// Staff users, their credentials and sessions.
    fn staffing(&mut self) -> &mut dyn Staffing;

    /// Settings of portals and domains, all versions.
    fn settings(&mut self) -> &mut dyn SettingsStore;

    /// What is to leave once this unit of work commits.
    fn outbox(&mut self) -> &mut dyn Outbox;

    /// Programs that work for the staff.
    fn programs(&mut self) -> &mut dyn Programs;

    /// Who wants to be told of what, and what the staff are told.
    fn notices(&mut self) -> &mut dyn Notices;

    /// Conversations, with or without a ticket.
    fn conversations(&mut self) -> &mut dyn Conversations;

    /// What the system does by itself to tickets that wait.
    fn timers(&mut self) -> &mut dyn Timers;
    /// What agents keep at hand.
    fn shelf(&mut self) -> &mut dyn Shelf;

    /// What inboxes promise, and how tickets were served.
    fn service(&mut self) -> &mut dyn ServiceLevels;

    /// What customers think of how their tickets were solved.
    fn satisfaction(&mut self) -> &mut dyn Satisfaction;

    /// What was done, by whom.
    fn audit(&mut self) -> &mut dyn AuditLog;

    /// Taking over what was elsewhere. A store that takes no imports may leave this out.
    fn imports(&mut self) -> &mut dyn Imports {
        // A type without size is not allocated, so nothing leaks.
        Box::leak(Box::new(NoImports))
    }

    /// Makes every effect of this unit of work visible, or none. Once it returned `Ok`, the effects MUST survive a crash
    /// of the process.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;
}
