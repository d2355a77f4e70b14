//! How the staff gets in: the set-up, links to choose a password, signing in and out, the second factor.

use poem::http::{HeaderName, HeaderValue, Method, StatusCode};
use poem::{Body, Response};
use portal_core::membership::Secret;
use portal_core::staff::{ChoosePassword, HalfSignedIn, SetUp, StaffLinkError, StaffSignIn, StaffSignInError};

use crate::cookies::{self, Cookie};
use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::i18n::Arg;
use crate::office::routes::{self, Found, Need, OfficeRoute, Operation as Any};
use crate::office::visit::{Colleague, OfficeVisit};
use crate::office::{problems, visited};
use crate::pages::sign_in::device;
use crate::routes::Carries;
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::office_way_in::{OfficeWayIn, Step};
use crate::visit::Answer;
use crate::web::{Ask, see_other};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    ShowSetUp,
    SetUp,
    ShowJoin,
    Join,
    ShowSignIn,
    SignIn,
    ShowSecondStep,
    SecondStep,
    ShowProve,
    Prove,
    SignOut,
}

const fn page(path: &'static str, operation: Operation, needs: Need) -> OfficeRoute {
    OfficeRoute::page(path, Any::WayIn(operation), needs).passing()
}

const fn form(path: &'static str, operation: Operation, needs: Need) -> OfficeRoute {
    OfficeRoute::form(path, Any::WayIn(operation), needs)
}

pub(crate) const ROUTES: &[OfficeRoute] = &[
    page("/setup", Operation::ShowSetUp, Need::Nobody),
    form("/setup", Operation::SetUp, Need::Nobody),
    page("/desk/join", Operation::ShowJoin, Need::Nobody),
    form("/desk/join", Operation::Join, Need::Nobody),
    page("/desk/sign-in", Operation::ShowSignIn, Need::Nobody),
    form("/desk/sign-in", Operation::SignIn, Need::Nobody).unaudited(),
    page("/desk/second-step", Operation::ShowSecondStep, Need::Nobody),
    form("/desk/second-step", Operation::SecondStep, Need::Nobody),
    page("/desk/prove", Operation::ShowProve, Need::Staff),
    form("/desk/prove", Operation::Prove, Need::Staff),
    form("/desk/sign-out", Operation::SignOut, Need::Nobody),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    let asked = Fields::of_query(&visit.ask.query);
    match operation {
        Operation::ShowSetUp => return show_set_up(visit, &asked).await,
        Operation::ShowJoin => return show_join(visit, &asked).await,
        Operation::ShowSignIn => return show_sign_in(visit, &asked),
        Operation::ShowSecondStep => return show_second_step(visit, &asked).await,
        Operation::ShowProve => {
            let page = prove_page(visit, asked.get("next"));
            return visit.page(StatusCode::OK, &page);
        }
        Operation::Prove => return prove(visit, &forms::proof_fields(visit, body).await?).await,
        Operation::SignOut => return sign_out(visit).await,
        Operation::SetUp | Operation::Join | Operation::SignIn | Operation::SecondStep => {}
    }
    let fields = forms::office_fields(visit, body).await?;
    match operation {
        Operation::SetUp => set_up(visit, &fields).await,
        Operation::Join => join(visit, &fields).await,
        Operation::SignIn => sign_in(visit, &fields).await,
        Operation::SecondStep => second_step(visit, &fields).await,
        Operation::Prove
        | Operation::ShowSetUp
        | Operation::ShowJoin
        | Operation::ShowSignIn
        | Operation::ShowSecondStep
        | Operation::ShowProve
        | Operation::SignOut => Err(Stop::NOT_FOUND),
    }
}

/// A page of the way in: nobody's navigation stands beside it.
pub(super) fn blank(visit: &OfficeVisit<'_>, step: Step, next: &str) -> OfficeWayIn {
    let mut shell = visit.shell(OfficeArea::None);
    shell.me = None;
    if let Some(office) = &mut shell.office {
        office.links.clear();
    }
    OfficeWayIn::new(shell, step, next)
}

fn secret(fields: &Fields) -> Result<Secret, Stop> {
    Secret::presented(fields.get("token")).ok_or(Stop::NOT_FOUND)
}

async fn show_set_up(visit: &OfficeVisit<'_>, asked: &Fields) -> Answer {
    let link = secret(asked)?;
    visit.web.portal.view_set_up(&link).await?;
    let mut page = blank(visit, Step::SetUp, "");
    link.expose().clone_into(&mut page.token);
    visit.page(StatusCode::OK, &page)
}

async fn set_up(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let link = secret(fields)?;
    let command = SetUp {
        name: fields.get("name").to_owned(),
        email: fields.get("email").to_owned(),
        password: fields.get("password").to_owned(),
        again: fields.get("again").to_owned(),
        device: device(visit.ask.header("user-agent")),
    };
    match visit.web.portal.complete_set_up(&link, command).await {
        Ok(half) => Ok(half_way(visit, &half, "/admin")),
        Err(StaffLinkError::Invalid(found)) => {
            let mut page = blank(visit, Step::SetUp, "");
            link.expose().clone_into(&mut page.token);
            fields.get("name").clone_into(&mut page.name);
            fields.get("email").clone_into(&mut page.email);
            page.problems = problems::worded(visit, &found);
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(err) => Err(err.into()),
    }
}

async fn join_page(visit: &OfficeVisit<'_>, link: &Secret) -> Result<OfficeWayIn, Stop> {
    let invitee = visit.web.portal.view_staff_link(link).await?;
    let mut page = blank(visit, Step::Join, "");
    link.expose().clone_into(&mut page.token);
    page.name = invitee.user.name.to_string();
    page.email = invitee.user.email.to_string();
    Ok(page)
}

async fn show_join(visit: &OfficeVisit<'_>, asked: &Fields) -> Answer {
    let page = join_page(visit, &secret(asked)?).await?;
    visit.page(StatusCode::OK, &page)
}

async fn join(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let link = secret(fields)?;
    let command = ChoosePassword {
        password: fields.get("password").to_owned(),
        again: fields.get("again").to_owned(),
        device: device(visit.ask.header("user-agent")),
    };
    match visit.web.portal.use_staff_link(&link, command).await {
        Ok(half) => Ok(half_way(visit, &half, "/admin")),
        Err(StaffLinkError::Invalid(found)) => {
            let mut page = join_page(visit, &link).await?;
            page.problems = problems::worded(visit, &found);
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(err) => Err(err.into()),
    }
}

fn show_sign_in(visit: &OfficeVisit<'_>, asked: &Fields) -> Answer {
    let next = OfficeVisit::safe_or_home(asked.get("next"));
    if visit.staff.is_some() {
        return Ok(see_other(&next));
    }
    visit.page(StatusCode::OK, &blank(visit, Step::SignIn, &next))
}

async fn sign_in(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let next = OfficeVisit::safe_or_home(fields.get("next"));
    let command = StaffSignIn {
        email: fields.get("email").to_owned(),
        password: fields.get("password").to_owned(),
        network: visit.ask.network.clone(),
        device: device(visit.ask.header("user-agent")),
    };
    match visit.web.portal.sign_in_staff(command).await {
        Ok(half) => Ok(half_way(visit, &half, &next)),
        Err(err) => {
            let mut page = blank(visit, Step::SignIn, &next);
            fields.get("email").clone_into(&mut page.email);
            let (status, found) = refusal(visit, err, "email", "office-in-wrong")?;
            page.problems = found;
            visit.page(status, &page)
        }
    }
}

/// On to the second step.
fn half_way(visit: &OfficeVisit<'_>, half: &HalfSignedIn, next: &str) -> Response {
    let query: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    let mut response = see_other(&format!("/desk/second-step?next={query}"));
    cookies::begin_desk(Cookie::HalfWay, &mut response, &half.secret, visit.secure());
    response
}

async fn second_step_page(visit: &OfficeVisit<'_>, next: &str) -> Result<Option<OfficeWayIn>, Stop> {
    let Some(secret) = cookies::desk(Cookie::HalfWay, &visit.ask.headers, visit.secure()) else {
        return Ok(None);
    };
    let Some(half) = visit.web.portal.arrive_half_way(&secret).await? else {
        return Ok(None);
    };
    let enrolment = visit.web.portal.staff_enrolment(&half)?;
    let step = if enrolment.is_some() { Step::Enrol } else { Step::Factor };
    let mut page = blank(visit, step, next);
    if let Some(enrolment) = enrolment {
        page.picture = enrolment.picture;
        page.typed = enrolment.typed;
        page.uri = enrolment.uri;
    }
    Ok(Some(page))
}

async fn show_second_step(visit: &OfficeVisit<'_>, asked: &Fields) -> Answer {
    let next = OfficeVisit::safe_or_home(asked.get("next"));
    match second_step_page(visit, &next).await? {
        Some(page) => visit.page(StatusCode::OK, &page),
        None => Ok(see_other("/desk/sign-in")),
    }
}

async fn second_step(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let next = OfficeVisit::safe_or_home(fields.get("next"));
    let Some(secret) = cookies::desk(Cookie::HalfWay, &visit.ask.headers, visit.secure()) else {
        return Ok(see_other("/desk/sign-in"));
    };
    let core = &visit.web.portal;
    match core
        .show_second_factor(&secret, fields.get("code"), &visit.ask.network)
        .await
    {
        Ok(signed_in) => {
            let mut response = if signed_in.recovery_codes.is_empty() {
                see_other(&next)
            } else {
                let mut page = blank(visit, Step::Codes, &next);
                page.codes = signed_in.recovery_codes;
                visit.page(StatusCode::OK, &page)?
            };
            cookies::begin_desk(Cookie::Desk, &mut response, &signed_in.secret, visit.secure());
            Cookie::HalfWay.expire(&mut response, visit.secure());
            if let Some(before) = &visit.staff {
                core.sign_out_staff(&before.visitor).await?;
            }
            Ok(response)
        }
        Err(err) => {
            let (status, found) = refusal(visit, err, "code", "office-in-code-wrong")?;
            match second_step_page(visit, &next).await? {
                Some(mut page) => {
                    page.problems = found;
                    visit.page(status, &page)
                }
                None => {
                    let mut page = blank(visit, Step::SignIn, &next);
                    page.problems = problems::said(visit, "email", "office-in-gone");
                    visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
                }
            }
        }
    }
}

fn prove_page(visit: &OfficeVisit<'_>, next: &str) -> OfficeWayIn {
    blank(visit, Step::Prove, &OfficeVisit::safe_or_home(next))
}

/// The page that asks for a code, in the place of what was refused for want of it. It carries the refused form along, so that
/// nothing that was typed is lost; `None` where there is no form that can be carried.
pub(crate) fn prove_first(visit: &OfficeVisit<'_>) -> Option<Response> {
    let sent = visit.sent().filter(|_| !visit.ask.wants_json())?;
    let mut page = prove_page(visit, "");
    page.redo.clone_from(&visit.ask.path);
    page.carried = sent
        .iter()
        .filter(|(name, _)| !is_secret(name))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    visit.page(StatusCode::FORBIDDEN, &page).ok()
}

/// Passwords are typed anew: no page has one in it.
fn is_secret(name: &str) -> bool {
    ["password", "again", "current"].iter().any(|it| name.contains(it))
}

async fn prove(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let staff = visit.staff.as_ref().ok_or(Stop::SignIn)?;
    let core = &visit.web.portal;
    match core
        .prove_staff(&staff.visitor, fields.get("code"), &visit.ask.network)
        .await
    {
        Ok(signed_in) => {
            let mut response = match fields.given("redo") {
                // Whatever comes of it: the session has another secret now, and the browser must get it.
                Some(path) => redo(visit, &signed_in.secret, path, fields)
                    .await
                    .unwrap_or_else(|stop| visit.stopped(stop)),
                None => visit.done("office-flash-proved", &OfficeVisit::safe_or_home(fields.get("next"))),
            };
            cookies::begin_desk(Cookie::Desk, &mut response, &signed_in.secret, visit.secure());
            Ok(response)
        }
        Err(err) => {
            let (status, found) = refusal(visit, err, "code", "office-in-code-wrong")?;
            let mut page = prove_page(visit, fields.get("next"));
            fields.get("redo").clone_into(&mut page.redo);
            page.carried = fields.all("carried").map(str::to_owned).collect();
            page.problems = found;
            visit.page(status, &page)
        }
    }
}

/// Does what was refused for want of a proof, as if the form had come just now: the same line of the table, the same
/// permission, the same use-case.
async fn redo(visit: &OfficeVisit<'_>, secret: &Secret, path: &str, fields: &Fields) -> Answer {
    let (route, places) = match routes::find(&Method::POST, path) {
        Found::Route(route, places) if route.carries == Carries::Form && route.needs != Need::Nobody => (route, places),
        Found::Route(..) | Found::OtherMethods(_) | Found::Nothing => return Err(Stop::NOT_FOUND),
    };
    if matches!(route.operation, Any::WayIn(_)) {
        return Err(Stop::NOT_FOUND);
    }
    let visitor = visit.web.portal.arrive_staff(secret).await?.ok_or(Stop::SignIn)?;
    let ask = Ask {
        path: path.to_owned(),
        query: String::new(),
        ..visit.ask.clone()
    };
    let again = visit.resumed(&ask, places, Colleague::from(visitor));
    let answer = Box::pin(visited(&again, route, Body::from_string(carried(fields)))).await;
    Ok(answer.unwrap_or_else(|stop| again.stopped(stop)))
}

/// The body of the form that was carried along.
fn carried(fields: &Fields) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields.all("carried").filter_map(|it| it.split_once('=')) {
        form.append_pair(name, value);
    }
    form.finish()
}

/// What a refused attempt is told; the same for known and unknown addresses.
fn refusal(
    visit: &OfficeVisit<'_>,
    err: StaffSignInError,
    field: &'static str,
    wrong: &'static str,
) -> Result<(StatusCode, Vec<Problem>), Stop> {
    let said = |key| problems::said(visit, field, key);
    Ok(match err {
        StaffSignInError::Invalid(found) => (StatusCode::UNPROCESSABLE_ENTITY, problems::worded(visit, &found)),
        StaffSignInError::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, said(wrong)),
        StaffSignInError::TooSoon { retry_at } => {
            let seconds = retry_at.since(visit.ask.now).as_secs() + 1;
            let text = visit.texts().text("office-in-slow", &[("seconds", Arg::from(seconds))]);
            let problem = Problem {
                field: field.into(),
                text,
            };
            (StatusCode::TOO_MANY_REQUESTS, vec![problem])
        }
        StaffSignInError::Blocked => (StatusCode::TOO_MANY_REQUESTS, said("office-in-blocked")),
        StaffSignInError::Gone => (StatusCode::UNPROCESSABLE_ENTITY, said("office-in-gone")),
        StaffSignInError::Passwords(_) => (StatusCode::SERVICE_UNAVAILABLE, said("office-in-busy")),
        StaffSignInError::Store(err) => return Err(err.into()),
        err @ (StaffSignInError::Vault(_) | StaffSignInError::Staff(_)) => return Err(Stop::broken(&err)),
    })
}

/// Ends the session and takes what the browser kept.
async fn sign_out(visit: &OfficeVisit<'_>) -> Answer {
    if let Some(staff) = &visit.staff {
        visit.web.portal.sign_out_staff(&staff.visitor).await?;
    }
    let mut response = visit.done("office-flash-signed-out", "/desk/sign-in");
    Cookie::Desk.expire(&mut response, visit.secure());
    Cookie::HalfWay.expire(&mut response, visit.secure());
    let taken = HeaderValue::from_static("\"cache\", \"storage\"");
    response
        .headers_mut()
        .insert(HeaderName::from_static("clear-site-data"), taken);
    Ok(response)
}
