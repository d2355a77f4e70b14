use std::collections::BTreeSet;

use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::id::{DomainId, PortalId};
use portal_core::ports::{SettingsStore, StoreError};
use portal_core::settings::{CustomerPortal, Domain, Host, Section, SettingsOwner, SettingsVersion};
use portal_core::text::Slug;

use super::{MemoryTx, conflict};

#[async_trait]
impl SettingsStore for MemoryTx {
    async fn current_settings(
        &mut self,
        owner: SettingsOwner,
        section: Section,
    ) -> Result<Option<SettingsVersion>, StoreError> {
        let versions = self.state.settings.get(&(owner, section));
        Ok(versions.and_then(|it| it.last()).cloned())
    }

    async fn all_current_settings(&mut self, owner: SettingsOwner) -> Result<Vec<SettingsVersion>, StoreError> {
        let own = self.state.settings.iter().filter(|((it, _), _)| *it == owner);
        let mut found: Vec<SettingsVersion> = own.filter_map(|(_, versions)| versions.last()).cloned().collect();
        found.sort_by_key(SettingsVersion::section);
        Ok(found)
    }

    async fn settings_version(
        &mut self,
        _task: &Task,
        owner: SettingsOwner,
        section: Section,
        version: u32,
    ) -> Result<Option<SettingsVersion>, StoreError> {
        let mut versions = self.state.settings.get(&(owner, section)).into_iter().flatten();
        Ok(versions.find(|it| it.version == version).cloned())
    }

    async fn settings_history(
        &mut self,
        _task: &Task,
        owner: SettingsOwner,
        section: Option<Section>,
        limit: u32,
    ) -> Result<Vec<SettingsVersion>, StoreError> {
        let wanted = |it: &&SettingsVersion| it.owner == owner && section.is_none_or(|only| only == it.section());
        let mut found: Vec<SettingsVersion> = self.state.settings.values().flatten().filter(wanted).cloned().collect();
        found.sort_by_key(|it| std::cmp::Reverse((it.at, it.section().name(), it.version)));
        found.truncate(limit as usize);
        Ok(found)
    }

    async fn add_settings_version(&mut self, _task: &Task, version: &SettingsVersion) -> Result<bool, StoreError> {
        let key = (version.owner, version.section());
        let versions = self.changed()?.settings.entry(key).or_default();
        let next = versions.last().map_or(1, |it| it.version + 1);
        if version.version != next {
            return Ok(false);
        }
        versions.push(version.clone());
        Ok(true)
    }

    async fn portal_to_change(&mut self, _task: &Task, id: PortalId) -> Result<Option<CustomerPortal>, StoreError> {
        Ok(self.state.portals.get(&id).cloned())
    }

    async fn domain_to_change(&mut self, _task: &Task, id: DomainId) -> Result<Option<Domain>, StoreError> {
        Ok(self.state.domains.get(&id).cloned())
    }

    async fn domain(&mut self, id: DomainId) -> Result<Option<Domain>, StoreError> {
        Ok(self.state.domains.get(&id).cloned())
    }

    async fn domain_of(&mut self, host: &Host) -> Result<Option<Domain>, StoreError> {
        Ok(self.state.domains.values().find(|it| it.host == *host).cloned())
    }

    async fn all_domains(&mut self, _task: &Task) -> Result<Vec<Domain>, StoreError> {
        let mut found: Vec<Domain> = self.state.domains.values().cloned().collect();
        found.sort_by(|a, b| a.host.cmp(&b.host));
        Ok(found)
    }

    async fn put_domain(&mut self, _task: &Task, domain: &Domain) -> Result<(), StoreError> {
        let taken = |it: &Domain| it.id != domain.id && it.host == domain.host;
        if self.state.domains.values().any(taken) {
            return Err(conflict());
        }
        self.changed()?.domains.insert(domain.id, domain.clone());
        Ok(())
    }

    async fn remove_domain(&mut self, _task: &Task, id: DomainId) -> Result<(), StoreError> {
        let state = self.changed()?;
        state.domains.remove(&id);
        state
            .settings
            .retain(|(owner, _), _| *owner != SettingsOwner::Domain(id));
        Ok(())
    }

    async fn served_hosts(&mut self) -> Result<Vec<Host>, StoreError> {
        let domains = &self.state.domains;
        let proven = domains.values().filter(|it| it.ownership.is_proven());
        let known = |host: &Host| domains.values().any(|it| it.host == *host);
        let without = self.state.portals.values().filter(|it| !known(&it.host));
        let hosts: BTreeSet<Host> = proven
            .map(|it| it.host.clone())
            .chain(without.map(|it| it.host.clone()))
            .collect();
        Ok(hosts.into_iter().collect())
    }

    async fn portal_formerly_at(&mut self, host: &Host, slug: &Slug) -> Result<Option<PortalId>, StoreError> {
        let key = (host.clone(), slug.clone());
        Ok(self.state.former_addresses.get(&key).copied())
    }

    async fn former_addresses(&mut self, _task: &Task, portal: PortalId) -> Result<Vec<(Host, Slug)>, StoreError> {
        let own = self.state.former_addresses.iter().filter(|(_, it)| **it == portal);
        Ok(own.map(|(address, _)| address.clone()).collect())
    }

    async fn keep_address(
        &mut self,
        _task: &Task,
        host: &Host,
        slug: &Slug,
        portal: PortalId,
    ) -> Result<(), StoreError> {
        let key = (host.clone(), slug.clone());
        self.changed()?.former_addresses.insert(key, portal);
        Ok(())
    }

    async fn free_address(&mut self, _task: &Task, host: &Host, slug: &Slug) -> Result<(), StoreError> {
        let key = (host.clone(), slug.clone());
        self.changed()?.former_addresses.remove(&key);
        Ok(())
    }

    async fn remove_portal(&mut self, _task: &Task, id: PortalId) -> Result<(), StoreError> {
        let state = self.changed()?;
        state.portals.remove(&id);
        state
            .settings
            .retain(|(owner, _), _| *owner != SettingsOwner::Portal(id));
        state.former_addresses.retain(|_, it| *it != id);
        state.tokens.retain(|_, it| it.portal != id);
        state.membership.forget(id);
        Ok(())
    }
}
