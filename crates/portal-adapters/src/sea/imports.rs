use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::crm::Agent;
use portal_core::id::{ContactId, TicketNumber};
use portal_core::ports::{ImportedTicket, Imports, Person, Receipt, ReceiptKind, StoreError, StoreErrorKind};
use portal_core::service::ServiceFacts;
use portal_core::ticket::{Event, Message, Note, Ticket};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order, Value};

use super::error::conflict;
use super::row::Row;
use super::search;
use super::sql::{is, or_nothing, padded, select};
use super::stored::{Stored, opt, val};
use super::tickets::{number, thread, write};
use super::tx::SeaTx;

const RECEIPTS: &str = "import_receipt";
const RECEIPT_COLUMNS: [&str; 5] = ["kind", "name", "object", "number", "fingerprint"];
const PARTS: &str = "import_part";
/// How many keys are looked up by one statement.
const AT_ONCE: usize = 256;

#[async_trait]
impl Imports for SeaTx {
    async fn all_receipts(
        &mut self,
        _task: &Task,
        kind: ReceiptKind,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Receipt>, StoreError> {
        let mut statement = select(RECEIPTS, &RECEIPT_COLUMNS);
        statement
            .and_where(is("kind", val(&kind)))
            .order_by("name", Order::Asc)
            .limit(u64::from(limit));
        if let Some(after) = after {
            statement.and_where(Expr::col("name").gt(after));
        }
        self.list(&statement, read).await
    }

    async fn receipts(&mut self, _task: &Task, kind: ReceiptKind, keys: &[String]) -> Result<Vec<Receipt>, StoreError> {
        let mut found = Vec::new();
        for part in keys.chunks(AT_ONCE) {
            let keys = padded(part.iter().map(|it| it.as_str().into()).collect());
            let mut statement = select(RECEIPTS, &RECEIPT_COLUMNS);
            statement
                .and_where(is("kind", val(&kind)))
                .and_where(Expr::col("name").is_in(keys.into_iter().map(Expr::val)));
            found.extend(self.list(&statement, read).await?);
        }
        Ok(found)
    }

    async fn parts(
        &mut self,
        _task: &Task,
        tickets: &[TicketNumber],
    ) -> Result<Vec<(TicketNumber, String)>, StoreError> {
        let mut found = Vec::new();
        for part in tickets.chunks(AT_ONCE) {
            let numbers = padded(part.iter().map(val).collect());
            let mut statement = select(PARTS, &["number", "name"]);
            statement.and_where(Expr::col("number").is_in(numbers.into_iter().map(Expr::val)));
            found.extend(self.list(&statement, |row| Ok((row.get()?, row.get()?))).await?);
        }
        Ok(found)
    }

    async fn put_receipts(&mut self, _task: &Task, receipts: &[Receipt]) -> Result<(), StoreError> {
        let row = |it: &Receipt| {
            let number = opt(it.number.as_ref());
            vec![
                val(&it.kind),
                it.key.as_str().into(),
                it.object.into(),
                number,
                it.fingerprint.to_vec().into(),
            ]
        };
        // The same key twice in one batch: the last one counts, as if they came one after the other.
        let latest: std::collections::BTreeMap<_, _> =
            receipts.iter().map(|it| ((it.kind, it.key.as_str()), it)).collect();
        self.add_all(
            RECEIPTS,
            &RECEIPT_COLUMNS,
            latest.into_values().map(row).collect(),
            |mut it| {
                it.on_conflict(
                    OnConflict::columns(["kind", "name"])
                        .update_columns(["object", "number", "fingerprint"])
                        .to_owned(),
                );
                it
            },
        )
        .await?;
        let part = |it: &Receipt| -> Vec<Vec<Value>> {
            let of = |number: &TicketNumber| {
                it.parts
                    .iter()
                    .map(|part| vec![val(number), part.as_str().into()])
                    .collect()
            };
            it.number.as_ref().map(of).unwrap_or_default()
        };
        self.add_all(
            PARTS,
            &["number", "name"],
            receipts.iter().flat_map(part).collect(),
            or_nothing,
        )
        .await
        .map(|_| ())
    }

    async fn people(&mut self, _task: &Task, after: Option<ContactId>, limit: u32) -> Result<Vec<Person>, StoreError> {
        let mut statement = select("contact", &["id", "name", "email"]);
        statement.order_by("id", Order::Asc).limit(u64::from(limit));
        if let Some(after) = after {
            statement.and_where(Expr::col("id").gt(val(&after)));
        }
        self.list(&statement, |row| {
            Ok(Person {
                contact: row.get()?,
                name: row.get()?,
                email: row.opt()?,
            })
        })
        .await
    }

    async fn all_agents(&mut self, _task: &Task) -> Result<Vec<Agent>, StoreError> {
        self.list(&select("agent", &["id", "name", "email"]), |row| {
            Ok(Agent {
                id: row.get()?,
                name: row.get()?,
                email: row.opt()?,
            })
        })
        .await
    }

    async fn reserve_numbers(&mut self, _task: &Task, count: u32) -> Result<Vec<TicketNumber>, StoreError> {
        if count == 0 {
            return Ok(Vec::new());
        }
        number::reserve(self, count).await
    }

    async fn insert_tickets(&mut self, _task: &Task, tickets: &[ImportedTicket]) -> Result<(), StoreError> {
        if tickets.is_empty() {
            return Ok(());
        }
        self.mark().await?;
        if add(self, tickets).await? {
            return self.keep().await;
        }
        self.back_to_mark().await?;
        Err(conflict())
    }
}

/// Adds everything; `false` if something was in the way, and then a part of it may be there.
async fn add(tx: &mut SeaTx, tickets: &[ImportedTicket]) -> Result<bool, StoreError> {
    let Parts {
        own,
        messages,
        notes,
        events,
        texts,
        note_texts,
    } = parts(tickets);
    let served = |it: &ImportedTicket| ServiceFacts::of(&it.messages, &it.events);
    let rows: Vec<_> = own.iter().copied().zip(tickets.iter().map(served)).collect();
    if write::add_rows(tx, &rows).await? < own.len() as u64 {
        return Ok(false);
    }
    if thread::add_messages(tx, &messages).await? < messages.len() as u64
        || thread::add_notes(tx, &notes).await? < notes.len() as u64
    {
        return Ok(false);
    }
    match thread::add_events(tx, &events).await {
        Err(error) if error.kind() == StoreErrorKind::Conflict => return Ok(false),
        result => result?,
    }
    let documents: Vec<(&Ticket, &[&str], &[&str])> = own
        .into_iter()
        .zip(texts.iter().zip(&note_texts))
        .map(|(ticket, (texts, notes))| (ticket, texts.as_slice(), notes.as_slice()))
        .collect();
    search::add(tx, &documents).await?;
    Ok(true)
}

/// What a batch consists of, table by table.
struct Parts<'a> {
    own: Vec<&'a Ticket>,
    messages: Vec<&'a Message>,
    notes: Vec<&'a Note>,
    events: Vec<&'a Event>,
    texts: Vec<Vec<&'a str>>,
    note_texts: Vec<Vec<&'a str>>,
}

fn parts(tickets: &[ImportedTicket]) -> Parts<'_> {
    Parts {
        own: tickets.iter().map(|it| &it.ticket).collect(),
        messages: tickets.iter().flat_map(|it| &it.messages).collect(),
        notes: tickets.iter().flat_map(|it| &it.notes).collect(),
        events: tickets.iter().flat_map(|it| &it.events).collect(),
        texts: tickets
            .iter()
            .map(|it| it.messages.iter().map(|it| it.body.plain.as_str()).collect())
            .collect(),
        note_texts: tickets
            .iter()
            .map(|it| it.notes.iter().map(|it| it.body.plain.as_str()).collect())
            .collect(),
    }
}

fn read(row: &mut Row<'_>) -> Result<Receipt, StoreError> {
    let (kind, key, object, number) = (row.get()?, row.get()?, row.get()?, row.opt()?);
    Ok(Receipt {
        kind,
        key,
        object,
        number,
        fingerprint: row.get()?,
        parts: Vec::new(),
    })
}

impl Stored for [u8; 16] {
    type Raw = Vec<u8>;
    fn raw(&self) -> Vec<u8> {
        self.to_vec()
    }
    fn read(raw: Vec<u8>) -> Option<Self> {
        raw.try_into().ok()
    }
}
