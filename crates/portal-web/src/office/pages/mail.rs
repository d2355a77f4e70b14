//! The outbox: what waits, what was given up and why, and a test.

use poem::Body;
use poem::http::StatusCode;
use portal_core::id::IntentId;
use portal_core::input::Problems;
use portal_core::mail::{MailState, OutboxError, QueuedMail, SendTestMail, ViewOutbox};
use portal_core::staff::{Permission, StaffError};
use portal_core::text::EmailAddress;

use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::office::problems::worded;
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::view::Pager;
use crate::view::error::Fault;
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::outbox::{MailRow, OutboxPage, StateLink};
use crate::view::when::Times;
use crate::visit::Answer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    Show,
    Again,
    Discard,
    Test,
}

const NEEDS: Need = Need::Any(&[Permission::PortalSettings]);

pub(crate) const ROUTES: &[OfficeRoute] = &[
    OfficeRoute::page("/admin/mail", Any::Mail(Operation::Show), NEEDS),
    OfficeRoute::form("/admin/mail/again", Any::Mail(Operation::Again), NEEDS),
    OfficeRoute::form("/admin/mail/discard", Any::Mail(Operation::Discard), NEEDS),
    OfficeRoute::form("/admin/mail/test", Any::Mail(Operation::Test), NEEDS),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    if operation == Operation::Show {
        let query = Fields::of_query(&visit.ask.query);
        return show(visit, StatusCode::OK, &query, None, Vec::new()).await;
    }
    let fields = forms::office_fields(visit, body).await?;
    let core = &visit.web.portal;
    match operation {
        Operation::Show => Err(Stop::NOT_FOUND),
        Operation::Again => {
            core.send_mail_again(visit.actor()?, mail(&fields)?).await?;
            Ok(visit.done("office-flash-mail-again", "/admin/mail?state=dead"))
        }
        Operation::Discard => {
            core.discard_mail(visit.actor()?, mail(&fields)?).await?;
            let state = state(&fields).name();
            Ok(visit.done("office-flash-mail-discarded", &format!("/admin/mail?state={state}")))
        }
        Operation::Test => {
            let to = fields.text("to");
            match to.parse::<EmailAddress>() {
                Ok(to) => {
                    let command = SendTestMail {
                        portal: None,
                        of: None,
                        to,
                    };
                    core.send_test_mail(visit.actor()?, command).await?;
                    Ok(visit.done("office-flash-mail-test", "/admin/mail?state=waiting"))
                }
                Err(error) => {
                    let problems = worded(visit, &Problems::one("to", error));
                    show(visit, StatusCode::UNPROCESSABLE_ENTITY, &fields, Some(to), problems).await
                }
            }
        }
    }
}

fn mail(fields: &Fields) -> Result<IntentId, Stop> {
    fields.get("id").parse().map_err(|_| Stop::BAD_REQUEST)
}

fn state(fields: &Fields) -> MailState {
    MailState::named(fields.get("state")).unwrap_or(MailState::Dead)
}

async fn show(
    visit: &OfficeVisit<'_>,
    status: StatusCode,
    fields: &Fields,
    typed: Option<String>,
    problems: Vec<Problem>,
) -> Answer {
    let state = state(fields);
    let query = ViewOutbox {
        state,
        older_than: fields.get("before").parse().ok(),
    };
    let page = visit.web.portal.view_outbox(visit.actor()?, query).await?;
    let times = visit.times();
    let older = page.mails.last().filter(|_| page.has_older);
    let own = visit.staff.as_ref().map(|it| it.user.email.to_string());
    let states = MailState::ALL.into_iter().map(|it| StateLink {
        state: it.name(),
        href: format!("/admin/mail?state={}", it.name()),
        current: it == state,
        count: match it {
            MailState::Waiting => Some(page.tally.waiting),
            MailState::Dead => Some(page.tally.dead),
            MailState::Sent | MailState::Dropped | MailState::Discarded => None,
        },
    });
    let view = OutboxPage {
        shell: visit.shell(OfficeArea::Mail),
        states: states.collect(),
        state: state.name(),
        dead: page.tally.dead,
        pager: Pager {
            newer: query.older_than.map(|_| format!("/admin/mail?state={}", state.name())),
            older: older.map(|it| format!("/admin/mail?state={}&before={}", state.name(), it.id)),
        },
        mails: page.mails.iter().map(|it| row(&times, it)).collect(),
        test_to: typed.or(own).unwrap_or_default(),
        problems,
    };
    visit.page(status, &view)
}

fn row(times: &Times<'_>, it: &QueuedMail) -> MailRow {
    let waits = it.state == MailState::Waiting;
    MailRow {
        id: it.id.to_string(),
        kind: it.mail.name(),
        to: it.to.as_ref().map(ToString::to_string),
        created: times.recent(it.created_at.micros()),
        due: waits.then(|| times.moment(it.due_at.micros())),
        settled: it.settled_at.map(|at| times.recent(at.micros())),
        attempts: it.attempts,
        reason: it.reason.clone(),
        may_send_again: it.state == MailState::Dead,
        may_discard: waits || it.state == MailState::Dead,
    }
}

impl From<OutboxError> for Stop {
    fn from(error: OutboxError) -> Self {
        match error {
            OutboxError::Staff(StaffError::Refused(_)) => Fault::Forbidden.into(),
            OutboxError::Staff(StaffError::Store(error)) | OutboxError::Store(error) => error.into(),
            OutboxError::NotFound => Self::NOT_FOUND,
        }
    }
}
