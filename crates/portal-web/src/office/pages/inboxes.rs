//! The inboxes of a portal, and moving others here.

use poem::Body;
use poem::http::StatusCode;
use portal_core::id::InboxId;
use portal_core::settings::{Inbox, MoveInbox, MoveInboxError};
use portal_core::staff::Permission;

use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::office::pages::crm::preview;
use crate::office::problems::said;
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::view::crm::PolicyPreviewView;
use crate::view::form::Problem;
use crate::view::inboxes::{InboxLine, InboxMoveView, InboxesPage};
use crate::view::office::{OfficeArea, PortalArea, PortalNav};
use crate::visit::Answer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    Show,
    Move,
}

const NEEDS: Need = Need::Any(&[Permission::PortalSettings]);

pub(crate) const ROUTES: &[OfficeRoute] = &[
    OfficeRoute::page("/admin/portals/{portal}/inboxes", Any::Inboxes(Operation::Show), NEEDS),
    OfficeRoute::form("/admin/portals/{portal}/inboxes", Any::Inboxes(Operation::Move), NEEDS),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    match operation {
        Operation::Show => show(visit, StatusCode::OK, None, Vec::new()).await,
        Operation::Move => move_here(visit, &forms::office_fields(visit, body).await?).await,
    }
}

/// The first time it says what would happen, the second time it happens.
async fn move_here(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let (core, actor, portal) = (&visit.web.portal, visit.actor()?, visit.portal()?);
    let inbox: InboxId = fields.get("inbox").parse().map_err(|_| Stop::BAD_REQUEST)?;
    let command = MoveInbox { inbox, to: portal };
    let outcome = if fields.get("do") == "move" {
        match core.move_inbox(actor, command).await {
            Ok(()) => {
                let here = format!("/admin/portals/{portal}/inboxes");
                return Ok(visit.done("office-flash-inbox-moving", &here));
            }
            Err(err) => Err(err),
        }
    } else {
        core.preview_inbox_move(actor, command).await
    };
    match outcome {
        Ok(looked) => show(visit, StatusCode::OK, Some((inbox, preview(&looked))), Vec::new()).await,
        Err(err) => {
            let key = match err {
                MoveInboxError::Default => "inboxes-problem-default",
                MoveInboxError::Moving => "inboxes-problem-moving",
                MoveInboxError::Already => "inboxes-problem-already",
                err @ (MoveInboxError::Staff(_) | MoveInboxError::NotFound | MoveInboxError::Store(_)) => {
                    return Err(err.into());
                }
            };
            let problems = said(visit, "inboxes", key);
            show(visit, StatusCode::CONFLICT, None, problems).await
        }
    }
}

async fn show(
    visit: &OfficeVisit<'_>,
    status: StatusCode,
    asked: Option<(InboxId, PolicyPreviewView)>,
    problems: Vec<Problem>,
) -> Answer {
    let (core, actor, id) = (&visit.web.portal, visit.actor()?, visit.portal()?);
    let portals = core.list_portals(actor).await?;
    let site = portals.iter().find(|it| it.id == id).ok_or(Stop::NOT_FOUND)?;
    let (inboxes, _) = core.list_inboxes(actor).await?;
    let name = |of| {
        let found = portals.iter().find(|it| Some(it.id) == of);
        found.map(|it| it.name.to_string()).unwrap_or_default()
    };
    let line = |it: &Inbox| InboxLine {
        id: it.id.to_string(),
        name: it.name.to_string(),
        portal: name(it.portal),
        moving_to: name(it.moving_to),
        default: portals.iter().any(|portal| portal.default_inbox == it.id),
    };
    let of_here = |it: &&Inbox| it.portal == Some(id) || it.moving_to == Some(id);
    let url = super::portals::url(visit, site);
    let nav = PortalNav::new(site.id, site.name.to_string(), url, site.published, PortalArea::Inboxes);
    let page = InboxesPage {
        shell: visit.portal_shell(OfficeArea::Home, nav),
        action: format!("/admin/portals/{id}/inboxes"),
        here: inboxes.iter().filter(of_here).map(line).collect(),
        elsewhere: inboxes.iter().filter(|it| !of_here(it)).map(line).collect(),
        asked: asked.map(|(inbox, preview)| InboxMoveView {
            id: inbox.to_string(),
            name: inboxes
                .iter()
                .find(|it| it.id == inbox)
                .map(|it| it.name.to_string())
                .unwrap_or_default(),
            preview,
        }),
        draft: site.set_up.is_draft(),
        problems,
    };
    visit.page(status, &page)
}

impl From<MoveInboxError> for Stop {
    fn from(err: MoveInboxError) -> Self {
        match err {
            MoveInboxError::Staff(err) => err.into(),
            MoveInboxError::NotFound => Self::NOT_FOUND,
            MoveInboxError::Already | MoveInboxError::Moving | MoveInboxError::Default => Self::Conflict,
            MoveInboxError::Store(err) => err.into(),
        }
    }
}
