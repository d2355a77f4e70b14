//! Inboxes and pipelines.

use portal_core::id::{InboxId, PipelineId, StatusId, TicketNumber};
use portal_core::ports::StoreError;
use portal_core::settings::Inbox;
use portal_core::text::Localized;
use portal_core::ticket::{Automation, Closing, Pipeline, Status};
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
const STATUS_COLUMNS: [&str; 8] = [
    "pipeline",
    "id",
    "place",
    "name",
    "stage",
    "customer_label",
    "explanation",
    "retired_into",
];
const AUTOMATION: [&str; 3] = ["answer_waits", "close_days", "notice_days"];

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
    select.columns(AUTOMATION.map(|it| (PIPELINES, it)));
    select.columns(["id", "name", "stage", "customer_label", "explanation", "retired_into"].map(|it| (STATUSES, it)));
    select.inner_join(STATUSES, at(STATUSES, "pipeline").equals((PIPELINES, "id")));
    select
        .order_by((PIPELINES, "name"), Order::Asc)
        .order_by((PIPELINES, "id"), Order::Asc)
        .order_by((STATUSES, "place"), Order::Asc);
    select
}

/// A pipeline while its rows are read.
struct Rows {
    id: PipelineId,
    name: portal_core::text::Line,
    automation: Automation,
    statuses: Vec<Status>,
    retired: Vec<(Status, StatusId)>,
}

impl Rows {
    fn made(self) -> Result<Pipeline, StoreError> {
        let made = Pipeline::new(self.id, self.name, self.statuses).and_then(|it| it.with_retired(self.retired));
        let made = made.map_err(|error| corrupt(error.to_string()))?;
        Ok(made.with_automation(self.automation))
    }
}

async fn read_pipelines(tx: &SeaTx, statement: SelectStatement) -> Result<Vec<Pipeline>, StoreError> {
    let rows = tx
        .list(&statement, |row| {
            let (id, name) = (row.get::<PipelineId>()?, row.get()?);
            let answer_waits = row.get()?;
            let closing = match row.opt::<u16>()?.zip(row.opt::<u16>()?) {
                None => None,
                Some((days, notice)) => {
                    Some(Closing::new(days, notice).ok_or_else(|| corrupt("days of waiting make no sense"))?)
                }
            };
            let automation = Automation { answer_waits, closing };
            Ok((id, name, automation, read_status(row)?, row.opt::<StatusId>()?))
        })
        .await?;
    let mut grouped: Vec<Rows> = Vec::new();
    for (id, name, automation, status, retired_into) in rows {
        if grouped.last().is_none_or(|it| it.id != id) {
            grouped.push(Rows {
                id,
                name,
                automation,
                statuses: Vec::new(),
                retired: Vec::new(),
            });
        }
        let Some(of) = grouped.last_mut() else { continue };
        match retired_into {
            None => of.statuses.push(status),
            Some(successor) => of.retired.push((status, successor)),
        }
    }
    grouped.into_iter().map(Rows::made).collect()
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
    let does = it.automation();
    tx.run(&upsert(
        PIPELINES,
        &["id"],
        vec![
            ("id", val(&it.id())),
            ("name", val(it.name())),
            ("answer_waits", does.answer_waits.into()),
            ("close_days", opt(does.closing.as_ref().map(|it| &it.days))),
            ("notice_days", opt(does.closing.as_ref().map(|it| &it.notice))),
        ],
    ))
    .await?;
    let there = it.statuses().iter().map(|it| (it, None));
    let gone = it.retired().iter().map(|(it, successor)| (it, Some(successor)));
    let all: Vec<(&Status, Option<&StatusId>)> = there.chain(gone).collect();
    let kept = all.iter().map(|it| Expr::val(it.0.id.raw()));
    tx.run(&delete(
        STATUSES,
        is("pipeline", val(&it.id())).and(Expr::col("id").is_not_in(kept)),
    ))
    .await?;
    for ((status, successor), place) in all.into_iter().zip(0i32..) {
        let mut values = status_row(it.id(), status, place)?;
        values.push(opt(successor));
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
