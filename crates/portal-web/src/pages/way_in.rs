//! What the pages on the way in have in common: the link's secret, the frame, and how a refusal is shown.

use poem::Response;
use poem::http::{StatusCode, header};
use portal_core::input::ProblemKind;
use portal_core::membership::{ConsentGiven, ConsentWording, Password, Secret, SignedIn, WayInError};

use super::problems;
use crate::cookies::{self, Cookie};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::view::form::Complaint;
use crate::view::shell::Area;
use crate::view::way_in::{Consent, Step, WayInPage};
use crate::visit::{Answer, Visit};
use crate::web::see_other;

/// The page of a step.
pub(super) fn page(visit: &Visit<'_>, step: Step) -> WayInPage {
    let mut shell = visit.shell(Area::None);
    shell.me = None;
    shell.can_open = false;
    // The address of the page may have a secret in it: the switches of the footer do not lead back to it.
    shell.path = format!("{}/sign-in", visit.base());
    WayInPage {
        password_min: u32::try_from(Password::MIN_CHARS).unwrap_or_default(),
        ..WayInPage::new(shell, step)
    }
}

/// A step without anything to fill in.
pub(super) fn told(visit: &Visit<'_>, step: Step) -> Answer {
    visit.page(StatusCode::OK, &page(visit, step))
}

/// The secret of the link in the address, or in the form that the link's page sent on.
pub(super) fn link(text: &str) -> Result<Secret, WayInError> {
    Secret::presented(text).ok_or(WayInError::Gone)
}

/// The secret of the link in the address.
pub(super) fn asked(visit: &Visit<'_>) -> (String, Result<Secret, WayInError>) {
    let token = Fields::of_query(&visit.ask.query).get("token").to_owned();
    let secret = link(&token);
    (token, secret)
}

/// The browser's secret, given when it asked for a mail.
pub(super) fn browser(visit: &Visit<'_>) -> Option<Secret> {
    Cookie::Browser
        .read(&visit.ask.headers, visit.secure())
        .and_then(Secret::presented)
}

/// What was ticked.
pub(super) fn consent(visit: &Visit<'_>, fields: &Fields) -> Option<ConsentGiven> {
    let version = fields.get("consent_version").parse().ok()?;
    (fields.get("consent") == "yes").then(|| ConsentGiven {
        version,
        language: visit.language(),
    })
}

/// A notice as the page shows it.
pub(super) fn notice(wording: ConsentWording) -> Consent {
    Consent {
        version: wording.version,
        text: wording.text,
    }
}

/// Into the portal with a fresh session; one that was there before ends.
pub(super) async fn enter(visit: &Visit<'_>, signed_in: &SignedIn, to: &str) -> Answer {
    let mut response: Response = see_other(to);
    cookies::begin_session(&mut response, signed_in, visit.secure());
    Cookie::Browser.expire(&mut response, visit.secure());
    if let Some((reader, session)) = visit
        .visitor
        .as_ref()
        .and_then(|it| Some((it.profile.contact, it.session?)))
    {
        visit.web.portal.sign_out(reader, session).await?;
    }
    Ok(response)
}

/// The same step again with what is wrong; or the page of a link that does not work; or a stop.
pub(super) fn refused(visit: &Visit<'_>, again: WayInPage, err: WayInError) -> Answer {
    let slow_field = if again.step == Step::Code || again.asks && again.step == Step::Link {
        "code"
    } else {
        "email"
    };
    let (status, problems, wait) = match err {
        WayInError::Gone => return gone(visit),
        WayInError::Invalid(found) => {
            let unticked = |it: &portal_core::input::Problem| it.field == "consent";
            let same = |it: &portal_core::input::Problem| it.field == "email" && it.kind == ProblemKind::NotOffered;
            let worded = if found.list().iter().any(unticked) {
                problems::said(visit, &[Complaint::ConsentMissing])
            } else if found.list().iter().any(same) {
                problems::said(visit, &[Complaint::AddressSame])
            } else {
                problems::worded(visit, &found)
            };
            (StatusCode::UNPROCESSABLE_ENTITY, worded, None)
        }
        WayInError::Wrong => (
            StatusCode::UNPROCESSABLE_ENTITY,
            problems::said(visit, &[Complaint::CodeWrong]),
            None,
        ),
        WayInError::TooSoon { retry_at } => {
            let seconds = retry_at.since(visit.ask.now).as_secs() + 1;
            let complaint = Complaint::Slow {
                field: slow_field,
                seconds,
            };
            let worded = problems::said(visit, &[complaint]);
            (StatusCode::TOO_MANY_REQUESTS, worded, Some(seconds))
        }
        err @ (WayInError::NotOffered
        | WayInError::Passwords(_)
        | WayInError::Vault(_)
        | WayInError::Entry(_)
        | WayInError::Store(_)) => return Err(Stop::from(err)),
    };
    let mut response = visit.page(status, &WayInPage { problems, ..again })?;
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(response)
}

/// The page of a link that does not work.
pub(super) fn gone(visit: &Visit<'_>) -> Answer {
    visit.page(StatusCode::NOT_FOUND, &page(visit, Step::Gone))
}
