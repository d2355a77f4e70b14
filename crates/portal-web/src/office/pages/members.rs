//! Members of a portal: who got in, who was invited, who waits.

use std::collections::BTreeSet;

use poem::Body;
use poem::http::StatusCode;
use portal_core::id::{ContactId, RegistrationId};
use portal_core::members::{MembersError, MembersView};
use portal_core::membership::{InvitationState, Member, MemberQuery, MemberStatus};
use portal_core::staff::Permission;
use portal_core::text::PersonName;

use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::view::error::Fault;
use crate::view::office::{OfficeArea, PortalArea, PortalNav};
use crate::view::office_members::{AgainKind, AgainRow, MemberRow, MembersPage, PlanRow, RegistrationRow, StatusTab};
use crate::visit::Answer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    Show,
    Plan,
    InviteAll,
    PlanAgain,
    Again,
    Cancel,
    Invite,
    Revoke,
    Reset,
    EndSessions,
    Approve,
    Decline,
}

const NEEDS: Need = Need::Any(&[Permission::PortalSettings]);

const fn form(path: &'static str, operation: Operation) -> OfficeRoute {
    OfficeRoute::form(path, Any::Members(operation), NEEDS)
}

pub(crate) const ROUTES: &[OfficeRoute] = &[
    OfficeRoute::page("/admin/portals/{portal}/members", Any::Members(Operation::Show), NEEDS),
    OfficeRoute::page(
        "/admin/portals/{portal}/members/invite-all",
        Any::Members(Operation::Plan),
        NEEDS,
    ),
    form("/admin/portals/{portal}/members/invite-all", Operation::InviteAll),
    OfficeRoute::page(
        "/admin/portals/{portal}/members/resend",
        Any::Members(Operation::PlanAgain),
        NEEDS,
    ),
    form("/admin/portals/{portal}/members/resend", Operation::Again),
    form("/admin/portals/{portal}/members/cancel", Operation::Cancel),
    form("/admin/portals/{portal}/members/invite", Operation::Invite),
    form("/admin/portals/{portal}/members/revoke", Operation::Revoke),
    form("/admin/portals/{portal}/members/reset", Operation::Reset),
    form("/admin/portals/{portal}/members/end-sessions", Operation::EndSessions),
    form("/admin/portals/{portal}/members/approve", Operation::Approve),
    form("/admin/portals/{portal}/members/decline", Operation::Decline),
];

/// How many members a page has.
const A_PAGE: u32 = 50;

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    let portal = visit.portal()?;
    match operation {
        Operation::Show => return show(visit, String::new(), Planning::Nothing).await,
        Operation::Plan => return show(visit, String::new(), Planning::Inviting).await,
        Operation::PlanAgain => return show(visit, String::new(), Planning::Resending).await,
        _ => {}
    }
    let (core, actor) = (&visit.web.portal, visit.actor()?);
    let fields = forms::office_fields(visit, body).await?;
    let contact = || fields.get("id").parse::<ContactId>().map_err(|_| Stop::BAD_REQUEST);
    let registration = || {
        fields
            .get("id")
            .parse::<RegistrationId>()
            .map_err(|_| Stop::BAD_REQUEST)
    };
    let (outcome, flash) = match operation {
        Operation::Show | Operation::Plan | Operation::PlanAgain => return Err(Stop::NOT_FOUND),
        Operation::Again => {
            let statuses: BTreeSet<MemberStatus> = fields.all("status").filter_map(MemberStatus::named).collect();
            let seen = |it: &MemberStatus| fields.get(&format!("count-{}", it.name())).parse::<u64>();
            let mut expected = 0_u64;
            for status in &statuses {
                expected = expected.saturating_add(seen(status).map_err(|_| Stop::BAD_REQUEST)?);
            }
            let outcome = core.resend_invitations(actor, portal, &statuses, expected).await;
            (outcome.map(|_| ()), "office-flash-members-resent")
        }
        Operation::InviteAll => {
            let expected = fields.get("count").parse().map_err(|_| Stop::BAD_REQUEST)?;
            let outcome = core.confirm_invitations(actor, portal, expected).await;
            (outcome.map(|_| ()), "office-flash-members-invited")
        }
        Operation::Cancel => {
            let outcome = core.cancel_invitations(actor, portal).await;
            (outcome.map(|_| ()), "office-flash-members-cancelled")
        }
        Operation::Invite => (
            core.invite_member(actor, portal, contact()?).await,
            "office-flash-member-invited",
        ),
        Operation::Revoke => (
            core.revoke_invitation(actor, portal, contact()?).await,
            "office-flash-member-revoked",
        ),
        Operation::Reset => (
            core.reset_member(actor, portal, contact()?).await,
            "office-flash-member-reset",
        ),
        Operation::EndSessions => (
            core.end_member_sessions(actor, portal, contact()?).await,
            "office-flash-member-ended",
        ),
        Operation::Approve => (
            core.decide_registration(actor, registration()?, true).await,
            "office-flash-registration-approved",
        ),
        Operation::Decline => (
            core.decide_registration(actor, registration()?, false).await,
            "office-flash-registration-declined",
        ),
    };
    match outcome {
        Ok(()) => Ok(visit.done(flash, &format!("/admin/portals/{portal}/members"))),
        Err(err) => {
            let key = match err {
                MembersError::NoAddress => "office-members-no-address",
                MembersError::NotPublished => "office-members-not-published",
                MembersError::NoAccess => "office-members-no-access",
                MembersError::Changed { .. } => "office-members-changed",
                MembersError::Decided => "office-members-decided",
                err @ (MembersError::Staff(_) | MembersError::NotFound | MembersError::Store(_)) => {
                    return Err(stop(err));
                }
            };
            let planning = match operation {
                Operation::InviteAll => Planning::Inviting,
                Operation::Again => Planning::Resending,
                _ => Planning::Nothing,
            };
            show(visit, visit.texts().text(key, &[]), planning).await
        }
    }
}

pub(super) fn stop(err: MembersError) -> Stop {
    use portal_core::staff::StaffError;
    match err {
        MembersError::Staff(StaffError::Refused(_)) => Fault::Forbidden.into(),
        MembersError::Staff(StaffError::Store(err)) | MembersError::Store(err) => err.into(),
        MembersError::NotFound => Stop::NOT_FOUND,
        MembersError::NoAddress
        | MembersError::NotPublished
        | MembersError::NoAccess
        | MembersError::Changed { .. }
        | MembersError::Decided => Stop::Conflict,
    }
}

/// What is looked ahead at, beside the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Planning {
    Nothing,
    Inviting,
    Resending,
}

async fn show(visit: &OfficeVisit<'_>, refused: String, planning: Planning) -> Answer {
    let (portal, actor) = (visit.portal()?, visit.actor()?);
    let asked = Fields::of_query(&visit.ask.query);
    let search = asked.get("q").trim().to_owned();
    let status = MemberStatus::named(asked.get("status"));
    let after = asked
        .get("after_name")
        .parse::<PersonName>()
        .ok()
        .zip(asked.get("after").parse::<ContactId>().ok());
    let query = MemberQuery {
        search: Some(search.clone()).filter(|it| !it.is_empty()),
        status,
        after,
        limit: A_PAGE,
    };
    let view = visit
        .web
        .portal
        .list_members(actor, portal, query)
        .await
        .map_err(stop)?;
    let again = if planning == Planning::Resending {
        let plan = visit.web.portal.plan_resending(actor, portal).await.map_err(stop)?;
        Some(AgainRow {
            kinds: [
                (MemberStatus::Failed, plan.failed),
                (MemberStatus::Expired, plan.expired),
                (MemberStatus::Invited, plan.pending),
            ]
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(status, count)| AgainKind {
                status: status.name(),
                count,
                // Whoever has a good link does not need another one.
                chosen: status != MemberStatus::Invited,
            })
            .collect(),
            examples: plan.examples.iter().map(|it| it.name.to_string()).collect(),
        })
    } else {
        None
    };
    let plan = if planning == Planning::Inviting {
        let plan = visit.web.portal.plan_invitations(actor, portal).await.map_err(stop)?;
        Some(PlanRow {
            recipients: plan.recipients,
            without_address: plan.without_address,
            examples: plan.examples.iter().map(|it| it.name.to_string()).collect(),
            many: plan.must_be_confirmed,
        })
    } else {
        None
    };
    let code = if refused.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let mut page = page(visit, &view, (search, status), refused, plan);
    page.again = again;
    visit.page(code, &page)
}

fn page(
    visit: &OfficeVisit<'_>,
    view: &MembersView,
    (search, status): (String, Option<MemberStatus>),
    refused: String,
    plan: Option<PlanRow>,
) -> MembersPage {
    let site = &view.portal;
    let url = format!("//{}/{}", site.host, site.slug);
    let nav = PortalNav::new(site.id, site.name.to_string(), url, site.published, PortalArea::Members);
    let base = format!("/admin/portals/{}/members", site.id);
    let times = visit.times();
    let address = |status: Option<MemberStatus>, after: Option<&(PersonName, ContactId)>| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !search.is_empty() {
            query.append_pair("q", &search);
        }
        if let Some(status) = status {
            query.append_pair("status", status.name());
        }
        if let Some((name, id)) = after {
            query.append_pair("after_name", name.as_str());
            query.append_pair("after", &id.to_string());
        }
        match query.finish().as_str() {
            "" => base.clone(),
            query => format!("{base}?{query}"),
        }
    };
    let mut tabs = vec![StatusTab {
        status: "",
        count: view.counts.total(),
        href: address(None, None),
        current: status.is_none(),
    }];
    tabs.extend(MemberStatus::ALL.into_iter().map(|it| StatusTab {
        status: it.name(),
        count: view.counts.of(it),
        href: address(Some(it), None),
        current: status == Some(it),
    }));
    MembersPage {
        shell: visit.portal_shell(OfficeArea::Home, nav),
        tabs,
        members: view.members.iter().map(|it| row(visit, it)).collect(),
        next: view
            .next
            .as_ref()
            .map_or_else(String::new, |it| address(status, Some(it))),
        waiting: view
            .waiting
            .iter()
            .map(|it| RegistrationRow {
                id: it.id.to_string(),
                name: it.name.to_string(),
                email: it.address.to_string(),
                asked: times.recent(it.asked_at.micros()),
                proposed: it.proposed.is_some(),
            })
            .collect(),
        cancellable: view.cancellable.is_some(),
        not_invited: view.counts.not_invited,
        no_address: view.counts.no_address,
        out: view.counts.invited + view.counts.expired + view.counts.failed,
        again: None,
        published: site.published,
        status: status.map_or_else(String::new, |it| it.name().to_owned()),
        base,
        search,
        refused,
        plan,
    }
}

fn row(visit: &OfficeVisit<'_>, it: &Member) -> MemberRow {
    let times = visit.times();
    let invitation = it.invitation.as_ref();
    let failure = match invitation.map(|it| &it.state) {
        Some(InvitationState::Failed(why)) => why.clone(),
        _ => String::new(),
    };
    let status = it.status(visit.ask.now);
    MemberRow {
        id: it.contact.to_string(),
        name: it.name.to_string(),
        email: it.email.as_ref().map_or_else(String::new, ToString::to_string),
        status: status.name(),
        failure,
        sent: invitation.and_then(|it| it.sent_at).map(|at| times.recent(at.micros())),
        expires: invitation.and_then(|it| it.expires_at).map(|at| times.day(at.micros())),
        registered: it.registered,
        revocable: status == MemberStatus::Invited,
    }
}
