//! Reading what is said on a ticket. Notes are not here, nor anywhere that a scope leads to.

use std::collections::BTreeMap;

use portal_core::access::Scope;
use portal_core::id::{MessageId, TicketNumber};
use portal_core::ports::StoreError;
use portal_core::ticket::{
    Author, Body, Event, File, FileHome, Message, SafeHtml, Timeline, TimelineItem, TimelineWindow,
};
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement, UnionType};

use super::files;
use super::record::read_author;
use super::thread::{EVENT_COLUMNS, EVENTS, MESSAGE_COLUMNS, MESSAGES};
use crate::sea::access;
use crate::sea::error::corrupt;
use crate::sea::row::{Row, only};
use crate::sea::sql::{is, select};
use crate::sea::stored::{Stored, val};
use crate::sea::tx::SeaTx;

/// The most items of one answer.
const MOST: usize = 1000;

pub(super) async fn timeline(
    tx: &SeaTx,
    scope: &Scope,
    number: TicketNumber,
    window: TimelineWindow,
) -> Result<Timeline, StoreError> {
    let mut places: Vec<u32> = tx.list(&places(scope, number, window), only).await?;
    places.sort_unstable();
    let (shown, hidden) = cut(places, window);
    let Some(ranges) = ranges(&shown) else {
        return Ok(Timeline {
            items: Vec::new(),
            hidden,
        });
    };

    let messages = of_ticket(MESSAGES, &MESSAGE_COLUMNS, scope, number)
        .and_where(ranges.clone())
        .take();
    let events = of_ticket(EVENTS, &EVENT_COLUMNS, scope, number)
        .and_where(ranges)
        .take();
    let mut items: BTreeMap<(u32, bool), TimelineItem> = BTreeMap::new();
    for event in tx.list(&events, read_event).await? {
        items.insert((event.seq, true), TimelineItem::Event(event));
    }
    let mut messages = tx.list(&messages, read_message).await?;
    give_files(tx, scope, number, &mut messages).await?;
    for message in messages {
        items.insert((message.seq, false), TimelineItem::Message(message));
    }
    Ok(Timeline {
        items: items.into_values().collect(),
        hidden,
    })
}

/// The places of all items, from the indexes alone.
pub(in crate::sea) fn places(scope: &Scope, number: TicketNumber, window: TimelineWindow) -> SelectStatement {
    let of = |table| {
        let mut places = of_ticket(table, &["seq"], scope, number);
        if let TimelineWindow::After(seq) = window {
            places.and_where(Expr::col((table, "seq")).gt(val(&seq)));
        }
        places
    };
    of(MESSAGES).union(UnionType::All, of(EVENTS)).take()
}

/// What hangs on the ticket, if it is in the scope.
fn of_ticket(table: &'static str, columns: &[&'static str], scope: &Scope, number: TicketNumber) -> SelectStatement {
    let number = val(&number);
    select(table, columns)
        .and_where(Expr::col((table, "number")).eq(number.clone()))
        .and_where(access::permits(scope, Expr::val(number)))
        .take()
}

/// The places that are shown, as at most two runs, and how many are not.
fn cut(places: Vec<u32>, window: TimelineWindow) -> (Vec<Vec<u32>>, u32) {
    let total = places.len();
    let runs = match window {
        TimelineWindow::All => vec![places.get(total.saturating_sub(MOST)..).unwrap_or_default().to_vec()],
        TimelineWindow::After(_) => return (vec![places.into_iter().take(MOST).collect()], 0),
        TimelineWindow::Folded { first, last } if total > first as usize + last as usize => {
            let (begin, end) = (first as usize, total - last as usize);
            vec![
                places.get(..begin).unwrap_or_default().to_vec(),
                places.get(end..).unwrap_or_default().to_vec(),
            ]
        }
        TimelineWindow::Folded { .. } => vec![places],
    };
    let shown: usize = runs.iter().map(Vec::len).sum();
    (runs, (total - shown) as u32)
}

/// The condition that a place lies in one of the runs; `None` if they are empty.
fn ranges(runs: &[Vec<u32>]) -> Option<Expr> {
    let bounds = runs.iter().filter_map(|run| Some((run.first()?, run.last()?)));
    bounds
        .map(|(first, last)| Expr::col("seq").between(first.raw(), last.raw()))
        .reduce(ExprTrait::or)
}

async fn give_files(
    tx: &SeaTx,
    scope: &Scope,
    number: TicketNumber,
    messages: &mut [Message],
) -> Result<(), StoreError> {
    if messages.is_empty() {
        return Ok(());
    }
    let condition = is("number", val(&number)).and(access::permits(scope, Expr::val(val(&number))));
    let mut by_message: BTreeMap<MessageId, Vec<File>> = BTreeMap::new();
    for file in tx.list(&files::of_messages(condition), files::read).await? {
        if let FileHome::Message(_, message) = file.home {
            by_message.entry(message).or_default().push(file);
        }
    }
    for message in messages {
        message.files = by_message.remove(&message.id).unwrap_or_default();
    }
    Ok(())
}

pub(in crate::sea) fn read_by(row: &mut Row<'_>) -> Result<Author, StoreError> {
    let kind = read_author(row)?.ok_or_else(|| corrupt("an author is missing"))?;
    Ok(Author { kind, name: row.get()? })
}

/// What somebody wrote, of five columns.
pub(in crate::sea) fn read_body(row: &mut Row<'_>) -> Result<Body, StoreError> {
    let (format, sanitiser, plain) = (row.get()?, row.get()?, row.get()?);
    Ok(Body {
        format,
        sanitiser,
        plain,
        html: SafeHtml::vouched(row.get()?),
        source: row.get()?,
    })
}

pub(in crate::sea) fn read_message(row: &mut Row<'_>) -> Result<Message, StoreError> {
    let (id, ticket, seq, author, written_at, source) = (
        row.get()?,
        row.get()?,
        row.get()?,
        read_by(row)?,
        row.get()?,
        row.get()?,
    );
    let body = read_body(row)?;
    Ok(Message {
        id,
        ticket,
        seq,
        author,
        at: written_at,
        source,
        body,
        files: Vec::new(),
    })
}

pub(in crate::sea) fn read_event(row: &mut Row<'_>) -> Result<Event, StoreError> {
    let (ticket, seq, by, happened_at) = (row.get()?, row.get()?, read_by(row)?, row.get()?);
    let kind: portal_wire::EventKind = row.json()?;
    let kind = kind
        .try_into()
        .map_err(|error: portal_wire::Invalid| corrupt(error.to_string()))?;
    Ok(Event {
        ticket,
        seq,
        at: happened_at,
        by,
        kind,
    })
}
