//! Writing what is said on a ticket: messages, events, notes.

use portal_core::ports::StoreError;
use portal_core::ticket::{Author, Body, Event, File, Message, Note};
use sea_orm::sea_query::Value;

use super::files::{self, Home};
use super::record::author_columns;
use crate::sea::error::conflict;
use crate::sea::search;
use crate::sea::service::facts;
use crate::sea::sql::{json, or_nothing};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

pub(in crate::sea) const MESSAGES: &str = "message";
pub(in crate::sea) const EVENTS: &str = "ticket_event";
pub(in crate::sea) const NOTES: &str = "note";

/// The columns of a message, in the order in which they are written and read.
pub(in crate::sea) const MESSAGE_COLUMNS: [&str; 13] = [
    "id",
    "number",
    "seq",
    "author_kind",
    "author",
    "author_name",
    "written_at",
    "source",
    "format",
    "sanitiser",
    "body_plain",
    "body_html",
    "body_source",
];
/// The columns of an event, in the order in which they are written and read.
pub(in crate::sea) const EVENT_COLUMNS: [&str; 7] = [
    "number",
    "seq",
    "author_kind",
    "author",
    "author_name",
    "happened_at",
    "kind",
];
/// The columns of a note, in the order in which they are written and read.
pub(in crate::sea) const NOTE_COLUMNS: [&str; 11] = [
    "id",
    "number",
    "author_kind",
    "author",
    "author_name",
    "written_at",
    "format",
    "sanitiser",
    "body_plain",
    "body_html",
    "body_source",
];

pub(super) async fn add_message(tx: &SeaTx, message: &Message) -> Result<(), StoreError> {
    if add_messages(tx, &[message]).await? == 0 {
        return Err(conflict());
    }
    facts::follow(tx, message.ticket, |it| it.after_message(message)).await?;
    search::extend(tx, message.ticket, &message.body.plain).await
}

/// Adds messages and their files, without their words; the number of those that nothing was in the way of.
pub(in crate::sea) async fn add_messages(tx: &SeaTx, messages: &[&Message]) -> Result<u64, StoreError> {
    let rows = messages.iter().map(|it| {
        let mut row = vec![val(&it.id), val(&it.ticket), val(&it.seq)];
        row.extend(author(&it.author));
        row.extend([val(&it.at), val(&it.source)]);
        row.extend(body(&it.body));
        row
    });
    let added = tx
        .add_all(MESSAGES, &MESSAGE_COLUMNS, rows.collect(), or_nothing)
        .await?;
    if added == messages.len() as u64 {
        files::put(tx, message_files(messages)).await?;
    }
    Ok(added)
}

pub(super) async fn add_event(tx: &SeaTx, event: &Event) -> Result<(), StoreError> {
    add_events(tx, &[event]).await?;
    facts::follow(tx, event.ticket, |it| it.after_event(event)).await
}

/// Adds events, without the facts that follow from them.
pub(in crate::sea) async fn add_events(tx: &SeaTx, events: &[&Event]) -> Result<(), StoreError> {
    let rows = events.iter().map(|it| {
        let mut row = vec![val(&it.ticket), val(&it.seq)];
        row.extend(author(&it.by));
        row.extend([val(&it.at), json(&portal_wire::EventKind::from(&it.kind))?]);
        Ok(row)
    });
    let rows = rows.collect::<Result<Vec<_>, StoreError>>()?;
    let added = tx.add_all(EVENTS, &EVENT_COLUMNS, rows, or_nothing).await?;
    if added == events.len() as u64 {
        Ok(())
    } else {
        Err(conflict())
    }
}

pub(super) async fn add_note(tx: &SeaTx, note: &Note) -> Result<(), StoreError> {
    if add_notes(tx, &[note]).await? == 0 {
        return Err(conflict());
    }
    search::extend_by_note(tx, note.ticket, &note.body.plain).await
}

/// Adds notes and their files, without their words; the number of those that nothing was in the way of.
pub(in crate::sea) async fn add_notes(tx: &SeaTx, notes: &[&Note]) -> Result<u64, StoreError> {
    let rows = notes.iter().map(|it| {
        let mut row = vec![val(&it.id), val(&it.ticket)];
        row.extend(author(&it.author));
        row.push(val(&it.at));
        row.extend(body(&it.body));
        row
    });
    let added = tx.add_all(NOTES, &NOTE_COLUMNS, rows.collect(), or_nothing).await?;
    if added == notes.len() as u64 {
        files::put(tx, note_files(notes)).await?;
    }
    Ok(added)
}

fn message_files<'a>(messages: &[&'a Message]) -> Vec<(&'a File, Home)> {
    let of = |it: &'a Message| it.files.iter().map(move |file| (file, Home::Message(it.ticket, it.id)));
    messages.iter().copied().flat_map(of).collect()
}

fn note_files<'a>(notes: &[&'a Note]) -> Vec<(&'a File, Home)> {
    let of = |it: &'a Note| it.files.iter().map(move |file| (file, Home::Note(it.ticket, it.id)));
    notes.iter().copied().flat_map(of).collect()
}

pub(in crate::sea) fn author(it: &Author) -> [Value; 3] {
    let (kind, id) = author_columns(it.kind);
    [kind.into(), id.into(), it.name.clone().into()]
}

pub(in crate::sea) fn body(it: &Body) -> [Value; 5] {
    [
        val(&it.format),
        val(&it.sanitiser),
        it.plain.clone().into(),
        it.html.as_str().into(),
        it.source.clone().into(),
    ]
}
