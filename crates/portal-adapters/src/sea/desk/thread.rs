//! What was said on a ticket, notes included: only by way of a scope of the staff.

use std::collections::BTreeMap;

use portal_core::desk::{DeskThread, StaffScope};
use portal_core::id::{MessageId, NoteId, TicketNumber};
use portal_core::ports::StoreError;
use portal_core::ticket::{File, FileHome, Message, Note, TimelineItem};
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, Func, Order, Query, SelectStatement};

use super::scope;
use crate::sea::row::Row;
use crate::sea::sql::{at, is, select};
use crate::sea::stored::val;
use crate::sea::tickets::files;
use crate::sea::tickets::thread::{EVENT_COLUMNS, EVENTS, MESSAGE_COLUMNS, MESSAGES, NOTE_COLUMNS, NOTES};
use crate::sea::tickets::timeline::{read_body, read_by, read_event, read_message};
use crate::sea::tx::SeaTx;

pub(super) async fn thread(
    tx: &SeaTx,
    scope: &StaffScope,
    number: TicketNumber,
    limit: u32,
) -> Result<DeskThread, StoreError> {
    let of = |table, columns: &[&'static str]| of_ticket(table, columns, scope, number);
    let newest = |mut statement: SelectStatement, column: &'static str| {
        statement.order_by(column, Order::Desc).limit(u64::from(limit)).take()
    };
    let mut items: Vec<TimelineItem> = Vec::new();
    let events = newest(of(EVENTS, &EVENT_COLUMNS), "seq");
    for event in tx.list(&events, read_event).await? {
        items.push(TimelineItem::Event(event));
    }
    let mut messages = tx
        .list(&newest(of(MESSAGES, &MESSAGE_COLUMNS), "seq"), read_message)
        .await?;
    let mut notes_first = of(NOTES, &NOTE_COLUMNS);
    notes_first.order_by("written_at", Order::Desc);
    let mut notes = tx.list(&newest(notes_first, "id"), read_note).await?;
    if !messages.is_empty() || !notes.is_empty() {
        let (mut of_messages, mut of_notes) = files_of(tx, scope, number).await?;
        for message in &mut messages {
            message.files = of_messages.remove(&message.id).unwrap_or_default();
        }
        for note in &mut notes {
            note.files = of_notes.remove(&note.id).unwrap_or_default();
        }
    }
    items.extend(messages.into_iter().map(TimelineItem::Message));
    items.sort_by_key(|it| std::cmp::Reverse(it.seq()));
    items.truncate(limit as usize);
    items.reverse();
    notes.reverse();
    let mut totals = Query::select();
    for table in [MESSAGES, EVENTS, NOTES] {
        let mut count = of(table, &[]);
        count.expr(Func::count(Expr::col(Asterisk)));
        totals.expr(Expr::SubQuery(None, Box::new(count.into())));
    }
    let total = tx
        .find_one(&totals, |row| Ok([row.get()?, row.get()?, row.get()?]))
        .await?;
    let total: [u32; 3] = total.unwrap_or_default();
    let [messages, events, all_notes] = total;
    Ok(DeskThread {
        hidden: (messages + events).saturating_sub(items.len() as u32),
        hidden_notes: all_notes.saturating_sub(notes.len() as u32),
        items,
        notes,
    })
}

/// What hangs on the ticket, if it is in the scope.
fn of_ticket(
    table: &'static str,
    columns: &[&'static str],
    scope: &StaffScope,
    number: TicketNumber,
) -> SelectStatement {
    select(table, columns)
        .and_where(at(table, "number").eq(val(&number)))
        .and_where(scope::has(scope, Expr::val(val(&number))))
        .take()
}

/// One message, without its files.
pub(super) async fn message(tx: &SeaTx, number: TicketNumber, seq: u32) -> Result<Option<Message>, StoreError> {
    let statement = select(MESSAGES, &MESSAGE_COLUMNS)
        .and_where(is("number", val(&number)))
        .and_where(is("seq", val(&seq)))
        .take();
    tx.find_one(&statement, read_message).await
}

type Files = (BTreeMap<MessageId, Vec<File>>, BTreeMap<NoteId, Vec<File>>);

async fn files_of(tx: &SeaTx, scope: &StaffScope, number: TicketNumber) -> Result<Files, StoreError> {
    let condition = || is("number", val(&number)).and(scope::has(scope, Expr::val(val(&number))));
    let mut of = Files::default();
    for statement in [files::of_messages(condition()), files::of_notes(condition())] {
        for file in tx.list(&statement, files::read).await? {
            match file.home {
                FileHome::Message(_, message) => of.0.entry(message).or_default().push(file),
                FileHome::Note(_, note) => of.1.entry(note).or_default().push(file),
                FileHome::Staged(_) | FileHome::Drafted(_) | FileHome::Held(..) => {}
            }
        }
    }
    Ok(of)
}

fn read_note(row: &mut Row<'_>) -> Result<Note, StoreError> {
    let (id, ticket, author, written_at) = (row.get()?, row.get()?, read_by(row)?, row.get()?);
    let body = read_body(row)?;
    Ok(Note {
        id,
        ticket,
        author,
        at: written_at,
        body,
        files: Vec::new(),
    })
}
