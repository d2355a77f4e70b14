use std::collections::BTreeSet;

use poem::web::Data;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use portal_core::Portal;
use portal_core::access::Criteria;
use portal_core::crm::{AccessGroup, Fingerprint, GroupKind, GroupRow, PolicyChange, SaveGroup};
use portal_core::id::{AccessGroupId, ContactId};
use portal_core::staff::StaffActor;

use super::caller::Caller;
use super::convert;
use super::schema::{ContactPage, Done, Made, NamedDto, PolicyPreviewDto};
use crate::api::Tag;
use crate::api::error::ApiError;
use crate::plain::{self, Condition};

/// Access groups.
pub(in crate::api) struct GroupsApi;

/// A set of contacts that may enter portals.
#[derive(Object, Clone, Debug)]
#[oai(rename = "AccessGroup", skip_serializing_if_is_none)]
struct GroupDto {
    /// Its id.
    id: String,
    /// Which state of it this is; a change must name it.
    version: String,
    /// Its name for staff.
    name: String,
    /// If it is dynamic: who is a member, as an OR of ANDs.
    criteria: Option<Vec<Vec<Condition>>>,
    /// How many active members it has.
    members: u64,
    /// The portals that let its members in.
    portals: Vec<NamedDto>,
}

/// All access groups.
#[derive(Object, Clone, Debug)]
#[oai(rename = "AccessGroups")]
struct GroupList {
    /// The groups, by name.
    groups: Vec<GroupDto>,
}

/// A new access group.
#[derive(Object, Clone, Debug)]
#[oai(rename = "NewAccessGroup", deny_unknown_fields)]
struct NewGroup {
    /// Its name for staff.
    name: String,
    /// Who is a member, if it is dynamic. What a group is never changes after it was made.
    #[oai(default)]
    criteria: Option<Vec<Vec<Condition>>>,
}

/// An access group as it is to be.
#[derive(Object, Clone, Debug)]
#[oai(rename = "ChangeAccessGroup", deny_unknown_fields)]
struct ChangeGroup {
    /// The version that was seen.
    version: String,
    /// Its name for staff.
    name: String,
    /// Who is a member, if it is dynamic.
    #[oai(default)]
    criteria: Option<Vec<Vec<Condition>>>,
}

/// Who is put into a static access group, and who is taken out.
#[derive(Object, Clone, Debug)]
#[oai(rename = "ChangeMembers", deny_unknown_fields)]
struct ChangeMembers {
    /// Ids of contacts to be put in.
    #[oai(default)]
    add: Vec<String>,
    /// Ids of contacts to be taken out.
    #[oai(default)]
    remove: Vec<String>,
}

/// What to look ahead at.
#[derive(Object, Clone, Debug)]
#[oai(rename = "PreviewAccessGroup", deny_unknown_fields)]
struct PreviewGroup {
    /// Other criteria, for a dynamic group.
    #[oai(default)]
    criteria: Option<Vec<Vec<Condition>>>,
    /// Ids of contacts to be put into a static group.
    #[oai(default)]
    add: Vec<String>,
    /// Ids of contacts to be taken out of a static group.
    #[oai(default)]
    remove: Vec<String>,
}

#[OpenApi(prefix_path = "/v1/admin", tag = "Tag::Groups")]
impl GroupsApi {
    /// All access groups.
    #[oai(path = "/groups", method = "get", operation_id = "listGroups")]
    async fn list(&self, service: Data<&Portal>, caller: Caller) -> Result<Json<GroupList>, ApiError> {
        let groups = service.list_groups(caller.actor()).await?;
        Ok(Json(GroupList {
            groups: groups.into_iter().map(group).collect(),
        }))
    }

    /// Add an access group.
    #[oai(path = "/groups", method = "post", operation_id = "createGroup")]
    async fn create(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<NewGroup>,
    ) -> Result<Made, ApiError> {
        let command = SaveGroup {
            id: None,
            name: body.0.name,
            criteria: criteria(&service, caller.actor(), body.0.criteria.as_deref()).await?,
        };
        Ok(Made::of(service.save_group(caller.actor(), &command).await?))
    }

    /// An access group.
    #[oai(path = "/groups/:group", method = "get", operation_id = "getGroup")]
    async fn get(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        group: Path<String>,
    ) -> Result<Json<GroupDto>, ApiError> {
        let row = row(&service, caller.actor(), convert::id(&group.0)?).await?;
        Ok(Json(self::group(row)))
    }

    /// Change an access group's name or criteria.
    ///
    /// Refused with 409 if somebody changed it since its version was seen.
    #[oai(path = "/groups/:group", method = "put", operation_id = "putGroup")]
    async fn change(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        group: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<ChangeGroup>,
    ) -> Result<Done, ApiError> {
        let seen: Fingerprint = convert::id_of("version", &body.0.version)?;
        let command = SaveGroup {
            id: Some(convert::id(&group.0)?),
            name: body.0.name,
            criteria: criteria(&service, caller.actor(), body.0.criteria.as_deref()).await?,
        };
        service.save_group_seen(caller.actor(), &command, seen).await?;
        Ok(Done::NoContent)
    }

    /// Remove an access group that no portal uses.
    #[oai(path = "/groups/:group", method = "delete", operation_id = "removeGroup")]
    async fn remove(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        group: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        service.remove_group(caller.actor(), convert::id(&group.0)?).await?;
        Ok(Done::NoContent)
    }

    /// Who would see what if the criteria or the members of a group were changed.
    #[oai(path = "/groups/:group/preview", method = "post", operation_id = "previewGroup")]
    async fn preview(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        group: Path<String>,
        body: Json<PreviewGroup>,
    ) -> Result<Json<PolicyPreviewDto>, ApiError> {
        let row = row(&service, caller.actor(), convert::id(&group.0)?).await?;
        let change = match criteria(&service, caller.actor(), body.0.criteria.as_deref()).await? {
            Some(criteria) => PolicyChange::Group(AccessGroup {
                kind: GroupKind::Dynamic(criteria),
                ..row.group
            }),
            None => PolicyChange::Members {
                group: row.group.id,
                add: contacts("add", &body.0.add)?,
                remove: contacts("remove", &body.0.remove)?,
            },
        };
        let preview = service.preview_policy(caller.actor(), &change).await?;
        Ok(Json(convert::preview(preview)))
    }

    /// The members of an access group, by name.
    #[oai(path = "/groups/:group/members", method = "get", operation_id = "listGroupMembers")]
    async fn members(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        group: Path<String>,
        /// The page after this place.
        after: Query<Option<String>>,
    ) -> Result<Json<ContactPage>, ApiError> {
        let after = after.0.map(|it| convert::placed(&it)).transpose()?;
        let id = convert::id(&group.0)?;
        let view = service.view_group(caller.actor(), id, None, after).await?;
        Ok(Json(ContactPage {
            contacts: view.members.into_iter().map(convert::contact_summary).collect(),
            next: view.more.map(|(name, id)| convert::place(&name, id)),
        }))
    }

    /// Put contacts into a static access group, and take others out.
    #[oai(
        path = "/groups/:group/members",
        method = "post",
        operation_id = "changeGroupMembers"
    )]
    async fn change_members(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        group: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<ChangeMembers>,
    ) -> Result<Done, ApiError> {
        let (add, remove) = (contacts("add", &body.0.add)?, contacts("remove", &body.0.remove)?);
        service
            .change_members(caller.actor(), convert::id(&group.0)?, &add, &remove)
            .await?;
        Ok(Done::NoContent)
    }
}

async fn row(service: &Portal, actor: &StaffActor, id: AccessGroupId) -> Result<GroupRow, ApiError> {
    let rows = service.list_groups(actor).await?;
    rows.into_iter()
        .find(|it| it.group.id == id)
        .ok_or_else(ApiError::not_found)
}

async fn criteria(
    service: &Portal,
    actor: &StaffActor,
    any: Option<&[Vec<Condition>]>,
) -> Result<Option<Criteria>, ApiError> {
    let Some(any) = any else {
        return Ok(None);
    };
    let defined = service.criteria_properties(actor).await?;
    let criteria = plain::criteria_read(any, &defined).map_err(|it| it.within("criteria"))?;
    Ok(Some(criteria))
}

fn contacts(field: &str, ids: &[String]) -> Result<BTreeSet<ContactId>, ApiError> {
    ids.iter().map(|it| convert::id_of(field, it)).collect()
}

fn group(it: GroupRow) -> GroupDto {
    GroupDto {
        id: it.group.id.to_string(),
        version: Fingerprint::of(&it.group).to_string(),
        name: it.group.name.to_string(),
        criteria: it.group.criteria().map(plain::criteria_of),
        members: it.members,
        portals: it
            .portals
            .into_iter()
            .map(|(id, name)| NamedDto {
                id: id.to_string(),
                name,
            })
            .collect(),
    }
}
