use std::collections::BTreeMap;

use super::let_through::names_of;
use super::lists::Guest;
use super::party::Party;
use super::party_note::PartyNote;
use super::preview_policy::works_with;
use crate::access::Principal;
use crate::actor::{Actor, Task};
use crate::audit::{AuditActor, AuditEntry, AuditEvent, AuditQuery};
use crate::id::{CompanyId, ContactId, TicketNumber};
use crate::mail::QueuedMail;
use crate::membership::Session;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::satisfaction::TicketRating;
use crate::staff::{Permission, Staff, StaffActor, StaffError, staff_use_case_error};
use crate::text::{EmailAddress, Line};
use crate::ticket::{Message, Ticket};
use crate::time::Timestamp;

/// How many exports somebody may make in an hour.
pub(super) const EXPORTS_PER_HOUR: u32 = 3;
/// The most of each kind that an access request gets.
const MOST: u32 = 10_000;
/// How much is read at once.
const PAGE: u32 = 500;

/// Everything that is stored about one contact, for who asks what is stored about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactExport {
    /// When it was put together.
    pub at: Timestamp,
    /// The contact.
    pub guest: Guest,
    /// The names of their companies.
    pub companies: BTreeMap<CompanyId, String>,
    /// As what they belong to them.
    pub labels: BTreeMap<CompanyId, Line>,
    /// Their sessions that are alive.
    pub sessions: Vec<Session>,
    /// Notes about them.
    pub notes: Vec<PartyNote>,
    /// What was done to them, newest first.
    pub history: Vec<AuditEntry>,
    /// Tickets they are on, newest first.
    pub tickets: Vec<Ticket>,
    /// What they wrote, oldest first.
    pub messages: Vec<Message>,
    /// What they think of how their tickets were solved, by ticket.
    pub ratings: Vec<TicketRating>,
    /// Mails that were sent to them, newest first.
    pub mails: Vec<QueuedMail>,
    /// Whether tickets, messages or ratings are in inboxes that the one who asked does not work with: those are left out.
    pub is_partial: bool,
}

/// Why nothing was handed out.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such contact.
    #[error("there is no such contact")]
    NotFound,
    /// Too many exports in an hour.
    #[error("at most {EXPORTS_PER_HOUR} exports can be made in an hour")]
    TooMany,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(ExportError, NotFound);

impl Portal {
    /// Everything that is stored about one contact. It wants the permission to export and a fresh proof, and is audited.
    ///
    /// # Errors
    /// See [`ExportError`].
    pub async fn export_contact(&self, actor: &StaffActor, id: ContactId) -> Result<ContactExport, ExportError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "export_contact",
            self.note_contact_export(actor, id)
        )?;
        attempt!(
            self,
            &Actor::Anonymous,
            "read_contact_export",
            self.export_contact_once(actor, id)
        )
    }

    /// Lets through who may hand data out now.
    pub(super) async fn exporter(&self, tx: &mut dyn Tx, actor: &StaffActor) -> Result<Staff, ExportError> {
        let now = self.clock.now();
        let staff = self.staff(tx, actor, Permission::Export).await?;
        staff.dangerous().map_err(StaffError::from)?;
        if let AuditActor::Staff(_) = staff.auditor() {
            let mut made = 0;
            for event in [AuditEvent::DataExported, AuditEvent::ContactExported] {
                let query = AuditQuery {
                    event: Some(event),
                    actor: Some(staff.auditor()),
                    since: Some(now.minus(std::time::Duration::from_hours(1))),
                    ..AuditQuery::default()
                };
                let found = tx.audit().audit_page(&staff.task(), &query, EXPORTS_PER_HOUR).await?;
                made += found.len();
            }
            if made >= EXPORTS_PER_HOUR as usize {
                return Err(ExportError::TooMany);
            }
        }
        Ok(staff)
    }

    async fn note_contact_export(&self, actor: &StaffActor, id: ContactId) -> Result<(), ExportError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.exporter(&mut *tx, actor).await?;
        let contact = tx.directory().contact(&staff.task(), id).await?;
        let contact = contact.ok_or(ExportError::NotFound)?;
        let event = (AuditEvent::ContactExported, Party::Contact(id));
        self.party_noted(&mut *tx, &staff, event, contact.name.as_str(), None, &[])
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn export_contact_once(&self, actor: &StaffActor, id: ContactId) -> Result<ContactExport, ExportError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.staff(&mut *tx, actor, Permission::Export).await?;
        let task = staff.task();
        let guest = tx.crm().guest(&task, id).await?.ok_or(ExportError::NotFound)?;
        let party = Party::Contact(id);
        let addresses: Vec<EmailAddress> = guest
            .contact
            .email
            .iter()
            .chain(&guest.contact.membership_email)
            .cloned()
            .collect();
        let history = AuditQuery {
            about: Some(party),
            ..AuditQuery::default()
        };
        let mut export = ContactExport {
            at: now,
            companies: names_of(&mut *tx, &task, &guest.contact.companies).await?,
            labels: tx.crm().company_labels(&task, id).await?,
            sessions: tx.accounts().sessions(id, now).await?,
            notes: tx.crm().party_notes(&task, party, MOST).await?,
            history: tx.audit().audit_page(&task, &history, MOST).await?,
            tickets: Vec::new(),
            messages: Vec::new(),
            ratings: Vec::new(),
            mails: tx.crm().mails_to(&task, &addresses, MOST).await?,
            is_partial: false,
            guest,
        };
        tickets_and_messages(&mut *tx, &staff, &task, &mut export).await?;
        Ok(export)
    }
}

async fn tickets_and_messages(
    tx: &mut dyn Tx,
    staff: &Staff,
    task: &Task,
    export: &mut ContactExport,
) -> Result<(), StoreError> {
    let id = export.guest.contact.id;
    let mut below = None;
    loop {
        let page = tx.crm().tickets_of(task, Principal::Contact(id), below, PAGE).await?;
        let is_last = page.len() < PAGE as usize;
        below = page.last().map(|it| it.number);
        for ticket in page {
            if works_with(staff, &ticket) {
                export.tickets.push(ticket);
            } else {
                export.is_partial = true;
            }
        }
        if is_last || export.tickets.len() >= MOST as usize {
            break;
        }
    }
    let mut works: BTreeMap<TicketNumber, bool> = export.tickets.iter().map(|it| (it.number, true)).collect();
    let mut after = None;
    loop {
        let page = tx.crm().messages_by(task, id, after, PAGE).await?;
        let is_last = page.len() < PAGE as usize;
        after = page.last().map(|it| it.id);
        for message in page {
            if works_on(tx, staff, &mut works, message.ticket).await? {
                export.messages.push(message);
            } else {
                export.is_partial = true;
            }
        }
        if is_last || export.messages.len() >= MOST as usize {
            break;
        }
    }
    for rating in tx.satisfaction().ratings_by(task, id, MOST).await? {
        if works_on(tx, staff, &mut works, rating.ticket).await? {
            export.ratings.push(rating);
        } else {
            export.is_partial = true;
        }
    }
    Ok(())
}

/// Whether the one who asked works with a ticket; `known` remembers the answers.
async fn works_on(
    tx: &mut dyn Tx,
    staff: &Staff,
    known: &mut BTreeMap<TicketNumber, bool>,
    number: TicketNumber,
) -> Result<bool, StoreError> {
    if let Some(works) = known.get(&number) {
        return Ok(*works);
    }
    let ticket = tx.tickets().load(&staff.task(), number).await?;
    let works = ticket.is_some_and(|it| works_with(staff, &it));
    known.insert(number, works);
    Ok(works)
}
