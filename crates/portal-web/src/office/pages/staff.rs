//! Staff users: who works here and what they may do.

use std::collections::BTreeSet;

use poem::Body;
use poem::http::StatusCode;
use portal_core::id::AgentId;
use portal_core::settings::Inbox;
use portal_core::staff::{InboxAccess, ManageStaffError, Permission, StaffDraft, StaffEntry, StaffStanding};

use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::office::problems::{said, worded};
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::view::Choice;
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::office_staff::{PermissionChoice, StaffFormPage, StaffListPage, StaffRow, StaffState};
use crate::visit::Answer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    List,
    New,
    Invite,
    Show,
    Change,
    Disable,
    Enable,
    Link,
    Disconnect,
}

const NEEDS: Need = Need::Any(&[Permission::Admin]);

const fn page(path: &'static str, operation: Operation) -> OfficeRoute {
    OfficeRoute::page(path, Any::Staff(operation), NEEDS)
}

const fn form(path: &'static str, operation: Operation) -> OfficeRoute {
    OfficeRoute::form(path, Any::Staff(operation), NEEDS)
}

pub(crate) const ROUTES: &[OfficeRoute] = &[
    page("/admin/staff", Operation::List),
    page("/admin/staff/invite", Operation::New),
    form("/admin/staff/invite", Operation::Invite),
    page("/admin/staff/{id}", Operation::Show),
    form("/admin/staff/{id}", Operation::Change),
    form("/admin/staff/{id}/disable", Operation::Disable),
    form("/admin/staff/{id}/enable", Operation::Enable),
    form("/admin/staff/{id}/link", Operation::Link),
    form("/admin/staff/{id}/disconnect", Operation::Disconnect),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    let core = &visit.web.portal;
    match operation {
        Operation::List => list(visit).await,
        Operation::New => new(visit).await,
        Operation::Show => show(visit, StatusCode::OK, None, Vec::new()).await,
        Operation::Invite => invite(visit, &forms::office_fields(visit, body).await?).await,
        Operation::Change => change(visit, &forms::office_fields(visit, body).await?).await,
        Operation::Disable => {
            forms::office_fields(visit, body).await?;
            let done = core.set_staff_standing(visit.actor()?, id(visit)?, StaffStanding::Disabled);
            finished(visit, done.await, "office-flash-staff-disabled").await
        }
        Operation::Enable => {
            forms::office_fields(visit, body).await?;
            let done = core.set_staff_standing(visit.actor()?, id(visit)?, StaffStanding::Active);
            finished(visit, done.await, "office-flash-staff-enabled").await
        }
        Operation::Link => {
            forms::office_fields(visit, body).await?;
            let done = core.mail_staff_link(visit.actor()?, id(visit)?).await;
            finished(visit, done, "office-flash-staff-link").await
        }
        Operation::Disconnect => {
            forms::office_fields(visit, body).await?;
            let done = core.disconnect_authenticator(visit.actor()?, id(visit)?).await;
            finished(visit, done, "office-flash-staff-disconnected").await
        }
    }
}

fn id(visit: &OfficeVisit<'_>) -> Result<AgentId, Stop> {
    visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)
}

async fn finished(visit: &OfficeVisit<'_>, done: Result<(), ManageStaffError>, flash: &'static str) -> Answer {
    match done {
        Ok(()) => Ok(visit.done(flash, &format!("/admin/staff/{}", id(visit)?))),
        Err(err) => {
            let (status, problems) = told(visit, err)?;
            show(visit, status, None, problems).await
        }
    }
}

/// What stands beside the form; everything else has a page of its own.
fn told(visit: &OfficeVisit<'_>, err: ManageStaffError) -> Result<(StatusCode, Vec<Problem>), Stop> {
    match err {
        ManageStaffError::Invalid(found) => Ok((StatusCode::UNPROCESSABLE_ENTITY, worded(visit, &found))),
        ManageStaffError::LastAdmin => Ok((
            StatusCode::CONFLICT,
            said(visit, "permissions", "office-staff-problem-last-admin"),
        )),
        err @ (ManageStaffError::NotFound
        | ManageStaffError::Secrets(_)
        | ManageStaffError::Staff(_)
        | ManageStaffError::Store(_)) => Err(err.into()),
    }
}

async fn list(visit: &OfficeVisit<'_>) -> Answer {
    let (core, actor) = (&visit.web.portal, visit.actor()?);
    let inboxes = core.staff_inboxes(actor).await?;
    let staff = core.list_staff(actor).await?;
    let page = StaffListPage {
        shell: visit.shell(OfficeArea::Staff),
        staff: staff.iter().map(|it| row(visit, it, &inboxes)).collect(),
    };
    visit.page(StatusCode::OK, &page)
}

fn row(visit: &OfficeVisit<'_>, it: &StaffEntry, inboxes: &[Inbox]) -> StaffRow {
    let times = visit.times();
    let user = &it.user;
    StaffRow {
        href: format!("/admin/staff/{}", user.id),
        name: user.name.to_string(),
        email: user.email.to_string(),
        state: match (user.standing, it.accepted) {
            (StaffStanding::Disabled, _) => StaffState::Disabled,
            (StaffStanding::Active, true) => StaffState::Active,
            (StaffStanding::Active, false) => StaffState::Invited,
        },
        invited_until: it.invited_until.map(|at| times.full(at.micros())),
        permissions: user.permissions.iter().map(|it| it.name()).collect(),
        inboxes: match &user.inboxes {
            InboxAccess::All => None,
            InboxAccess::Only(ids) => Some(
                inboxes
                    .iter()
                    .filter(|it| ids.contains(&it.id))
                    .map(|it| it.name.to_string())
                    .collect(),
            ),
        },
        enrolled: it.enrolled,
        last_seen: it.last_seen.map(|at| times.recent(at.micros())),
        you: visit.staff.as_ref().is_some_and(|staff| staff.user.id == user.id),
    }
}

/// A form as it was filled in.
fn draft(fields: &Fields) -> StaffDraft {
    let permissions: BTreeSet<Permission> = fields.all("permission").filter_map(Permission::named).collect();
    let inboxes = if fields.get("inboxes") == "all" {
        InboxAccess::All
    } else {
        InboxAccess::Only(fields.all("inbox").filter_map(|it| it.parse().ok()).collect())
    };
    StaffDraft {
        name: fields.get("name").to_owned(),
        email: fields.get("email").to_owned(),
        permissions,
        inboxes,
    }
}

fn form_page(
    visit: &OfficeVisit<'_>,
    row: Option<StaffRow>,
    draft: &StaffDraft,
    inboxes: &[Inbox],
    problems: Vec<Problem>,
) -> StaffFormPage {
    StaffFormPage {
        shell: visit.shell(OfficeArea::Staff),
        row,
        name: draft.name.clone(),
        email: draft.email.clone(),
        permissions: Permission::ALL
            .into_iter()
            .map(|it| PermissionChoice {
                name: it.name(),
                selected: draft.permissions.contains(&it),
            })
            .collect(),
        all_inboxes: draft.inboxes == InboxAccess::All,
        inboxes: inboxes
            .iter()
            .map(|it| Choice {
                value: it.id.to_string(),
                label: it.name.to_string(),
                selected: matches!(&draft.inboxes, InboxAccess::Only(ids) if ids.contains(&it.id)),
            })
            .collect(),
        problems,
    }
}

async fn new(visit: &OfficeVisit<'_>) -> Answer {
    let draft = StaffDraft {
        name: String::new(),
        email: String::new(),
        permissions: BTreeSet::from([Permission::HelpDesk]),
        inboxes: InboxAccess::All,
    };
    let inboxes = visit.web.portal.staff_inboxes(visit.actor()?).await?;
    visit.page(StatusCode::OK, &form_page(visit, None, &draft, &inboxes, Vec::new()))
}

async fn invite(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let (core, actor, draft) = (&visit.web.portal, visit.actor()?, draft(fields));
    match core.invite_staff(actor, &draft).await {
        Ok(_) => Ok(visit.done("office-flash-staff-invited", "/admin/staff")),
        Err(err) => {
            let (status, problems) = told(visit, err)?;
            let inboxes = core.staff_inboxes(actor).await?;
            visit.page(status, &form_page(visit, None, &draft, &inboxes, problems))
        }
    }
}

async fn change(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let draft = draft(fields);
    match visit.web.portal.change_staff(visit.actor()?, id(visit)?, &draft).await {
        Ok(()) => Ok(visit.done("office-flash-staff-changed", "/admin/staff")),
        Err(err) => {
            let (status, problems) = told(visit, err)?;
            show(visit, status, Some(draft), problems).await
        }
    }
}

async fn show(
    visit: &OfficeVisit<'_>,
    status: StatusCode,
    typed: Option<StaffDraft>,
    problems: Vec<Problem>,
) -> Answer {
    let (core, actor) = (&visit.web.portal, visit.actor()?);
    let entry = core.view_staff(actor, id(visit)?).await?;
    let inboxes = core.staff_inboxes(actor).await?;
    let stored = || StaffDraft {
        name: entry.user.name.to_string(),
        email: entry.user.email.to_string(),
        permissions: entry.user.permissions.clone(),
        inboxes: entry.user.inboxes.clone(),
    };
    let draft = typed.unwrap_or_else(stored);
    let row = row(visit, &entry, &inboxes);
    visit.page(status, &form_page(visit, Some(row), &draft, &inboxes, problems))
}
