//! A question before something is done, as a page of its own.

use poem::http::StatusCode;

use super::ticket;
use crate::fresh;
use crate::view::ConfirmPage;
use crate::view::confirm::Question;
use crate::view::form::Problem;
use crate::view::shell::Area;
use crate::visit::{Answer, Visit};

pub(super) async fn ask(visit: &Visit<'_>, question: Question) -> Answer {
    again(visit, question, StatusCode::OK, String::new(), Vec::new()).await
}

/// The question again, with what was typed. Whether the answer counts is decided when it comes.
pub(super) async fn again(
    visit: &Visit<'_>,
    question: Question,
    status: StatusCode,
    reason: String,
    problems: Vec<Problem>,
) -> Answer {
    let view = ticket::load(visit, visit.number()?, false).await?;
    let page = ConfirmPage {
        shell: visit.shell(Area::Tickets),
        question,
        number: view.number.get(),
        subject: view.subject.as_str().to_owned(),
        reason,
        idem: fresh::key(),
        version: view.version.0,
        problems,
    };
    visit.page(status, &page)
}
