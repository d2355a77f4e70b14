use std::collections::BTreeSet;

use poem::web::Data;
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use portal_core::Portal;
use portal_core::staff::{InboxAccess, Permission, StaffDraft, StaffEntry, StaffStanding};

use super::caller::Caller;
use super::convert;
use super::schema::{Done, Made};
use crate::api::Tag;
use crate::api::convert::instant;
use crate::api::error::ApiError;

/// Staff users. To look at them wants a token made for `admin`; to change anything, one that may also do what is dangerous.
pub(in crate::api) struct StaffApi;

/// One thing that a staff user may do.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "Permission", rename_all = "snake_case")]
enum PermissionDto {
    /// Everything, staff users included.
    Admin,
    /// Domains, portals, access groups, members, mails to them.
    PortalSettings,
    /// Answering tickets in the help desk.
    HelpDesk,
    /// Contacts and companies.
    Crm,
    /// Articles.
    KnowledgeBase,
    /// Making tokens for programs.
    Api,
    /// Handing out people's data.
    Export,
}

impl From<Permission> for PermissionDto {
    fn from(it: Permission) -> Self {
        match it {
            Permission::Admin => Self::Admin,
            Permission::PortalSettings => Self::PortalSettings,
            Permission::HelpDesk => Self::HelpDesk,
            Permission::Crm => Self::Crm,
            Permission::KnowledgeBase => Self::KnowledgeBase,
            Permission::Api => Self::Api,
            Permission::Export => Self::Export,
        }
    }
}

impl From<PermissionDto> for Permission {
    fn from(it: PermissionDto) -> Self {
        match it {
            PermissionDto::Admin => Self::Admin,
            PermissionDto::PortalSettings => Self::PortalSettings,
            PermissionDto::HelpDesk => Self::HelpDesk,
            PermissionDto::Crm => Self::Crm,
            PermissionDto::KnowledgeBase => Self::KnowledgeBase,
            PermissionDto::Api => Self::Api,
            PermissionDto::Export => Self::Export,
        }
    }
}

/// What a staff user is to the installation.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "StaffStanding", rename_all = "snake_case")]
enum StaffStandingDto {
    /// May sign in.
    Active,
    /// Keeps their name under what they wrote, and cannot sign in.
    Disabled,
}

/// Somebody of the staff.
#[derive(Object, Clone, Debug)]
#[oai(rename = "StaffUser", skip_serializing_if_is_none)]
struct StaffDto {
    /// Their id.
    id: String,
    /// The name that customers see under answers.
    name: String,
    /// The address to sign in with.
    email: String,
    /// What they may do.
    permissions: Vec<PermissionDto>,
    /// Ids of the inboxes they work with; all of them if it is missing.
    inboxes: Option<Vec<String>>,
    /// What they are to the installation.
    standing: StaffStandingDto,
    /// Whether they chose a password; until then they are invited.
    accepted: bool,
    /// Whether an authenticator app is connected.
    enrolled: bool,
    /// When they were here last, as far as is known (RFC 3339, UTC).
    last_seen: Option<String>,
    /// Until when the invitation on its way can be accepted (RFC 3339, UTC).
    invited_until: Option<String>,
}

/// Everybody of the staff.
#[derive(Object, Clone, Debug)]
#[oai(rename = "StaffUsers")]
struct StaffList {
    /// The staff users, by name.
    staff: Vec<StaffDto>,
}

/// Somebody of the staff as they are to be.
#[derive(Object, Clone, Debug)]
#[oai(rename = "SaveStaffUser", deny_unknown_fields)]
struct SaveDto {
    /// The name that customers see under answers.
    name: String,
    /// The address to sign in with.
    email: String,
    /// What they may do.
    permissions: Vec<PermissionDto>,
    /// Ids of the inboxes they work with; all of them, those to come included, if it is missing.
    #[oai(default)]
    inboxes: Option<Vec<String>>,
}

#[OpenApi(prefix_path = "/v1/admin", tag = "Tag::Staff")]
impl StaffApi {
    /// Everybody of the staff, by name.
    #[oai(path = "/staff", method = "get", operation_id = "listStaff")]
    async fn list(&self, service: Data<&Portal>, caller: Caller) -> Result<Json<StaffList>, ApiError> {
        let staff = service.list_staff(caller.actor()).await?;
        Ok(Json(StaffList {
            staff: staff.into_iter().map(entry).collect(),
        }))
    }

    /// Add somebody of the staff, who is invited by mail.
    ///
    /// Wants a token that may do what is dangerous.
    #[oai(path = "/staff", method = "post", operation_id = "inviteStaff")]
    async fn invite(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<SaveDto>,
    ) -> Result<Made, ApiError> {
        let draft = draft(body.0)?;
        Ok(Made::of(service.invite_staff(caller.actor(), &draft).await?))
    }

    /// Somebody of the staff.
    #[oai(path = "/staff/:staff", method = "get", operation_id = "getStaff")]
    async fn get(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        staff: Path<String>,
    ) -> Result<Json<StaffDto>, ApiError> {
        let found = service.view_staff(caller.actor(), convert::id(&staff.0)?).await?;
        Ok(Json(entry(found)))
    }

    /// Change name, address, permissions and inboxes of somebody of the staff.
    ///
    /// Wants a token that may do what is dangerous. The last administrator stays one.
    #[oai(path = "/staff/:staff", method = "put", operation_id = "putStaff")]
    async fn change(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        staff: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<SaveDto>,
    ) -> Result<Done, ApiError> {
        let (id, draft) = (convert::id(&staff.0)?, draft(body.0)?);
        service.change_staff(caller.actor(), id, &draft).await?;
        Ok(Done::NoContent)
    }

    /// Take somebody's right to sign in: their sessions and tokens end at once, their name stays under what they wrote.
    ///
    /// Wants a token that may do what is dangerous. The last administrator stays one.
    #[oai(path = "/staff/:staff", method = "delete", operation_id = "disableStaff")]
    async fn disable(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        staff: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        let id = convert::id(&staff.0)?;
        service
            .set_staff_standing(caller.actor(), id, StaffStanding::Disabled)
            .await?;
        Ok(Done::NoContent)
    }

    /// Give somebody the right to sign in back.
    ///
    /// Wants a token that may do what is dangerous.
    #[oai(path = "/staff/:staff/enable", method = "post", operation_id = "enableStaff")]
    async fn enable(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        staff: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        let id = convert::id(&staff.0)?;
        service
            .set_staff_standing(caller.actor(), id, StaffStanding::Active)
            .await?;
        Ok(Done::NoContent)
    }

    /// Mail somebody a link: the invitation again, or one to choose a new password.
    ///
    /// Wants a token that may do what is dangerous.
    #[oai(path = "/staff/:staff/link", method = "post", operation_id = "mailStaffLink")]
    async fn link(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        staff: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        service.mail_staff_link(caller.actor(), convert::id(&staff.0)?).await?;
        Ok(Done::NoContent)
    }
}

fn draft(body: SaveDto) -> Result<StaffDraft, ApiError> {
    let inboxes = match body.inboxes {
        None => InboxAccess::All,
        Some(ids) => {
            let ids = ids.iter().map(|it| convert::id_of("inboxes", it));
            InboxAccess::Only(ids.collect::<Result<BTreeSet<_>, _>>()?)
        }
    };
    Ok(StaffDraft {
        name: body.name,
        email: body.email,
        permissions: body.permissions.into_iter().map(Into::into).collect(),
        inboxes,
    })
}

fn entry(it: StaffEntry) -> StaffDto {
    let user = it.user;
    StaffDto {
        id: user.id.to_string(),
        name: user.name.to_string(),
        email: user.email.to_string(),
        permissions: user.permissions.into_iter().map(Into::into).collect(),
        inboxes: match user.inboxes {
            InboxAccess::All => None,
            InboxAccess::Only(ids) => Some(ids.iter().map(ToString::to_string).collect()),
        },
        standing: match user.standing {
            StaffStanding::Active => StaffStandingDto::Active,
            StaffStanding::Disabled => StaffStandingDto::Disabled,
        },
        accepted: it.accepted,
        enrolled: it.enrolled,
        last_seen: it.last_seen.map(instant),
        invited_until: it.invited_until.map(instant),
    }
}
