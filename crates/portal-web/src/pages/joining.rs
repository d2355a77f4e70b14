//! Becoming a member: invitations and registrations, and the notice that is to be accepted.

use poem::http::StatusCode;
use portal_core::membership::{
    AcceptInvitation, FinishRegistration, InvitationLink, Register, Registered, RegistrationLink, Secret, WayInError,
};

use super::sign_in::device;
use super::way_in::{asked, consent, enter, gone, link, notice, page, refused, told};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::view::way_in::{Step, WayInPage};
use crate::visit::{Answer, Visit};
use crate::web::see_other;

pub(super) async fn show_invitation(visit: &Visit<'_>) -> Answer {
    let (token, secret) = asked(visit);
    match invitation(visit, token, secret).await {
        Ok(page) => visit.page(StatusCode::OK, &page),
        Err(err) => refused(visit, page(visit, Step::Invitation), err),
    }
}

async fn invitation(
    visit: &Visit<'_>,
    token: String,
    secret: Result<Secret, WayInError>,
) -> Result<WayInPage, WayInError> {
    let language = visit.language();
    let found = visit
        .web
        .portal
        .look_at_invitation(visit.site.id, &secret?, &language)
        .await?;
    Ok(match found {
        InvitationLink::Open {
            name,
            address,
            password,
            consent,
        } => WayInPage {
            token,
            name,
            email: address.to_string(),
            asks: password,
            consent: consent.map(notice),
            ..page(visit, Step::Invitation)
        },
        InvitationLink::Expired { hint } => WayInPage {
            token,
            email: hint,
            ..page(visit, Step::InvitationExpired)
        },
        InvitationLink::Registered => page(visit, Step::Registered),
    })
}

pub(super) async fn submit_invitation(visit: &Visit<'_>, fields: Fields) -> Answer {
    let token = fields.get("token").to_owned();
    let Ok(secret) = link(&token) else {
        return gone(visit);
    };
    let password = fields.get("new").to_owned();
    let command = AcceptInvitation {
        portal: visit.site.id,
        link: secret.clone(),
        again: password.clone(),
        password,
        consent: consent(visit, &fields),
        device: device(visit.ask.header("user-agent")),
    };
    match visit.web.portal.accept_invitation(command).await {
        Ok(signed_in) => enter(visit, &signed_in, &visit.base()).await,
        Err(err) => match invitation(visit, token, Ok(secret)).await {
            Ok(again) if again.step == Step::Invitation => refused(visit, again, err),
            Ok(other) => visit.page(StatusCode::NOT_FOUND, &other),
            Err(gone) => refused(visit, page(visit, Step::Invitation), gone),
        },
    }
}

pub(super) async fn renew_invitation(visit: &Visit<'_>, fields: Fields) -> Answer {
    let token = fields.get("token").to_owned();
    let Ok(secret) = link(&token) else {
        return gone(visit);
    };
    let renewed = visit
        .web
        .portal
        .renew_invitation(visit.site.id, &secret, &visit.ask.network)
        .await;
    match renewed {
        Ok(()) => Ok(see_other(&format!("{}/invitation/sent", visit.base()))),
        Err(err) => match invitation(visit, token, Ok(secret)).await {
            Ok(again) => refused(visit, again, err),
            Err(gone) => refused(visit, page(visit, Step::InvitationExpired), gone),
        },
    }
}

/// Asking for an account, or how to get access where that is not offered.
pub(super) async fn show_register(visit: &Visit<'_>) -> Answer {
    match visit.web.portal.ways_in(visit.site.id).await {
        Ok(ways) if ways.registration => told(visit, Step::Register),
        Ok(ways) => {
            let help = ways
                .help
                .map_or_else(|| visit.web.config.sign_in_help.clone(), |it| it.to_string());
            let page = WayInPage {
                help,
                ..page(visit, Step::InvitedOnly)
            };
            visit.page(StatusCode::OK, &page)
        }
        Err(err) => refused(visit, page(visit, Step::Register), err),
    }
}

pub(super) async fn submit_register(visit: &Visit<'_>, fields: Fields) -> Answer {
    let command = Register {
        portal: visit.site.id,
        name: fields.get("name").to_owned(),
        email: fields.get("email").to_owned(),
        language: visit.language(),
        network: visit.ask.network.clone(),
    };
    let again = WayInPage {
        name: command.name.clone(),
        email: command.email.clone(),
        ..page(visit, Step::Register)
    };
    match visit.web.portal.register(command).await {
        Ok(_) => Ok(see_other(&format!("{}/register/sent", visit.base()))),
        Err(err) => refused(visit, again, err),
    }
}

pub(super) async fn show_verify(visit: &Visit<'_>) -> Answer {
    let (token, secret) = asked(visit);
    match verification(visit, token, secret).await {
        Ok(page) => visit.page(StatusCode::OK, &page),
        Err(err) => refused(visit, page(visit, Step::Verify), err),
    }
}

async fn verification(
    visit: &Visit<'_>,
    token: String,
    secret: Result<Secret, WayInError>,
) -> Result<WayInPage, WayInError> {
    let language = visit.language();
    let found = visit
        .web
        .portal
        .look_at_registration(visit.site.id, &secret?, &language)
        .await?;
    Ok(match found {
        RegistrationLink::Open {
            name,
            address,
            password,
            consent,
        } => WayInPage {
            token,
            name,
            email: address.to_string(),
            asks: password,
            consent: consent.map(notice),
            ..page(visit, Step::Verify)
        },
        RegistrationLink::Waiting => page(visit, Step::Waiting),
    })
}

pub(super) async fn submit_verify(visit: &Visit<'_>, fields: Fields) -> Answer {
    let token = fields.get("token").to_owned();
    let Ok(secret) = link(&token) else {
        return gone(visit);
    };
    let password = fields.get("new").to_owned();
    let command = FinishRegistration {
        portal: visit.site.id,
        link: secret.clone(),
        name: fields.get("name").to_owned(),
        again: password.clone(),
        password,
        consent: consent(visit, &fields),
        device: device(visit.ask.header("user-agent")),
    };
    match visit.web.portal.finish_registration(command).await {
        Ok(Registered::SignedIn(signed_in)) => enter(visit, &signed_in, &visit.base()).await,
        Ok(Registered::Waiting) => told(visit, Step::Waiting),
        Err(err) => match verification(visit, token, Ok(secret)).await {
            Ok(again) if again.step == Step::Verify => {
                let again = WayInPage {
                    name: fields.get("name").to_owned(),
                    ..again
                };
                refused(visit, again, err)
            }
            Ok(other) => visit.page(StatusCode::NOT_FOUND, &other),
            Err(gone) => refused(visit, page(visit, Step::Verify), gone),
        },
    }
}

/// To the notice that is to be accepted first, and from there to where one wanted to go.
pub(super) async fn consent_first(visit: &Visit<'_>) -> Result<Option<poem::Response>, Stop> {
    // The looks are those of this request's revision of the portal: without a notice in them nothing is asked of the store.
    if visit.looks.consent.text.is_none() {
        return Ok(None);
    }
    let language = visit.language();
    let due = visit
        .web
        .portal
        .consent_due(&visit.actor(), visit.site.id, &language)
        .await?;
    Ok(due.map(|_| {
        let next: String = form_urlencoded::byte_serialize(visit.ask.target().as_bytes()).collect();
        see_other(&format!("{}/consent?next={next}", visit.base()))
    }))
}

/// The notice that is to be accepted before going on; whoever did is led on.
pub(super) async fn show_consent(visit: &Visit<'_>) -> Answer {
    let next = visit.safe_or_base(Fields::of_query(&visit.ask.query).get("next"));
    match consent_page(visit, next.clone()).await {
        Ok(Some(page)) => visit.page(StatusCode::OK, &page),
        Ok(None) => Ok(see_other(&next)),
        Err(err) => refused(visit, page(visit, Step::Consent), err),
    }
}

async fn consent_page(visit: &Visit<'_>, next: String) -> Result<Option<WayInPage>, WayInError> {
    let language = visit.language();
    let due = visit
        .web
        .portal
        .consent_due(&visit.actor(), visit.site.id, &language)
        .await?;
    Ok(due.map(|it| WayInPage {
        next,
        consent: Some(notice(it)),
        ..page(visit, Step::Consent)
    }))
}

pub(super) async fn submit_consent(visit: &Visit<'_>, fields: Fields) -> Answer {
    let next = visit.safe_or_base(fields.get("next"));
    let outcome = match consent(visit, &fields) {
        Some(given) => {
            visit
                .web
                .portal
                .accept_consent(&visit.actor(), visit.site.id, given)
                .await
        }
        None => Err(unticked()),
    };
    match outcome {
        Ok(()) => Ok(see_other(&next)),
        Err(err) => match consent_page(visit, next.clone()).await {
            Ok(Some(again)) => refused(visit, again, err),
            Ok(None) => Ok(see_other(&next)),
            Err(err) => refused(visit, page(visit, Step::Consent), err),
        },
    }
}

fn unticked() -> WayInError {
    portal_core::input::Problems::one("consent", portal_core::input::ProblemKind::NotOffered).into()
}
