//! FTS5. The table keeps the words too, so that a message can add some.

use std::collections::HashSet;

use portal_core::access::Scope;
use portal_core::id::TicketNumber;
use portal_core::ports::StoreError;
use portal_core::text::Token;
use portal_core::ticket::{Search, TicketRow};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement, Value};

use super::{Document, TABLE, fitting, principal, rows};
use crate::sea::access;
use crate::sea::row::only;
use crate::sea::sql::{at, is, select};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

pub(super) async fn add(tx: &SeaTx, table: &'static str, documents: &[Document]) -> Result<(), StoreError> {
    let row = |it: &Document| {
        vec![
            val(&it.number),
            it.words.join(" ").into(),
            it.principals.join(" ").into(),
        ]
    };
    tx.add_all(
        table,
        &["rowid", "words", "principals"],
        documents.iter().map(row).collect(),
        |it| it,
    )
    .await
    .map(|_| ())
}

pub(super) async fn extend(
    tx: &SeaTx,
    table: &'static str,
    number: TicketNumber,
    words: Vec<Token>,
) -> Result<(), StoreError> {
    let statement = select(table, &["words"]).and_where(is("rowid", val(&number))).take();
    let Some(mut stored) = tx.find_one(&statement, only::<String>).await? else {
        return Ok(());
    };
    let there: HashSet<&str> = stored.split(' ').collect();
    let new = words.into_iter().filter(|it| !there.contains(it.as_str())).collect();
    let new = fitting(stored.len() + 1, new);
    if new.is_empty() {
        return Ok(());
    }
    for word in new {
        stored.push(' ');
        stored.push_str(&word);
    }
    set(tx, table, number, vec![("words", stored.into())]).await
}

pub(super) async fn readdress(
    tx: &SeaTx,
    table: &'static str,
    number: TicketNumber,
    principals: &[String],
) -> Result<(), StoreError> {
    set(tx, table, number, vec![("principals", principals.join(" ").into())]).await
}

pub(super) async fn replace(tx: &SeaTx, table: &'static str, document: &Document) -> Result<(), StoreError> {
    let values = vec![
        ("words", document.words.join(" ").into()),
        ("principals", document.principals.join(" ").into()),
    ];
    set(tx, table, document.number, values).await
}

async fn set(
    tx: &SeaTx,
    table: &'static str,
    number: TicketNumber,
    values: Vec<(&'static str, Value)>,
) -> Result<(), StoreError> {
    let mut update = Query::update();
    update
        .table(table)
        .values(values.into_iter().map(|(column, value)| (column, Expr::val(value))))
        .and_where(is("rowid", val(&number)));
    tx.run(&update).await.map(|_| ())
}

pub(super) async fn search(tx: &SeaTx, scope: &Scope, search: &Search) -> Result<Vec<TicketRow>, StoreError> {
    rows(tx, scope, keys(scope, search)).await
}

/// FTS5 walks its hits by descending number and stops when the page is full.
pub(super) fn keys(scope: &Scope, search: &Search) -> SelectStatement {
    let number = at(TABLE, "rowid");
    let mut keys = Query::select();
    keys.expr_as(number.clone(), "number").from(TABLE);
    keys.and_where(Expr::cust_with_values(
        "ticket_search MATCH ?",
        [query(scope, &search.tokens)],
    ));
    if let Some(below) = search.below {
        keys.and_where(number.clone().lt(val(&below)));
    }
    keys.and_where(access::wants(scope, number, search.filter));
    keys.order_by((TABLE, "rowid"), Order::Desc)
        .limit(u64::from(search.limit));
    keys
}

/// All words, the last one as a beginning; and any of the principals.
fn query(scope: &Scope, tokens: &[String]) -> String {
    let words: Vec<String> = tokens.iter().map(|it| format!("\"{it}\"")).collect();
    let principals: Vec<String> = scope
        .principals()
        .iter()
        .map(|it| format!("\"{}\"", principal(it)))
        .collect();
    format!(
        "principals : ({}) AND words : ({} *)",
        principals.join(" OR "),
        words.join(" AND ")
    )
}
