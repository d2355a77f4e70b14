use std::collections::BTreeSet;

use super::fingerprint::Fingerprint;
use super::group::{AccessGroup, GroupKind};
use super::lists::{ContactQuery, ContactRow};
use super::policy::{Policy, PolicyChange};
use super::preview_policy::preview;
use crate::access::{AccessRule, Criteria, CriteriaProblem};
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::{AccessGroupId, ContactId, PortalId};
use crate::input::Problems;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError};
use crate::property::{PropertyDefinition, PropertyOwner};
use crate::staff::{Permission, StaffActor, StaffError, staff_use_case_error};
use crate::text::Line;

/// How many members are shown at once.
const PAGE: u32 = 50;
/// How many contacts can be put in or taken out at once.
const MOST_AT_ONCE: usize = 500;

/// An access group in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRow {
    /// The group.
    pub group: AccessGroup,
    /// How many active members it has.
    pub members: u64,
    /// The portals that let its members in, by id and name.
    pub portals: Vec<(PortalId, String)>,
}

/// An access group, with all that staff see of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupView {
    /// The group, as in a list.
    pub row: GroupRow,
    /// Members, by name.
    pub members: Vec<ContactRow>,
    /// Where the next page begins, if there is one.
    pub more: Option<(String, ContactId)>,
    /// The properties that criteria can ask for.
    pub properties: Vec<PropertyDefinition>,
}

/// An access group as staff want it to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveGroup {
    /// Which group; a new one if `None`.
    pub id: Option<AccessGroupId>,
    /// Its name for staff.
    pub name: String,
    /// Its criteria, if it is dynamic. What a group is never changes after it was made.
    pub criteria: Option<Criteria>,
}

/// Why an access group is not shown or changed.
#[derive(Debug, thiserror::Error)]
pub enum GroupError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such group, or no such contact.
    #[error("there is no such access group or contact")]
    NotFound,
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The criteria cannot be used.
    #[error(transparent)]
    Criteria(#[from] CriteriaProblem),
    /// Another group has the name.
    #[error("there is an access group with this name already")]
    NameTaken,
    /// A static group has no criteria, a dynamic one no members of choice.
    #[error("this is not that kind of access group")]
    WrongKind,
    /// Portals let in its members.
    #[error("portals let in the members of this access group")]
    InUse(Vec<(PortalId, String)>),
    /// Too many at once.
    #[error("at most {MOST_AT_ONCE} contacts can be changed at once")]
    TooMany,
    /// Somebody changed it since it was seen.
    #[error("somebody changed this meanwhile")]
    Changed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(GroupError, NotFound);

impl Portal {
    /// All access groups, by name, for staff.
    ///
    /// # Errors
    /// If the staff user may not, or the store fails.
    pub async fn list_groups(&self, actor: &StaffActor) -> Result<Vec<GroupRow>, StaffError> {
        attempt!(self, &Actor::Anonymous, "list_groups", self.list_groups_once(actor))
    }

    async fn list_groups_once(&self, actor: &StaffActor) -> Result<Vec<GroupRow>, StaffError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let task = self.staff_for_people(&mut *tx, actor).await?.task();
        let sizes = tx.crm().group_sizes(&task).await?;
        let portals = tx.directory().all_portals(&task).await?;
        let groups = tx.directory().all_groups(&task).await?;
        Ok(groups
            .into_iter()
            .map(|group| GroupRow {
                members: sizes
                    .iter()
                    .find(|(id, _)| *id == group.id)
                    .map_or(0, |(_, size)| *size),
                portals: portals
                    .iter()
                    .filter(|it| matches!(&it.access, AccessRule::Groups(named) if named.contains(&group.id)))
                    .map(|it| (it.id, it.name.to_string()))
                    .collect(),
                group,
            })
            .collect())
    }

    /// An access group with a page of its members, for staff.
    ///
    /// # Errors
    /// See [`GroupError`].
    pub async fn view_group(
        &self,
        actor: &StaffActor,
        id: AccessGroupId,
        text: Option<String>,
        after: Option<(String, ContactId)>,
    ) -> Result<GroupView, GroupError> {
        let rows = self.list_groups(actor).await?;
        let row = rows
            .into_iter()
            .find(|it| it.group.id == id)
            .ok_or(GroupError::NotFound)?;
        let query = ContactQuery {
            text,
            group: Some(id),
            after,
            limit: PAGE + 1,
            ..ContactQuery::default()
        };
        let mut members = self.list_contacts(actor, &query).await?;
        let more = (members.len() > PAGE as usize).then(|| members.truncate(PAGE as usize));
        let more = more.and_then(|()| members.last().map(|it| (it.name.clone(), it.id)));
        let properties = self.criteria_properties(actor).await?;
        Ok(GroupView {
            row,
            members,
            more,
            properties,
        })
    }

    /// The properties of contacts that criteria may ask for: those that customers cannot write.
    ///
    /// # Errors
    /// If the staff user may not, or the store fails.
    pub async fn criteria_properties(&self, actor: &StaffActor) -> Result<Vec<PropertyDefinition>, StaffError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let task = self.staff_for_people(&mut *tx, actor).await?.task();
        let mut defined = tx.directory().properties(&task, PropertyOwner::Contact).await?;
        defined.retain(|it| !it.customer_writable && !it.archived);
        Ok(defined)
    }

    /// Adds an access group, or changes its name or criteria.
    ///
    /// # Errors
    /// See [`GroupError`].
    pub async fn save_group(&self, actor: &StaffActor, command: &SaveGroup) -> Result<AccessGroupId, GroupError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "save_group",
            self.save_group_once(actor, command, None)
        )
    }

    /// Changes an access group as [`save_group`](Self::save_group) does, unless somebody changed it since it was seen.
    ///
    /// # Errors
    /// See [`GroupError`].
    pub async fn save_group_seen(
        &self,
        actor: &StaffActor,
        command: &SaveGroup,
        seen: Fingerprint,
    ) -> Result<AccessGroupId, GroupError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "save_group",
            self.save_group_once(actor, command, Some(seen))
        )
    }

    async fn save_group_once(
        &self,
        actor: &StaffActor,
        command: &SaveGroup,
        seen: Option<Fingerprint>,
    ) -> Result<AccessGroupId, GroupError> {
        let name: Line = command.name.parse().map_err(|err| Problems::one("name", err))?;
        let now = self.clock.now();
        // Looked at beforehand: it may take a while, and nobody else is to wait for it.
        let effect = match (command.id, &command.criteria) {
            (Some(id), Some(criteria)) => {
                let kind = GroupKind::Dynamic(criteria.clone());
                let name = name.clone();
                let change = PolicyChange::Group(AccessGroup { id, name, kind });
                Some(self.preview_policy_once(actor, &change).await?)
            }
            _ => None,
        };
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        if let Some(criteria) = &command.criteria {
            tx.crm().hold_criteria(&task).await?;
            criteria.check(&tx.directory().properties(&task, PropertyOwner::Contact).await?)?;
        }
        if let Some(id) = command.id {
            tx.crm().lock_group(&task, id).await?;
        }
        let groups = tx.directory().all_groups(&task).await?;
        if groups.iter().any(|it| it.name == name && Some(it.id) != command.id) {
            return Err(GroupError::NameTaken);
        }
        let id = match command.id {
            None => AccessGroupId::from_uuid(self.ids.next(now)),
            Some(id) => {
                let before = groups.iter().find(|it| it.id == id).ok_or(GroupError::NotFound)?;
                if before.criteria().is_some() != command.criteria.is_some() {
                    return Err(GroupError::WrongKind);
                }
                if seen.is_some_and(|it| Fingerprint::of(before) != it) {
                    return Err(GroupError::Changed);
                }
                id
            }
        };
        let kind = match &command.criteria {
            None => GroupKind::Static,
            Some(criteria) => GroupKind::Dynamic(criteria.clone()),
        };
        let group = AccessGroup { id, name, kind };
        tx.directory().put_group(&task, &group).await?;
        let event = match command.id {
            Some(_) => AuditEvent::GroupChanged,
            None => AuditEvent::GroupAdded,
        };
        self.people_noted(&mut *tx, &staff, event, group.name.as_str(), effect.as_ref())
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Puts contacts into a static access group and takes others out.
    ///
    /// # Errors
    /// See [`GroupError`].
    pub async fn change_members(
        &self,
        actor: &StaffActor,
        group: AccessGroupId,
        add: &BTreeSet<ContactId>,
        remove: &BTreeSet<ContactId>,
    ) -> Result<(), GroupError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "change_members",
            self.change_members_once(actor, group, add, remove)
        )
    }

    async fn change_members_once(
        &self,
        actor: &StaffActor,
        group: AccessGroupId,
        add: &BTreeSet<ContactId>,
        remove: &BTreeSet<ContactId>,
    ) -> Result<(), GroupError> {
        if add.len() + remove.len() > MOST_AT_ONCE {
            return Err(GroupError::TooMany);
        }
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff_for_people(&mut *tx, actor).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        let groups = tx.directory().all_groups(&task).await?;
        let found = groups.iter().find(|it| it.id == group).ok_or(GroupError::NotFound)?;
        if found.criteria().is_some() {
            return Err(GroupError::WrongKind);
        }
        let change = PolicyChange::Members {
            group,
            add: add.clone(),
            remove: remove.clone(),
        };
        let effect = preview(&mut *tx, &staff, &change).await?;
        let policy = Policy::load(&mut *tx, &task).await?;
        // Always in the same order, so that two who do this at once wait for each other and not for ever.
        for id in add.union(remove) {
            tx.crm().lock_contact(&task, *id).await?;
            let before = tx.directory().contact(&task, *id).await?;
            let before = before.ok_or(GroupError::NotFound)?;
            let mut contact = before.clone();
            let changed = if remove.contains(id) {
                contact.groups.remove(&group)
            } else {
                contact.groups.insert(group)
            };
            if changed {
                tx.directory().put_contact(&task, &contact).await?;
                self.welcomed(&mut *tx, &policy, Some(&before), &contact).await?;
            }
        }
        let event = AuditEvent::GroupMembersChanged;
        self.people_noted(&mut *tx, &staff, event, found.name.as_str(), Some(&effect))
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Removes an access group that no portal uses.
    ///
    /// # Errors
    /// See [`GroupError`].
    pub async fn remove_group(&self, actor: &StaffActor, id: AccessGroupId) -> Result<(), GroupError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "remove_group",
            self.remove_group_once(actor, id)
        )
    }

    async fn remove_group_once(&self, actor: &StaffActor, id: AccessGroupId) -> Result<(), GroupError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        staff.writes().map_err(StaffError::from)?;
        let task = staff.task();
        let groups = tx.directory().all_groups(&task).await?;
        let found = groups.iter().find(|it| it.id == id).ok_or(GroupError::NotFound)?;
        let portals = tx.directory().all_portals(&task).await?;
        let users: Vec<(PortalId, String)> = portals
            .iter()
            .filter(|it| matches!(&it.access, AccessRule::Groups(named) if named.contains(&id)))
            .map(|it| (it.id, it.name.to_string()))
            .collect();
        if !users.is_empty() {
            return Err(GroupError::InUse(users));
        }
        tx.crm().remove_group(&task, id).await?;
        self.people_noted(&mut *tx, &staff, AuditEvent::GroupRemoved, found.name.as_str(), None)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
