use std::collections::{BTreeMap, BTreeSet};

use portal_core::access::Principal;
use portal_core::id::PortalId;
use portal_core::ports::StoreError;
use portal_core::ticket::Ticket;
use sea_orm::sea_query::{Expr, ExprTrait, Query, Value};

use super::TABLE;
use crate::sea::row::Row;
use crate::sea::sql::{delete, is, select};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

const COLUMNS: [&str; 8] = [
    "number",
    "principal",
    "portal",
    "rank",
    "last_activity",
    "inbox",
    "pipeline",
    "requester",
];
/// What is the same in all rows of a ticket.
const SHARED: [&str; 5] = ["portal", "rank", "last_activity", "inbox", "pipeline"];

/// Adds the readers of new tickets, each in the portal of its inbox. A ticket whose inbox belongs to no portal has none.
pub(in crate::sea) async fn add_readers(tx: &SeaTx, tickets: &[(&Ticket, Option<PortalId>)]) -> Result<(), StoreError> {
    let rows = tickets
        .iter()
        .flat_map(|(ticket, portal)| rows(ticket, *portal, &readers(ticket)));
    tx.add_all(TABLE, &COLUMNS, rows.collect(), |it| it).await.map(|_| ())
}

/// Brings the rows of a ticket in step with it, changing only what differs. The ticket's row must be locked.
pub(in crate::sea) async fn rekey(tx: &SeaTx, ticket: &Ticket, portal: Option<PortalId>) -> Result<(), StoreError> {
    let Some(portal) = portal else {
        return tx
            .run(&delete(TABLE, is("number", val(&ticket.number))))
            .await
            .map(|_| ());
    };
    let wanted = readers(ticket);
    let statement = select(
        TABLE,
        &[
            "principal",
            "requester",
            "portal",
            "rank",
            "last_activity",
            "inbox",
            "pipeline",
        ],
    )
    .and_where(is("number", val(&ticket.number)))
    .take();
    let shared = shared(ticket, portal);
    let stored = tx
        .list(&statement, |row| {
            Ok((row.get::<Principal>()?, row.get::<bool>()?, stored_shared(row)?))
        })
        .await?;

    let gone: Vec<_> = stored
        .iter()
        .filter(|(it, ..)| !wanted.contains_key(it))
        .map(|(it, ..)| val(it))
        .collect();
    let kept: BTreeMap<_, _> = stored
        .iter()
        .filter(|(it, ..)| wanted.contains_key(it))
        .map(|(it, requester, _)| (*it, *requester))
        .collect();
    let new: BTreeMap<_, _> = wanted
        .iter()
        .filter(|(it, _)| !kept.contains_key(it))
        .map(|(it, requester)| (*it, *requester))
        .collect();
    // All rows of a ticket share these.
    let moved = stored.iter().any(|(_, _, stored)| *stored != shared);
    let of_ticket = is("number", val(&ticket.number));

    if !gone.is_empty() {
        let those = Expr::col("principal").is_in(gone.into_iter().map(Expr::val));
        tx.run(&delete(TABLE, of_ticket.clone().and(those))).await?;
    }
    if moved {
        let mut update = Query::update();
        update
            .table(TABLE)
            .values(SHARED.into_iter().zip(shared.map(Expr::val)))
            .and_where(of_ticket.clone());
        tx.run(&update).await?;
    }
    for (principal, requester) in wanted
        .iter()
        .filter(|(it, requester)| kept.get(it).is_some_and(|it| it != *requester))
    {
        let mut update = Query::update();
        update
            .table(TABLE)
            .value("requester", *requester)
            .and_where(of_ticket.clone())
            .and_where(is("principal", val(principal)));
        tx.run(&update).await?;
    }
    tx.add_all(TABLE, &COLUMNS, rows(ticket, Some(portal), &new), |it| it)
        .await
        .map(|_| ())
}

/// Who reads the ticket, and whether it is the person who asked.
fn readers(ticket: &Ticket) -> BTreeMap<Principal, bool> {
    let readers: BTreeSet<Principal> = ticket.facts().readers();
    let requester = ticket.requester().map(Principal::Contact);
    readers.into_iter().map(|it| (it, Some(it) == requester)).collect()
}

fn rows(ticket: &Ticket, portal: Option<PortalId>, readers: &BTreeMap<Principal, bool>) -> Vec<Vec<Value>> {
    let Some(portal) = portal else {
        return Vec::new();
    };
    let row = |(principal, requester): (&Principal, &bool)| {
        let mut row = vec![val(&ticket.number), val(principal)];
        row.extend(shared(ticket, portal));
        row.push((*requester).into());
        row
    };
    readers.iter().map(row).collect()
}

fn shared(ticket: &Ticket, portal: PortalId) -> [Value; 5] {
    [
        val(&portal),
        val(&ticket.stage),
        val(&ticket.last_activity),
        val(&ticket.inbox),
        val(&ticket.pipeline),
    ]
}

fn stored_shared(row: &mut Row<'_>) -> Result<[Value; 5], StoreError> {
    use portal_core::id::{InboxId, PipelineId};
    use portal_core::ticket::Stage;
    use portal_core::time::Timestamp;

    Ok([
        val(&row.get::<PortalId>()?),
        val(&row.get::<Stage>()?),
        val(&row.get::<Timestamp>()?),
        val(&row.get::<InboxId>()?),
        val(&row.get::<PipelineId>()?),
    ])
}
