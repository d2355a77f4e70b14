//! The door: set-up, the two steps of signing in, proving again, signing out.

use poem::http::StatusCode;
use poem::{Body, Response};
use portal_core::membership::Secret;
use portal_core::staff::{HalfWay, SetUp, SignInStaff, StaffDoorError, StaffVisitor};

use crate::cookies::{self, Cookie};
use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::office::problems;
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::pages::sign_in::device;
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::office_door::{DoorPage, DoorStep};
use crate::visit::Answer;
use crate::web::{Ask, Web, see_other};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    SetUp,
    CompleteSetUp,
    SignIn,
    ShowPassword,
    Code,
    ShowCode,
    Enrol,
    FinishEnrolment,
    Prove,
    ShowProof,
    SignOut,
}

const fn page(path: &'static str, operation: Operation, needs: Need) -> OfficeRoute {
    OfficeRoute::page(path, Any::Door(operation), needs).passing()
}

const fn form(path: &'static str, operation: Operation, needs: Need) -> OfficeRoute {
    OfficeRoute::form(path, Any::Door(operation), needs)
}

pub(crate) const ROUTES: &[OfficeRoute] = &[
    page("/setup", Operation::SetUp, Need::Nobody),
    form("/setup", Operation::CompleteSetUp, Need::Nobody),
    page("/desk/sign-in", Operation::SignIn, Need::Nobody),
    form("/desk/sign-in", Operation::ShowPassword, Need::Nobody).unaudited(),
    page("/desk/code", Operation::Code, Need::Nobody),
    form("/desk/code", Operation::ShowCode, Need::Nobody),
    page("/desk/enrol", Operation::Enrol, Need::Nobody),
    form("/desk/enrol", Operation::FinishEnrolment, Need::Nobody),
    page("/desk/prove", Operation::Prove, Need::Staff),
    form("/desk/prove", Operation::ShowProof, Need::Staff),
    form("/desk/sign-out", Operation::SignOut, Need::Nobody),
];

/// Who comes with both factors, by the cookie of the staff.
pub(super) async fn visitor(web: &Web, ask: &Ask) -> Result<Option<StaffVisitor>, Stop> {
    match cookies::desk(&ask.headers, web.config.is_secure()) {
        Some(secret) => Ok(web.portal.arrive_staff(&secret).await?),
        None => Ok(None),
    }
}

/// Who is between the two steps.
async fn half_way(visit: &OfficeVisit<'_>) -> Result<HalfWay, Stop> {
    let secret = cookies::desk(&visit.ask.headers, visit.secure()).ok_or(Stop::SignIn)?;
    visit.web.portal.arrive_half_way(&secret).await?.ok_or(Stop::SignIn)
}

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    let query = Fields::of_query(&visit.ask.query);
    let core = &visit.web.portal;
    match operation {
        Operation::SetUp => {
            let secret = Secret::presented(query.get("token")).ok_or(Stop::NOT_FOUND)?;
            core.check_set_up_link(&secret).await?;
            let mut page = blank(visit, DoorStep::SetUp, &query);
            secret.expose().clone_into(&mut page.token);
            visit.page(StatusCode::OK, &page)
        }
        Operation::SignIn if visit.staff.is_some() => Ok(see_other(&OfficeVisit::safe_or_home(query.get("next")))),
        Operation::SignIn => visit.page(StatusCode::OK, &blank(visit, DoorStep::SignIn, &query)),
        Operation::Code => {
            half_way(visit).await?;
            visit.page(StatusCode::OK, &blank(visit, DoorStep::Code, &query))
        }
        Operation::Enrol => enrolment(visit, StatusCode::OK, &query, Vec::new()).await,
        Operation::Prove => visit.page(StatusCode::OK, &blank(visit, DoorStep::Prove, &query)),
        Operation::CompleteSetUp => set_up(visit, &forms::office_fields(visit, body).await?).await,
        Operation::ShowPassword => sign_in(visit, &forms::office_fields(visit, body).await?).await,
        Operation::ShowCode => code(visit, &forms::office_fields(visit, body).await?).await,
        Operation::FinishEnrolment => enrol(visit, &forms::office_fields(visit, body).await?).await,
        Operation::ShowProof => prove(visit, &forms::office_fields(visit, body).await?).await,
        Operation::SignOut => {
            if let Some(visitor) = visitor(visit.web, visit.ask).await? {
                core.sign_out_staff(&visitor).await?;
            }
            let mut response = see_other("/desk/sign-in");
            Cookie::Desk.expire(&mut response, visit.secure());
            Ok(response)
        }
    }
}

async fn set_up(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let secret = Secret::presented(fields.get("token")).ok_or(Stop::NOT_FOUND)?;
    let command = SetUp {
        secret,
        name: fields.get("name").to_owned(),
        email: fields.get("email").to_owned(),
        password: fields.get("password").to_owned(),
    };
    match visit.web.portal.complete_set_up(command).await {
        Ok(_) => Ok(visit.done("office-flash-set-up", "/desk/sign-in")),
        Err(err) => refused(visit, blank(visit, DoorStep::SetUp, fields), err),
    }
}

async fn sign_in(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let command = SignInStaff {
        email: fields.get("email").to_owned(),
        password: fields.get("password").to_owned(),
        network: visit.ask.network.clone(),
        device: device(visit.ask.header("user-agent")),
    };
    match visit.web.portal.sign_in_staff(command).await {
        Ok(half) => {
            let to = if half.enrols { "/desk/enrol" } else { "/desk/code" };
            let mut response = see_other(&with_next(to, fields));
            cookies::begin_desk(&mut response, &half.secret, visit.secure());
            Ok(response)
        }
        Err(err) => refused(visit, blank(visit, DoorStep::SignIn, fields), err),
    }
}

async fn code(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let half = half_way(visit).await?;
    match visit.web.portal.show_second_factor(&half, fields.get("code")).await {
        Ok(signed_in) => {
            let mut response = see_other(&OfficeVisit::safe_or_home(fields.get("next")));
            cookies::begin_desk(&mut response, &signed_in.secret, visit.secure());
            Ok(response)
        }
        Err(err) => refused(visit, blank(visit, DoorStep::Code, fields), err),
    }
}

async fn enrol(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let half = half_way(visit).await?;
    match visit.web.portal.finish_enrolment(&half, fields.get("code")).await {
        Ok(signed_in) => {
            let mut page = blank(visit, DoorStep::Codes, fields);
            page.codes = signed_in.recovery_codes;
            page.next = OfficeVisit::safe_or_home(fields.get("next"));
            let mut response: Response = visit.page(StatusCode::OK, &page)?;
            cookies::begin_desk(&mut response, &signed_in.secret, visit.secure());
            Ok(response)
        }
        Err(StaffDoorError::NotFound) => Err(Stop::SignIn),
        Err(err) => {
            let (status, problems) = said(visit, DoorStep::Enrol, err)?;
            enrolment(visit, status, fields, problems).await
        }
    }
}

/// The page with the picture for the app.
async fn enrolment(visit: &OfficeVisit<'_>, status: StatusCode, fields: &Fields, problems: Vec<Problem>) -> Answer {
    let half = half_way(visit).await?;
    let Some(app) = visit.web.portal.begin_enrolment(&half).await? else {
        return Ok(see_other(&with_next("/desk/code", fields)));
    };
    let mut page = blank(visit, DoorStep::Enrol, fields);
    page.problems = problems;
    (page.typed, page.uri, page.picture) = (app.typed, app.uri, app.picture);
    visit.page(status, &page)
}

async fn prove(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let visitor = visitor(visit.web, visit.ask).await?.ok_or(Stop::SignIn)?;
    match visit.web.portal.prove_again(&visitor, fields.get("code")).await {
        Ok(()) => Ok(see_other(&OfficeVisit::safe_or_home(fields.get("next")))),
        Err(err) => refused(visit, blank(visit, DoorStep::Prove, fields), err),
    }
}

fn refused(visit: &OfficeVisit<'_>, mut page: DoorPage, err: StaffDoorError) -> Answer {
    let (status, problems) = said(visit, page.step, err)?;
    page.problems = problems;
    visit.page(status, &page)
}

/// What is said beside the form; an error that is not about what was typed has a page of its own.
fn said(visit: &OfficeVisit<'_>, step: DoorStep, err: StaffDoorError) -> Result<(StatusCode, Vec<Problem>), Stop> {
    let field = match step {
        DoorStep::SetUp | DoorStep::SignIn => "email",
        DoorStep::Code | DoorStep::Enrol | DoorStep::Codes | DoorStep::Prove => "code",
    };
    let text = |key: &'static str| problems::said(visit, field, key);
    match err {
        StaffDoorError::Invalid(found) => Ok((StatusCode::UNPROCESSABLE_ENTITY, problems::worded(visit, &found))),
        StaffDoorError::Wrong if field == "code" => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, text("office-door-code-wrong")))
        }
        StaffDoorError::Wrong => Ok((StatusCode::UNPROCESSABLE_ENTITY, text("office-door-wrong"))),
        StaffDoorError::TooSoon { .. } => Ok((StatusCode::TOO_MANY_REQUESTS, text("office-door-slow"))),
        StaffDoorError::Blocked => Ok((StatusCode::TOO_MANY_REQUESTS, text("office-door-blocked"))),
        err @ (StaffDoorError::NotFound
        | StaffDoorError::Passwords(_)
        | StaffDoorError::Vault(_)
        | StaffDoorError::Staff(_)
        | StaffDoorError::Store(_)) => Err(err.into()),
    }
}

fn with_next(to: &str, fields: &Fields) -> String {
    let next = OfficeVisit::safe_or_home(fields.get("next"));
    if next == "/admin" {
        return to.to_owned();
    }
    let query: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{to}?next={query}")
}

/// A page of the door with what was typed, but for what is secret.
fn blank(visit: &OfficeVisit<'_>, step: DoorStep, fields: &Fields) -> DoorPage {
    let mut shell = visit.shell(OfficeArea::None);
    if let Some(office) = &mut shell.office {
        office.links.clear();
    }
    let next = OfficeVisit::safe_or_home(fields.get("next"));
    DoorPage {
        shell,
        step,
        action: match step {
            DoorStep::SetUp => "/setup",
            DoorStep::SignIn => "/desk/sign-in",
            DoorStep::Code => "/desk/code",
            DoorStep::Enrol | DoorStep::Codes => "/desk/enrol",
            DoorStep::Prove => "/desk/prove",
        },
        token: fields.get("token").to_owned(),
        name: fields.get("name").to_owned(),
        email: fields.get("email").to_owned(),
        next: if next == "/admin" { String::new() } else { next },
        typed: String::new(),
        uri: String::new(),
        picture: String::new(),
        codes: Vec::new(),
        problems: Vec::new(),
    }
}
