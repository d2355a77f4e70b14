use poem::web::Data;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use portal_core::Portal;
use portal_core::membership::{InvitationState, Member, MemberCounts, MemberQuery, MemberStatus};
use portal_core::text::PersonName;

use super::caller::Caller;
use super::convert;
use super::schema::{CountDto, Done};
use crate::api::Tag;
use crate::api::convert::instant;
use crate::api::error::ApiError;

/// Members of portals and their invitations.
pub(in crate::api) struct MembersApi;

/// What a contact is to a portal.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "MemberStatus", rename_all = "snake_case")]
enum StatusDto {
    /// Has an account.
    Registered,
    /// An invitation waits or is out.
    Invited,
    /// The invitation has expired.
    Expired,
    /// The invitation could not be delivered.
    Failed,
    /// Was not invited.
    NotInvited,
    /// Cannot be invited, for want of a membership e-mail.
    NoAddress,
}

impl From<MemberStatus> for StatusDto {
    fn from(status: MemberStatus) -> Self {
        match status {
            MemberStatus::Registered => Self::Registered,
            MemberStatus::Invited => Self::Invited,
            MemberStatus::Expired => Self::Expired,
            MemberStatus::Failed => Self::Failed,
            MemberStatus::NotInvited => Self::NotInvited,
            MemberStatus::NoAddress => Self::NoAddress,
        }
    }
}

impl From<StatusDto> for MemberStatus {
    fn from(status: StatusDto) -> Self {
        match status {
            StatusDto::Registered => Self::Registered,
            StatusDto::Invited => Self::Invited,
            StatusDto::Expired => Self::Expired,
            StatusDto::Failed => Self::Failed,
            StatusDto::NotInvited => Self::NotInvited,
            StatusDto::NoAddress => Self::NoAddress,
        }
    }
}

/// A contact who may enter a portal, or could once registered.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Member", skip_serializing_if_is_none)]
struct MemberDto {
    /// The contact's id.
    contact: String,
    /// The name that is shown.
    name: String,
    /// The membership e-mail.
    email: Option<String>,
    /// What the contact is to the portal.
    status: StatusDto,
    /// When the invitation was sent (RFC 3339, UTC).
    sent_at: Option<String>,
    /// When the invitation expires (RFC 3339, UTC).
    expires_at: Option<String>,
    /// Why the invitation could not be delivered.
    reason: Option<String>,
}

/// How many members have each status.
#[derive(Object, Clone, Debug)]
#[oai(rename = "MemberCounts")]
struct CountsOfMembers {
    registered: u64,
    invited: u64,
    expired: u64,
    failed: u64,
    not_invited: u64,
    no_address: u64,
}

impl From<MemberCounts> for CountsOfMembers {
    fn from(it: MemberCounts) -> Self {
        Self {
            registered: it.registered,
            invited: it.invited,
            expired: it.expired,
            failed: it.failed,
            not_invited: it.not_invited,
            no_address: it.no_address,
        }
    }
}

/// Somebody who asked for an account and waits for a decision.
#[derive(Object, Clone, Debug)]
#[oai(rename = "WaitingRegistration")]
struct WaitingDto {
    /// The registration's id.
    id: String,
    /// The address, which was proven.
    email: String,
}

/// A page of members.
#[derive(Object, Clone, Debug)]
#[oai(rename = "MemberPage", skip_serializing_if_is_none)]
struct MemberPage {
    /// The members, by name.
    members: Vec<MemberDto>,
    /// Give this as `after` for the next page.
    next: Option<String>,
    /// How many members have each status.
    counts: CountsOfMembers,
    /// Registrations that wait for a decision, oldest first.
    waiting: Vec<WaitingDto>,
    /// Until when invitations that were just asked for can be taken back (RFC 3339, UTC).
    cancellable_until: Option<String>,
}

/// What inviting everybody would do.
#[derive(Object, Clone, Debug)]
#[oai(rename = "InvitationPlan")]
struct PlanDto {
    /// How many would get a mail.
    recipients: u64,
    /// How many cannot get one.
    without_address: u64,
    /// Some of those who would.
    examples: Vec<MemberDto>,
}

/// Inviting everybody who was not invited.
#[derive(Object, Clone, Debug)]
#[oai(rename = "InviteAll", deny_unknown_fields)]
struct InviteAllDto {
    /// How many people that are, as the plan says: if they are more now, nobody is invited.
    recipients: u64,
}

/// What sending invitations again would do. One whose mail is still to leave is not counted.
#[derive(Object, Clone, Debug)]
#[oai(rename = "ResendPlan")]
struct ResendPlanDto {
    /// Those whose mail could not be delivered.
    failed: u64,
    /// Those whose link has expired.
    expired: u64,
    /// Those who have a mail with a good link and have not used it.
    pending: u64,
    /// Some of all these.
    examples: Vec<MemberDto>,
}

/// Which invitations are sent again.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "ResendStatus", rename_all = "snake_case")]
enum ResendStatus {
    /// Those whose mail could not be delivered.
    Failed,
    /// Those whose link has expired.
    Expired,
    /// Those who have a mail with a good link and have not used it.
    Pending,
}

/// Sending invitations again.
#[derive(Object, Clone, Debug)]
#[oai(rename = "ResendAll", deny_unknown_fields)]
struct ResendAllDto {
    /// Which ones.
    #[oai(validator(min_items = "1", max_items = "3"))]
    statuses: Vec<ResendStatus>,
    /// How many people that are, as the plan says: if they are more now, nobody gets another mail.
    recipients: u64,
}

/// A decision about a registration.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Decision", deny_unknown_fields)]
struct DecisionDto {
    /// Whether they get an account.
    approve: bool,
}

#[OpenApi(prefix_path = "/v1/admin", tag = "Tag::Members")]
impl MembersApi {
    /// The members of a portal, and what became of their invitations.
    #[oai(path = "/portals/:portal/members", method = "get", operation_id = "listMembers")]
    #[expect(clippy::too_many_arguments, reason = "each is one parameter of the operation")]
    async fn list(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        /// Only those whose name or membership e-mail has this in it.
        search: Query<Option<String>>,
        /// Only those of this status.
        status: Query<Option<StatusDto>>,
        /// The page after this place.
        after: Query<Option<String>>,
        /// How many, 1 to 100.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<MemberPage>, ApiError> {
        let after = after.0.map(|it| convert::placed(&it)).transpose()?;
        let after = match after {
            None => None,
            Some((name, id)) => {
                let name: PersonName = name
                    .parse()
                    .map_err(|_| ApiError::bad("bad_cursor", "this is not a place in a list"))?;
                Some((name, id))
            }
        };
        let query = MemberQuery {
            search: convert::searched(search.0)?.filter(|it| !it.trim().is_empty()),
            status: status.0.map(Into::into),
            after,
            limit: limit.0.unwrap_or(50),
        };
        let view = service
            .list_members(caller.actor(), convert::id(&portal.0)?, query)
            .await?;
        let now = service.now();
        Ok(Json(MemberPage {
            members: view.members.iter().map(|it| member(it, now)).collect(),
            next: view.next.map(|(name, id)| convert::place(name.as_str(), id)),
            counts: view.counts.into(),
            waiting: view
                .waiting
                .iter()
                .map(|it| WaitingDto {
                    id: it.id.to_string(),
                    email: it.address.to_string(),
                })
                .collect(),
            cancellable_until: view.cancellable.map(instant),
        }))
    }

    /// What inviting everybody who was not invited would do now.
    #[oai(
        path = "/portals/:portal/invitations",
        method = "get",
        operation_id = "planInvitations"
    )]
    async fn plan(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
    ) -> Result<Json<PlanDto>, ApiError> {
        let plan = service
            .plan_invitations(caller.actor(), convert::id(&portal.0)?)
            .await?;
        let now = service.now();
        Ok(Json(PlanDto {
            recipients: plan.recipients,
            without_address: plan.without_address,
            examples: plan.examples.iter().map(|it| member(it, now)).collect(),
        }))
    }

    /// Invite every member who was not invited.
    ///
    /// The mails leave after two minutes, some a minute.
    #[oai(path = "/portals/:portal/invitations", method = "post", operation_id = "inviteAll")]
    async fn invite_all(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<InviteAllDto>,
    ) -> Result<Json<CountDto>, ApiError> {
        let id = convert::id(&portal.0)?;
        let count = service
            .confirm_invitations(caller.actor(), id, body.0.recipients)
            .await?;
        Ok(Json(CountDto { count }))
    }

    /// What sending invitations again would do now.
    #[oai(
        path = "/portals/:portal/invitations/again",
        method = "get",
        operation_id = "planResending"
    )]
    async fn plan_again(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
    ) -> Result<Json<ResendPlanDto>, ApiError> {
        let plan = service.plan_resending(caller.actor(), convert::id(&portal.0)?).await?;
        let now = service.now();
        Ok(Json(ResendPlanDto {
            failed: plan.failed,
            expired: plan.expired,
            pending: plan.pending,
            examples: plan.examples.iter().map(|it| member(it, now)).collect(),
        }))
    }

    /// Send invitations again: every link before is dead at once.
    ///
    /// The mails leave after two minutes, some a minute.
    #[oai(
        path = "/portals/:portal/invitations/again",
        method = "post",
        operation_id = "resendAll"
    )]
    async fn resend_all(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<ResendAllDto>,
    ) -> Result<Json<CountDto>, ApiError> {
        let id = convert::id(&portal.0)?;
        let statuses = body.0.statuses.iter().map(|it| match it {
            ResendStatus::Failed => MemberStatus::Failed,
            ResendStatus::Expired => MemberStatus::Expired,
            ResendStatus::Pending => MemberStatus::Invited,
        });
        let count = service
            .resend_invitations(caller.actor(), id, &statuses.collect(), body.0.recipients)
            .await?;
        Ok(Json(CountDto { count }))
    }

    /// Take back every invitation whose mail has not left.
    #[oai(
        path = "/portals/:portal/invitations",
        method = "delete",
        operation_id = "cancelInvitations"
    )]
    async fn cancel(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Json<CountDto>, ApiError> {
        let count = service
            .cancel_invitations(caller.actor(), convert::id(&portal.0)?)
            .await?;
        Ok(Json(CountDto { count }))
    }

    /// Invite a contact, or invite them again: an earlier link is dead at once.
    #[oai(
        path = "/portals/:portal/members/:contact/invite",
        method = "post",
        operation_id = "inviteMember"
    )]
    async fn invite(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        contact: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        let (portal, contact) = (convert::id(&portal.0)?, convert::id(&contact.0)?);
        service.invite_member(caller.actor(), portal, contact).await?;
        Ok(Done::NoContent)
    }

    /// Take an invitation back: its link is dead at once.
    #[oai(
        path = "/portals/:portal/members/:contact/revoke",
        method = "post",
        operation_id = "revokeInvitation"
    )]
    async fn revoke(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        contact: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        let (portal, contact) = (convert::id(&portal.0)?, convert::id(&contact.0)?);
        service.revoke_invitation(caller.actor(), portal, contact).await?;
        Ok(Done::NoContent)
    }

    /// Send a member a mail to choose a new password with. The old one counts until then.
    #[oai(
        path = "/portals/:portal/members/:contact/reset",
        method = "post",
        operation_id = "resetMember"
    )]
    async fn reset(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        contact: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        let (portal, contact) = (convert::id(&portal.0)?, convert::id(&contact.0)?);
        service.reset_member(caller.actor(), portal, contact).await?;
        Ok(Done::NoContent)
    }

    /// End every session and token of a contact.
    #[oai(
        path = "/portals/:portal/members/:contact/end-sessions",
        method = "post",
        operation_id = "endSessions"
    )]
    async fn end_sessions(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        contact: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        let (portal, contact) = (convert::id(&portal.0)?, convert::id(&contact.0)?);
        service.end_member_sessions(caller.actor(), portal, contact).await?;
        Ok(Done::NoContent)
    }

    /// Approve or decline a registration whose address was proven.
    #[oai(
        path = "/registrations/:registration",
        method = "post",
        operation_id = "decideRegistration"
    )]
    async fn decide(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        registration: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<DecisionDto>,
    ) -> Result<Done, ApiError> {
        let id = convert::id(&registration.0)?;
        service.decide_registration(caller.actor(), id, body.0.approve).await?;
        Ok(Done::NoContent)
    }
}

fn member(it: &Member, now: portal_core::time::Timestamp) -> MemberDto {
    let invitation = it.invitation.as_ref();
    MemberDto {
        contact: it.contact.to_string(),
        name: it.name.to_string(),
        email: it.email.as_ref().map(ToString::to_string),
        status: it.status(now).into(),
        sent_at: invitation.and_then(|it| it.sent_at).map(instant),
        expires_at: invitation.and_then(|it| it.expires_at).map(instant),
        reason: invitation.and_then(|it| match &it.state {
            InvitationState::Failed(why) => Some(why.clone()),
            InvitationState::Queued | InvitationState::Sent | InvitationState::Accepted | InvitationState::Revoked => {
                None
            }
        }),
    }
}
