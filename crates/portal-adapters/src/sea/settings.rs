use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::id::{DomainId, PortalId};
use portal_core::ports::{SettingsStore, StoreError};
use portal_core::settings::{CustomerPortal, Domain, Host, Section, SettingsOwner, SettingsVersion};
use portal_core::text::Slug;
use sea_orm::sea_query::LockType;

use super::directory::portals;
use super::sql::is;
use super::stored::val;
use super::tx::SeaTx;

mod addresses;
mod domains;
mod versions;

#[async_trait]
impl SettingsStore for SeaTx {
    async fn current_settings(
        &mut self,
        owner: SettingsOwner,
        section: Section,
    ) -> Result<Option<SettingsVersion>, StoreError> {
        versions::current(self, owner, section).await
    }

    async fn all_current_settings(&mut self, owner: SettingsOwner) -> Result<Vec<SettingsVersion>, StoreError> {
        versions::all_current(self, owner).await
    }

    async fn settings_version(
        &mut self,
        _: &Task,
        owner: SettingsOwner,
        section: Section,
        version: u32,
    ) -> Result<Option<SettingsVersion>, StoreError> {
        versions::one(self, owner, section, version).await
    }

    async fn settings_history(
        &mut self,
        _: &Task,
        owner: SettingsOwner,
        section: Option<Section>,
        limit: u32,
    ) -> Result<Vec<SettingsVersion>, StoreError> {
        versions::history(self, owner, section, limit).await
    }

    async fn add_settings_version(&mut self, _: &Task, version: &SettingsVersion) -> Result<bool, StoreError> {
        versions::add(self, version).await
    }

    async fn portal_to_change(&mut self, _: &Task, id: PortalId) -> Result<Option<CustomerPortal>, StoreError> {
        let mut statement = portals::all_columns();
        statement.and_where(is("id", val(&id)));
        if self.is_postgres() {
            statement.lock(LockType::Update);
        }
        self.find_one(&statement, portals::read).await
    }

    async fn domain_to_change(&mut self, _: &Task, id: DomainId) -> Result<Option<Domain>, StoreError> {
        domains::to_change(self, id).await
    }

    async fn domain(&mut self, id: DomainId) -> Result<Option<Domain>, StoreError> {
        domains::domain(self, id).await
    }

    async fn domain_of(&mut self, host: &Host) -> Result<Option<Domain>, StoreError> {
        domains::of(self, host).await
    }

    async fn all_domains(&mut self, _: &Task) -> Result<Vec<Domain>, StoreError> {
        domains::all(self).await
    }

    async fn put_domain(&mut self, _: &Task, domain: &Domain) -> Result<(), StoreError> {
        domains::put(self, domain).await
    }

    async fn remove_domain(&mut self, _: &Task, id: DomainId) -> Result<(), StoreError> {
        versions::remove(self, SettingsOwner::Domain(id)).await?;
        domains::remove(self, id).await
    }

    async fn served_hosts(&mut self) -> Result<Vec<Host>, StoreError> {
        domains::served(self).await
    }

    async fn portal_formerly_at(&mut self, host: &Host, slug: &Slug) -> Result<Option<PortalId>, StoreError> {
        addresses::portal_at(self, host, slug).await
    }

    async fn former_addresses(&mut self, _: &Task, portal: PortalId) -> Result<Vec<(Host, Slug)>, StoreError> {
        addresses::of(self, portal).await
    }

    async fn keep_address(&mut self, _: &Task, host: &Host, slug: &Slug, portal: PortalId) -> Result<(), StoreError> {
        addresses::keep(self, host, slug, portal).await
    }

    async fn free_address(&mut self, _: &Task, host: &Host, slug: &Slug) -> Result<(), StoreError> {
        addresses::free(self, host, slug).await
    }

    async fn remove_portal(&mut self, _: &Task, id: PortalId) -> Result<(), StoreError> {
        versions::remove(self, SettingsOwner::Portal(id)).await?;
        addresses::remove_of(self, id).await?;
        self.run(&super::sql::delete("portal_group", is("portal", val(&id))))
            .await?;
        let of_portal = [
            "api_token",
            "invitation",
            "challenge",
            "registration",
            "address_change",
            "consent",
        ];
        for table in of_portal {
            self.run(&super::sql::delete(table, is("portal", val(&id)))).await?;
        }
        self.run(&super::sql::delete(portals::TABLE, is("id", val(&id))))
            .await?;
        Ok(())
    }
}
