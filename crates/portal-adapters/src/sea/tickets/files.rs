//! Rows of files. What is in them is kept elsewhere.

use std::collections::BTreeMap;

use portal_core::access::Scope;
use portal_core::id::{AgentId, ContactId, FileId, MessageId, NoteId, TicketNumber};
use portal_core::ports::{StoreError, StoreErrorKind};
use portal_core::ticket::{File, FileHome};
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order, Query, SelectStatement, Value};

use crate::sea::access;
use crate::sea::error::{conflict, corrupt};
use crate::sea::row::{Row, only};
use crate::sea::sql::{at, delete, is, or_nothing, padded, select};
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

const TABLE: &str = "file";
const COLUMNS: [&str; 12] = [
    "id",
    "content",
    "name",
    "size",
    "uploaded_at",
    "staged_by",
    "number",
    "message",
    "note",
    "drafted_by",
    "held",
    "place",
];

/// Where a file comes to be.
#[derive(Clone, Copy)]
pub(in crate::sea) enum Home {
    Staged(ContactId),
    Message(TicketNumber, MessageId),
    Note(TicketNumber, NoteId),
    Drafted(AgentId),
    Held(AgentId, MessageId),
}

pub(super) async fn file(tx: &SeaTx, scope: &Scope, id: FileId) -> Result<Option<File>, StoreError> {
    let own = at(TABLE, "staged_by").eq(val(&scope.contact()));
    let shown = at(TABLE, "message")
        .is_not_null()
        .and(access::permits(scope, at(TABLE, "number")));
    let statement = select(TABLE, &COLUMNS)
        .and_where(is("id", val(&id)))
        .and_where(own.or(shown))
        .take();
    tx.find_one(&statement, read).await
}

pub(super) async fn staged(
    tx: &SeaTx,
    scope: &Scope,
    ids: &[FileId],
    since: Timestamp,
) -> Result<Vec<File>, StoreError> {
    these(tx, ids, is("staged_by", val(&scope.contact())), since).await
}

/// The files that an agent has uploaded and not sent.
pub(in crate::sea) async fn drafted(
    tx: &SeaTx,
    agent: AgentId,
    ids: &[FileId],
    since: Timestamp,
) -> Result<Vec<File>, StoreError> {
    let own = is("drafted_by", val(&agent)).and(Expr::col("held").is_null());
    these(tx, ids, own, since).await
}

/// Of these files those that fulfil a condition and are not too old, in the order asked for.
async fn these(tx: &SeaTx, ids: &[FileId], own: Expr, since: Timestamp) -> Result<Vec<File>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = padded(ids.iter().map(val).collect());
    let statement = select(TABLE, &COLUMNS)
        .and_where(Expr::col("id").is_in(wanted.into_iter().map(Expr::val)))
        .and_where(own)
        .and_where(Expr::col("uploaded_at").gte(val(&since)))
        .take();
    let found: BTreeMap<FileId, File> = tx
        .list(&statement, read)
        .await?
        .into_iter()
        .map(|it| (it.id, it))
        .collect();
    Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
}

pub(super) async fn add_staged(tx: &SeaTx, file: &File) -> Result<(), StoreError> {
    let home = match file.home {
        FileHome::Staged(contact) => Home::Staged(contact),
        FileHome::Message(number, message) => Home::Message(number, message),
        FileHome::Note(number, note) => Home::Note(number, note),
        FileHome::Drafted(agent) => Home::Drafted(agent),
        FileHome::Held(agent, answer) => Home::Held(agent, answer),
    };
    let added = tx
        .add_all(TABLE, &COLUMNS, vec![values(file, home, 0)], or_nothing)
        .await?;
    if added == 0 { Err(conflict()) } else { Ok(()) }
}

/// Gives files a home; those that were staged leave their old one. A file that went with another message meanwhile stays
/// there, and this unit of work begins anew.
pub(in crate::sea) async fn put(tx: &SeaTx, files: Vec<(&File, Home)>) -> Result<(), StoreError> {
    let count = files.len() as u64;
    // A place that only orders: the files of one message are consecutive.
    let rows = files
        .into_iter()
        .zip(0i32..)
        .map(|((file, home), place)| values(file, home, place))
        .collect();
    let put = tx
        .add_all(TABLE, &COLUMNS, rows, |mut it| {
            let mut moved = OnConflict::column("id");
            moved.update_columns(["staged_by", "number", "message", "note", "drafted_by", "held", "place"]);
            moved.action_and_where(
                at(TABLE, "staged_by")
                    .is_not_null()
                    .or(at(TABLE, "drafted_by").is_not_null()),
            );
            it.on_conflict(moved);
            it
        })
        .await?;
    if put == count {
        Ok(())
    } else {
        Err(StoreError::bare(StoreErrorKind::Retry))
    }
}

/// The files that an answer took along while it could be taken back, in the order they were attached.
pub(in crate::sea) async fn of_held(tx: &SeaTx, answers: &[MessageId]) -> Result<Vec<(MessageId, File)>, StoreError> {
    if answers.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = padded(answers.iter().map(val).collect());
    let statement = select(TABLE, &COLUMNS)
        .and_where(Expr::col("held").is_in(wanted.into_iter().map(Expr::val)))
        .order_by("place", Order::Asc)
        .take();
    let found = tx.list(&statement, read).await?;
    let held = found.into_iter().filter_map(|it| match it.home {
        FileHome::Held(_, answer) => Some((answer, it)),
        _ => None,
    });
    Ok(held.collect())
}

/// The files of an answer that is taken out are its agent's own again.
pub(in crate::sea) async fn let_go(tx: &SeaTx, answer: MessageId) -> Result<(), StoreError> {
    let none: Option<MessageId> = None;
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("held", opt(none.as_ref()))
        .and_where(is("held", val(&answer)));
    tx.run(&update).await.map(drop)
}

pub(super) async fn sweep(tx: &SeaTx, before: Timestamp, limit: u32) -> Result<Vec<File>, StoreError> {
    let mut gone = swept(tx, Expr::col("staged_by").is_not_null(), before, limit).await?;
    let left = limit.saturating_sub(gone.len() as u32);
    if left > 0 {
        let drafted = Expr::col("drafted_by").is_not_null().and(Expr::col("held").is_null());
        gone.extend(swept(tx, drafted, before, left).await?);
    }
    Ok(gone)
}

async fn swept(tx: &SeaTx, unsent: Expr, before: Timestamp, limit: u32) -> Result<Vec<File>, StoreError> {
    let statement = select(TABLE, &COLUMNS)
        .and_where(unsent.clone())
        .and_where(Expr::col("uploaded_at").lt(val(&before)))
        .order_by("uploaded_at", Order::Asc)
        .order_by("id", Order::Asc)
        .limit(u64::from(limit))
        .take();
    let old = tx.list(&statement, read).await?;
    if old.is_empty() {
        return Ok(old);
    }
    // One that was sent at this very moment is not staged any more, and stays.
    let ids = padded(old.iter().map(|it| val(&it.id)).collect());
    let mut gone = delete(TABLE, Expr::col("id").is_in(ids.into_iter().map(Expr::val)).and(unsent));
    gone.returning_col("id");
    let gone: Vec<FileId> = tx.list(&gone, only).await?;
    Ok(old.into_iter().filter(|it| gone.contains(&it.id)).collect())
}

/// One file of a message or a note.
pub(in crate::sea) fn sent(id: FileId, condition: Expr) -> SelectStatement {
    let is_sent = at(TABLE, "message").is_not_null().or(at(TABLE, "note").is_not_null());
    select(TABLE, &COLUMNS)
        .and_where(is("id", val(&id)))
        .and_where(is_sent)
        .and_where(condition)
        .take()
}

/// Of a file, the number of its ticket.
pub(in crate::sea) fn ticket() -> Expr {
    at(TABLE, "number")
}

/// The files of notes, by note, each in the order they were attached.
pub(in crate::sea) fn of_notes(condition: Expr) -> SelectStatement {
    select(TABLE, &COLUMNS)
        .and_where(at(TABLE, "note").is_not_null())
        .and_where(condition)
        .order_by("place", Order::Asc)
        .take()
}

/// The files of messages, by message, each in the order they were attached.
pub(in crate::sea) fn of_messages(condition: Expr) -> SelectStatement {
    select(TABLE, &COLUMNS)
        .and_where(at(TABLE, "message").is_not_null())
        .and_where(condition)
        .order_by("place", Order::Asc)
        .take()
}

fn values(file: &File, home: Home, place: i32) -> Vec<Value> {
    let (mut contact, mut number, mut message, mut note) = (None, None, None, None);
    let (mut agent, mut answer) = (None, None);
    match home {
        Home::Staged(it) => contact = Some(it),
        Home::Message(on, it) => (number, message) = (Some(on), Some(it)),
        Home::Note(on, it) => (number, note) = (Some(on), Some(it)),
        Home::Drafted(it) => agent = Some(it),
        Home::Held(by, it) => (agent, answer) = (Some(by), Some(it)),
    }
    vec![
        val(&file.id),
        val(&file.key),
        val(&file.name),
        val(&file.size),
        val(&file.at),
        opt(contact.as_ref()),
        opt(number.as_ref()),
        opt(message.as_ref()),
        opt(note.as_ref()),
        opt(agent.as_ref()),
        opt(answer.as_ref()),
        place.into(),
    ]
}

pub(in crate::sea) fn read(row: &mut Row<'_>) -> Result<File, StoreError> {
    let (id, key, name, size, uploaded_at) = (row.get()?, row.get()?, row.get()?, row.get()?, row.get()?);
    let (contact, number, message, note) = (row.opt()?, row.opt()?, row.opt()?, row.opt()?);
    let home = match (contact, number, message, note, row.opt()?, row.opt()?) {
        (Some(contact), None, None, None, None, None) => FileHome::Staged(contact),
        (None, Some(number), Some(message), None, None, None) => FileHome::Message(number, message),
        (None, Some(number), None, Some(note), None, None) => FileHome::Note(number, note),
        (None, None, None, None, Some(agent), None) => FileHome::Drafted(agent),
        (None, None, None, None, Some(agent), Some(answer)) => FileHome::Held(agent, answer),
        _ => return Err(corrupt("a file has no home")),
    };
    Ok(File {
        id,
        key,
        name,
        size,
        home,
        at: uploaded_at,
    })
}
