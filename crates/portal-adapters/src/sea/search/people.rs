//! The words of names and addresses: a row for each word of each contact and company.

use portal_core::access::Principal;
use portal_core::desk::{MOST_NAMED_ALIKE, NameRun};
use portal_core::id::{CompanyId, ContactId, Uuid};
use portal_core::ports::{StoreError, StoreErrorKind};
use portal_core::text::Token;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement, UnionType, Value};

use crate::sea::sql::{at, delete, is, or_nothing};
use crate::sea::tx::SeaTx;

const TABLE: &str = "person_word";
const COLUMNS: [&str; 3] = ["word", "person", "kind"];
const RUN: &str = "run";

const fn kind(who: &Principal) -> i16 {
    match who {
        Principal::Contact(_) => 1,
        Principal::Company(_) => 2,
    }
}

fn uuid(who: &Principal) -> Uuid {
    match who {
        Principal::Contact(id) => id.uuid(),
        Principal::Company(id) => id.uuid(),
    }
}

/// Puts the words of a contact or a company in the place of those that were there.
pub(in crate::sea) async fn put(tx: &SeaTx, who: Principal, words: Vec<Token>) -> Result<(), StoreError> {
    let own = is("person", uuid(&who).into()).and(is("kind", kind(&who).into()));
    tx.run(&delete(TABLE, own)).await?;
    let row = |word: Token| vec![Value::from(word), uuid(&who).into(), kind(&who).into()];
    tx.add_all(TABLE, &COLUMNS, words.into_iter().map(row).collect(), or_nothing)
        .await
        .map(|_| ())
}

/// Whom the runs of a query name.
pub(super) async fn named(tx: &SeaTx, tokens: &[Token]) -> Result<Vec<(usize, Principal)>, StoreError> {
    let Some(statement) = statement(tokens) else {
        return Ok(Vec::new());
    };
    tx.list(&statement, |row| {
        let run: i64 = row.get()?;
        let id: Uuid = row.get()?;
        let who = match row.small()? {
            Some(1) => Principal::Contact(ContactId::from_uuid(id)),
            Some(2) => Principal::Company(CompanyId::from_uuid(id)),
            _ => return Err(StoreError::bare(StoreErrorKind::Corrupt)),
        };
        Ok((usize::try_from(run).unwrap_or(usize::MAX), who))
    })
    .await
}

/// One part for each run, all at once.
pub(super) fn statement(tokens: &[Token]) -> Option<SelectStatement> {
    let parts = NameRun::all(tokens).into_iter().enumerate().map(|(place, run)| {
        let mut part = Query::select();
        part.expr_as(Expr::val(place as i64), RUN)
            .columns(["person", "kind"])
            .from_subquery(of_run(&run), RUN);
        part
    });
    parts.reduce(|mut all, part| all.union(UnionType::All, part).take())
}

fn of_run(run: &NameRun) -> SelectStatement {
    let wholes = ["first", "second", "third"].into_iter().zip(&run.whole);
    let mut conditions: Vec<(&'static str, Expr)> = wholes
        .map(|(alias, word)| (alias, at(alias, "word").eq(word.as_str())))
        .collect();
    if let Some(word) = &run.beginning {
        let begins = at("last", "word")
            .gte(word.as_str())
            .and(at("last", "word").lt(format!("{word}\u{10ffff}")));
        conditions.push(("last", begins));
    }
    let mut select = Query::select();
    let mut outer = None;
    for (alias, condition) in conditions {
        match outer {
            None => {
                select
                    .columns([(alias, "person"), (alias, "kind")])
                    .distinct()
                    .from_as(TABLE, alias)
                    .and_where(condition);
                outer = Some(alias);
            }
            Some(outer) => {
                let mut probe = Query::select();
                probe
                    .expr(Expr::val(1i32))
                    .from_as(TABLE, alias)
                    .and_where(at(alias, "person").equals((outer, "person")))
                    .and_where(at(alias, "kind").equals((outer, "kind")))
                    .and_where(condition);
                select.and_where(Expr::exists(probe));
            }
        }
    }
    if let Some(outer) = outer {
        select
            .order_by((outer, "person"), Order::Desc)
            .order_by((outer, "kind"), Order::Asc);
    }
    select.limit(u64::from(MOST_NAMED_ALIKE));
    select
}
