//! The staff's side: everything under `/setup`, `/desk` and `/admin`, on the host of the base URL only.
//!
//! It has a table of addresses of its own ([`routes`]), a cookie of its own, and never meets a contact's session. A line of
//! the table says what permission it needs; the use-case behind it asks again, in its own unit of work, and decides.

pub(crate) mod criteria;
pub(crate) mod csv;
pub(crate) mod pages;
pub(crate) mod problems;
pub(crate) mod routes;
pub(crate) mod visit;

use poem::{Body, Response};

use self::routes::{Found, Need, OfficeRoute, find};
use self::visit::OfficeVisit;
use crate::errors::Stop;
use crate::forms;
use crate::middleware::csrf;
use crate::middleware::rate::Subject;
use crate::routes::{Origin, Places};
use crate::view::error::Fault;
use crate::visit::Answer;
use crate::web::{Ask, Web};

/// Whether an address is the staff's side.
pub(crate) fn owns(path: &str) -> bool {
    let first = path.strip_prefix('/').unwrap_or(path).split('/').next();
    matches!(first, Some("setup" | "desk" | "admin"))
}

/// Answers a request to the staff's side.
pub(crate) async fn answer(web: &Web, ask: &Ask, body: Body) -> Response {
    let stopped = |stop: Stop| web.stopped(stop, web.bare_shell(&ask.headers), &ask.id);
    let (route, places) = match find(&ask.method, &ask.path) {
        Found::Route(route, places) => (Some(route), places),
        Found::OtherMethods(allowed) => {
            let mut response = stopped(Fault::MethodNotAllowed.into());
            if let Ok(allowed) = poem::http::HeaderValue::from_str(&allowed) {
                response.headers_mut().insert(poem::http::header::ALLOW, allowed);
            }
            return response;
        }
        Found::Nothing => (None, Places::default()),
    };
    if ask.host != web.config.office {
        return stopped(Stop::NOT_FOUND);
    }
    if let Some(route) = route
        && let Err(stop) = admitted(web, route, ask)
    {
        return stopped(stop);
    }
    let visit = match OfficeVisit::arrive(web, ask, places).await {
        Ok(visit) => visit,
        Err(stop) => return stopped(stop),
    };
    let answer = match route {
        Some(route) => visited(&visit, route, body).await,
        None => Err(Stop::NOT_FOUND),
    };
    answer.unwrap_or_else(|stop| visit.stopped(stop))
}

/// What is judged before anything is looked up.
fn admitted(web: &Web, route: &OfficeRoute, ask: &Ask) -> Result<(), Stop> {
    let network = Subject::Network(ask.network.clone());
    web.limiter
        .take(route.rate, network, ask.now)
        .map_err(crate::site::too_many)?;
    if route.origin == Origin::Own && !csrf::is_own(&ask.headers, web.config.scheme, &ask.host) {
        return Err(Fault::CrossSite.into());
    }
    if !forms::fits(route.carries, &ask.headers) {
        return Err(Stop::BAD_REQUEST);
    }
    Ok(())
}

/// Staff are counted by their network alone: they work fast, and are few.
pub(crate) async fn visited(visit: &OfficeVisit<'_>, route: &OfficeRoute, body: Body) -> Answer {
    let may = match (route.needs, &visit.staff) {
        (Need::Nobody, _) => true,
        (Need::Staff | Need::Any(_), None) => return Err(Stop::SignIn),
        (Need::Staff, Some(_)) => true,
        (Need::Any(permissions), Some(staff)) => permissions.iter().any(|it| staff.user.may(*it)),
    };
    if may {
        pages::answer(visit, route.operation, body).await
    } else {
        Err(Fault::Forbidden.into())
    }
}
