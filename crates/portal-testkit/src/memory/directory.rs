use std::collections::BTreeMap;

use async_trait::async_trait;
use portal_core::access::{AccessRule, DenyList, Entrant, Scope};
use portal_core::actor::Task;
use portal_core::crm::{AccessGroup, Agent, Company, Contact, ContactStanding};
use portal_core::id::{AgentId, CompanyId, ContactId, InboxId, PipelineId, PortalId, TicketNumber};
use portal_core::membership::Profile;
use portal_core::ports::{Colleague, Directory, StoreError};
use portal_core::property::{PropertyDefinition, PropertyOwner};
use portal_core::settings::{CustomerPortal, Host, Inbox};
use portal_core::text::{EmailAddress, Locale, PersonName, Slug};
use portal_core::ticket::{AssociationLabel, Pipeline};

use super::state::State;
use super::{MemoryTx, conflict};

/// All values of a map, in an order of their own.
fn sorted<K, V: Clone, O: Ord>(map: &BTreeMap<K, V>, order: impl Fn(&V) -> O) -> Vec<V> {
    let mut values: Vec<V> = map.values().cloned().collect();
    values.sort_by_key(order);
    values
}

fn colleague(contact: &Contact) -> Colleague {
    Colleague {
        contact: contact.id,
        name: contact.name.to_string(),
        primary_company: contact.primary_company,
    }
}

pub(super) fn company_name(state: &State, id: CompanyId) -> Option<(CompanyId, String)> {
    state.companies.get(&id).map(|it| (id, it.name.to_string()))
}

/// The active contacts whose primary company this is, by name.
pub(super) fn colleagues(state: &State, company: CompanyId) -> Vec<Colleague> {
    let mut found = sorted(&state.contacts, |it| (it.name.clone(), it.id));
    found.retain(|it| it.standing == ContactStanding::Active && it.primary_company == Some(company));
    found.iter().map(colleague).collect()
}

#[async_trait]
impl Directory for MemoryTx {
    async fn entrant(&mut self, portal: PortalId, contact: ContactId) -> Result<Option<Entrant>, StoreError> {
        let state = &self.state;
        let (Some(portal), Some(contact)) = (state.portals.get(&portal), state.contacts.get(&contact)) else {
            return Ok(None);
        };
        let moving = state
            .inboxes
            .values()
            .filter(|it| it.moving_to.is_some())
            .filter(|it| it.portal == Some(portal.id) || it.moving_to == Some(portal.id));
        Ok(Some(Entrant {
            portal: portal.id,
            published: portal.published,
            permission: portal.permission.clone(),
            access: portal.access.clone(),
            may: portal.may,
            denied: DenyList {
                pipelines: portal.hidden_pipelines.clone(),
                inboxes: moving.map(|it| it.id).collect(),
            },
            contact: contact.id,
            active: contact.standing == ContactStanding::Active,
            registered: state.accounts.contains_key(&contact.id),
            primary_company: contact.primary_company,
            groups: contact.groups.clone(),
            dynamic: match &portal.access {
                AccessRule::Groups(named) => named.iter().filter_map(|it| state.criteria(*it)).collect(),
                AccessRule::EveryRegisteredContact => BTreeMap::new(),
            },
            properties: contact.properties.clone(),
        }))
    }

    async fn portal_at(&mut self, host: &Host, slug: &Slug) -> Result<Option<CustomerPortal>, StoreError> {
        Ok(self
            .state
            .portals
            .values()
            .find(|it| it.host == *host && it.slug == *slug)
            .cloned())
    }

    async fn portals_on(&mut self, host: &Host) -> Result<Vec<CustomerPortal>, StoreError> {
        let mut found = sorted(&self.state.portals, |it| it.slug.clone());
        found.retain(|it| it.host == *host && it.published);
        Ok(found)
    }

    async fn portal(&mut self, id: PortalId) -> Result<Option<CustomerPortal>, StoreError> {
        Ok(self.state.portals.get(&id).cloned())
    }

    async fn inbox(&mut self, id: InboxId) -> Result<Option<Inbox>, StoreError> {
        Ok(self.state.inboxes.get(&id).cloned())
    }

    async fn pipeline(&mut self, id: PipelineId) -> Result<Option<Pipeline>, StoreError> {
        Ok(self.state.pipelines.get(&id).cloned())
    }

    async fn profile(&mut self, contact: ContactId) -> Result<Option<Profile>, StoreError> {
        Ok(self.state.profile(contact))
    }

    async fn update_profile(
        &mut self,
        contact: ContactId,
        name: &PersonName,
        language: Option<&Locale>,
        time_zone: Option<&str>,
    ) -> Result<(), StoreError> {
        if let Some(contact) = self.changed()?.contacts.get_mut(&contact) {
            contact.name = name.clone();
            contact.language = language.cloned();
            contact.time_zone = time_zone.map(str::to_owned);
        }
        Ok(())
    }

    async fn people_on(&mut self, scope: &Scope, number: TicketNumber) -> Result<Vec<Colleague>, StoreError> {
        let Some(ticket) = self.state.visible(scope, number) else {
            return Ok(Vec::new());
        };
        let mut found: Vec<(AssociationLabel, &Contact)> = ticket
            .contacts
            .iter()
            .filter_map(|(id, label)| Some((*label, self.state.contacts.get(id)?)))
            .collect();
        found.sort_by_key(|(label, it)| (*label, it.name.clone(), it.id));
        Ok(found.into_iter().map(|(_, it)| colleague(it)).collect())
    }

    async fn companies_on(
        &mut self,
        scope: &Scope,
        number: TicketNumber,
    ) -> Result<Vec<(CompanyId, String)>, StoreError> {
        let Some(ticket) = self.state.visible(scope, number) else {
            return Ok(Vec::new());
        };
        let names = ticket.companies.iter().filter_map(|id| company_name(&self.state, *id));
        let mut found: Vec<(CompanyId, String)> = names.collect();
        found.sort_by_key(|(id, name)| (name.clone(), *id));
        Ok(found)
    }

    async fn agent_name(&mut self, agent: AgentId) -> Result<Option<String>, StoreError> {
        Ok(self.state.agents.get(&agent).map(|it| it.name.to_string()))
    }

    async fn shown_properties(&mut self) -> Result<Vec<PropertyDefinition>, StoreError> {
        let mut found = self.state.properties.clone();
        found.retain(|it| it.owner == PropertyOwner::Ticket && it.shown_to_customers && !it.archived);
        found.sort_by_key(|it| it.key.clone());
        Ok(found)
    }

    async fn all_portals(&mut self, _task: &Task) -> Result<Vec<CustomerPortal>, StoreError> {
        Ok(sorted(&self.state.portals, |it| (it.host.clone(), it.slug.clone())))
    }

    async fn all_inboxes(&mut self, _task: &Task) -> Result<Vec<Inbox>, StoreError> {
        Ok(sorted(&self.state.inboxes, |it| (it.name.clone(), it.id)))
    }

    async fn all_pipelines(&mut self, _task: &Task) -> Result<Vec<Pipeline>, StoreError> {
        Ok(sorted(&self.state.pipelines, |it| (it.name().clone(), it.id())))
    }

    async fn all_groups(&mut self, _task: &Task) -> Result<Vec<AccessGroup>, StoreError> {
        Ok(sorted(&self.state.groups, |it| (it.name.clone(), it.id)))
    }

    async fn contact(&mut self, _task: &Task, id: ContactId) -> Result<Option<Contact>, StoreError> {
        Ok(self.state.contacts.get(&id).cloned())
    }

    async fn contact_by_membership_email(
        &mut self,
        _task: &Task,
        email: &EmailAddress,
    ) -> Result<Option<Contact>, StoreError> {
        let mut active = self
            .state
            .contacts
            .values()
            .filter(|it| it.standing == ContactStanding::Active);
        Ok(active.find(|it| it.membership_email.as_ref() == Some(email)).cloned())
    }

    async fn company(&mut self, _task: &Task, id: CompanyId) -> Result<Option<Company>, StoreError> {
        Ok(self.state.companies.get(&id).cloned())
    }

    async fn properties(&mut self, _task: &Task, owner: PropertyOwner) -> Result<Vec<PropertyDefinition>, StoreError> {
        let mut found = self.state.properties.clone();
        found.retain(|it| it.owner == owner);
        found.sort_by_key(|it| it.key.clone());
        Ok(found)
    }

    async fn put_portal(&mut self, _task: &Task, portal: &CustomerPortal) -> Result<(), StoreError> {
        let portals = &mut self.changed()?.portals;
        let same_address = |it: &CustomerPortal| it.id != portal.id && it.host == portal.host && it.slug == portal.slug;
        if portals.values().any(same_address) {
            return Err(conflict());
        }
        portals.insert(portal.id, portal.clone());
        Ok(())
    }

    async fn put_inbox(&mut self, _task: &Task, inbox: &Inbox) -> Result<(), StoreError> {
        self.changed()?.inboxes.insert(inbox.id, inbox.clone());
        Ok(())
    }

    async fn lock_inbox(&mut self, _task: &Task, _id: InboxId) -> Result<(), StoreError> {
        Ok(())
    }

    async fn move_tickets(
        &mut self,
        _task: &Task,
        inbox: InboxId,
        after: Option<TicketNumber>,
        limit: u32,
    ) -> Result<Option<TicketNumber>, StoreError> {
        // What is visible follows from the inbox itself here: only the walk is the same.
        let here = self.state.tickets.values().filter(|it| it.inbox == inbox);
        let behind = here
            .map(|it| it.number)
            .filter(|it| after.is_none_or(|after| *it > after));
        Ok(behind.take(limit as usize).last())
    }

    async fn put_pipeline(&mut self, _task: &Task, pipeline: &Pipeline) -> Result<(), StoreError> {
        self.changed()?.pipelines.insert(pipeline.id(), pipeline.clone());
        Ok(())
    }

    async fn put_group(&mut self, _task: &Task, group: &AccessGroup) -> Result<(), StoreError> {
        let state = self.changed()?;
        state.groups.insert(group.id, group.clone());
        if let Some(criteria) = group.criteria() {
            for contact in state.contacts.values_mut() {
                if criteria.matches(&contact.properties) {
                    contact.groups.insert(group.id);
                } else {
                    contact.groups.remove(&group.id);
                }
            }
        }
        Ok(())
    }

    async fn put_contact(&mut self, _task: &Task, contact: &Contact) -> Result<(), StoreError> {
        let state = self.changed()?;
        let active = ContactStanding::Active;
        let same_email = |it: &Contact| {
            let both_active = it.standing == active && contact.standing == active;
            both_active && it.membership_email.is_some() && it.membership_email == contact.membership_email
        };
        let same_key = |it: &Contact| it.external_id.is_some() && it.external_id == contact.external_id;
        let others = state.contacts.values().filter(|it| it.id != contact.id);
        if others.into_iter().any(|it| same_email(it) || same_key(it)) {
            return Err(conflict());
        }
        let mut contact = contact.clone();
        for group in state.groups.values() {
            let Some(criteria) = group.criteria() else { continue };
            if criteria.matches(&contact.properties) {
                contact.groups.insert(group.id);
            } else {
                contact.groups.remove(&group.id);
            }
        }
        state.contacts.insert(contact.id, contact);
        Ok(())
    }

    async fn put_company(&mut self, _task: &Task, company: &Company) -> Result<(), StoreError> {
        let companies = &mut self.changed()?.companies;
        let same_key =
            |it: &Company| it.id != company.id && it.external_id.is_some() && it.external_id == company.external_id;
        if companies.values().any(same_key) {
            return Err(conflict());
        }
        companies.insert(company.id, company.clone());
        Ok(())
    }

    async fn put_agent(&mut self, _task: &Task, agent: &Agent) -> Result<(), StoreError> {
        self.changed()?.agents.insert(agent.id, agent.clone());
        Ok(())
    }

    async fn put_property(&mut self, _task: &Task, property: &PropertyDefinition) -> Result<(), StoreError> {
        let properties = &mut self.changed()?.properties;
        properties.retain(|it| it.owner != property.owner || it.key != property.key);
        properties.push(property.clone());
        Ok(())
    }
}
