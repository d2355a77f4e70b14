//! The full-text index: one document for each ticket, with as whom it may be found.
//!
//! What is a word is decided by the core, for documents and for queries; the databases only keep and compare words. The
//! principals in the index make a search cheap; whether a hit is shown is decided by the rule, as everywhere.
//!
//! The staff have an index of their own, with the notes in it ([`desk`]): what customers search never holds a word of them.

mod desk;
mod people;
mod postgres;
mod sqlite;

use portal_core::access::{Principal, Scope};
use portal_core::id::TicketNumber;
use portal_core::ports::StoreError;
use portal_core::text::{Token, index_tokens};
use portal_core::ticket::{Search, Ticket, TicketHit, TicketRow, search_document};
use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, ExprTrait, Order, SelectStatement};

use super::access;
use super::row::only;
use super::sql::{at, is, padded, select};
use super::stored::val;
use super::tickets::list;
use super::tx::SeaTx;

pub(super) use self::desk::search as desk_search;
pub(super) use self::people::put as put_person;

const TABLE: &str = "ticket_search";
/// The most that a document may hold, as in [`index_tokens`].
const MAX_DOCUMENT: usize = 256 * 1024;

/// A document as it is stored.
struct Document {
    number: TicketNumber,
    words: Vec<Token>,
    principals: Vec<String>,
}

/// Adds the documents of new tickets, given with the plain texts of their messages and of their notes, oldest first.
pub(super) async fn add(tx: &SeaTx, tickets: &[(&Ticket, &[&str], &[&str])]) -> Result<(), StoreError> {
    let documents: Vec<Document> = tickets.iter().map(|(it, texts, _)| document(it, texts)).collect();
    insert(tx, TABLE, &documents).await?;
    let documents: Vec<Document> = tickets
        .iter()
        .map(|(it, texts, notes)| desk::document(it, texts, notes))
        .collect();
    insert(tx, desk::TABLE, &documents).await
}

async fn insert(tx: &SeaTx, table: &'static str, documents: &[Document]) -> Result<(), StoreError> {
    if tx.is_postgres() {
        postgres::add(tx, table, documents).await
    } else {
        sqlite::add(tx, table, documents).await
    }
}

/// Adds the words of a new message.
pub(super) async fn extend(tx: &SeaTx, number: TicketNumber, plain: &str) -> Result<(), StoreError> {
    let words = index_tokens([plain]);
    append(tx, TABLE, number, words.clone()).await?;
    append(tx, desk::TABLE, number, words).await
}

/// Adds the words of a new note: only the staff find them.
pub(super) async fn extend_by_note(tx: &SeaTx, number: TicketNumber, plain: &str) -> Result<(), StoreError> {
    append(tx, desk::TABLE, number, index_tokens([plain])).await
}

async fn append(tx: &SeaTx, table: &'static str, number: TicketNumber, words: Vec<Token>) -> Result<(), StoreError> {
    if words.is_empty() {
        return Ok(());
    }
    if tx.is_postgres() {
        postgres::extend(tx, table, number, words).await
    } else {
        sqlite::extend(tx, table, number, words).await
    }
}

/// Follows a change of the ticket itself.
pub(super) async fn follow(tx: &SeaTx, old: &Ticket, new: &Ticket) -> Result<(), StoreError> {
    let same_words = old.subject == new.subject && old.external_id == new.external_id;
    if !same_words {
        return anew(tx, new).await;
    }
    if old.facts().readers() != new.facts().readers() {
        readdress(tx, TABLE, new.number, &principals(new)).await?;
    }
    let places = desk::places(new);
    if desk::places(old) != places {
        readdress(tx, desk::TABLE, new.number, &places).await?;
    }
    Ok(())
}

async fn readdress(tx: &SeaTx, table: &'static str, number: TicketNumber, to: &[String]) -> Result<(), StoreError> {
    if tx.is_postgres() {
        postgres::readdress(tx, table, number, to).await
    } else {
        sqlite::readdress(tx, table, number, to).await
    }
}

/// Writes both documents of a ticket anew, of the messages and notes that it has now.
pub(super) async fn anew(tx: &SeaTx, ticket: &Ticket) -> Result<(), StoreError> {
    let of = |table, [first, second]: [&'static str; 2]| {
        select(table, &["body_plain"])
            .and_where(is("number", val(&ticket.number)))
            .order_by(first, Order::Asc)
            .order_by(second, Order::Asc)
            .take()
    };
    let messages: Vec<String> = tx.list(&of("message", ["seq", "id"]), only).await?;
    let messages: Vec<&str> = messages.iter().map(String::as_str).collect();
    let notes: Vec<String> = tx.list(&of("note", ["written_at", "id"]), only).await?;
    let notes: Vec<&str> = notes.iter().map(String::as_str).collect();
    for (table, document) in [
        (TABLE, document(ticket, &messages)),
        (desk::TABLE, desk::document(ticket, &messages, &notes)),
    ] {
        if tx.is_postgres() {
            postgres::replace(tx, table, &document).await?;
        } else {
            sqlite::replace(tx, table, &document).await?;
        }
    }
    Ok(())
}

fn document(ticket: &Ticket, texts: &[&str]) -> Document {
    Document {
        number: ticket.number,
        words: search_document(ticket, texts),
        principals: principals(ticket),
    }
}

fn principals(ticket: &Ticket) -> Vec<String> {
    ticket.facts().readers().iter().map(principal).collect()
}

/// A principal as a word, in a column of its own: what people write cannot look like it.
fn principal(it: &Principal) -> String {
    match it {
        Principal::Contact(id) => format!("c{}", id.uuid().simple()),
        Principal::Company(id) => format!("k{}", id.uuid().simple()),
    }
}

pub(super) async fn search(tx: &SeaTx, scope: &Scope, search: &Search) -> Result<Vec<TicketHit>, StoreError> {
    let possible = !search.tokens.is_empty() && search.tokens.iter().all(|it| is_word(it));
    if !possible {
        return Ok(Vec::new());
    }
    let mut rows = if tx.is_postgres() {
        postgres::search(tx, scope, search).await?
    } else {
        sqlite::search(tx, scope, search).await?
    };
    rows.sort_by_key(|it| std::cmp::Reverse(it.number));
    with_excerpts(tx, scope, search, rows).await
}

/// The statements that find the numbers of hits: what the index finds, and on PostgreSQL what is found by walking.
pub(super) fn statements(backend: DbBackend, scope: &Scope, search: &Search) -> Vec<SelectStatement> {
    let one = TicketNumber::new(1);
    let keys = match (backend, one) {
        (DbBackend::Postgres, Some(one)) => {
            vec![
                postgres::indexed(scope, search, search.below, search.limit),
                postgres::walked(scope, search, one),
            ]
        }
        _ => vec![sqlite::keys(scope, search)],
    };
    keys.into_iter().map(|it| list::rows_of(it, scope)).collect()
}

/// Whether a text could be in any document at all. What could not needs no search, and never gets into a query.
fn is_word(token: &str) -> bool {
    !token.is_empty()
        && token
            .chars()
            .all(|it| !it.is_ascii() || it.is_ascii_lowercase() || it.is_ascii_digit())
}

/// The statements that find the numbers of hits at the desk, likewise.
pub(super) fn desk_statements(
    backend: DbBackend,
    scope: &portal_core::desk::StaffScope,
    search: &portal_core::desk::DeskSearch,
    named: &[std::collections::BTreeSet<Principal>],
) -> Vec<SelectStatement> {
    desk::statements(backend, scope, search, named)
}

/// The statement that looks for names.
pub(super) fn name_statement(tokens: &[Token]) -> Option<SelectStatement> {
    people::statement(tokens)
}

/// The rows for numbers that were found.
async fn rows(tx: &SeaTx, scope: &Scope, keys: SelectStatement) -> Result<Vec<TicketRow>, StoreError> {
    tx.list(&list::rows_of(keys, scope), list::read).await
}

/// Adds to each hit a message that has one of the words, the newest such.
async fn with_excerpts(
    tx: &SeaTx,
    scope: &Scope,
    search: &Search,
    rows: Vec<TicketRow>,
) -> Result<Vec<TicketHit>, StoreError> {
    /// Few at a time: a thread may be long.
    const AT_ONCE: usize = 8;
    let mut hits: Vec<TicketHit> = rows
        .into_iter()
        .map(|row| TicketHit {
            row,
            excerpt: String::new(),
        })
        .collect();
    for part in hits.chunks_mut(AT_ONCE) {
        let numbers = padded(part.iter().map(|it| val(&it.row.number)).collect());
        let texts = select("message", &["number", "body_plain"])
            .and_where(at("message", "number").is_in(numbers.into_iter().map(Expr::val)))
            .and_where(access::permits(scope, at("message", "number")))
            .order_by(("message", "number"), Order::Asc)
            .order_by(("message", "seq"), Order::Desc)
            .take();
        let texts: Vec<(TicketNumber, String)> = tx.list(&texts, |row| Ok((row.get()?, row.get()?))).await?;
        for hit in part {
            let mut own = texts.iter().filter(|(number, _)| *number == hit.row.number);
            if let Some((_, text)) = own.find(|(_, text)| has_one(text, &search.tokens)) {
                hit.excerpt.clone_from(text);
            }
        }
    }
    Ok(hits)
}

fn has_one(text: &str, tokens: &[String]) -> bool {
    let Some((beginning, whole)) = tokens.split_last() else {
        return false;
    };
    index_tokens([text])
        .iter()
        .any(|it| whole.contains(it) || it.starts_with(beginning.as_str()))
}

/// The words, without those that a document has already, up to the document's limit.
fn fitting(size: usize, words: Vec<Token>) -> Vec<Token> {
    let mut size = size;
    words
        .into_iter()
        .take_while(|it| {
            size += it.len() + 1;
            size <= MAX_DOCUMENT
        })
        .collect()
}

/// The size of a document by the core's measure.
fn size(words: &[Token]) -> usize {
    words.iter().map(|it| it.len() + 1).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_of_the_core_get_into_a_query() {
        for word in ["abc", "404", "straße", "日本", "é"] {
            assert!(is_word(word), "{word}");
        }
        for word in ["", "a b", "a\"b", "a'b", "a\\b", "A", "a*", "a:b", "a-b"] {
            assert!(!is_word(word), "{word}");
        }
    }

    #[test]
    fn a_full_document_takes_no_more() {
        let word = || "x".repeat(9);
        assert_eq!(fitting(MAX_DOCUMENT - 20, vec![word(), word(), word()]).len(), 2);
        assert_eq!(fitting(MAX_DOCUMENT, vec![word()]).len(), 0);
    }
}
