//! Mails with links and codes: asking for one, typing the code, opening the link, choosing a new password.

use poem::http::StatusCode;
use portal_core::membership::{ChallengePurpose, RequestMail, ResetPassword, SignInByMail, WayInError};

use super::sign_in::device;
use super::way_in::{asked, browser, enter, gone, link, page, refused, told};
use crate::cookies::Cookie;
use crate::forms::Fields;
use crate::view::shell::Flash;
use crate::view::way_in::{Step, WayInPage};
use crate::visit::{Answer, Visit};
use crate::web::see_other;

fn request(visit: &Visit<'_>, purpose: ChallengePurpose, email: &str) -> RequestMail {
    RequestMail {
        portal: visit.site.id,
        purpose,
        email: email.to_owned(),
        network: visit.ask.network.clone(),
        device: device(visit.ask.header("user-agent")),
    }
}

/// Asks for a mail to sign in with, and goes on to the page for the code. The error is for the sign-in page.
pub(super) async fn ask_for_code(visit: &Visit<'_>, email: &str, next: &str) -> Result<poem::Response, WayInError> {
    let command = request(visit, ChallengePurpose::SignIn, email);
    let requested = visit.web.portal.request_mail(command).await?;
    let mut to = format!("{}/sign-in/code", visit.base());
    if next != visit.base() {
        let query: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
        to = format!("{to}?next={query}");
    }
    let mut response = see_other(&to);
    if let Some(secret) = &requested.browser {
        Cookie::Browser.hold(&mut response, secret.expose(), visit.secure());
    }
    Ok(response)
}

pub(super) fn show_code(visit: &Visit<'_>) -> Answer {
    let next = visit.safe_or_base(Fields::of_query(&visit.ask.query).get("next"));
    visit.page(StatusCode::OK, &code_page(visit, next))
}

fn code_page(visit: &Visit<'_>, next: String) -> WayInPage {
    WayInPage {
        next: if next == visit.base() { String::new() } else { next },
        asks: true,
        ..page(visit, Step::Code)
    }
}

pub(super) async fn submit_code(visit: &Visit<'_>, fields: Fields) -> Answer {
    let next = visit.safe_or_base(fields.get("next"));
    let command = SignInByMail {
        portal: visit.site.id,
        browser: browser(visit),
        link: None,
        code: Some(fields.get("code").to_owned()),
        network: visit.ask.network.clone(),
        device: device(visit.ask.header("user-agent")),
    };
    match visit.web.portal.sign_in_by_mail(command).await {
        Ok(signed_in) => enter(visit, &signed_in, &next).await,
        // A code that is right too late is not told from a wrong one.
        Err(WayInError::Gone) => refused(visit, code_page(visit, next), WayInError::Wrong),
        Err(err) => refused(visit, code_page(visit, next), err),
    }
}

pub(super) async fn show_link(visit: &Visit<'_>) -> Answer {
    let (token, secret) = asked(visit);
    link_page(visit, token, secret).await.map_or_else(
        |err| refused(visit, page(visit, Step::Link), err),
        |page| visit.page(StatusCode::OK, &page),
    )
}

async fn link_page(
    visit: &Visit<'_>,
    token: String,
    secret: Result<portal_core::membership::Secret, WayInError>,
) -> Result<WayInPage, WayInError> {
    let (secret, own) = (secret?, browser(visit));
    let found = visit
        .web
        .portal
        .look_at_sign_in_link(visit.site.id, &secret, own.as_ref())
        .await?;
    Ok(WayInPage {
        token,
        email: found.address.to_string(),
        asks: found.needs_code,
        asked: Some(visit.times().recent(found.asked_at.micros())),
        device: found.device,
        ..page(visit, Step::Link)
    })
}

pub(super) async fn submit_link(visit: &Visit<'_>, fields: Fields) -> Answer {
    let token = fields.get("token").to_owned();
    let Ok(secret) = link(&token) else {
        return gone(visit);
    };
    let code = fields.get("code").to_owned();
    let command = SignInByMail {
        portal: visit.site.id,
        browser: browser(visit),
        link: Some(secret.clone()),
        code: Some(code).filter(|it| !it.is_empty()),
        network: visit.ask.network.clone(),
        device: device(visit.ask.header("user-agent")),
    };
    match visit.web.portal.sign_in_by_mail(command).await {
        Ok(signed_in) => enter(visit, &signed_in, &visit.base()).await,
        Err(err) => match link_page(visit, token, Ok(secret)).await {
            Ok(again) => refused(visit, again, err),
            Err(gone) => refused(visit, page(visit, Step::Link), gone),
        },
    }
}

pub(super) fn show_forgot(visit: &Visit<'_>) -> Answer {
    told(visit, Step::Forgot)
}

pub(super) async fn submit_forgot(visit: &Visit<'_>, fields: Fields) -> Answer {
    let email = fields.get("email").to_owned();
    let command = request(visit, ChallengePurpose::Reset, &email);
    match visit.web.portal.request_mail(command).await {
        Ok(_) => Ok(see_other(&format!("{}/forgot/sent", visit.base()))),
        Err(err) => {
            let again = WayInPage {
                email,
                ..page(visit, Step::Forgot)
            };
            refused(visit, again, err)
        }
    }
}

pub(super) async fn show_reset(visit: &Visit<'_>) -> Answer {
    let (token, secret) = asked(visit);
    match reset_page(visit, token, secret).await {
        Ok(page) => visit.page(StatusCode::OK, &page),
        Err(err) => refused(visit, page(visit, Step::Reset), err),
    }
}

async fn reset_page(
    visit: &Visit<'_>,
    token: String,
    secret: Result<portal_core::membership::Secret, WayInError>,
) -> Result<WayInPage, WayInError> {
    let address = visit.web.portal.look_at_reset_link(visit.site.id, &secret?).await?;
    Ok(WayInPage {
        token,
        email: address.to_string(),
        asks: true,
        ..page(visit, Step::Reset)
    })
}

pub(super) async fn submit_reset(visit: &Visit<'_>, fields: Fields) -> Answer {
    let token = fields.get("token").to_owned();
    let Ok(secret) = link(&token) else {
        return gone(visit);
    };
    let new = fields.get("new").to_owned();
    let command = ResetPassword {
        portal: visit.site.id,
        link: secret.clone(),
        again: new.clone(),
        new,
    };
    match visit.web.portal.reset_password(command).await {
        Ok(()) => Ok(visit.done(Flash::PasswordReset, &format!("{}/sign-in", visit.base()))),
        Err(err) => match reset_page(visit, token, Ok(secret)).await {
            Ok(again) => refused(visit, again, err),
            Err(gone) => refused(visit, page(visit, Step::Reset), gone),
        },
    }
}
