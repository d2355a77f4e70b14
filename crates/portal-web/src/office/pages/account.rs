//! One's own account: name, password, second factor, sessions.

mod tokens;

use poem::Body;
use poem::http::StatusCode;
use portal_core::membership::Password;
use portal_core::staff::{ChangeOwnPassword, OwnStaffError, OwnStaffProfile};

use super::way_in::blank;
use crate::cookies::Cookie;
use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::i18n::{Arg, Locale};
use crate::office::problems::{said, worded};
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::{Colleague, OfficeVisit};
use crate::pages::account::zones;
use crate::view::Choice;
use crate::view::account::{FreshToken, ProfileForm, Session};
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::office_staff::OfficeAccountPage;
use crate::view::office_way_in::Step;
use crate::visit::{Answer, is_zone};
use crate::web::see_other;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    Show,
    Profile,
    Password,
    Codes,
    ShowApp,
    BeginApp,
    ConnectApp,
    EndSession,
    EndOthers,
    MakeToken,
    RemoveToken,
}

const fn form(path: &'static str, operation: Operation) -> OfficeRoute {
    OfficeRoute::form(path, Any::Account(operation), Need::Staff)
}

pub(crate) const ROUTES: &[OfficeRoute] = &[
    OfficeRoute::page("/desk/account", Any::Account(Operation::Show), Need::Staff),
    form("/desk/account/profile", Operation::Profile),
    form("/desk/account/password", Operation::Password),
    form("/desk/account/codes", Operation::Codes),
    OfficeRoute::page("/desk/account/app", Any::Account(Operation::ShowApp), Need::Staff).passing(),
    form("/desk/account/app", Operation::BeginApp).unaudited(),
    form("/desk/account/app/connect", Operation::ConnectApp),
    form("/desk/account/sessions/end", Operation::EndSession),
    form("/desk/account/sessions/end-others", Operation::EndOthers),
    form("/desk/account/tokens", Operation::MakeToken),
    form("/desk/account/tokens/remove", Operation::RemoveToken),
];

const PAGE: &str = "/desk/account";

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    let core = &visit.web.portal;
    let me = visit.staff.as_ref().ok_or(Stop::SignIn)?;
    match operation {
        Operation::Show => show(visit, me, StatusCode::OK, Shown::default()).await,
        Operation::ShowApp => app(visit, me, StatusCode::OK, Vec::new()),
        Operation::Profile => profile(visit, me, &forms::office_fields(visit, body).await?).await,
        Operation::Password => password(visit, me, &forms::office_fields(visit, body).await?).await,
        Operation::Codes => {
            forms::office_fields(visit, body).await?;
            let codes = core.renew_recovery_codes(&me.visitor).await?;
            shown_once(visit, codes)
        }
        Operation::BeginApp => {
            forms::office_fields(visit, body).await?;
            core.begin_authenticator(&me.visitor).await?;
            Ok(see_other("/desk/account/app"))
        }
        Operation::ConnectApp => {
            let fields = forms::office_fields(visit, body).await?;
            let done = core
                .finish_authenticator(&me.visitor, fields.get("code"), &visit.ask.network)
                .await;
            match done {
                Ok(codes) => shown_once(visit, codes),
                Err(err) => {
                    let (status, problems) = told(visit, "code", err)?;
                    app(visit, me, status, problems)
                }
            }
        }
        Operation::EndSession => {
            let fields = forms::office_fields(visit, body).await?;
            let which = fields.get("id").parse().map_err(|_| Stop::BAD_REQUEST)?;
            core.end_own_sessions(&me.visitor, Some(which)).await?;
            Ok(visit.done("office-flash-session-ended", PAGE))
        }
        Operation::EndOthers => {
            forms::office_fields(visit, body).await?;
            core.end_own_sessions(&me.visitor, None).await?;
            Ok(visit.done("office-flash-sessions-ended", PAGE))
        }
        Operation::MakeToken => tokens::make(visit, me, &forms::office_fields(visit, body).await?).await,
        Operation::RemoveToken => {
            let fields = forms::office_fields(visit, body).await?;
            let which = fields.get("id").parse().map_err(|_| Stop::BAD_REQUEST)?;
            core.remove_program_token(&me.actor, which).await?;
            Ok(visit.done("office-flash-token-removed", PAGE))
        }
    }
}

/// What stands beside a form; everything else has a page of its own.
fn told(visit: &OfficeVisit<'_>, field: &'static str, err: OwnStaffError) -> Result<(StatusCode, Vec<Problem>), Stop> {
    match err {
        OwnStaffError::Invalid(found) => Ok((StatusCode::UNPROCESSABLE_ENTITY, worded(visit, &found))),
        OwnStaffError::WrongCode => Ok((
            StatusCode::UNPROCESSABLE_ENTITY,
            said(visit, field, "office-in-code-wrong"),
        )),
        OwnStaffError::TooSoon { retry_at } => {
            let seconds = retry_at.since(visit.ask.now).as_secs() + 1;
            let problem = Problem {
                field: field.into(),
                text: visit.texts().text("office-in-slow", &[("seconds", Arg::from(seconds))]),
            };
            Ok((StatusCode::TOO_MANY_REQUESTS, vec![problem]))
        }
        OwnStaffError::Blocked => Ok((StatusCode::TOO_MANY_REQUESTS, said(visit, field, "office-in-blocked"))),
        err @ (OwnStaffError::Staff(_)
        | OwnStaffError::Passwords(_)
        | OwnStaffError::Vault(_)
        | OwnStaffError::Store(_)) => Err(err.into()),
    }
}

/// Recovery codes, which no other page shows.
fn shown_once(visit: &OfficeVisit<'_>, codes: Vec<String>) -> Answer {
    let mut page = blank(visit, Step::Codes, PAGE);
    page.codes = codes;
    visit.page(StatusCode::OK, &page)
}

/// The page by which another app is connected.
fn app(visit: &OfficeVisit<'_>, me: &Colleague, status: StatusCode, problems: Vec<Problem>) -> Answer {
    let Some(enrolment) = visit.web.portal.own_enrolment(&me.visitor)? else {
        return Ok(see_other(PAGE));
    };
    let mut page = blank(visit, Step::Renew, PAGE);
    (page.picture, page.typed, page.uri) = (enrolment.picture, enrolment.typed, enrolment.uri);
    page.problems = problems;
    visit.page(status, &page)
}

async fn profile(visit: &OfficeVisit<'_>, me: &Colleague, fields: &Fields) -> Answer {
    let language = match fields.given("language") {
        Some(typed) => {
            let offered = Locale::parse(typed).filter(|it| Locale::COMPLETE.contains(it));
            let offered = offered.and_then(|it| it.as_str().parse().ok());
            Some(offered.ok_or(Stop::BAD_REQUEST)?)
        }
        None => None,
    };
    let zone = fields.given("zone").map(str::to_owned);
    if zone.as_deref().is_some_and(|it| !is_zone(it)) {
        let problems = said(visit, "zone", "office-problem-zone");
        let shown = Shown {
            typed: Some(fields),
            problems,
            ..Shown::default()
        };
        return show(visit, me, StatusCode::UNPROCESSABLE_ENTITY, shown).await;
    }
    let command = OwnStaffProfile {
        name: fields.get("name").to_owned(),
        language,
        time_zone: zone,
    };
    match visit.web.portal.change_own_profile(&me.visitor, &command).await {
        Ok(()) => {
            let mut response = visit.done("office-flash-profile", PAGE);
            // What was chosen last counts: an older choice of the switch would win over it.
            Cookie::Language.expire(&mut response, visit.secure());
            Ok(response)
        }
        Err(err) => {
            let (status, problems) = told(visit, "name", err)?;
            let shown = Shown {
                typed: Some(fields),
                problems,
                ..Shown::default()
            };
            show(visit, me, status, shown).await
        }
    }
}

async fn password(visit: &OfficeVisit<'_>, me: &Colleague, fields: &Fields) -> Answer {
    let command = ChangeOwnPassword {
        current: fields.get("current").to_owned(),
        password: fields.get("password").to_owned(),
        again: fields.get("again").to_owned(),
    };
    match visit.web.portal.change_own_password(&me.visitor, &command).await {
        Ok(()) => Ok(visit.done("office-flash-password", PAGE)),
        Err(err) => {
            let (status, problems) = told(visit, "current", err)?;
            let shown = Shown {
                problems,
                ..Shown::default()
            };
            show(visit, me, status, shown).await
        }
    }
}

/// What the page shows beside what is stored.
#[derive(Default)]
struct Shown<'a> {
    /// The form of the profile as it was typed.
    typed: Option<&'a Fields>,
    /// The form of a token as it was typed.
    token: Option<&'a Fields>,
    /// The token just made.
    fresh: Option<FreshToken>,
    problems: Vec<Problem>,
}

async fn show(visit: &OfficeVisit<'_>, me: &Colleague, status: StatusCode, shown: Shown<'_>) -> Answer {
    let typed = shown.typed;
    let tokens = tokens::section(visit, me, shown.token, shown.fresh).await?;
    let account = visit.web.portal.own_staff_account(&me.visitor).await?;
    let (user, times) = (&account.user, visit.times());
    let stored_language = user.language.as_ref().map_or("", portal_core::text::Locale::as_str);
    let stored_zone = user.time_zone.as_deref().unwrap_or_default();
    let language = typed.map_or(stored_language, |it| it.get("language"));
    let zone = typed.map_or(stored_zone, |it| it.get("zone"));
    let current = me.visitor.session.id;
    let mut sessions: Vec<Session> = account
        .sessions
        .iter()
        .map(|it| Session {
            id: it.id.to_string(),
            browser: it.device.clone(),
            current: it.id == current,
            started: times.recent(it.created_at.micros()),
            used: times.recent(it.seen_at.micros()),
        })
        .collect();
    sessions.sort_by_key(|it| !it.current);
    let page = OfficeAccountPage {
        shell: visit.shell(OfficeArea::Account),
        email: user.email.to_string(),
        profile: ProfileForm {
            name: typed.map_or_else(|| user.name.to_string(), |it| it.get("name").to_owned()),
            languages: Locale::COMPLETE
                .iter()
                .map(|it| Choice::new(it.as_str(), it.own_name(), language))
                .collect(),
            zones: zones(zone),
        },
        password_min: Password::MIN_STAFF_CHARS as u64,
        authenticator: account.authenticator_since.map(|at| times.recent(at.micros())),
        codes_left: account.codes_left,
        sessions,
        tokens,
        problems: shown.problems,
    };
    visit.page(status, &page)
}
