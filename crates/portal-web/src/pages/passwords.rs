//! A new password.

use poem::http::StatusCode;
use portal_core::membership::{ChangePassword, ChangePasswordError};

use super::{account, problems};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::view::form::{Complaint, Problem};
use crate::view::shell::Flash;
use crate::visit::{Answer, Visit};

pub(super) async fn submit(visit: &Visit<'_>, fields: Fields) -> Answer {
    let new = fields.get("new").to_owned();
    let command = ChangePassword {
        portal: visit.site.id,
        session: visit.visitor.as_ref().and_then(|it| it.session),
        current: fields.get("current").to_owned(),
        // The page shows what is typed on request, instead of asking for it twice.
        again: new.clone(),
        new,
    };
    match visit.web.portal.change_password(&visit.actor(), command).await {
        Ok(()) => Ok(visit.done(Flash::PasswordChanged, &format!("{}/account", visit.base()))),
        Err(ChangePasswordError::Invalid(found)) => {
            refused(visit, StatusCode::UNPROCESSABLE_ENTITY, problems::worded(visit, &found)).await
        }
        Err(ChangePasswordError::TooSoon { retry_at }) => {
            let seconds = retry_at.since(visit.ask.now).as_secs() + 1;
            refused(
                visit,
                StatusCode::TOO_MANY_REQUESTS,
                problems::said(visit, &[Complaint::CurrentSlow { seconds }]),
            )
            .await
        }
        Err(
            err @ (ChangePasswordError::Blocked
            | ChangePasswordError::Entry(_)
            | ChangePasswordError::Passwords(_)
            | ChangePasswordError::Store(_)),
        ) => Err(Stop::from(err)),
    }
}

async fn refused(visit: &Visit<'_>, status: StatusCode, problems: Vec<Problem>) -> Answer {
    account::again(
        visit,
        status,
        account::Kept {
            problems,
            ..account::Kept::default()
        },
    )
    .await
}
