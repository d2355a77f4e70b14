//! Replying to a ticket.

use poem::Body;
use poem::http::StatusCode;
use portal_core::input::Problems;
use portal_core::ticket::{Reply, ReplyError};

use super::{problems, staged, ticket};
use crate::errors::Stop;
use crate::forms;
use crate::view::form::{Complaint, Problem};
use crate::view::shell::Flash;
use crate::visit::{Answer, Visit};

pub(super) async fn submit(visit: &Visit<'_>, body: Body) -> Answer {
    let number = visit.number()?;
    let upload = forms::upload(visit, body).await?;
    let text = upload.fields.text("body");
    let close = upload.fields.get("then") == "close";
    let files = staged::all(visit, &upload).await?;
    if !upload.complaints.is_empty() {
        let said = problems::said(visit, &upload.complaints);
        return refused(visit, StatusCode::UNPROCESSABLE_ENTITY, text, files, said).await;
    }
    let command = Reply {
        portal: visit.site.id,
        number,
        text: text.clone(),
        files: files.iter().map(|it| it.id).collect(),
        close,
        key: upload.fields.get("idem").parse().ok(),
    };
    match visit.web.portal.reply(&visit.actor(), command).await {
        Ok(replied) => {
            let flash = if replied.is_follow_up {
                Flash::Opened
            } else if close {
                Flash::RepliedAndClosed
            } else if upload.fields.get("then") == "reopen" {
                Flash::RepliedAndReopened
            } else {
                Flash::Replied
            };
            Ok(visit.done(
                flash,
                &format!("{}#m{}", visit.ticket_href(replied.number), replied.seq),
            ))
        }
        Err(ReplyError::Invalid(found)) => {
            refused(
                visit,
                StatusCode::UNPROCESSABLE_ENTITY,
                text,
                files,
                worded(visit, &found),
            )
            .await
        }
        Err(ReplyError::KeyReused) => {
            let said = problems::said(visit, &[Complaint::SentAlready { field: "body" }]);
            refused(visit, StatusCode::CONFLICT, text, files, said).await
        }
        Err(err @ (ReplyError::Entry(_) | ReplyError::NotFound | ReplyError::Denied(_) | ReplyError::Store(_))) => {
            conflict(visit, err.into(), text)
        }
    }
}

/// A ticket that changed while the reader wrote gives the text back.
fn conflict(visit: &Visit<'_>, stop: Stop, text: String) -> Answer {
    if matches!(stop, Stop::Conflict) {
        let href = visit.number().map_or_else(|_| visit.base(), |it| visit.ticket_href(it));
        return Err(crate::view::error::Fault::Conflict { href, text }.into());
    }
    Err(stop)
}

fn worded(visit: &Visit<'_>, found: &Problems) -> Vec<Problem> {
    problems::worded(visit, found)
}

/// The ticket again, with everything that was typed and uploaded.
async fn refused(
    visit: &Visit<'_>,
    status: StatusCode,
    text: String,
    files: Vec<staged::Kept>,
    problems: Vec<Problem>,
) -> Answer {
    let view = ticket::load(visit, visit.number()?, false).await?;
    let kept = ticket::Kept {
        text,
        staged: staged::shown(visit, &files),
        problems,
    };
    visit.page(status, &ticket::page(visit, &view, false, kept))
}
