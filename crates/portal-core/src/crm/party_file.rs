use std::collections::{BTreeMap, BTreeSet};

use super::let_through::party_name;
use super::lists::ContactRow;
use super::merge::{Merge, MergeState};
use super::party::Party;
use super::party_note::PartyNote;
use super::preview_policy::works_with;
use super::view_contact::ViewContactError;
use crate::access::Principal;
use crate::actor::Actor;
use crate::audit::{AuditActor, AuditEntry, AuditPlace, AuditQuery};
use crate::id::{CompanyId, PortalId, TicketNumber};
use crate::membership::Invitation;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::staff::{Staff, StaffActor};
use crate::text::Line;
use crate::ticket::Ticket;
use crate::time::Timestamp;

/// How many notes are shown.
const NOTES: u32 = 100;
/// How many entries of the history are shown at once.
const HISTORY: u32 = 25;
/// How many tickets are shown at once.
const TICKETS: usize = 25;
/// How many tickets are read at once, to find those that the one who asks works with.
const TICKETS_READ: u32 = 100;
/// How many are read before the page is as long as it is.
const TICKETS_READ_AT_MOST: u32 = 2_000;
/// How many contacts with the same address are shown.
const SAME_ADDRESS: u32 = 10;

/// Which part of the file of a contact or company is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewParty {
    /// Whose.
    pub party: Party,
    /// Tickets below this number.
    pub below: Option<TicketNumber>,
    /// History before this place.
    pub before: Option<AuditPlace>,
}

/// What staff keep about a contact or a company beside its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartyFile {
    /// Notes, newest first.
    pub notes: Vec<PartyNote>,
    /// What was changed, newest first.
    pub history: Vec<AuditEntry>,
    /// Whether there is older history.
    pub has_older: bool,
    /// The names of those who changed something.
    pub who: BTreeMap<AuditActor, String>,
    /// Tickets that the one who asks works with, newest first. Of others nothing is told, not even their number.
    pub tickets: Vec<Ticket>,
    /// Where the next page of tickets begins, if there may be one.
    pub older_tickets: Option<TicketNumber>,
    /// As what a contact belongs to their companies.
    pub labels: BTreeMap<CompanyId, Line>,
    /// Others with an address of the contact.
    pub same_address: Vec<ContactRow>,
    /// The contact's invitations, by portal.
    pub invitations: Vec<(PortalId, String, Invitation)>,
    /// Merges of it and into it, newest first, with the names of both.
    pub merges: Vec<(Merge, String, String)>,
    /// When the contact was erased, if they were.
    pub erased_at: Option<Timestamp>,
}

impl PartyFile {
    /// The merge by which it became a part of another one, if it did.
    #[must_use]
    pub fn merged(&self, party: Party) -> Option<&(Merge, String, String)> {
        self.merges
            .iter()
            .find(|(it, ..)| it.from == party && it.state != MergeState::Undone)
    }
}

impl Portal {
    /// Notes, history, tickets and the rest of what staff see of a contact or company.
    ///
    /// # Errors
    /// See [`ViewContactError`].
    pub async fn view_party(&self, actor: &StaffActor, wanted: &ViewParty) -> Result<PartyFile, ViewContactError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "view_party",
            self.view_party_once(actor, wanted)
        )
    }

    async fn view_party_once(&self, actor: &StaffActor, wanted: &ViewParty) -> Result<PartyFile, ViewContactError> {
        let party = wanted.party;
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.staff_for_people(&mut *tx, actor).await?;
        let task = staff.task();
        party_name(&mut *tx, &task, party)
            .await?
            .ok_or(ViewContactError::NotFound)?;
        let mut file = PartyFile {
            notes: tx.crm().party_notes(&task, party, NOTES).await?,
            ..PartyFile::default()
        };
        let query = AuditQuery {
            about: Some(party),
            after: wanted.before,
            ..AuditQuery::default()
        };
        file.history = tx.audit().audit_page(&task, &query, HISTORY + 1).await?;
        file.has_older = file.history.len() > HISTORY as usize;
        file.history.truncate(HISTORY as usize);
        let actors: BTreeSet<AuditActor> = file.history.iter().map(|it| it.actor).collect();
        for actor in actors {
            let name = match actor {
                AuditActor::Staff(id) => tx.staffing().staff_user(id).await?.map(|it| it.name.to_string()),
                AuditActor::Contact(id) => tx.directory().contact(&task, id).await?.map(|it| it.name.to_string()),
                AuditActor::System | AuditActor::CommandLine => None,
            };
            if let Some(name) = name {
                file.who.insert(actor, name);
            }
        }
        own_tickets(&mut *tx, &staff, wanted, &mut file).await?;
        for merge in tx.crm().merges_of(&task, party).await? {
            let from = party_name(&mut *tx, &task, merge.from).await?.unwrap_or_default();
            let into = party_name(&mut *tx, &task, merge.into).await?.unwrap_or_default();
            file.merges.push((merge, from, into));
        }
        let Some(id) = party.contact() else {
            return Ok(file);
        };
        file.labels = tx.crm().company_labels(&task, id).await?;
        file.erased_at = tx.crm().erased_at(&task, id).await?;
        if let Some(contact) = tx.directory().contact(&task, id).await? {
            let addresses: Vec<_> = contact.email.into_iter().chain(contact.membership_email).collect();
            file.same_address = tx.crm().contacts_at(&task, &addresses, SAME_ADDRESS).await?;
            file.same_address.retain(|it| it.id != id);
        }
        for portal in tx.directory().all_portals(&task).await? {
            if let Some(invitation) = tx.members().invitation(portal.id, id).await? {
                file.invitations.push((portal.id, portal.name.to_string(), invitation));
            }
        }
        Ok(file)
    }
}

/// The tickets that the one who asks works with. What they do not work with is passed over without a trace.
async fn own_tickets(
    tx: &mut dyn Tx,
    staff: &Staff,
    wanted: &ViewParty,
    file: &mut PartyFile,
) -> Result<(), StoreError> {
    let principal = match wanted.party {
        Party::Contact(id) => Principal::Contact(id),
        Party::Company(id) => Principal::Company(id),
    };
    let (mut below, mut read) = (wanted.below, 0);
    loop {
        let page = tx
            .crm()
            .tickets_of(&staff.task(), principal, below, TICKETS_READ)
            .await?;
        let is_last = page.len() < TICKETS_READ as usize;
        for ticket in page {
            if file.tickets.len() == TICKETS {
                file.older_tickets = below;
                return Ok(());
            }
            below = Some(ticket.number);
            if works_with(staff, &ticket) {
                file.tickets.push(ticket);
            }
        }
        read += TICKETS_READ;
        if is_last {
            return Ok(());
        }
        if read >= TICKETS_READ_AT_MOST {
            file.older_tickets = below;
            return Ok(());
        }
    }
}
