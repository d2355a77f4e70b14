//! Adding and changing tickets, with all that hangs on them.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;

use portal_core::id::{InboxId, PortalId, TicketNumber};
use portal_core::ports::StoreError;
use portal_core::service::ServiceFacts;
use portal_core::ticket::{Ticket, Version};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Order, Query, SelectStatement, Value};

use super::record::{self, COLUMNS, TABLE};
use crate::sea::collected::{PROPERTY_COLUMNS, property_row};
use crate::sea::error::{conflict, corrupt};
use crate::sea::row::{only, only_opt};
use crate::sea::service::facts;
use crate::sea::sql::{delete, is, or_nothing, select};
use crate::sea::stored::{Stored, val};
use crate::sea::tx::SeaTx;
use crate::sea::{access, search};

const CONTACTS: &str = "ticket_contact";
const COMPANIES: &str = "ticket_company";
const PROPERTIES: &str = "ticket_property";

/// Locks the ticket's row. A unit of work that writes on SQLite is alone anyway.
pub(in crate::sea) async fn lock(tx: &SeaTx, number: TicketNumber) -> Result<(), StoreError> {
    if !tx.is_postgres() {
        return Ok(());
    }
    let statement = select(TABLE, &["number"])
        .and_where(is("number", val(&number)))
        .lock(LockType::Update)
        .take();
    tx.all(&statement).await.map(|_| ())
}

/// The portal of an inbox, which cannot change until this unit of work ends: a ticket that is added meanwhile would be left
/// behind.
pub(in crate::sea) async fn held_portal(tx: &mut SeaTx, inbox: InboxId) -> Result<Option<PortalId>, StoreError> {
    if let Some(portal) = tx.held_inboxes.get(&inbox) {
        return Ok(*portal);
    }
    let mut statement = select("inbox", &["portal"]).and_where(is("id", val(&inbox))).take();
    if tx.is_postgres() {
        statement.lock(LockType::Share);
    }
    let portal = tx
        .find_one(&statement, only_opt)
        .await?
        .ok_or_else(|| corrupt("there is no such inbox"))?;
    tx.held_inboxes.insert(inbox, portal);
    Ok(portal)
}

pub(super) async fn insert(tx: &mut SeaTx, ticket: &Ticket) -> Result<(), StoreError> {
    let portal = held_portal(tx, ticket.inbox).await?;
    let added = tx
        .add_all(TABLE, &COLUMNS, vec![record::values(ticket).to_vec()], or_nothing)
        .await?;
    if added == 0 {
        return Err(conflict());
    }
    add_children(tx, &[(ticket, portal)]).await?;
    search::add(tx, &[(ticket, &[], &[])]).await
}

/// Adds the rows of new tickets with how they were served, without their search documents. The number of those that
/// nothing was in the way of.
pub(in crate::sea) async fn add_rows(tx: &mut SeaTx, tickets: &[(&Ticket, ServiceFacts)]) -> Result<u64, StoreError> {
    let mut placed = Vec::with_capacity(tickets.len());
    for (ticket, _) in tickets {
        placed.push((*ticket, held_portal(tx, ticket.inbox).await?));
    }
    let columns: Vec<&'static str> = COLUMNS.into_iter().chain(facts::COLUMNS).collect();
    let row = |(ticket, served): &(&Ticket, ServiceFacts)| {
        let own = record::values(ticket).into_iter();
        own.chain(facts::values(served)).collect()
    };
    let rows = tickets.iter().map(row).collect();
    let added = tx.add_all(TABLE, &columns, rows, or_nothing).await?;
    if added == tickets.len() as u64 {
        add_children(tx, &placed).await?;
    }
    Ok(added)
}

async fn add_children(tx: &SeaTx, tickets: &[(&Ticket, Option<PortalId>)]) -> Result<(), StoreError> {
    let contacts = tickets.iter().flat_map(|(it, _)| {
        it.contacts
            .iter()
            .map(|(contact, label)| vec![val(&it.number), val(contact), val(label)])
    });
    tx.add_all(CONTACTS, &["number", "contact", "label"], contacts.collect(), |it| it)
        .await?;
    let companies = tickets
        .iter()
        .flat_map(|(it, _)| it.companies.iter().map(|company| vec![val(&it.number), val(company)]));
    tx.add_all(COMPANIES, &["number", "company"], companies.collect(), |it| it)
        .await?;
    let properties = tickets.iter().flat_map(|(it, _)| {
        it.properties
            .iter()
            .map(|(key, value)| property_row(val(&it.number), key, value))
    });
    let properties = properties.collect::<Result<Vec<_>, _>>()?;
    tx.add_all(PROPERTIES, &PROPERTY_COLUMNS, properties, |it| it).await?;
    access::add_readers(tx, tickets).await
}

pub(super) async fn update(tx: &mut SeaTx, ticket: &Ticket, expected: Version) -> Result<bool, StoreError> {
    lock(tx, ticket.number).await?;
    let Some(old) = record::load(tx, ticket.number)
        .await?
        .filter(|it| it.version == expected)
    else {
        return Ok(false);
    };
    // While the row is locked, whoever moves the inbox waits for it, and re-keys the ticket afterwards.
    let portal = if old.inbox == ticket.inbox {
        old.portal
    } else {
        held_portal(tx, ticket.inbox).await?
    };
    let mut update = Query::update();
    update
        .table(TABLE)
        .values(COLUMNS.into_iter().zip(record::values(ticket).map(Expr::val)).skip(1));
    update
        .and_where(is("number", val(&ticket.number)))
        .and_where(is("version", val(&expected)));
    if tx.run_guarded(&update).await? == 0 {
        return Ok(false);
    }
    change_children(tx, &old, ticket).await?;
    access::rekey(tx, ticket, portal).await?;
    search::follow(tx, &old, ticket).await?;
    Ok(true)
}

async fn change_children(tx: &SeaTx, old: &Ticket, new: &Ticket) -> Result<(), StoreError> {
    let number = || is("number", val(&new.number));
    let gone = gone(&old.contacts, &new.contacts);
    if !gone.is_empty() {
        tx.run(&delete(
            CONTACTS,
            number().and(Expr::col("contact").is_in(gone.into_iter().map(Expr::val))),
        ))
        .await?;
    }
    let changed = changed(&old.contacts, &new.contacts);
    let rows = changed
        .map(|(contact, label)| vec![val(&new.number), val(contact), val(label)])
        .collect();
    tx.add_all(CONTACTS, &["number", "contact", "label"], rows, |it| it)
        .await?;

    let gone: Vec<Value> = old.companies.difference(&new.companies).map(val).collect();
    if !gone.is_empty() {
        tx.run(&delete(
            COMPANIES,
            number().and(Expr::col("company").is_in(gone.into_iter().map(Expr::val))),
        ))
        .await?;
    }
    let rows = new
        .companies
        .difference(&old.companies)
        .map(|it| vec![val(&new.number), val(it)])
        .collect();
    tx.add_all(COMPANIES, &["number", "company"], rows, |it| it).await?;

    if old.properties != new.properties {
        tx.run(&delete(PROPERTIES, is("owner", val(&new.number)))).await?;
        let rows = new
            .properties
            .iter()
            .map(|(key, value)| property_row(val(&new.number), key, value))
            .collect::<Result<Vec<_>, _>>()?;
        tx.add_all(PROPERTIES, &PROPERTY_COLUMNS, rows, |it| it).await?;
    }
    Ok(())
}

/// The keys whose rows go: those that are no longer there, and those whose value changed.
fn gone<K: Ord + Stored, V: PartialEq>(old: &BTreeMap<K, V>, new: &BTreeMap<K, V>) -> Vec<Value> {
    old.iter()
        .filter(|(key, value)| new.get(key) != Some(value))
        .map(|(key, _)| val(key))
        .collect()
}

/// What is new, or has a new value.
fn changed<'a, K: Ord + Hash, V: PartialEq>(
    old: &'a BTreeMap<K, V>,
    new: &'a BTreeMap<K, V>,
) -> impl Iterator<Item = (&'a K, &'a V)> {
    new.iter().filter(|(key, value)| old.get(key) != Some(value))
}

/// Puts all tickets of an inbox where it belongs now, in ascending order, as every writer of several tickets does. Those
/// that are keyed for there already, all of them after a long move, are left alone.
pub(in crate::sea) async fn rekey_inbox(
    tx: &mut SeaTx,
    inbox: InboxId,
    portal: Option<PortalId>,
) -> Result<(), StoreError> {
    const STEP: u32 = 500;
    let mut after = 0;
    loop {
        let mut statement = numbers(inbox, after, STEP);
        statement.and_where(access::is_keyed_elsewhere(Expr::col((TABLE, "number")), portal));
        let numbers: BTreeSet<TicketNumber> = tx.list(&statement, only).await?.into_iter().collect();
        let Some(last) = numbers.last() else { return Ok(()) };
        after = last.get();
        rekey_each(tx, inbox, &numbers, portal).await?;
    }
}

/// Keys the next tickets of an inbox for a portal; the last one's number.
pub(in crate::sea) async fn rekey_some(
    tx: &mut SeaTx,
    inbox: InboxId,
    portal: PortalId,
    after: Option<TicketNumber>,
    limit: u32,
) -> Result<Option<TicketNumber>, StoreError> {
    let statement = numbers(inbox, after.map_or(0, TicketNumber::get), limit);
    let numbers: BTreeSet<TicketNumber> = tx.list(&statement, only).await?.into_iter().collect();
    rekey_each(tx, inbox, &numbers, Some(portal)).await?;
    Ok(numbers.last().copied())
}

fn numbers(inbox: InboxId, after: i64, limit: u32) -> SelectStatement {
    select(TABLE, &["number"])
        .and_where(is("inbox", val(&inbox)))
        .and_where(Expr::col("number").gt(after))
        .order_by("number", Order::Asc)
        .limit(u64::from(limit))
        .take()
}

async fn rekey_each(
    tx: &SeaTx,
    inbox: InboxId,
    numbers: &BTreeSet<TicketNumber>,
    portal: Option<PortalId>,
) -> Result<(), StoreError> {
    for number in numbers {
        lock(tx, *number).await?;
        if let Some(ticket) = record::load(tx, *number).await?.filter(|it| it.inbox == inbox) {
            access::rekey(tx, &ticket, portal).await?;
        }
    }
    Ok(())
}
