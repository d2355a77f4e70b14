use super::set_up_check::{SetUpCheck, check};
use super::{CustomerPortal, Domain, Host, Inbox, Section, SettingsOwner, SettingsVersion};
use crate::actor::Actor;
use crate::crm::AccessGroup;
use crate::id::PortalId;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError};
use crate::property::{PropertyDefinition, PropertyOwner};
use crate::staff::{Permission, StaffActor, StaffError, staff_use_case_error};
use crate::text::Slug;
use crate::ticket::Pipeline;

/// A portal with everything that its settings can choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalView {
    /// The portal.
    pub portal: CustomerPortal,
    /// Its domain; a portal that was imported may have none.
    pub domain: Option<Domain>,
    /// All domains, by host.
    pub domains: Vec<Domain>,
    /// All inboxes, by name.
    pub inboxes: Vec<Inbox>,
    /// All pipelines, by name.
    pub pipelines: Vec<Pipeline>,
    /// All access groups, by name.
    pub groups: Vec<AccessGroup>,
    /// The properties of contacts that criteria can ask for: those that customers cannot write.
    pub criteria_properties: Vec<PropertyDefinition>,
    /// The newest version of each section that was ever changed.
    pub versions: Vec<SettingsVersion>,
    /// Of its domain the same.
    pub domain_versions: Vec<SettingsVersion>,
    /// Where it used to be.
    pub formerly: Vec<String>,
    /// What is ready and what is missing.
    pub checks: Vec<SetUpCheck>,
}

impl PortalView {
    /// The newest version of a section; 0 if it was never changed.
    #[must_use]
    pub fn version(&self, section: Section) -> u32 {
        let all = self.versions.iter().chain(&self.domain_versions);
        all.filter(|it| it.section() == section)
            .map(|it| it.version)
            .max()
            .unwrap_or(0)
    }
}

/// Why a portal was not shown.
#[derive(Debug, thiserror::Error)]
pub enum ViewPortalError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such portal.
    #[error("there is no such portal")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
staff_use_case_error!(ViewPortalError, NotFound);

impl Portal {
    /// All portals, drafts included, by host and slug.
    ///
    /// # Errors
    /// Refuses who may not.
    pub async fn list_portals(&self, actor: &StaffActor) -> Result<Vec<CustomerPortal>, StaffError> {
        attempt!(self, &Actor::Anonymous, "portals.list", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            Ok::<_, StaffError>(tx.directory().all_portals(&staff.task()).await?)
        })
    }

    /// The portal that used to be at an address; none if it is a draft.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn formerly_at(&self, host: &Host, slug: &Slug) -> Result<Option<CustomerPortal>, StoreError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let Some(id) = tx.settings().portal_formerly_at(host, slug).await? else {
            return Ok(None);
        };
        let portal = tx.directory().portal(id).await?;
        Ok(portal.filter(|it| !it.set_up.is_draft()))
    }

    /// A portal with everything that its settings can choose from.
    ///
    /// # Errors
    /// Refuses who may not, and a portal that is not there.
    pub async fn view_portal(&self, actor: &StaffActor, id: PortalId) -> Result<PortalView, ViewPortalError> {
        attempt!(self, &Actor::Anonymous, "portals.view", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            let task = staff.task();
            let portal = tx.directory().portal(id).await?.ok_or(ViewPortalError::NotFound)?;
            let domain = tx.settings().domain_of(&portal.host).await?;
            let domain_versions = match &domain {
                Some(it) => tx.settings().all_current_settings(SettingsOwner::Domain(it.id)).await?,
                None => Vec::new(),
            };
            let formerly = tx.settings().former_addresses(&task, id).await?;
            Ok::<_, ViewPortalError>(PortalView {
                domains: tx.settings().all_domains(&task).await?,
                inboxes: tx.directory().all_inboxes(&task).await?,
                pipelines: tx.directory().all_pipelines(&task).await?,
                groups: tx.directory().all_groups(&task).await?,
                criteria_properties: {
                    let mut defined = tx.directory().properties(&task, PropertyOwner::Contact).await?;
                    defined.retain(|it| !it.customer_writable);
                    defined
                },
                versions: tx.settings().all_current_settings(SettingsOwner::Portal(id)).await?,
                checks: check(&mut *tx, &task, &portal).await?,
                formerly: formerly.iter().map(|(host, slug)| format!("{host}/{slug}")).collect(),
                domain,
                domain_versions,
                portal,
            })
        })
    }
}
