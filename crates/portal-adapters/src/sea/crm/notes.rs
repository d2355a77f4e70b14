//! Notes about contacts and companies: staff only.

use portal_core::crm::{Party, PartyNote};
use portal_core::id::{MergeId, NoteId};
use portal_core::ports::StoreError;
use sea_orm::sea_query::{ExprTrait, Order, Query, Value};

use super::party::{party_columns, some_party};
use crate::sea::row::Row;
use crate::sea::sql::{delete, insert_rows, is, select};
use crate::sea::stored::val;
use crate::sea::tickets::{thread, timeline};
use crate::sea::tx::SeaTx;

const TABLE: &str = "party_note";
const COLUMNS: [&str; 12] = [
    "id",
    "about_kind",
    "about",
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

pub(super) async fn add(tx: &SeaTx, note: &PartyNote) -> Result<(), StoreError> {
    let (kind, about) = party_columns(note.about);
    let mut row: Vec<Value> = vec![val(&note.id), kind.into(), about.into()];
    row.extend(thread::author(&note.author));
    row.push(val(&note.at));
    row.extend(thread::body(&note.body));
    tx.run(&insert_rows(TABLE, &COLUMNS, vec![row])).await.map(|_| ())
}

pub(super) async fn one(tx: &SeaTx, id: NoteId) -> Result<Option<PartyNote>, StoreError> {
    tx.find_one(select(TABLE, &COLUMNS).and_where(is("id", val(&id))), read)
        .await
}

pub(super) async fn of(tx: &SeaTx, about: Party, limit: u32) -> Result<Vec<PartyNote>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement
        .and_where(is("about", party_columns(about).1.into()))
        .order_by("written_at", Order::Desc)
        .order_by("id", Order::Desc)
        .limit(u64::from(limit));
    tx.list(&statement, read).await
}

pub(super) async fn remove(tx: &SeaTx, id: NoteId) -> Result<(), StoreError> {
    tx.run(&delete(TABLE, is("id", val(&id)))).await.map(|_| ())
}

pub(super) async fn remove_all(tx: &SeaTx, about: Party) -> Result<(), StoreError> {
    let condition = is("about", party_columns(about).1.into());
    tx.run(&delete(TABLE, condition)).await.map(|_| ())
}

pub(super) async fn follow(tx: &SeaTx, merge: MergeId, from: Party, into: Party) -> Result<(), StoreError> {
    let (kind, id) = party_columns(into);
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("about_kind", kind)
        .value("about", id)
        .value("merge", val(&merge))
        .and_where(is("about", party_columns(from).1.into()));
    tx.run(&update).await.map(|_| ())
}

pub(super) async fn go_back(tx: &SeaTx, merge: MergeId, to: Party) -> Result<(), StoreError> {
    let (kind, id) = party_columns(to);
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("about_kind", kind)
        .value("about", id)
        .value("merge", Option::<portal_core::id::Uuid>::None)
        .and_where(sea_orm::sea_query::Expr::col("merge").eq(val(&merge)));
    tx.run(&update).await.map(|_| ())
}

fn read(row: &mut Row<'_>) -> Result<PartyNote, StoreError> {
    let (id, about, author, at) = (row.get()?, some_party(row)?, timeline::read_by(row)?, row.get()?);
    let body = timeline::read_body(row)?;
    Ok(PartyNote {
        id,
        about,
        author,
        at,
        body,
    })
}
