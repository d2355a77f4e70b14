//! Merges, and what followed in them.

use portal_core::crm::{Merge, MergeState, Moved, Party};
use portal_core::id::{ContactId, MergeId, TicketNumber, Uuid};
use portal_core::ports::StoreError;
use portal_core::text::Line;
use portal_core::ticket::AssociationLabel;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, LockType, Order, Query, SelectStatement, Value};

use super::party::{party_columns, some_party};
use crate::sea::directory::portals::document;
use crate::sea::error::corrupt;
use crate::sea::row::Row;
use crate::sea::sql::{at, delete, is, json, or_nothing, select, upsert};
use crate::sea::stored::{Stored, opt, val};
use crate::sea::tx::SeaTx;

const TABLE: &str = "party_merge";
const PARTS: &str = "party_merge_part";
const MOST: u64 = 50;
/// The codes of what followed; never given to another kind. People come first.
const PERSON: i16 = 1;
const TICKET: i16 = 2;
const COMPANY_TICKET: i16 = 3;

pub(super) async fn put(tx: &SeaTx, merge: &Merge) -> Result<(), StoreError> {
    let ((kind, from), (_, into)) = (party_columns(merge.from), party_columns(merge.into));
    let row = vec![
        ("id", val(&merge.id)),
        ("kind", kind.into()),
        ("source", from.into()),
        ("target", into.into()),
        ("state", code(merge.state).into()),
        ("made_by", opt(merge.by.as_ref())),
        ("made_at", val(&merge.at)),
        ("was_active", merge.was_active.into()),
        ("before", json(&portal_wire::PartyFields::from(&merge.before))?),
        ("after", json(&portal_wire::PartyFields::from(&merge.after))?),
    ];
    tx.run_guarded(&upsert(TABLE, &["id"], row)).await.map(|_| ())
}

pub(super) async fn one(tx: &SeaTx, id: MergeId) -> Result<Option<Merge>, StoreError> {
    let mut statement = all();
    statement.and_where(is("id", val(&id)));
    if tx.is_write() && tx.is_postgres() {
        statement.lock(LockType::Update);
    }
    tx.find_one(&statement, read).await
}

pub(super) async fn of(tx: &SeaTx, party: Party) -> Result<Vec<Merge>, StoreError> {
    let id = party_columns(party).1;
    let mut statement = all();
    statement
        .cond_where(Cond::any().add(is("source", id.into())).add(is("target", id.into())))
        .order_by("made_at", Order::Desc)
        .order_by("id", Order::Desc)
        .limit(MOST);
    tx.list(&statement, read).await
}

/// Whether the row of the outer statement became a part of another one.
pub(super) fn is_merged(table: &'static str) -> Expr {
    let mut merges = Query::select();
    merges
        .expr(Expr::val(1i32))
        .from(TABLE)
        .and_where(at(TABLE, "source").equals((table, "id")))
        // As the index says it.
        .and_where(Expr::cust("party_merge.state <> 4"));
    Expr::exists(merges)
}

pub(super) async fn forget(tx: &SeaTx, party: Party) -> Result<(), StoreError> {
    let id = party_columns(party).1;
    let mut merges = select(TABLE, &["id"]);
    merges.cond_where(Cond::any().add(is("source", id.into())).add(is("target", id.into())));
    tx.run(&delete(PARTS, Expr::col("merge").in_subquery(merges))).await?;
    let nothing = json(&portal_wire::PartyFields::from(
        &portal_core::crm::PartyFields::default(),
    ))?;
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("before", nothing.clone())
        .value("after", nothing)
        .cond_where(Cond::any().add(is("source", id.into())).add(is("target", id.into())));
    tx.run(&update).await.map(|_| ())
}

fn all() -> SelectStatement {
    select(
        TABLE,
        &[
            "id",
            "kind",
            "source",
            "kind",
            "target",
            "state",
            "made_by",
            "made_at",
            "was_active",
            "before",
            "after",
        ],
    )
}

fn read(row: &mut Row<'_>) -> Result<Merge, StoreError> {
    Ok(Merge {
        id: row.get()?,
        from: some_party(row)?,
        into: some_party(row)?,
        state: state(row.small()?).ok_or_else(|| corrupt("a merge in no state"))?,
        by: row.opt()?,
        at: row.get()?,
        was_active: row.get()?,
        before: document::<portal_wire::PartyFields, _>(row)?,
        after: document::<portal_wire::PartyFields, _>(row)?,
    })
}

/// The code of each state; never given to another one. The migration knows that 4 is undone.
const fn code(state: MergeState) -> i16 {
    match state {
        MergeState::Moving => 1,
        MergeState::Done => 2,
        MergeState::Undoing => 3,
        MergeState::Undone => 4,
    }
}

const fn state(code: Option<i16>) -> Option<MergeState> {
    match code {
        Some(1) => Some(MergeState::Moving),
        Some(2) => Some(MergeState::Done),
        Some(3) => Some(MergeState::Undoing),
        Some(4) => Some(MergeState::Undone),
        _ => None,
    }
}

pub(super) async fn keep(tx: &SeaTx, merge: MergeId, moved: &[Moved]) -> Result<(), StoreError> {
    let rows = moved.iter().map(|it| {
        let (kind, item) = key(it);
        let (label, before, word): (Option<i16>, Option<i16>, Option<String>) = match it {
            Moved::Ticket { label, before, .. } => (Some(label.raw()), before.as_ref().map(Stored::raw), None),
            Moved::CompanyTicket { before, .. } => (None, Some(i16::from(*before)), None),
            Moved::Person {
                primary, before, label, ..
            } => (
                Some(i16::from(*primary)),
                Some(i16::from(*before)),
                label.as_ref().map(ToString::to_string),
            ),
        };
        vec![
            val(&merge),
            kind.into(),
            item.into(),
            label.into(),
            before.into(),
            word.into(),
        ]
    });
    let columns = ["merge", "kind", "item", "label", "before", "word"];
    tx.add_all(PARTS, &columns, rows.collect::<Vec<Vec<Value>>>(), or_nothing)
        .await
        .map(|_| ())
}

fn key(it: &Moved) -> (i16, String) {
    match it {
        Moved::Person { contact, .. } => (PERSON, contact.to_string()),
        Moved::Ticket { number, .. } => (TICKET, padded(*number)),
        Moved::CompanyTicket { number, .. } => (COMPANY_TICKET, padded(*number)),
    }
}

fn padded(number: TicketNumber) -> String {
    format!("{:019}", number.get())
}

pub(super) async fn moved(tx: &SeaTx, merge: MergeId, limit: u32) -> Result<Vec<Moved>, StoreError> {
    let mut statement = select(PARTS, &["kind", "item", "label", "before", "word"]);
    statement
        .and_where(is("merge", val(&merge)))
        .order_by("kind", Order::Asc)
        .order_by("item", Order::Asc)
        .limit(u64::from(limit));
    tx.list(&statement, read_moved).await
}

fn read_moved(row: &mut Row<'_>) -> Result<Moved, StoreError> {
    let broken = || corrupt("what followed in a merge makes no sense");
    let (kind, item) = (row.small()?, row.get::<String>()?);
    let (label, before, word) = (row.small()?, row.small()?, row.opt::<Line>()?);
    let number = || item.parse().ok().and_then(TicketNumber::new).ok_or_else(broken);
    Ok(match kind {
        Some(PERSON) => Moved::Person {
            contact: ContactId::from_uuid(Uuid::parse_str(&item).map_err(|_| broken())?),
            primary: label == Some(1),
            before: before == Some(1),
            label: word,
        },
        Some(TICKET) => Moved::Ticket {
            number: number()?,
            label: label.and_then(AssociationLabel::read).ok_or_else(broken)?,
            before: before.and_then(AssociationLabel::read),
        },
        Some(COMPANY_TICKET) => Moved::CompanyTicket {
            number: number()?,
            before: before == Some(1),
        },
        _ => return Err(broken()),
    })
}

pub(super) async fn forget_moved(tx: &SeaTx, merge: MergeId, moved: &[Moved]) -> Result<(), StoreError> {
    for kind in [PERSON, TICKET, COMPANY_TICKET] {
        let items: Vec<Expr> = moved
            .iter()
            .map(key)
            .filter(|(of, _)| *of == kind)
            .map(|(_, item)| Expr::val(item))
            .collect();
        if items.is_empty() {
            continue;
        }
        let condition = is("merge", val(&merge))
            .and(is("kind", kind.into()))
            .and(Expr::col("item").is_in(items));
        tx.run(&delete(PARTS, condition)).await?;
    }
    Ok(())
}
