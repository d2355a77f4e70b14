//! A tsvector of ready-made lexemes and the principals, in one GIN index.

use std::collections::HashSet;
use std::fmt::Write as _;

use portal_core::access::Scope;
use portal_core::id::TicketNumber;
use portal_core::ports::StoreError;
use portal_core::text::Token;
use portal_core::ticket::{Search, TicketRow};
use sea_orm::sea_query::{
    CommonTableExpression, Expr, ExprTrait, JoinType, Order, Query, SelectStatement, UnionType, Value, WithClause,
};

use super::{Document, MAX_DOCUMENT, TABLE, fitting, principal, rows, size};
use crate::sea::access;
use crate::sea::row::{Row, only};
use crate::sea::sql::at;
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

pub(super) async fn add(tx: &SeaTx, table: &'static str, documents: &[Document]) -> Result<(), StoreError> {
    const AT_ONCE: usize = 64;
    for part in documents.chunks(AT_ONCE) {
        let mut sql = format!("INSERT INTO {table} (number, words, size, principals) VALUES ");
        let mut values: Vec<Value> = Vec::with_capacity(part.len() * 4);
        for it in part {
            let n = values.len();
            let comma = if n == 0 { "" } else { ", " };
            // Writing into a String cannot fail.
            let _ = write!(
                sql,
                "{comma}(${}, array_to_tsvector(${}::text::text[]), ${}, ${}::text::text[])",
                n + 1,
                n + 2,
                n + 3,
                n + 4
            );
            values.extend([
                val(&it.number),
                array(&it.words),
                (size(&it.words) as i64).into(),
                array(&it.principals),
            ]);
        }
        tx.run_of(tx.written(&sql, values)).await?;
    }
    Ok(())
}

pub(super) async fn extend(
    tx: &SeaTx,
    table: &'static str,
    number: TicketNumber,
    words: Vec<Token>,
) -> Result<(), StoreError> {
    // Words that are there already are counted again; a document that may have come near the limit is looked at closely.
    let sql = format!(
        "UPDATE {table} SET words = words || array_to_tsvector($2::text::text[]), size = size + $3 WHERE number = $1 AND size + $3 <= $4"
    );
    let values = [
        val(&number),
        array(&words),
        (size(&words) as i64).into(),
        (MAX_DOCUMENT as i64).into(),
    ];
    if tx.run_of(tx.written(&sql, values)).await? == 1 {
        return Ok(());
    }
    let sql = format!("SELECT array_to_json(tsvector_to_array(words))::text FROM {table} WHERE number = $1 FOR UPDATE");
    let Some(result) = tx.one_of(tx.written(&sql, [val(&number)])).await? else {
        return Ok(());
    };
    let mut stored: Vec<Token> = Row::new(&result).json()?;
    let there: HashSet<&Token> = stored.iter().collect();
    let new = words.into_iter().filter(|it| !there.contains(it)).collect();
    let new = fitting(size(&stored), new);
    stored.extend(new);
    let sql = format!("UPDATE {table} SET words = array_to_tsvector($2::text::text[]), size = $3 WHERE number = $1");
    tx.run_of(tx.written(&sql, [val(&number), array(&stored), (size(&stored) as i64).into()]))
        .await
        .map(|_| ())
}

pub(super) async fn readdress(
    tx: &SeaTx,
    table: &'static str,
    number: TicketNumber,
    principals: &[String],
) -> Result<(), StoreError> {
    let sql = format!("UPDATE {table} SET principals = $2::text::text[] WHERE number = $1");
    tx.run_of(tx.written(&sql, [val(&number), array(principals)]))
        .await
        .map(|_| ())
}

pub(super) async fn replace(tx: &SeaTx, table: &'static str, document: &Document) -> Result<(), StoreError> {
    let sql = format!(
        "UPDATE {table} SET words = array_to_tsvector($2::text::text[]), size = $3, principals = $4::text::text[] WHERE number = $1"
    );
    let size = size(&document.words) as i64;
    tx.run_of(tx.written(
        &sql,
        [
            val(&document.number),
            array(&document.words),
            size.into(),
            array(&document.principals),
        ],
    ))
    .await
    .map(|_| ())
}

/// How many of a principal's newest tickets are walked before the index is asked: a common word in a huge company is found
/// at once among the newest, while the index would have to sort all its hits.
pub(super) const WALK: u64 = 5000;

pub(super) async fn search(tx: &SeaTx, scope: &Scope, search: &Search) -> Result<Vec<TicketRow>, StoreError> {
    // How many tickets have a word decides how they are found best.
    tx.plan_for_values().await?;
    let Some(floor) = floor(tx, scope, search.below).await? else {
        return rows(tx, scope, indexed(scope, search, search.below, search.limit)).await;
    };
    let mut found = rows(tx, scope, walked(scope, search, floor)).await?;
    let missing = search.limit.saturating_sub(found.len() as u32);
    if missing > 0 {
        found.extend(rows(tx, scope, indexed(scope, search, Some(floor), missing)).await?);
    }
    Ok(found)
}

/// The number down to which the newest tickets are walked; `None` if nobody of the scope has so many.
async fn floor(tx: &SeaTx, scope: &Scope, below: Option<TicketNumber>) -> Result<Option<TicketNumber>, StoreError> {
    let legs = scope.principals().iter().map(|it| {
        let leg = access::newest(scope, *it, below).offset(WALK - 1).limit(1).take();
        Query::select().column("number").from_subquery(leg, "leg").take()
    });
    let Some(statement) = union(legs, UnionType::All) else {
        return Ok(None);
    };
    let floors: Vec<TicketNumber> = tx.list(&statement, only).await?;
    Ok(floors.into_iter().max())
}

fn union(legs: impl Iterator<Item = SelectStatement>, kind: UnionType) -> Option<SelectStatement> {
    legs.reduce(|mut all, leg| all.union(kind, leg).take())
}

/// The hits among the newest tickets, down to and including the floor.
pub(super) fn walked(scope: &Scope, search: &Search, floor: TicketNumber) -> SelectStatement {
    const NEWEST: &str = "newest";
    let legs = scope.principals().iter().map(|it| {
        let leg = access::newest(scope, *it, search.below).limit(WALK).take();
        Query::select().column("number").from_subquery(leg, "leg").take()
    });
    let mut keys = Query::select();
    keys.column((TABLE, "number")).from(TABLE);
    // Each of the newest is looked up by its number.
    if let Some(newest) = union(legs, UnionType::Distinct) {
        keys.join_subquery(
            JoinType::InnerJoin,
            newest,
            NEWEST,
            at(NEWEST, "number").equals((TABLE, "number")),
        );
    }
    keys.and_where(at(TABLE, "number").gte(val(&floor)))
        .and_where(has_words(&search.tokens));
    keys.and_where(access::wants(scope, at(TABLE, "number"), search.filter));
    keys.order_by((TABLE, "number"), Order::Desc)
        .limit(u64::from(search.limit));
    keys
}

/// The hits that the index finds. They are collected first: a plan that would rather walk numbers downwards until it
/// meets a rare word reads everything.
pub(super) fn indexed(scope: &Scope, search: &Search, below: Option<TicketNumber>, limit: u32) -> SelectStatement {
    const HITS: &str = "hits";
    let principals: Vec<String> = scope.principals().iter().map(principal).collect();
    let mut hits = Query::select();
    hits.column("number").from(TABLE);
    hits.and_where(Expr::cust_with_values(
        "principals && $1::text::text[]",
        [array(&principals)],
    ));
    hits.and_where(has_words(&search.tokens));
    if let Some(below) = below {
        hits.and_where(is_below(below));
    }
    let hits = CommonTableExpression::new()
        .table_name(HITS)
        .column("number")
        .query(hits)
        .materialized(true)
        .to_owned();
    let mut keys = Query::select();
    keys.column((HITS, "number")).from(HITS);
    keys.and_where(access::wants(scope, at(HITS, "number"), search.filter));
    keys.order_by((HITS, "number"), Order::Desc).limit(u64::from(limit));
    keys.with_cte(WithClause::new().cte(hits).to_owned());
    keys
}

fn is_below(number: TicketNumber) -> Expr {
    Expr::col("number").lt(val(&number))
}

/// All words, the last one as a beginning. They are letters and digits only, so quoting them is all it takes.
fn has_words(tokens: &[String]) -> Expr {
    let words: Vec<String> = tokens.iter().map(|it| format!("'{it}'")).collect();
    let query = format!("{}:*", words.join(" & "));
    Expr::cust_with_values("words @@ $1::text::tsquery", [query])
}

/// A list as PostgreSQL writes it. Members are letters and digits only; the quotes keep `null` a word.
pub(super) fn array(members: &[String]) -> Value {
    let members: Vec<String> = members.iter().map(|it| format!("\"{it}\"")).collect();
    format!("{{{}}}", members.join(",")).into()
}
