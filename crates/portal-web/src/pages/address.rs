//! Changing the sign-in address, confirmed at both ends.

use poem::http::StatusCode;
use portal_core::membership::{ChangeAddress, Secret, WayInError};

use super::way_in::{asked, gone, link, page, refused, told};
use super::{account, problems};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::view::form::Complaint;
use crate::view::shell::Flash;
use crate::view::way_in::{Step, WayInPage};
use crate::visit::{Answer, Visit};

/// The form on the account page.
pub(super) async fn submit(visit: &Visit<'_>, fields: Fields) -> Answer {
    let command = ChangeAddress {
        portal: visit.site.id,
        session: visit.visitor.as_ref().and_then(|it| it.session),
        email: fields.get("email").to_owned(),
        password: fields.get("password").to_owned(),
        network: visit.ask.network.clone(),
    };
    let (status, found) = match visit.web.portal.change_address(&visit.actor(), command).await {
        Ok(()) => return Ok(visit.done(Flash::AddressAsked, &format!("{}/account", visit.base()))),
        Err(WayInError::Invalid(found)) => {
            let wrong = found.list().iter().any(|it| it.field == "password");
            let same = found
                .list()
                .iter()
                .any(|it| it.kind == portal_core::input::ProblemKind::NotOffered);
            let worded = if wrong {
                problems::said(visit, &[Complaint::PasswordWrong])
            } else if same {
                problems::said(visit, &[Complaint::AddressSame])
            } else {
                problems::worded(visit, &found)
            };
            (StatusCode::UNPROCESSABLE_ENTITY, worded)
        }
        Err(WayInError::TooSoon { retry_at }) => {
            let complaint = Complaint::Slow {
                field: "password",
                seconds: retry_at.since(visit.ask.now).as_secs() + 1,
            };
            (StatusCode::TOO_MANY_REQUESTS, problems::said(visit, &[complaint]))
        }
        Err(err) => return Err(Stop::from(err)),
    };
    let kept = account::Kept {
        problems: found,
        new_address: fields.get("email").to_owned(),
        ..account::Kept::default()
    };
    account::again(visit, status, kept).await
}

pub(super) async fn give_up(visit: &Visit<'_>) -> Answer {
    visit.web.portal.give_up_address(&visit.actor()).await?;
    Ok(visit.done(Flash::AddressKept, &format!("{}/account", visit.base())))
}

/// Which of the two mails a link came with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// To the new address.
    New,
    /// To the old one.
    Old,
}

impl End {
    const fn step(self) -> Step {
        match self {
            Self::New => Step::AddressConfirm,
            Self::Old => Step::AddressRevert,
        }
    }
}

pub(super) async fn show(visit: &Visit<'_>, end: End) -> Answer {
    let (token, secret) = asked(visit);
    match look(visit, end, token, secret).await {
        Ok(page) => visit.page(StatusCode::OK, &page),
        Err(err) => refused(visit, page(visit, end.step()), err),
    }
}

async fn look(
    visit: &Visit<'_>,
    end: End,
    token: String,
    secret: Result<Secret, WayInError>,
) -> Result<WayInPage, WayInError> {
    let (portal, secret) = (&visit.web.portal, secret?);
    let found = match end {
        End::New => portal.look_at_new_address(visit.site.id, &secret).await?,
        End::Old => portal.look_at_old_address(visit.site.id, &secret).await?,
    };
    Ok(WayInPage {
        token,
        email: found.old.to_string(),
        new_email: found.new.to_string(),
        ..page(visit, end.step())
    })
}

pub(super) async fn act(visit: &Visit<'_>, end: End, fields: Fields) -> Answer {
    let Ok(secret) = link(fields.get("token")) else {
        return gone(visit);
    };
    let portal = &visit.web.portal;
    let (outcome, done) = match end {
        End::New => (
            portal.confirm_address(visit.site.id, &secret).await,
            Step::AddressConfirmed,
        ),
        End::Old => (
            portal.revert_address(visit.site.id, &secret).await,
            Step::AddressReverted,
        ),
    };
    match outcome {
        Ok(()) => told(visit, done),
        Err(err) => refused(visit, page(visit, end.step()), err),
    }
}
