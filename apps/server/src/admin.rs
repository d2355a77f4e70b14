//! Commands by which an installation is set up and looked after, until there are pages for it.
//!
//! With SQLite they work while no server is running on the same data folder; with PostgreSQL at any time.

pub mod audit;
pub mod company;
pub mod contact;
pub mod group;
pub mod mail;
pub mod password;
pub mod portal;
pub mod receive;
pub mod staff;
pub mod token;

use portal_core::actor::Task;
use portal_core::crm::{AccessGroup, Contact, GroupKind};
use portal_core::id::AccessGroupId;
use portal_core::ports::Tx;
use portal_core::settings::CustomerPortal;
use portal_core::text::{EmailAddress, Line};

use crate::failure::Failure;

/// As whom all of this is done.
pub(crate) const TASK: Task = Task::CommandLine;

/// The active contact with this sign-in address.
pub(crate) async fn contact_at(tx: &mut dyn Tx, address: &EmailAddress) -> Result<Contact, Failure> {
    let contact = tx.directory().contact_by_membership_email(&TASK, address).await?;
    contact.ok_or_else(|| {
        Failure::wrong(format!(
            "there is no active contact who signs in as `{address}`; `portal contact list` shows all"
        ))
    })
}

/// The access group with this name.
pub(crate) async fn group_named(tx: &mut dyn Tx, name: &Line) -> Result<AccessGroup, Failure> {
    let groups = tx.directory().all_groups(&TASK).await?;
    let known: Vec<&str> = groups.iter().map(|it| it.name.as_str()).collect();
    let hint = match crate::cli::nearest(name.as_str(), known) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("make it with: portal group add \"{name}\""),
    };
    let wrong = Failure::wrong(format!("there is no access group `{name}`; {hint}"));
    groups.into_iter().find(|it| it.name == *name).ok_or(wrong)
}

/// The access group with this name, made if there is none.
pub(crate) async fn group_named_or_new(
    tx: &mut dyn Tx,
    name: &Line,
    id: AccessGroupId,
) -> Result<AccessGroup, Failure> {
    let groups = tx.directory().all_groups(&TASK).await?;
    if let Some(group) = groups.into_iter().find(|it| it.name == *name) {
        return Ok(group);
    }
    let group = AccessGroup {
        id,
        name: name.clone(),
        kind: GroupKind::Static,
    };
    tx.directory().put_group(&TASK, &group).await?;
    Ok(group)
}

/// The portal with this slug, or the only one if no slug is given.
pub(crate) async fn portal_with(tx: &mut dyn Tx, slug: Option<&str>) -> Result<CustomerPortal, Failure> {
    let mut portals = tx.directory().all_portals(&TASK).await?;
    let known: Vec<String> = portals.iter().map(|it| it.slug.to_string()).collect();
    if let Some(slug) = slug {
        portals.retain(|it| it.slug.as_str() == slug);
    }
    match (portals.len(), portals.pop()) {
        (1, Some(portal)) => Ok(portal),
        (0, _) if known.is_empty() => Err(Failure::wrong(
            "there is no portal yet; make one with: portal create --name \"Help\"",
        )),
        (0, _) => Err(Failure::wrong(format!(
            "there is no such portal; there are: {}",
            known.join(", ")
        ))),
        _ => Err(Failure::wrong(format!(
            "there are several portals; say which with --portal: {}",
            known.join(", ")
        ))),
    }
}
