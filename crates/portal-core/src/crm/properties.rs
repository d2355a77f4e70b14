use std::collections::BTreeSet;

use crate::access::{Criteria, TicketPermission};
use crate::actor::{Actor, Task};
use crate::audit::AuditEvent;
use crate::input::{Checker, ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::property::{PropertyDefinition, PropertyKey, PropertyOwner, PropertyType};
use crate::staff::{Permission, StaffActor, StaffError, staff_use_case_error};
use crate::text::{Line, LineError};

/// Why a property is not changed.
#[derive(Debug, thiserror::Error)]
pub enum PropertyError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The type of a property never changes: its values would make no sense.
    #[error("the type of a property cannot be changed")]
    OtherType,
    /// Criteria ask for it, so customers must not write it: they would let themselves in.
    #[error("criteria use this property, so customers may not write it: {}", .0.join(", "))]
    UsedByCriteria(Vec<String>),
    /// Criteria ask for it, so it must stay in use.
    #[error("criteria use this property, so it cannot be archived: {}", .0.join(", "))]
    ArchivedInUse(Vec<String>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(PropertyError);

impl Portal {
    /// The properties of contacts, companies or tickets, by key, for staff.
    ///
    /// # Errors
    /// If the staff user may not, or the store fails.
    pub async fn list_properties(
        &self,
        actor: &StaffActor,
        owner: PropertyOwner,
    ) -> Result<Vec<PropertyDefinition>, StaffError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let task = self.staff_for_people(&mut *tx, actor).await?.task();
        Ok(tx.directory().properties(&task, owner).await?)
    }

    /// Adds a property, or changes its label and who may see or write it.
    ///
    /// # Errors
    /// See [`PropertyError`].
    pub async fn save_property(&self, actor: &StaffActor, property: &PropertyDefinition) -> Result<(), PropertyError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "save_property",
            self.save_property_once(actor, property)
        )
    }

    async fn save_property_once(&self, actor: &StaffActor, property: &PropertyDefinition) -> Result<(), PropertyError> {
        check_options(property)?;
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        if property.owner == PropertyOwner::Contact {
            tx.crm().hold_criteria(&task).await?;
        }
        let defined = tx.directory().properties(&task, property.owner).await?;
        let before = defined.iter().find(|it| it.key == property.key);
        if before.is_some_and(|it| it.kind != property.kind) {
            return Err(PropertyError::OtherType);
        }
        let newly_archived = property.archived && !before.is_some_and(|it| it.archived);
        if property.owner == PropertyOwner::Contact && newly_archived {
            let users = criteria_with(&mut *tx, &task, &property.key).await?;
            if !users.is_empty() {
                return Err(PropertyError::ArchivedInUse(users));
            }
        }
        if property.owner == PropertyOwner::Contact && property.customer_writable {
            let users = criteria_with(&mut *tx, &task, &property.key).await?;
            if !users.is_empty() {
                return Err(PropertyError::UsedByCriteria(users));
            }
        }
        tx.directory().put_property(&task, property).await?;
        let key = property.key.as_str();
        self.people_noted(&mut *tx, &staff, AuditEvent::PropertySaved, key, None)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The names of the access groups and portals whose criteria ask for a property of contacts.
async fn criteria_with(tx: &mut dyn Tx, task: &Task, key: &PropertyKey) -> Result<Vec<String>, StoreError> {
    let asks = |it: &Criteria| it.properties().contains(key);
    let groups = tx.directory().all_groups(task).await?;
    let portals = tx.directory().all_portals(task).await?;
    let groups = groups
        .iter()
        .filter(|it| it.criteria().is_some_and(asks))
        .map(|it| it.name.to_string());
    let portals = portals
        .iter()
        .filter(|it| matches!(&it.permission, TicketPermission::CompanyFor(criteria) if asks(criteria)))
        .map(|it| it.name.to_string());
    Ok(groups.chain(portals).collect())
}

/// Options are short lines, each once, and only where something is chosen.
fn check_options(property: &PropertyDefinition) -> Result<(), Problems> {
    let options = &property.options;
    let mut checker = Checker::default();
    let has_choices = matches!(property.kind, PropertyType::Choice | PropertyType::Choices);
    if !options.is_empty() && !has_choices {
        checker.note("options", ProblemKind::NotOffered);
    }
    let max = PropertyDefinition::MAX_OPTIONS;
    if options.len() > max {
        checker.note("options", ProblemKind::TooMany { max });
    }
    let mut seen = BTreeSet::new();
    for option in options.iter().take(max) {
        if let Err(err) = option.parse::<Line>() {
            checker.note("options", err);
        }
        // Several choices are typed with commas between them.
        if property.kind == PropertyType::Choices && option.contains(',') {
            checker.note("options", LineError::Control);
        }
        if !seen.insert(option) {
            checker.note("options", ProblemKind::Twice);
        }
    }
    checker.done()
}
