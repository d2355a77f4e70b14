use async_trait::async_trait;
use portal_core::access::{Entrant, Scope};
use portal_core::actor::Task;
use portal_core::crm::{AccessGroup, Agent, Company, Contact};
use portal_core::id::{AgentId, CompanyId, ContactId, InboxId, PipelineId, PortalId, TicketNumber};
use portal_core::membership::Profile;
use portal_core::ports::{Colleague, Directory, StoreError};
use portal_core::property::{PropertyDefinition, PropertyOwner};
use portal_core::settings::{CustomerPortal, Host, Inbox};
use portal_core::text::{EmailAddress, Locale, PersonName, Slug};
use portal_core::ticket::Pipeline;

use super::tx::SeaTx;

mod criteria;
pub(super) mod entrant;
pub(super) mod groups;
mod inboxes;
pub(super) mod people;
pub(super) mod portals;
pub(super) mod profiles;
mod properties;
pub(super) mod sight;

#[async_trait]
impl Directory for SeaTx {
    async fn entrant(&mut self, portal: PortalId, contact: ContactId) -> Result<Option<Entrant>, StoreError> {
        entrant::entrant(self, portal, contact).await
    }

    async fn portal_at(&mut self, host: &Host, slug: &Slug) -> Result<Option<CustomerPortal>, StoreError> {
        portals::at_address(self, host, slug).await
    }

    async fn portals_on(&mut self, host: &Host) -> Result<Vec<CustomerPortal>, StoreError> {
        portals::published_on(self, host).await
    }

    async fn portal(&mut self, id: PortalId) -> Result<Option<CustomerPortal>, StoreError> {
        portals::portal(self, id).await
    }

    async fn inbox(&mut self, id: InboxId) -> Result<Option<Inbox>, StoreError> {
        inboxes::inbox(self, id).await
    }

    async fn pipeline(&mut self, id: PipelineId) -> Result<Option<Pipeline>, StoreError> {
        inboxes::pipeline(self, id).await
    }

    async fn profile(&mut self, contact: ContactId) -> Result<Option<Profile>, StoreError> {
        profiles::profile(self, contact).await
    }

    async fn update_profile(
        &mut self,
        contact: ContactId,
        name: &PersonName,
        language: Option<&Locale>,
        time_zone: Option<&str>,
    ) -> Result<(), StoreError> {
        profiles::update(self, contact, name, language, time_zone).await
    }

    async fn people_on(&mut self, scope: &Scope, number: TicketNumber) -> Result<Vec<Colleague>, StoreError> {
        sight::people_on(self, scope, number).await
    }

    async fn companies_on(
        &mut self,
        scope: &Scope,
        number: TicketNumber,
    ) -> Result<Vec<(CompanyId, String)>, StoreError> {
        sight::companies_on(self, scope, number).await
    }

    async fn agent_name(&mut self, agent: AgentId) -> Result<Option<String>, StoreError> {
        people::agent_name(self, agent).await
    }

    async fn shown_properties(&mut self) -> Result<Vec<PropertyDefinition>, StoreError> {
        properties::shown(self).await
    }

    async fn all_portals(&mut self, _task: &Task) -> Result<Vec<CustomerPortal>, StoreError> {
        portals::all(self).await
    }

    async fn all_inboxes(&mut self, _task: &Task) -> Result<Vec<Inbox>, StoreError> {
        inboxes::all(self).await
    }

    async fn all_pipelines(&mut self, _task: &Task) -> Result<Vec<Pipeline>, StoreError> {
        inboxes::all_pipelines(self).await
    }

    async fn all_groups(&mut self, _task: &Task) -> Result<Vec<AccessGroup>, StoreError> {
        groups::all(self).await
    }

    async fn contact(&mut self, _task: &Task, id: ContactId) -> Result<Option<Contact>, StoreError> {
        people::contact(self, id).await
    }

    async fn contact_by_membership_email(
        &mut self,
        _task: &Task,
        email: &EmailAddress,
    ) -> Result<Option<Contact>, StoreError> {
        people::contact_by_membership_email(self, email).await
    }

    async fn company(&mut self, _task: &Task, id: CompanyId) -> Result<Option<Company>, StoreError> {
        people::company(self, id).await
    }

    async fn properties(&mut self, _task: &Task, owner: PropertyOwner) -> Result<Vec<PropertyDefinition>, StoreError> {
        properties::of(self, owner).await
    }

    async fn put_portal(&mut self, _task: &Task, portal: &CustomerPortal) -> Result<(), StoreError> {
        portals::put(self, portal).await
    }

    async fn put_inbox(&mut self, _task: &Task, inbox: &Inbox) -> Result<(), StoreError> {
        inboxes::put(self, inbox).await
    }

    async fn lock_inbox(&mut self, _task: &Task, id: InboxId) -> Result<(), StoreError> {
        inboxes::lock(self, id).await
    }

    async fn move_tickets(
        &mut self,
        _task: &Task,
        inbox: InboxId,
        after: Option<TicketNumber>,
        limit: u32,
    ) -> Result<Option<TicketNumber>, StoreError> {
        inboxes::move_tickets(self, inbox, after, limit).await
    }

    async fn put_pipeline(&mut self, _task: &Task, pipeline: &Pipeline) -> Result<(), StoreError> {
        inboxes::put_pipeline(self, pipeline).await
    }

    async fn put_group(&mut self, _task: &Task, group: &AccessGroup) -> Result<(), StoreError> {
        groups::put(self, group).await
    }

    async fn put_contact(&mut self, _task: &Task, contact: &Contact) -> Result<(), StoreError> {
        people::put_contact(self, contact).await
    }

    async fn put_company(&mut self, _task: &Task, company: &Company) -> Result<(), StoreError> {
        people::put_company(self, company).await
    }

    async fn put_agent(&mut self, _task: &Task, agent: &Agent) -> Result<(), StoreError> {
        people::put_agent(self, agent).await
    }

    async fn put_property(&mut self, _task: &Task, property: &PropertyDefinition) -> Result<(), StoreError> {
        properties::put(self, property).await
    }
}
