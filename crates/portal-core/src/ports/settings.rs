use async_trait::async_trait;

use super::error::StoreError;
use crate::actor::Task;
use crate::id::{DomainId, PortalId};
use crate::settings::{CustomerPortal, Domain, Host, Section, SettingsOwner, SettingsVersion};
use crate::text::Slug;

/// The settings of portals and domains, every version of them; the domains; and where portals used to be.
#[async_trait]
pub trait SettingsStore: Send {
    /// The newest version of a section; `None` if it was never changed.
    async fn current_settings(
        &mut self,
        owner: SettingsOwner,
        section: Section,
    ) -> Result<Option<SettingsVersion>, StoreError>;

    /// The newest version of each section that was ever changed, ordered by section.
    async fn all_current_settings(&mut self, owner: SettingsOwner) -> Result<Vec<SettingsVersion>, StoreError>;

    /// One version.
    async fn settings_version(
        &mut self,
        task: &Task,
        owner: SettingsOwner,
        section: Section,
        version: u32,
    ) -> Result<Option<SettingsVersion>, StoreError>;

    /// The versions of a section, or of all of them, the newest (by time, then section, then version) first, at most `limit`.
    async fn settings_history(
        &mut self,
        task: &Task,
        owner: SettingsOwner,
        section: Option<Section>,
        limit: u32,
    ) -> Result<Vec<SettingsVersion>, StoreError>;

    /// Keeps a version. MUST change nothing and return `false` unless it is the one after the newest.
    async fn add_settings_version(&mut self, task: &Task, version: &SettingsVersion) -> Result<bool, StoreError>;

    /// A portal that nobody else MUST be able to change until this unit of work ends.
    async fn portal_to_change(&mut self, task: &Task, id: PortalId) -> Result<Option<CustomerPortal>, StoreError>;

    /// A domain that nobody else MUST be able to change until this unit of work ends.
    async fn domain_to_change(&mut self, task: &Task, id: DomainId) -> Result<Option<Domain>, StoreError>;

    /// A domain.
    async fn domain(&mut self, id: DomainId) -> Result<Option<Domain>, StoreError>;

    /// The domain with a host.
    async fn domain_of(&mut self, host: &Host) -> Result<Option<Domain>, StoreError>;

    /// All domains, by host.
    async fn all_domains(&mut self, task: &Task) -> Result<Vec<Domain>, StoreError>;

    /// Adds or replaces a domain. MUST fail with [`Conflict`](super::StoreErrorKind::Conflict) if another one has its host.
    async fn put_domain(&mut self, task: &Task, domain: &Domain) -> Result<(), StoreError>;

    /// Removes a domain with its settings. Removing what is not there is fine.
    async fn remove_domain(&mut self, task: &Task, id: DomainId) -> Result<(), StoreError>;

    /// The hosts under which the server answers customers, in order: those of domains that are proven to be ours, and those
    /// of portals whose host has no domain.
    async fn served_hosts(&mut self) -> Result<Vec<Host>, StoreError>;

    /// The portal that used to be at an address.
    async fn portal_formerly_at(&mut self, host: &Host, slug: &Slug) -> Result<Option<PortalId>, StoreError>;

    /// Where a portal used to be, by host and slug.
    async fn former_addresses(&mut self, task: &Task, portal: PortalId) -> Result<Vec<(Host, Slug)>, StoreError>;

    /// Remembers that a portal used to be at an address, instead of whatever was remembered of it.
    async fn keep_address(&mut self, task: &Task, host: &Host, slug: &Slug, portal: PortalId)
    -> Result<(), StoreError>;

    /// Forgets who used to be at an address.
    async fn free_address(&mut self, task: &Task, host: &Host, slug: &Slug) -> Result<(), StoreError>;

    /// Removes a portal with its settings, its former addresses, the tokens made for it, and what members have of it:
    /// invitations, mailed links and codes, registrations, changes of address, proofs of consent. Its inboxes MUST have left
    /// it before.
    async fn remove_portal(&mut self, task: &Task, id: PortalId) -> Result<(), StoreError>;
}
