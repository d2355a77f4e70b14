use std::collections::BTreeSet;
use std::time::Duration;

use super::let_through::party_name;
use super::party::Party;
use super::preview_policy::works_with;
use crate::EntryError;
use crate::access::enter;
use crate::actor::{Actor, ContactActor, Mode};
use crate::audit::{AuditEntry, AuditEvent};
use crate::id::{AgentId, AuditId, ContactId, PortalId, TicketNumber, ViewAsId};
use crate::input::Problems;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::staff::{Permission, Staff, StaffActor, StaffError, StaffRefusal, staff_use_case_error};
use crate::text::Line;
use crate::ticket::{
    ListTickets, ListTicketsError, TicketList, TicketView, TimelineWindow, ViewTicket, ViewTicketError,
};
use crate::time::Timestamp;

/// For how long one looks before a new reason is asked for.
const FOR: Duration = Duration::from_mins(30);

/// Somebody of the staff who looks through a contact's eyes, for a reason. It is no session: it opens nothing but these two
/// use-cases, and only reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewAs {
    /// Its id.
    pub id: ViewAsId,
    /// Who looks.
    pub agent: AgentId,
    /// Through whose eyes.
    pub contact: ContactId,
    /// In which portal.
    pub portal: PortalId,
    /// Why.
    pub reason: Line,
    /// Since when.
    pub at: Timestamp,
    /// The tickets that were opened, each with an entry in the audit.
    pub opened: BTreeSet<TicketNumber>,
}

impl ViewAs {
    /// Until when it counts.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        self.at.plus(FOR)
    }
}

/// What is seen of a list.
#[derive(Clone, Debug)]
pub struct SeenTickets {
    /// The look.
    pub view: ViewAs,
    /// The contact's name.
    pub contact_name: String,
    /// The list, as the contact has it.
    pub list: TicketList,
    /// Those of its tickets that the one who looks works with. Of the others they are told the number only, which is what
    /// the contact's list has them for.
    pub readable: BTreeSet<TicketNumber>,
}

/// What is seen of a ticket.
#[derive(Clone, Debug)]
pub struct SeenTicket {
    /// The look.
    pub view: ViewAs,
    /// The contact's name.
    pub contact_name: String,
    /// The ticket, as the contact has it.
    pub ticket: TicketView,
}

/// Why nothing is seen.
#[derive(Debug, thiserror::Error)]
pub enum ViewAsError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such look, contact, portal or ticket, or it is over.
    #[error("there is nothing to look at")]
    NotFound,
    /// The reason is missing.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The contact is not let in, so they see nothing.
    #[error(transparent)]
    NotLetIn(EntryError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(ViewAsError, NotFound);

impl From<EntryError> for ViewAsError {
    fn from(err: EntryError) -> Self {
        match err {
            EntryError::Store(err) => Self::Store(err),
            err => Self::NotLetIn(err),
        }
    }
}

/// The contact, reading only.
const fn eyes(view: &ViewAs) -> Actor {
    Actor::Contact(ContactActor {
        contact: view.contact,
        only: None,
        mode: Mode::Read,
    })
}

impl Portal {
    /// Begins to look through a contact's eyes. The reason is kept in the audit.
    ///
    /// # Errors
    /// See [`ViewAsError`].
    pub async fn begin_view_as(
        &self,
        actor: &StaffActor,
        contact: ContactId,
        portal: PortalId,
        reason: &str,
    ) -> Result<ViewAsId, ViewAsError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "begin_view_as",
            self.begin_view_as_once(actor, contact, portal, reason)
        )
    }

    async fn begin_view_as_once(
        &self,
        actor: &StaffActor,
        contact: ContactId,
        portal: PortalId,
        reason: &str,
    ) -> Result<ViewAsId, ViewAsError> {
        let reason: Line = reason.parse().map_err(|err| Problems::one("reason", err))?;
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.looker(&mut *tx, actor).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        let name = party_name(&mut *tx, &task, Party::Contact(contact)).await?;
        let name = name.ok_or(ViewAsError::NotFound)?;
        let entrant = tx.directory().entrant(portal, contact).await?;
        let entrant = entrant.ok_or(ViewAsError::NotFound)?;
        let as_reader = ContactActor {
            contact,
            only: None,
            mode: Mode::Read,
        };
        enter(as_reader, &entrant).map_err(EntryError::from)?;
        let view = ViewAs {
            id: ViewAsId::from_uuid(self.ids.next(now)),
            agent: staff.id(),
            contact,
            portal,
            reason,
            at: now,
            opened: BTreeSet::new(),
        };
        tx.crm().put_view_as(&task, &view).await?;
        let id = AuditId::from_uuid(self.ids.next(now));
        let entry = AuditEntry::new(id, now, staff.auditor(), AuditEvent::ViewedAs, name)
            .within(portal)
            .concerning(Party::Contact(contact))
            .with("reason", view.reason.as_str());
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(view.id)
    }

    /// The contact's list of tickets, as they have it. Nothing is marked as read.
    ///
    /// # Errors
    /// See [`ViewAsError`].
    pub async fn view_as_list(
        &self,
        actor: &StaffActor,
        id: ViewAsId,
        wanted: ListTickets,
    ) -> Result<SeenTickets, ViewAsError> {
        let (view, contact_name) = self.looking(actor, id).await?;
        let wanted = ListTickets {
            portal: view.portal,
            ..wanted
        };
        let list = self.list_tickets(&eyes(&view), wanted).await.map_err(|err| match err {
            ListTicketsError::Entry(err) => err.into(),
            ListTicketsError::Store(err) => ViewAsError::Store(err),
        })?;
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.looker(&mut *tx, actor).await?;
        let mut readable = BTreeSet::new();
        for row in &list.rows {
            let ticket = tx.tickets().load(&staff.task(), row.number).await?;
            if ticket.is_some_and(|it| works_with(&staff, &it)) {
                readable.insert(row.number);
            }
        }
        Ok(SeenTickets {
            view,
            contact_name,
            list,
            readable,
        })
    }

    /// Opens a ticket that the contact sees and the one who looks works with. It is kept in the audit.
    ///
    /// # Errors
    /// See [`ViewAsError`].
    pub async fn open_as(&self, actor: &StaffActor, id: ViewAsId, number: TicketNumber) -> Result<(), ViewAsError> {
        let (view, _) = self.looking(actor, id).await?;
        // Asked of the rule, with the contact's eyes.
        self.seen_ticket(&view, number).await?;
        attempt!(self, &Actor::Anonymous, "open_as", self.open_as_once(actor, id, number))
    }

    async fn open_as_once(&self, actor: &StaffActor, id: ViewAsId, number: TicketNumber) -> Result<(), ViewAsError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.looker(&mut *tx, actor).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        let mut view = self.view_of(&mut *tx, &staff, id).await?;
        let ticket = tx.tickets().load(&task, number).await?;
        let ticket = ticket
            .filter(|it| works_with(&staff, it))
            .ok_or(ViewAsError::NotFound)?;
        if !view.opened.insert(number) {
            return Ok(());
        }
        tx.crm().put_view_as(&task, &view).await?;
        let entry_id = AuditId::from_uuid(self.ids.next(now));
        let entry = AuditEntry::new(
            entry_id,
            now,
            staff.auditor(),
            AuditEvent::TicketReadAs,
            format!("#{}", ticket.number),
        )
        .within(view.portal)
        .concerning(Party::Contact(view.contact))
        .with("reason", view.reason.as_str());
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// A ticket that was opened, as the contact has it. Nothing is marked as read.
    ///
    /// # Errors
    /// See [`ViewAsError`].
    pub async fn view_as_ticket(
        &self,
        actor: &StaffActor,
        id: ViewAsId,
        number: TicketNumber,
    ) -> Result<SeenTicket, ViewAsError> {
        let (view, contact_name) = self.looking(actor, id).await?;
        if !view.opened.contains(&number) {
            return Err(ViewAsError::NotFound);
        }
        // An inbox may have been taken from them since.
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.looker(&mut *tx, actor).await?;
        let ticket = tx.tickets().load(&staff.task(), number).await?;
        if !ticket.is_some_and(|it| works_with(&staff, &it)) {
            return Err(ViewAsError::NotFound);
        }
        drop(tx);
        let ticket = self.seen_ticket(&view, number).await?;
        Ok(SeenTicket {
            view,
            contact_name,
            ticket,
        })
    }

    async fn seen_ticket(&self, view: &ViewAs, number: TicketNumber) -> Result<TicketView, ViewAsError> {
        let wanted = ViewTicket {
            portal: view.portal,
            number,
            window: TimelineWindow::All,
        };
        self.view_ticket(&eyes(view), wanted).await.map_err(|err| match err {
            ViewTicketError::Entry(err) => err.into(),
            ViewTicketError::NotFound => ViewAsError::NotFound,
            ViewTicketError::Store(err) => ViewAsError::Store(err),
        })
    }

    /// Somebody who looks after people and works with tickets.
    async fn looker(&self, tx: &mut dyn Tx, actor: &StaffActor) -> Result<Staff, ViewAsError> {
        let staff = self.staff(tx, actor, Permission::Crm).await?;
        if !staff.user().may(Permission::HelpDesk) {
            return Err(StaffError::from(StaffRefusal::NotAllowed(Permission::HelpDesk)).into());
        }
        Ok(staff)
    }

    async fn looking(&self, actor: &StaffActor, id: ViewAsId) -> Result<(ViewAs, String), ViewAsError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.looker(&mut *tx, actor).await?;
        let view = self.view_of(&mut *tx, &staff, id).await?;
        let name = party_name(&mut *tx, &staff.task(), Party::Contact(view.contact)).await?;
        Ok((view, name.unwrap_or_default()))
    }

    async fn view_of(&self, tx: &mut dyn Tx, staff: &Staff, id: ViewAsId) -> Result<ViewAs, ViewAsError> {
        let now = self.clock.now();
        let view = tx.crm().view_as(&staff.task(), id).await?;
        view.filter(|it| it.agent == staff.id() && now < it.until())
            .ok_or(ViewAsError::NotFound)
    }
}
