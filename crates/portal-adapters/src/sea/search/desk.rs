//! The staff's index: notes are in it, and the inbox and the people of a ticket stand where the other one has readers.

use std::collections::BTreeSet;

use portal_core::access::Principal;
use portal_core::desk::{DeskHit, DeskRow, DeskSearch, StaffScope, desk_document, named_by};
use portal_core::id::TicketNumber;
use portal_core::ports::StoreError;
use portal_core::ticket::Ticket;
use sea_orm::DbBackend;
use sea_orm::sea_query::{CommonTableExpression, Expr, ExprTrait, Order, Query, SelectStatement, WithClause};

use super::{Document, has_one, is_word, people, postgres, principal};
use crate::sea::desk::{filter, page, scope};
use crate::sea::row::only_opt;
use crate::sea::sql::{at, padded, select};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

pub(super) const TABLE: &str = "desk_search";
const TICKETS: &str = "ticket";
const HITS: &str = "hits";

pub(super) fn document(ticket: &Ticket, messages: &[&str], notes: &[&str]) -> Document {
    Document {
        number: ticket.number,
        words: desk_document(ticket, messages, notes),
        principals: places(ticket),
    }
}

/// Where a ticket is and who is on it, as words.
pub(super) fn places(ticket: &Ticket) -> Vec<String> {
    let contacts = ticket.contacts.keys().map(|it| principal(&Principal::Contact(*it)));
    let companies = ticket.companies.iter().map(|it| principal(&Principal::Company(*it)));
    std::iter::once(scope::place(&ticket.inbox))
        .chain(contacts)
        .chain(companies)
        .collect()
}

pub(in crate::sea) async fn search(
    tx: &SeaTx,
    scope: &StaffScope,
    search: &DeskSearch,
) -> Result<Vec<DeskHit>, StoreError> {
    let possible = !search.tokens.is_empty() && search.tokens.iter().all(|it| is_word(it));
    if !possible {
        return Ok(Vec::new());
    }
    let named = named_by(&search.tokens, &people::named(tx, &search.tokens).await?);
    let mut rows = if tx.is_postgres() {
        on_postgres(tx, scope, search, &named).await?
    } else {
        rows(tx, sqlite_keys(scope, search, &named)).await?
    };
    rows.sort_by_key(|it| std::cmp::Reverse(it.number));
    with_excerpts(tx, search, rows).await
}

/// As they are sent.
pub(super) fn statements(
    backend: DbBackend,
    scope: &StaffScope,
    search: &DeskSearch,
    named: &[BTreeSet<Principal>],
) -> Vec<SelectStatement> {
    let keys = match (backend, TicketNumber::new(1)) {
        (DbBackend::Postgres, Some(one)) => vec![
            indexed(scope, search, named, search.below, search.limit),
            walked(scope, search, named, one),
        ],
        _ => vec![sqlite_keys(scope, search, named)],
    };
    keys.into_iter().map(page::rows_of).collect()
}

async fn rows(tx: &SeaTx, keys: SelectStatement) -> Result<Vec<DeskRow>, StoreError> {
    tx.list(&page::rows_of(keys), page::read).await
}

/// What the rows themselves have to say about being a hit: the scope, once more, and what is wanted.
fn wanted(select: &mut SelectStatement, scope: &StaffScope, search: &DeskSearch) {
    select.and_where(scope::permits(scope));
    if let Some(inbox) = search.inbox {
        select.and_where(at(TICKETS, "inbox").eq(val(&inbox)));
    }
    if let Some(view) = search.view {
        filter::view(select, view, search.agent);
    }
    filter::narrow(select, &search.filter);
}

/// FTS5 walks its hits by descending number; what is not wanted is passed over.
fn sqlite_keys(scope: &StaffScope, search: &DeskSearch, named: &[BTreeSet<Principal>]) -> SelectStatement {
    let number = at(TABLE, "rowid");
    let mut keys = Query::select();
    keys.expr_as(number.clone(), "number").from(TABLE);
    keys.and_where(Expr::cust_with_values(
        "desk_search MATCH ?",
        [fts5(scope, search, named)],
    ));
    if let Some(below) = search.below {
        keys.and_where(number.clone().lt(val(&below)));
    }
    let mut probe = Query::select();
    probe
        .expr(Expr::val(1i32))
        .from(TICKETS)
        .and_where(at(TICKETS, "number").eq(number));
    wanted(&mut probe, scope, search);
    keys.and_where(Expr::exists(probe));
    keys.order_by((TABLE, "rowid"), Order::Desc)
        .limit(u64::from(search.limit));
    keys
}

/// Each word in the document or in a name; the last one as a beginning.
fn fts5(scope: &StaffScope, search: &DeskSearch, named: &[BTreeSet<Principal>]) -> String {
    let quoted = |words: Vec<String>| {
        let words: Vec<String> = words.iter().map(|it| format!("\"{it}\"")).collect();
        format!("principals : ({})", words.join(" OR "))
    };
    let last = search.tokens.len().saturating_sub(1);
    let mut parts: Vec<String> = scope::places(scope, search.inbox).map(quoted).into_iter().collect();
    for (place, (token, named)) in search.tokens.iter().zip(named).enumerate() {
        let star = if place == last { " *" } else { "" };
        let said = format!("words : (\"{token}\"{star})");
        parts.push(if named.is_empty() {
            said
        } else {
            format!("({said} OR {})", quoted(named.iter().map(principal).collect()))
        });
    }
    parts.join(" AND ")
}

/// A common word is found at once among the newest tickets, while the index would have to collect all its hits: see
/// [`postgres::WALK`].
async fn on_postgres(
    tx: &SeaTx,
    scope: &StaffScope,
    search: &DeskSearch,
    named: &[BTreeSet<Principal>],
) -> Result<Vec<DeskRow>, StoreError> {
    // How many tickets have a word decides how they are found best.
    tx.plan_for_values().await?;
    let mut floor = Query::select();
    floor
        .column((TABLE, "number"))
        .from(TABLE)
        .order_by((TABLE, "number"), Order::Desc)
        .offset(postgres::WALK - 1)
        .limit(1);
    if let Some(below) = search.below {
        floor.and_where(at(TABLE, "number").lt(val(&below)));
    }
    let found: Option<Option<TicketNumber>> = tx.find_one(&floor, only_opt).await?;
    let Some(floor) = found.flatten() else {
        return rows(tx, indexed(scope, search, named, search.below, search.limit)).await;
    };
    let mut found = rows(tx, walked(scope, search, named, floor)).await?;
    let missing = search.limit.saturating_sub(found.len() as u32);
    if missing > 0 {
        found.extend(rows(tx, indexed(scope, search, named, Some(floor), missing)).await?);
    }
    Ok(found)
}

/// The hits down to and including the floor, looked at one by one.
fn walked(
    scope: &StaffScope,
    search: &DeskSearch,
    named: &[BTreeSet<Principal>],
    floor: TicketNumber,
) -> SelectStatement {
    let mut walk = Query::select();
    walk.column((TABLE, "number")).from(TABLE);
    walk.and_where(at(TABLE, "number").gte(val(&floor)));
    if let Some(below) = search.below {
        walk.and_where(at(TABLE, "number").lt(val(&below)));
    }
    conditions(&mut walk, scope, search, named);
    of_hits(walk, scope, search, search.limit)
}

/// The hits that the index finds, collected first.
fn indexed(
    scope: &StaffScope,
    search: &DeskSearch,
    named: &[BTreeSet<Principal>],
    below: Option<TicketNumber>,
    limit: u32,
) -> SelectStatement {
    let mut hits = Query::select();
    hits.column((TABLE, "number")).from(TABLE);
    conditions(&mut hits, scope, search, named);
    if let Some(below) = below {
        // The sum keeps the planner from walking the numbers instead of the words.
        hits.and_where(Expr::cust("desk_search.number + 0").lt(val(&below)));
    }
    of_hits(hits, scope, search, limit)
}

fn of_hits(hits: SelectStatement, scope: &StaffScope, search: &DeskSearch, limit: u32) -> SelectStatement {
    let hits = CommonTableExpression::new()
        .table_name(HITS)
        .column("number")
        .query(hits)
        .materialized(true)
        .to_owned();
    let mut keys = Query::select();
    keys.column((HITS, "number"))
        .from(HITS)
        .inner_join(TICKETS, at(TICKETS, "number").equals((HITS, "number")));
    wanted(&mut keys, scope, search);
    keys.order_by((HITS, "number"), Order::Desc).limit(u64::from(limit));
    keys.with_cte(WithClause::new().cte(hits).to_owned());
    keys
}

fn conditions(select: &mut SelectStatement, scope: &StaffScope, search: &DeskSearch, named: &[BTreeSet<Principal>]) {
    let among = |words: &[String]| Expr::cust_with_values("principals && $1::text::text[]", [postgres::array(words)]);
    if let Some(places) = scope::places(scope, search.inbox) {
        select.and_where(among(&places));
    }
    let last = search.tokens.len().saturating_sub(1);
    for (place, (token, named)) in search.tokens.iter().zip(named).enumerate() {
        let star = if place == last { ":*" } else { "" };
        let said = Expr::cust_with_values("words @@ $1::text::tsquery", [format!("'{token}'{star}")]);
        select.and_where(if named.is_empty() {
            said
        } else {
            said.or(among(&named.iter().map(principal).collect::<Vec<_>>()))
        });
    }
}

/// Adds to each hit the newest message that has one of the words, or else the newest note.
async fn with_excerpts(tx: &SeaTx, search: &DeskSearch, rows: Vec<DeskRow>) -> Result<Vec<DeskHit>, StoreError> {
    /// Few at a time: a thread may be long.
    const AT_ONCE: usize = 8;
    let mut hits: Vec<DeskHit> = rows
        .into_iter()
        .map(|row| DeskHit {
            row,
            excerpt: String::new(),
            in_note: false,
        })
        .collect();
    for part in hits.chunks_mut(AT_ONCE) {
        let numbers = padded(part.iter().map(|it| val(&it.row.number)).collect());
        for (table, order) in [("message", "seq"), ("note", "written_at")] {
            if part.iter().all(|it| !it.excerpt.is_empty()) {
                continue;
            }
            let texts = select(table, &["number", "body_plain"])
                .and_where(at(table, "number").is_in(numbers.iter().cloned().map(Expr::val)))
                .order_by((table, "number"), Order::Asc)
                .order_by((table, order), Order::Desc)
                .order_by((table, "id"), Order::Desc)
                .take();
            let texts: Vec<(TicketNumber, String)> = tx.list(&texts, |row| Ok((row.get()?, row.get()?))).await?;
            for hit in part.iter_mut().filter(|it| it.excerpt.is_empty()) {
                let mut own = texts.iter().filter(|(number, _)| *number == hit.row.number);
                if let Some((_, text)) = own.find(|(_, text)| has_one(text, &search.tokens)) {
                    hit.excerpt.clone_from(text);
                    hit.in_note = table == "note";
                }
            }
        }
    }
    Ok(hits)
}
