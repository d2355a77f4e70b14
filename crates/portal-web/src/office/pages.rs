//! What is done at each address of the staff's side: one file an area, with its part of the table.

pub(crate) mod crm;
pub(crate) mod domains;
pub(crate) mod door;
pub(crate) mod looks;
pub(crate) mod mail;
pub(crate) mod members;
pub(crate) mod portals;
pub(crate) mod preferences;

use poem::Body;

use super::routes::Operation;
use super::visit::{Colleague, OfficeVisit};
use crate::errors::Stop;
use crate::visit::Answer;
use crate::web::{Ask, Web};

/// Who comes, by the cookie of the staff.
pub(crate) async fn who(web: &Web, ask: &Ask) -> Result<Option<Colleague>, Stop> {
    let visitor = door::visitor(web, ask).await?;
    Ok(visitor.map(|it| Colleague {
        actor: it.actor,
        user: it.user,
    }))
}

/// What is on the staff's side.
pub(crate) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    match operation {
        Operation::Door(it) => door::answer(visit, it, body).await,
        Operation::Crm(it) => crm::answer(visit, it, body).await,
        Operation::Mail(it) => mail::answer(visit, it, body).await,
        Operation::Preferences(it) => preferences::answer(visit, it, body).await,
        Operation::Members(it) => members::answer(visit, it, body).await,
        Operation::Portals(it) => portals::answer(visit, it, body).await,
        Operation::Domains(it) => domains::answer(visit, it, body).await,
        Operation::Looks(it) => looks::answer(visit, it, body).await,
    }
}
