use async_trait::async_trait;

use super::error::StoreError;
use crate::access::{Entrant, Scope};
use crate::actor::Task;
use crate::crm::{AccessGroup, Agent, Company, Contact};
use crate::id::{AgentId, CompanyId, ContactId, InboxId, PipelineId, PortalId, TicketNumber};
use crate::membership::Profile;
use crate::property::{PropertyDefinition, PropertyOwner};
use crate::settings::{CustomerPortal, Host, Inbox};
use crate::text::{EmailAddress, Locale, PersonName, Slug};
use crate::ticket::Pipeline;

/// A contact as another contact may see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Who.
    pub contact: ContactId,
    /// The name that is shown.
    pub name: String,
    /// Their primary company.
    pub primary_company: Option<CompanyId>,
}

/// Portals, inboxes, pipelines, people.
#[async_trait]
pub trait Directory: Send {
    /// A contact at the door of a portal, or `None` if either does not exist. MUST reflect the newest committed policy,
    /// standing, company, groups and criteria: nothing is cached.
    async fn entrant(&mut self, portal: PortalId, contact: ContactId) -> Result<Option<Entrant>, StoreError>;

    /// The portal at an address.
    async fn portal_at(&mut self, host: &Host, slug: &Slug) -> Result<Option<CustomerPortal>, StoreError>;

    /// The published portals of a host, ordered by slug.
    async fn portals_on(&mut self, host: &Host) -> Result<Vec<CustomerPortal>, StoreError>;

    /// A portal.
    async fn portal(&mut self, id: PortalId) -> Result<Option<CustomerPortal>, StoreError>;

    /// An inbox.
    async fn inbox(&mut self, id: InboxId) -> Result<Option<Inbox>, StoreError>;

    /// A pipeline.
    async fn pipeline(&mut self, id: PipelineId) -> Result<Option<Pipeline>, StoreError>;

    /// What a contact sees of themself.
    async fn profile(&mut self, contact: ContactId) -> Result<Option<Profile>, StoreError>;

    /// Changes what a contact may change of themself.
    async fn update_profile(
        &mut self,
        contact: ContactId,
        name: &PersonName,
        language: Option<&Locale>,
        time_zone: Option<&str>,
    ) -> Result<(), StoreError>;

    /// The contacts associated with a ticket of the scope, the requester first, then by name; nobody if it is outside.
    async fn people_on(&mut self, scope: &Scope, number: TicketNumber) -> Result<Vec<Colleague>, StoreError>;

    /// The names of the companies associated with a ticket of the scope; none if it is outside.
    async fn companies_on(
        &mut self,
        scope: &Scope,
        number: TicketNumber,
    ) -> Result<Vec<(CompanyId, String)>, StoreError>;

    /// The name that customers are shown of an agent.
    async fn agent_name(&mut self, agent: AgentId) -> Result<Option<String>, StoreError>;

    /// The properties of tickets that customers are shown, by key; never an archived one.
    async fn shown_properties(&mut self) -> Result<Vec<PropertyDefinition>, StoreError>;

    // ---- the system's own ----

    /// All portals, by host and slug.
    async fn all_portals(&mut self, task: &Task) -> Result<Vec<CustomerPortal>, StoreError>;

    /// All inboxes, by name.
    async fn all_inboxes(&mut self, task: &Task) -> Result<Vec<Inbox>, StoreError>;

    /// All pipelines, by name.
    async fn all_pipelines(&mut self, task: &Task) -> Result<Vec<Pipeline>, StoreError>;

    /// All access groups, by name.
    async fn all_groups(&mut self, task: &Task) -> Result<Vec<AccessGroup>, StoreError>;

    /// A contact, whatever its standing.
    async fn contact(&mut self, task: &Task, id: ContactId) -> Result<Option<Contact>, StoreError>;

    /// The active contact with this sign-in address.
    async fn contact_by_membership_email(
        &mut self,
        task: &Task,
        email: &EmailAddress,
    ) -> Result<Option<Contact>, StoreError>;

    /// A company.
    async fn company(&mut self, task: &Task, id: CompanyId) -> Result<Option<Company>, StoreError>;

    /// The definitions of an owner's properties, by key.
    async fn properties(&mut self, task: &Task, owner: PropertyOwner) -> Result<Vec<PropertyDefinition>, StoreError>;

    /// Adds or replaces a portal. MUST fail with `Conflict` if another one has its address.
    async fn put_portal(&mut self, task: &Task, portal: &CustomerPortal) -> Result<(), StoreError>;

    /// Adds or replaces an inbox. If its portal or move changed, all its tickets MUST be in the new portal, or absent
    /// while it moves, once this unit of work commits.
    async fn put_inbox(&mut self, task: &Task, inbox: &Inbox) -> Result<(), StoreError>;

    /// Keeps others from changing the inbox, and from adding tickets to it, until the end of the unit of work, so that the
    /// next read of it sees the newest state. Says nothing about whether there is such an inbox.
    async fn lock_inbox(&mut self, task: &Task, id: InboxId) -> Result<(), StoreError>;

    /// Makes the next tickets of an inbox that is on the move ready for the portal it goes to: by ascending number, behind
    /// the given one, at most `limit`. Answers the last one's number; `None` if there was none left. No ticket of the inbox
    /// MUST be visible in any portal before it has arrived, whatever else is done to the ticket meanwhile.
    async fn move_tickets(
        &mut self,
        task: &Task,
        inbox: InboxId,
        after: Option<TicketNumber>,
        limit: u32,
    ) -> Result<Option<TicketNumber>, StoreError>;

    /// Adds or replaces a pipeline.
    async fn put_pipeline(&mut self, task: &Task, pipeline: &Pipeline) -> Result<(), StoreError>;

    /// Adds or replaces an access group. The listed members of a dynamic one MUST be exactly the contacts who match its
    /// criteria once this unit of work commits, whoever else changes contacts meanwhile. One that is not dynamic any more
    /// MUST keep the members it had.
    async fn put_group(&mut self, task: &Task, group: &AccessGroup) -> Result<(), StoreError>;

    /// Adds or replaces a contact with its companies, groups and properties. MUST fail with `Conflict` if another active
    /// contact has its membership e-mail, or another contact its external id.
    ///
    /// Of the groups it names, those that are dynamic do not count: of those it MUST be listed in exactly the ones whose
    /// criteria it matches once this unit of work commits, whoever else changes groups meanwhile.
    async fn put_contact(&mut self, task: &Task, contact: &Contact) -> Result<(), StoreError>;

    /// Adds or replaces a company. MUST fail with `Conflict` if another one has its external id.
    async fn put_company(&mut self, task: &Task, company: &Company) -> Result<(), StoreError>;

    /// Adds or replaces an agent.
    async fn put_agent(&mut self, task: &Task, agent: &Agent) -> Result<(), StoreError>;

    /// Adds or replaces the definition of a property.
    async fn put_property(&mut self, task: &Task, property: &PropertyDefinition) -> Result<(), StoreError>;
}
