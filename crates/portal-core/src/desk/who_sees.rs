use std::collections::{BTreeMap, BTreeSet};

use super::view_desk_ticket::ViewDeskTicketError;
use crate::access::{Entrant, Principal, Refusal, enter};
use crate::actor::{Actor, ContactActor, Mode, Task};
use crate::crm::{ContactQuery, ContactStanding};
use crate::id::{CompanyId, ContactId, PortalId, TicketNumber};
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
        self.sight_with(tx, task, ticket, &mut Asked::default()).await
    }

    /// As [`sight_of`](Self::sight_of), where what was asked of the store for one ticket is not asked again for the next.
    pub(super) async fn sight_with(
        &self,
        tx: &mut dyn Tx,
        task: &Task,
        ticket: &Ticket,
        asked: &mut Asked,
    ) -> Result<Sight, StoreError> {
        let facts = ticket.facts();
        let readers = facts.readers();
        let mut sight = Sight {
            in_portal: ticket.portal.is_some(),
            seers: Vec::new(),
            kept_out: Vec::new(),
            companies: Vec::new(),
            is_cut: false,
        };
        let mut concerned: BTreeSet<ContactId> = ticket.contacts.keys().copied().collect();
        for principal in &readers {
            let Principal::Company(id) = principal else { continue };
            if let Some(company) = asked.company(tx, task, *id).await? {
                sight.companies.push((*id, company.name));
                sight.is_cut |= company.is_cut;
                concerned.extend(company.people);
            }
        }
        for contact in concerned {
            let Some(name) = asked.name(tx, task, contact).await? else {
                continue;
            };
            let label = ticket.contacts.get(&contact).copied();
            let entrant = match ticket.portal {
                Some(portal) => asked.entrant(tx, portal, contact).await?,
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

impl Sight {
    /// Who sees it here and not there.
    pub(super) fn without(&self, other: &Self) -> Vec<Seer> {
        let there: BTreeSet<ContactId> = other.seers.iter().map(|it| it.contact).collect();
        let only_here = self.seers.iter().filter(|it| !there.contains(&it.contact));
        only_here.cloned().collect()
    }
}

/// What was asked of the store already, while several tickets are looked at in one unit of work.
#[derive(Debug, Default)]
pub(super) struct Asked {
    companies: BTreeMap<CompanyId, Option<Staffed>>,
    names: BTreeMap<ContactId, Option<String>>,
    entrants: BTreeMap<(PortalId, ContactId), Option<Entrant>>,
}

/// A company with those of its people who were asked about.
#[derive(Clone, Debug)]
struct Staffed {
    name: String,
    people: Vec<ContactId>,
    is_cut: bool,
}

impl Asked {
    async fn company(&mut self, tx: &mut dyn Tx, task: &Task, id: CompanyId) -> Result<Option<Staffed>, StoreError> {
        if let Some(known) = self.companies.get(&id) {
            return Ok(known.clone());
        }
        let found = match tx.directory().company(task, id).await? {
            None => None,
            Some(company) => {
                let query = ContactQuery {
                    company: Some(id),
                    standing: Some(ContactStanding::Active),
                    limit: PEOPLE_OF_COMPANY + 1,
                    ..ContactQuery::default()
                };
                let people = tx.crm().contacts_page(task, &query).await?;
                let first = people.iter().take(PEOPLE_OF_COMPANY as usize);
                Some(Staffed {
                    name: company.name.to_string(),
                    people: first.map(|it| it.id).collect(),
                    is_cut: people.len() > PEOPLE_OF_COMPANY as usize,
                })
            }
        };
        self.companies.insert(id, found.clone());
        Ok(found)
    }

    async fn name(&mut self, tx: &mut dyn Tx, task: &Task, id: ContactId) -> Result<Option<String>, StoreError> {
        if let Some(known) = self.names.get(&id) {
            return Ok(known.clone());
        }
        let found = tx.directory().contact(task, id).await?.map(|it| it.name.to_string());
        self.names.insert(id, found.clone());
        Ok(found)
    }

    async fn entrant(
        &mut self,
        tx: &mut dyn Tx,
        portal: PortalId,
        contact: ContactId,
    ) -> Result<Option<Entrant>, StoreError> {
        if let Some(known) = self.entrants.get(&(portal, contact)) {
            return Ok(known.clone());
        }
        let found = tx.directory().entrant(portal, contact).await?;
        self.entrants.insert((portal, contact), found.clone());
        Ok(found)
    }
}
