use std::collections::BTreeSet;

use portal_core::access::{DenyList, Entrant};
use portal_core::id::{ContactId, InboxId, PortalId};
use portal_core::ports::StoreError;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};

use super::groups;
use super::portals::document;
use crate::sea::collected::{ids, ids_of, properties, properties_of};
use crate::sea::row::Row;
use crate::sea::sql::at;
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

/// Everything at the door, from one statement.
pub(super) async fn entrant(tx: &SeaTx, portal: PortalId, contact: ContactId) -> Result<Option<Entrant>, StoreError> {
    tx.find_one(&statement(tx.backend(), portal, contact), |row| {
        read(row, portal, contact)
    })
    .await
}

pub(in crate::sea) fn statement(backend: DbBackend, portal: PortalId, contact: ContactId) -> SelectStatement {
    let mut account = Query::select();
    account
        .expr(Expr::val(1i32))
        .from("account")
        .and_where(at("account", "contact").equals(("contact", "id")));
    let mut select = Query::select();
    select.columns(["published", "permission", "access", "may", "hidden_pipelines"].map(|it| ("portal", it)));
    // Those that leave, and those that are on their way here.
    select.expr(ids_of(
        backend,
        "inbox",
        "id",
        "inbox.portal = portal.id AND inbox.moving_to IS NOT NULL",
    ));
    select.expr(ids_of(backend, "inbox", "id", "inbox.moving_to = portal.id"));
    select
        .column(("contact", "active"))
        .column(("contact", "primary_company"))
        .expr(Expr::exists(account));
    select.expr(ids_of(
        backend,
        "contact_group",
        "member_of",
        "contact_group.contact = contact.id",
    ));
    select.expr(properties_of(
        backend,
        "contact_property",
        "contact_property.owner = contact.id",
    ));
    select.expr(groups::dynamic(backend));
    select.from("portal").cross_join("contact");
    select
        .and_where(at("portal", "id").eq(val(&portal)))
        .and_where(at("contact", "id").eq(val(&contact)));
    select
}

fn read(row: &mut Row<'_>, portal: PortalId, contact: ContactId) -> Result<Entrant, StoreError> {
    let published = row.get()?;
    let permission = document::<portal_wire::TicketPermission, _>(row)?;
    let access = document::<portal_wire::AccessRule, _>(row)?;
    let may: portal_wire::CustomersMay = row.json()?;
    let pipelines = super::portals::items(row)?;
    let (mut inboxes, coming): (BTreeSet<InboxId>, BTreeSet<InboxId>) = (ids(row)?, ids(row)?);
    inboxes.extend(coming);
    let denied = DenyList { pipelines, inboxes };
    let (active, primary_company, registered) = (row.get()?, row.opt()?, row.get()?);
    let (listed, properties) = (ids(row)?, properties(row)?);
    let dynamic = groups::read_dynamic(row)?;
    Ok(Entrant {
        portal,
        published,
        permission,
        access,
        may: may.into(),
        denied,
        contact,
        active,
        registered,
        primary_company,
        groups: listed,
        dynamic,
        properties,
    })
}
