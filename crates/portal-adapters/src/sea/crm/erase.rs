//! Takes what is personal of a contact out of every table that has any.

use portal_core::access::Principal;
use portal_core::crm::{Contact, Party};
use portal_core::id::ContactId;
use portal_core::ports::StoreError;
use portal_core::text::EmailAddress;
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Query, Value};

use super::{merges, notes};
use crate::sea::sql::{delete, is, select};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;
use crate::sea::{satisfaction, search};

/// Tables whose rows of the contact go, with the column that says whose they are.
const GONE: [(&str, &str); 18] = [
    ("session", "contact"),
    ("api_token", "contact"),
    ("account", "contact"),
    ("invitation", "contact"),
    ("challenge", "contact"),
    ("registration", "contact"),
    ("address_change", "contact"),
    ("idempotency", "contact"),
    ("read_mark", "contact"),
    ("first_session", "contact"),
    ("company_label", "contact"),
    ("contact_company", "contact"),
    ("contact_group", "contact"),
    ("contact_property", "owner"),
    ("view_as", "contact"),
    ("contact_choices", "contact"),
    ("muted", "contact"),
    ("import_receipt", "object"),
];

/// Tables in which something is theirs and stays, with the columns of kind and author and of the name.
const WRITTEN: [(&str, &str, &str, &str); 5] = [
    ("message", "author_kind", "author", "author_name"),
    ("ticket_event", "author_kind", "author", "author_name"),
    ("note", "author_kind", "author", "author_name"),
    ("conversation_said", "author_kind", "author", "author_name"),
    ("ticket", "last_author_kind", "last_author", "last_author_name"),
];

/// What the staff were told that they did on tickets: who it was stands there by name alone.
async fn forget_in_notices(tx: &SeaTx, id: ContactId) -> Result<(), StoreError> {
    let mut name = Query::select();
    name.column("name").from("contact").and_where(is("id", val(&id)));
    let on = select("ticket_contact", &["number"])
        .and_where(is("contact", val(&id)))
        .take();
    let wrote = select("message", &["number"])
        .and_where(is("author", val(&id)))
        // As the index says it.
        .and_where(Expr::cust("author_kind = 1"))
        .take();
    let theirs = Expr::col("number").in_subquery(on);
    let mut update = Query::update();
    update
        .table("agent_notice")
        .value("by_name", "")
        .and_where(Expr::col("by_name").in_subquery(name))
        .and_where(theirs.or(Expr::col("number").in_subquery(wrote)));
    tx.run(&update).await.map(|_| ())
}

pub(super) async fn contact(
    tx: &SeaTx,
    id: ContactId,
    addresses: &[EmailAddress],
    at: Timestamp,
) -> Result<(), StoreError> {
    for (table, column) in GONE {
        tx.run(&delete(table, is(column, val(&id)))).await?;
    }
    for (table, kind, author, name) in WRITTEN {
        let mut update = Query::update();
        update
            .table(table)
            .value(name, "")
            .and_where(is(author, val(&id)))
            // As the index says it.
            .and_where(Expr::cust(format!("{kind} = 1")));
        tx.run(&update).await?;
    }
    search::put_person(tx, Principal::Contact(id), Vec::new()).await?;
    forget_in_notices(tx, id).await?;
    if !addresses.is_empty() {
        let any = || addresses.iter().map(|it| Expr::val(val(it)));
        for table in ["challenge", "registration"] {
            tx.run(&delete(table, Expr::col("address").is_in(any()))).await?;
        }
        let mut update = Query::update();
        update
            .table("outbox")
            .value("recipient", Option::<String>::None)
            .value("reason", Option::<String>::None)
            .and_where(Expr::col("recipient").is_in(any()));
        tx.run(&update).await?;
    }
    let mut update = Query::update();
    update
        .table("conversation")
        .value("name", "")
        .value("address", Option::<String>::None)
        .and_where(is("contact", val(&id)));
    tx.run(&update).await?;
    satisfaction::erase(tx, id).await?;
    let party = Party::Contact(id);
    notes::remove_all(tx, party).await?;
    merges::forget(tx, party).await?;
    let nothing = || Value::from(Option::<String>::None);
    let mut update = Query::update();
    update
        .table("contact")
        .value("name", Contact::ERASED)
        .value("email", nothing())
        .value("membership_email", nothing())
        .value("active", false)
        .value("primary_company", Option::<portal_core::id::Uuid>::None)
        .value("language", nothing())
        .value("time_zone", nothing())
        .value("external_id", nothing())
        .value("erased_at", val(&at))
        .and_where(is("id", val(&id)));
    tx.run(&update).await.map(|_| ())
}
