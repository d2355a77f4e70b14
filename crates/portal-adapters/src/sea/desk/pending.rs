//! Answers that can still be taken back.

use portal_core::desk::{PendingAnswer, StaffScope};
use portal_core::id::{MessageId, TicketNumber};
use portal_core::ports::StoreError;
use portal_core::ticket::FileHome;
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Order};

use super::scope;
use crate::sea::error::conflict;
use crate::sea::row::Row;
use crate::sea::sql::{at, delete, insert, is, or_nothing, select};
use crate::sea::stored::val;
use crate::sea::tickets::files::{self, Home};
use crate::sea::tickets::timeline::read_body;
use crate::sea::tx::SeaTx;

const TABLE: &str = "pending_answer";
const COLUMNS: [&str; 11] = [
    "id",
    "number",
    "agent",
    "outcome",
    "written_at",
    "due_at",
    "format",
    "sanitiser",
    "body_plain",
    "body_html",
    "body_source",
];

pub(super) async fn add(tx: &SeaTx, it: &PendingAnswer) -> Result<(), StoreError> {
    let values = [
        val(&it.id),
        val(&it.ticket),
        val(&it.agent),
        val(&it.then),
        val(&it.at),
        val(&it.due_at),
        val(&it.body.format),
        val(&it.body.sanitiser),
        it.body.plain.clone().into(),
        it.body.html.as_str().into(),
        it.body.source.clone().into(),
    ];
    let row = COLUMNS.into_iter().zip(values).collect();
    if tx.run(&or_nothing(insert(TABLE, row))).await? == 0 {
        return Err(conflict());
    }
    let home = Home::Held(it.agent, it.id);
    files::put(tx, it.files.iter().map(|it| (it, home)).collect()).await
}

pub(super) async fn of_ticket(
    tx: &SeaTx,
    scope: &StaffScope,
    number: TicketNumber,
) -> Result<Vec<PendingAnswer>, StoreError> {
    let statement = select(TABLE, &COLUMNS)
        .and_where(at(TABLE, "number").eq(val(&number)))
        .and_where(scope::has(scope, Expr::val(val(&number))))
        .order_by("due_at", Order::Asc)
        .order_by("id", Order::Asc)
        .take();
    let mut found = tx.list(&statement, read).await?;
    let ids: Vec<MessageId> = found.iter().map(|it| it.id).collect();
    for (answer, file) in files::of_held(tx, &ids).await? {
        if let Some(it) = found.iter_mut().find(|it| it.id == answer) {
            it.files.push(file);
        }
    }
    Ok(found)
}

/// Whoever removes the row has it: a second one waits for the first, and finds none.
pub(super) async fn take(tx: &SeaTx, id: MessageId) -> Result<Option<PendingAnswer>, StoreError> {
    let statement = select(TABLE, &COLUMNS).and_where(is("id", val(&id))).take();
    let found = tx.find_one(&statement, read).await?;
    let gone = tx.run(&delete(TABLE, is("id", val(&id)))).await?;
    let Some(mut found) = found.filter(|_| gone == 1) else {
        return Ok(None);
    };
    let home = FileHome::Drafted(found.agent);
    let held = files::of_held(tx, &[id]).await?.into_iter();
    found.files = held.map(|(_, file)| file.at_home(home)).collect();
    if !found.files.is_empty() {
        files::let_go(tx, id).await?;
    }
    Ok(Some(found))
}

pub(super) async fn due(tx: &SeaTx, now: Timestamp, limit: u32) -> Result<Vec<(MessageId, TicketNumber)>, StoreError> {
    let statement = select(TABLE, &["id", "number"])
        .and_where(Expr::col("due_at").lte(val(&now)))
        .order_by("due_at", Order::Asc)
        .order_by("id", Order::Asc)
        .limit(u64::from(limit))
        .take();
    tx.list(&statement, |row| Ok((row.get()?, row.get()?))).await
}

fn read(row: &mut Row<'_>) -> Result<PendingAnswer, StoreError> {
    let (id, ticket, agent, then, at, due_at) =
        (row.get()?, row.get()?, row.get()?, row.get()?, row.get()?, row.get()?);
    Ok(PendingAnswer {
        id,
        ticket,
        agent,
        then,
        at,
        due_at,
        body: read_body(row)?,
        files: Vec::new(),
    })
}
