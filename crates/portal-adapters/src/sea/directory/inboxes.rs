//! Inboxes and pipelines.

use portal_core::id::{InboxId, PipelineId, TicketNumber};
use portal_core::ports::StoreError;
use portal_core::settings::Inbox;
use portal_core::text::Localized;
use portal_core::ticket::{Pipeline, Status};
use portal_wire::Invalid;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Order, SelectStatement, Value};

use crate::sea::error::corrupt;
use crate::sea::row::Row;
use crate::sea::sql::{at, delete, is, json, select, upsert};
use crate::sea::stored::{Stored, opt, val};
use crate::sea::tickets::write;
use crate::sea::tx::SeaTx;

const INBOXES: &str = "inbox";
const INBOX_COLUMNS: [&str; 5] = ["id", "name", "portal", "pipeline", "moving_to"];
const PIPELINES: &str = "pipeline";
const STATUSES: &str = "status";
const STATUS_COLUMNS: [&str; 7] = [
    "pipeline",
    "id",
    "place",
    "name",
    "stage",
    "customer_label",
    "explanation",
];

pub(super) async fn inbox(tx: &SeaTx, id: InboxId) -> Result<Option<Inbox>, StoreError> {
    tx.find_one(
        select(INBOXES, &INBOX_COLUMNS).and_where(is("id", val(&id))),
        read_inbox,
    )
    .await
}

pub(super) async fn all(tx: &SeaTx) -> Result<Vec<Inbox>, StoreError> {
    tx.list(
        select(INBOXES, &INBOX_COLUMNS)
            .order_by("name", Order::Asc)
            .order_by("id", Order::Asc),
        read_inbox,
    )
    .await
}

pub(super) async fn put(tx: &mut SeaTx, it: &Inbox) -> Result<(), StoreError> {
    // Whoever adds a ticket to the inbox holds it meanwhile, so afterwards all its tickets are there to be moved.
    let mut old = select(INBOXES, &INBOX_COLUMNS);
    old.and_where(is("id", val(&it.id)));
    if tx.is_postgres() {
        old.lock(LockType::Update);
    }
    let old = tx.find_one(&old, read_inbox).await?;
    let row = vec![
        ("id", val(&it.id)),
        ("name", val(&it.name)),
        ("portal", opt(it.portal.as_ref())),
        ("pipeline", val(&it.pipeline)),
        ("moving_to", opt(it.moving_to.as_ref())),
    ];
    tx.run(&upsert(INBOXES, &["id"], row)).await?;
    tx.held_inboxes.remove(&it.id);
    // While an inbox moves, it is on the deny-list of both portals, whichever its tickets are keyed for. When it has arrived,
    // or stays after all, every ticket is to be keyed for where it is.
    let settled = |old: Inbox| old.portal != it.portal || old.moving_to.is_some() && old.moving_to != it.moving_to;
    if old.is_some_and(settled) {
        write::rekey_inbox(tx, it.id, it.portal).await?;
    }
    Ok(())
}

pub(super) async fn lock(tx: &SeaTx, id: InboxId) -> Result<(), StoreError> {
    // SQLite has one writer anyway.
    if tx.is_postgres() {
        let mut statement = select(INBOXES, &["id"]);
        statement.and_where(is("id", val(&id))).lock(LockType::Update);
        tx.all(&statement).await?;
    }
    Ok(())
}

pub(super) async fn move_tickets(
    tx: &mut SeaTx,
    id: InboxId,
    after: Option<TicketNumber>,
    limit: u32,
) -> Result<Option<TicketNumber>, StoreError> {
    match inbox(tx, id).await?.and_then(|it| it.moving_to) {
        Some(to) => write::rekey_some(tx, id, to, after, limit).await,
        None => Ok(None),
    }
}

fn read_inbox(row: &mut Row<'_>) -> Result<Inbox, StoreError> {
    Ok(Inbox {
        id: row.get()?,
        name: row.get()?,
        portal: row.opt()?,
        pipeline: row.get()?,
        moving_to: row.opt()?,
    })
}

pub(super) async fn pipeline(tx: &SeaTx, id: PipelineId) -> Result<Option<Pipeline>, StoreError> {
    let found = read_pipelines(tx, statuses().and_where(at(PIPELINES, "id").eq(val(&id))).take()).await?;
    Ok(found.into_iter().next())
}

pub(super) async fn all_pipelines(tx: &SeaTx) -> Result<Vec<Pipeline>, StoreError> {
    read_pipelines(tx, statuses()).await
}

/// Pipelines by name, each with its statuses in order, from one statement.
fn statuses() -> SelectStatement {
    let mut select = select(PIPELINES, &["id", "name"]);
    select.columns(["id", "name", "stage", "customer_label", "explanation"].map(|it| (STATUSES, it)));
    select.inner_join(STATUSES, at(STATUSES, "pipeline").equals((PIPELINES, "id")));
    select
        .order_by((PIPELINES, "name"), Order::Asc)
        .order_by((PIPELINES, "id"), Order::Asc)
        .order_by((STATUSES, "place"), Order::Asc);
    select
}

async fn read_pipelines(tx: &SeaTx, statement: SelectStatement) -> Result<Vec<Pipeline>, StoreError> {
    let rows = tx
        .list(&statement, |row| {
            Ok((row.get::<PipelineId>()?, row.get()?, read_status(row)?))
        })
        .await?;
    let mut grouped: Vec<(PipelineId, portal_core::text::Line, Vec<Status>)> = Vec::new();
    for (id, name, status) in rows {
        match grouped.last_mut() {
            Some((last, _, statuses)) if *last == id => statuses.push(status),
            _ => grouped.push((id, name, vec![status])),
        }
    }
    let made = grouped
        .into_iter()
        .map(|(id, name, statuses)| Pipeline::new(id, name, statuses).map_err(|error| corrupt(error.to_string())));
    made.collect()
}

fn read_status(row: &mut Row<'_>) -> Result<Status, StoreError> {
    Ok(Status {
        id: row.get()?,
        name: row.get()?,
        stage: row.get()?,
        customer_label: localized(row)?,
        explanation: localized(row)?,
    })
}

fn localized(row: &mut Row<'_>) -> Result<Option<Localized>, StoreError> {
    let document: Option<portal_wire::Localized> = row.json_opt()?;
    document
        .map(TryInto::try_into)
        .transpose()
        .map_err(|error: Invalid| corrupt(error.to_string()))
}

pub(super) async fn put_pipeline(tx: &SeaTx, it: &Pipeline) -> Result<(), StoreError> {
    tx.run(&upsert(
        PIPELINES,
        &["id"],
        vec![("id", val(&it.id())), ("name", val(it.name()))],
    ))
    .await?;
    let kept = it.statuses().iter().map(|it| Expr::val(it.id.raw()));
    tx.run(&delete(
        STATUSES,
        is("pipeline", val(&it.id())).and(Expr::col("id").is_not_in(kept)),
    ))
    .await?;
    for (status, place) in it.statuses().iter().zip(0i32..) {
        let values = status_row(it.id(), status, place)?;
        tx.run(&upsert(
            STATUSES,
            &["pipeline", "id"],
            STATUS_COLUMNS.into_iter().zip(values).collect(),
        ))
        .await?;
    }
    Ok(())
}

fn status_row(pipeline: PipelineId, it: &Status, place: i32) -> Result<Vec<Value>, StoreError> {
    let text = |it: &Option<Localized>| {
        it.as_ref()
            .map_or(Ok(Value::String(None)), |it| json(&portal_wire::Localized::from(it)))
    };
    Ok(vec![
        val(&pipeline),
        val(&it.id),
        place.into(),
        val(&it.name),
        val(&it.stage),
        text(&it.customer_label)?,
        text(&it.explanation)?,
    ])
}
