//! Short forms for the statements that a store has many of.

use portal_core::ports::StoreError;
use sea_orm::sea_query::{
    DeleteStatement, Expr, ExprTrait, InsertStatement, OnConflict, Query, SelectStatement, Value,
};
use serde::Serialize;

use super::error::corrupt;

/// A column's name and what goes into it.
pub(crate) type Assignment = (&'static str, Value);

/// `table.column`.
pub(crate) fn at(table: &'static str, column: &'static str) -> Expr {
    Expr::col((table, column))
}

/// `column = value`.
pub(crate) fn is(column: &'static str, value: Value) -> Expr {
    Expr::col(column).eq(value)
}

/// `SELECT columns FROM table`.
pub(crate) fn select(table: &'static str, columns: &[&'static str]) -> SelectStatement {
    let mut select = Query::select();
    select.from(table).columns(columns.iter().map(|it| (table, *it)));
    select
}

/// `DELETE FROM table WHERE condition`.
pub(crate) fn delete(table: &'static str, condition: Expr) -> DeleteStatement {
    let mut delete = Query::delete();
    delete.from_table(table).and_where(condition);
    delete
}

/// `INSERT INTO table …` of one row.
pub(crate) fn insert(table: &'static str, row: Vec<Assignment>) -> InsertStatement {
    let (columns, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
    insert_rows(table, &columns, vec![values])
}

/// `INSERT INTO table …` of several rows. Not to be called with none.
pub(crate) fn insert_rows(table: &'static str, columns: &[&'static str], rows: Vec<Vec<Value>>) -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table(table).columns(columns.iter().copied());
    insert.values_from_panic(rows.into_iter().map(|row| row.into_iter().map(Expr::val)));
    insert
}

/// As [`insert`]; if the key is taken, that row gets all the other values.
pub(crate) fn upsert(table: &'static str, key: &[&'static str], row: Vec<Assignment>) -> InsertStatement {
    let others: Vec<_> = row
        .iter()
        .map(|(column, _)| *column)
        .filter(|it| !key.contains(it))
        .collect();
    let mut insert = insert(table, row);
    let mut conflict = OnConflict::columns(key.iter().copied());
    if others.is_empty() {
        conflict.do_nothing();
    } else {
        conflict.update_columns(others);
    }
    insert.on_conflict(conflict);
    insert
}

/// Nothing is added, and nothing fails, if anything unique is taken; the number of rows tells.
pub(crate) fn or_nothing(mut insert: InsertStatement) -> InsertStatement {
    insert.on_conflict(OnConflict::new().do_nothing().to_owned());
    insert
}

/// A JSON document as a value.
pub(crate) fn json(document: &impl Serialize) -> Result<Value, StoreError> {
    serde_json::to_string(document)
        .map(Value::from)
        .map_err(|error| corrupt(error.to_string()))
}

/// How many elements a statement's list has, so that few different statements exist however many elements there are: a
/// list is filled up with its last element.
pub(crate) fn padded(mut values: Vec<Value>) -> Vec<Value> {
    if let Some(last) = values.last().cloned() {
        let size = values.len().next_power_of_two();
        values.resize(size, last);
    }
    values
}
