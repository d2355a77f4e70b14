use std::collections::BTreeMap;

use async_trait::async_trait;
use portal_core::access::Principal;
use portal_core::actor::Task;
use portal_core::crm::{CompanyQuery, CompanyRow, Contact, ContactQuery, ContactRow, ContactStanding, Guest};
use portal_core::id::{AccessGroupId, CompanyId, ContactId, TicketNumber};
use portal_core::ports::{Crm, StoreError};
use portal_core::ticket::Ticket;

use super::MemoryTx;
use super::state::State;

fn has(part: Option<&str>, texts: &[Option<&str>]) -> bool {
    let Some(part) = part.map(str::to_ascii_lowercase) else {
        return true;
    };
    texts.iter().flatten().any(|it| it.to_ascii_lowercase().contains(&part))
}

impl State {
    fn guest(&self, contact: &Contact) -> Guest {
        Guest {
            contact: contact.clone(),
            registered: self.accounts.contains_key(&contact.id),
        }
    }

    fn row(&self, it: &Contact) -> ContactRow {
        let company = it.primary_company.and_then(|id| self.companies.get(&id));
        ContactRow {
            id: it.id,
            name: it.name.to_string(),
            email: it.email.clone(),
            membership_email: it.membership_email.clone(),
            standing: it.standing,
            company: company.map(|it| (it.id, it.name.to_string())),
            registered: self.accounts.contains_key(&it.id),
        }
    }
}

#[async_trait]
impl Crm for MemoryTx {
    async fn contacts_page(&mut self, _task: &Task, query: &ContactQuery) -> Result<Vec<ContactRow>, StoreError> {
        let state = &self.state;
        let wanted = state.contacts.values().filter(|it| {
            query.group.is_none_or(|group| it.groups.contains(&group))
                && query.company.is_none_or(|company| it.companies.contains(&company))
                && query.standing.is_none_or(|standing| it.standing == standing)
        });
        let mut rows: Vec<ContactRow> = wanted.map(|it| state.row(it)).collect();
        rows.retain(|it| {
            let texts = [
                Some(it.name.as_str()),
                it.email.as_ref().map(portal_core::text::EmailAddress::as_str),
                it.membership_email
                    .as_ref()
                    .map(portal_core::text::EmailAddress::as_str),
                it.company.as_ref().map(|(_, name)| name.as_str()),
            ];
            let key = (it.name.as_str(), it.id);
            let behind = query.after.as_ref().is_none_or(|(name, id)| key > (name.as_str(), *id));
            behind && has(query.text.as_deref(), &texts)
        });
        rows.sort_by(|a, b| (a.name.as_str(), a.id).cmp(&(b.name.as_str(), b.id)));
        rows.truncate(query.limit as usize);
        Ok(rows)
    }

    async fn companies_page(&mut self, _task: &Task, query: &CompanyQuery) -> Result<Vec<CompanyRow>, StoreError> {
        let state = &self.state;
        let people = |id| {
            let of_it = |it: &&Contact| it.standing == ContactStanding::Active && it.companies.contains(&id);
            state.contacts.values().filter(of_it).count() as u64
        };
        let mut rows: Vec<CompanyRow> = state
            .companies
            .values()
            .map(|it| CompanyRow {
                id: it.id,
                name: it.name.to_string(),
                domain: it.domain.as_ref().map(ToString::to_string),
                people: people(it.id),
            })
            .collect();
        rows.retain(|it| {
            let key = (it.name.as_str(), it.id);
            let behind = query.after.as_ref().is_none_or(|(name, id)| key > (name.as_str(), *id));
            behind && has(query.text.as_deref(), &[Some(it.name.as_str()), it.domain.as_deref()])
        });
        rows.sort_by(|a, b| (a.name.as_str(), a.id).cmp(&(b.name.as_str(), b.id)));
        rows.truncate(query.limit as usize);
        Ok(rows)
    }

    async fn group_sizes(&mut self, _task: &Task) -> Result<Vec<(AccessGroupId, u64)>, StoreError> {
        let active = |it: &&Contact| it.standing == ContactStanding::Active;
        let mut sizes = BTreeMap::new();
        for group in self.state.contacts.values().filter(active).flat_map(|it| &it.groups) {
            *sizes.entry(*group).or_default() += 1;
        }
        Ok(sizes.into_iter().collect())
    }

    async fn guests(&mut self, _task: &Task, after: Option<ContactId>, limit: u32) -> Result<Vec<Guest>, StoreError> {
        let behind = |it: &&Contact| after.is_none_or(|after| it.id > after);
        let found = self.state.contacts.values().filter(behind);
        Ok(found.take(limit as usize).map(|it| self.state.guest(it)).collect())
    }

    async fn guest(&mut self, _task: &Task, id: ContactId) -> Result<Option<Guest>, StoreError> {
        Ok(self.state.contacts.get(&id).map(|it| self.state.guest(it)))
    }

    async fn lock_company(&mut self, _task: &Task, _id: CompanyId) -> Result<(), StoreError> {
        Ok(())
    }

    async fn lock_group(&mut self, _task: &Task, _id: AccessGroupId) -> Result<(), StoreError> {
        Ok(())
    }

    async fn lock_contact(&mut self, _task: &Task, _id: ContactId) -> Result<(), StoreError> {
        Ok(())
    }

    async fn hold_criteria(&mut self, _task: &Task) -> Result<(), StoreError> {
        Ok(())
    }

    async fn remove_group(&mut self, _task: &Task, id: AccessGroupId) -> Result<(), StoreError> {
        let state = self.changed()?;
        state.groups.remove(&id);
        for contact in state.contacts.values_mut() {
            contact.groups.remove(&id);
        }
        Ok(())
    }

    async fn tickets_of(
        &mut self,
        _task: &Task,
        principal: Principal,
        below: Option<TicketNumber>,
        limit: u32,
    ) -> Result<Vec<Ticket>, StoreError> {
        let of_it = |it: &Ticket| match principal {
            Principal::Contact(id) => it.contacts.contains_key(&id),
            Principal::Company(id) => it.companies.contains(&id),
        };
        let numbers = self.state.tickets.keys().rev();
        let found = numbers
            .filter(|it| below.is_none_or(|below| **it < below))
            .filter_map(|it| self.state.ticket(*it))
            .filter(of_it);
        Ok(found.take(limit as usize).collect())
    }
}
