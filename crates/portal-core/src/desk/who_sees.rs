use std::collections::BTreeSet;

use super::view_desk_ticket::ViewDeskTicketError;
use crate::access::{Principal, Refusal, enter};
use crate::actor::{Actor, ContactActor, Mode, Task};
use crate::crm::{ContactQuery, ContactStanding};
use crate::id::{CompanyId, ContactId, TicketNumber};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::staff::StaffActor;
use crate::ticket::{AssociationLabel, Ticket};

/// Of a company, so many people are asked about.
const PEOPLE_OF_COMPANY: u32 = 50;

/// Somebody who sees a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seer {
    /// Who.
    pub contact: ContactId,
    /// The name.
    pub name: String,
    /// The principal by which they see it.
    pub because: Principal,
    /// As what they are on the ticket, if they are.
    pub label: Option<AssociationLabel>,
}

/// Somebody on a ticket who does not see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptOut {
    /// Who.
    pub contact: ContactId,
    /// The name.
    pub name: String,
    /// Why the portal does not let them in; `None` if it does, and does not show them this ticket.
    pub refusal: Option<Refusal>,
}

/// Who of the customers can see a ticket, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Whether it is in a portal at all.
    pub in_portal: bool,
    /// Who sees it, by name.
    pub seers: Vec<Seer>,
    /// Who is on it and does not see it, by name.
    pub kept_out: Vec<KeptOut>,
    /// The names of companies that read it.
    pub companies: Vec<(CompanyId, String)>,
    /// Companies with more people than were asked about: there may be more who see it.
    pub is_cut: bool,
}

impl Portal {
    /// Who of the customers can see a ticket: asked of the rule itself, for each person it may concern.
    ///
    /// # Errors
    /// See [`ViewDeskTicketError`].
    pub async fn who_sees(&self, actor: &StaffActor, number: TicketNumber) -> Result<Sight, ViewDeskTicketError> {
        attempt!(self, &Actor::Anonymous, "who_sees", self.who_sees_once(actor, number))
    }

    async fn who_sees_once(&self, actor: &StaffActor, number: TicketNumber) -> Result<Sight, ViewDeskTicketError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let (staff, scope) = self.at_desk(&mut *tx, actor).await?;
        let task = staff.task();
        let found = tx.desk().desk_ticket(&scope, number).await?;
        let ticket = found.ok_or(ViewDeskTicketError::NotFound)?;
        Ok(self.sight_of(&mut *tx, &task, &ticket).await?)
    }

    /// Who would see a ticket that is as given, whatever is stored.
    pub(crate) async fn sight_of(&self, tx: &mut dyn Tx, task: &Task, ticket: &Ticket) -> Result<Sight, StoreError> {
        let facts = ticket.facts();
        let readers = facts.readers();
        let mut sight = Sight {
            in_portal: ticket.portal.is_some(),
            seers: Vec::new(),
            kept_out: Vec::new(),
            companies: Vec::new(),
            is_cut: false,
        };
        let mut asked: BTreeSet<ContactId> = ticket.contacts.keys().copied().collect();
        for principal in &readers {
            let Principal::Company(id) = principal else { continue };
            let Some(company) = tx.directory().company(task, *id).await? else {
                continue;
            };
            sight.companies.push((*id, company.name.to_string()));
            let query = ContactQuery {
                company: Some(*id),
                standing: Some(ContactStanding::Active),
                limit: PEOPLE_OF_COMPANY + 1,
                ..ContactQuery::default()
            };
            let people = tx.crm().contacts_page(task, &query).await?;
            sight.is_cut |= people.len() > PEOPLE_OF_COMPANY as usize;
            asked.extend(people.iter().take(PEOPLE_OF_COMPANY as usize).map(|it| it.id));
        }
        for contact in asked {
            let Some(known) = tx.directory().contact(task, contact).await? else {
                continue;
            };
            let name = known.name.to_string();
            let label = ticket.contacts.get(&contact).copied();
            let entrant = match ticket.portal {
                Some(portal) => tx.directory().entrant(portal, contact).await?,
                None => None,
            };
            let as_reader = ContactActor {
                contact,
                only: None,
                mode: Mode::Read,
            };
            let judged = entrant.map(|it| enter(as_reader, &it));
            let (because, refusal) = match judged {
                Some(Ok(viewer)) => (viewer.scope().explain(&facts), None),
                Some(Err(refusal)) => (None, Some(refusal)),
                None => (None, Some(Refusal::NoAccess)),
            };
            match because {
                Some(because) => sight.seers.push(Seer {
                    contact,
                    name,
                    because,
                    label,
                }),
                None if label.is_some() => sight.kept_out.push(KeptOut { contact, name, refusal }),
                None => {}
            }
        }
        sight
            .seers
            .sort_by(|a, b| (&a.name, a.contact).cmp(&(&b.name, b.contact)));
        sight
            .kept_out
            .sort_by(|a, b| (&a.name, a.contact).cmp(&(&b.name, b.contact)));
        Ok(sight)
    }
}
