//! What is done at each address of the staff's side: one file an area, with its part of the table.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod conversations;
pub(crate) mod crm;
pub(crate) mod desk;
pub(crate) mod domains;
pub(crate) mod inboxes;
pub(crate) mod looks;
pub(crate) mod mail;
pub(crate) mod measures;
pub(crate) mod members;
pub(crate) mod notices;
pub(crate) mod pipelines;
pub(crate) mod portals;
pub(crate) mod preferences;
pub(crate) mod service;
pub(crate) mod staff;
pub(crate) mod way_in;

use poem::Body;

use super::routes::Operation;
use super::visit::{Colleague, OfficeVisit};
use crate::cookies::{self, Cookie};
use crate::errors::Stop;
use crate::visit::Answer;
use crate::web::{Ask, Web};

/// Who comes, by the cookie of the staff.
pub(crate) async fn who(web: &Web, ask: &Ask) -> Result<Option<Colleague>, Stop> {
    let Some(secret) = cookies::desk(Cookie::Desk, &ask.headers, web.config.is_secure()) else {
        return Ok(None);
    };
    let found = web.portal.arrive_staff(&secret).await?;
    Ok(found.map(Colleague::from))
}

/// What is on the staff's side.
pub(crate) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    match operation {
        Operation::WayIn(it) => way_in::answer(visit, it, body).await,
        Operation::Staff(it) => staff::answer(visit, it, body).await,
        Operation::Account(it) => account::answer(visit, it, body).await,
        Operation::Audit(it) => audit::answer(visit, it, body).await,
        Operation::Crm(it) => crm::answer(visit, it, body).await,
        Operation::Mail(it) => mail::answer(visit, it, body).await,
        Operation::Preferences(it) => preferences::answer(visit, it, body).await,
        Operation::Members(it) => members::answer(visit, it, body).await,
        Operation::Inboxes(it) => inboxes::answer(visit, it, body).await,
        Operation::Portals(it) => portals::answer(visit, it, body).await,
        Operation::Domains(it) => domains::answer(visit, it, body).await,
        Operation::Looks(it) => looks::answer(visit, it, body).await,
        Operation::Conversations(it) => conversations::answer(visit, it, body).await,
        Operation::Pipelines(it) => pipelines::answer(visit, it, body).await,
        Operation::Notices(it) => notices::answer(visit, it, body).await,
        Operation::Service(it) => service::answer(visit, it, body).await,
        Operation::Measures(it) => measures::answer(visit, it).await,
        Operation::Desk(it) => desk::answer(visit, it, body).await,
    }
}
