//! What is done at each address of the staff's side: one file an area, with its part of the table.

pub(crate) mod crm;
pub(crate) mod mail;
pub(crate) mod domains;
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
pub(crate) async fn who(_web: &Web, _ask: &Ask) -> Result<Option<Colleague>, Stop> {
    Ok(None)
}

/// What is on the staff's side.
pub(crate) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    match operation {
        Operation::Crm(it) => crm::answer(visit, it, body).await,
        Operation::Mail(it) => mail::answer(visit, it, body).await,
        Operation::Preferences(it) => preferences::answer(visit, it, body).await,
        Operation::Members(it) => members::answer(visit, it, body).await,
        Operation::Portals(it) => portals::answer(visit, it, body).await,
        Operation::Domains(it) => domains::answer(visit, it, body).await,
    }
}
