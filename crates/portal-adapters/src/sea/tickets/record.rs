//! The ticket as a row, with its associations and properties.

use portal_core::access::Scope;
use portal_core::id::{TicketId, TicketNumber, Uuid};
use portal_core::ports::StoreError;
use portal_core::ticket::{AuthorKind, LastMessage, Ticket};
use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, Value};

use crate::sea::access;
use crate::sea::collected::{coded, coded_ids_of, ids, ids_of, properties, properties_of};
use crate::sea::error::corrupt;
use crate::sea::row::Row;
use crate::sea::sql::at;
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

pub(in crate::sea) const TABLE: &str = "ticket";

/// The columns of the ticket itself, in the order in which they are written and read.
pub(super) const COLUMNS: [&str; 27] = [
    "number",
    "id",
    "version",
    "inbox",
    "pipeline",
    "status",
    "stage",
    "subject",
    "priority",
    "category",
    "owner",
    "source",
    "standing",
    "audience",
    "created_at",
    "closed_at",
    "last_activity",
    "public_seq",
    "last_author_kind",
    "last_author",
    "last_author_name",
    "last_snippet",
    "files",
    "external_id",
    "merged_into",
    "snoozed_until",
    "requester",
];

pub(super) fn values(it: &Ticket) -> [Value; 27] {
    let last = it.last_message.as_ref();
    let (kind, author) = last.map_or((None, None), |it| author_columns(it.author));
    [
        val(&it.number),
        val(&it.id),
        val(&it.version),
        val(&it.inbox),
        val(&it.pipeline),
        val(&it.status),
        val(&it.stage),
        val(&it.subject),
        val(&it.priority),
        opt(it.category.as_ref()),
        opt(it.owner.as_ref()),
        val(&it.source),
        val(&it.standing),
        val(&it.audience),
        val(&it.created_at),
        opt(it.closed_at.as_ref()),
        val(&it.last_activity),
        val(&it.public_seq),
        kind.into(),
        author.into(),
        last.map(|it| it.name.clone()).into(),
        last.map(|it| it.snippet.clone()).into(),
        val(&it.files),
        it.external_id.clone().into(),
        opt(it.merged_into.as_ref()),
        opt(it.snoozed_until.as_ref()),
        opt(it.requester().as_ref()),
    ]
}

/// The kind and the id of an author. A released code never changes its meaning.
pub(super) fn author_columns(author: AuthorKind) -> (Option<i16>, Option<Uuid>) {
    match author {
        AuthorKind::System => (Some(0), None),
        AuthorKind::Contact(id) => (Some(1), Some(id.uuid())),
        AuthorKind::Agent(id) => (Some(2), Some(id.uuid())),
    }
}

/// The author of two columns; `None` if there is no kind.
pub(super) fn read_author(row: &mut Row<'_>) -> Result<Option<AuthorKind>, StoreError> {
    use portal_core::id::{AgentId, ContactId};
    let (kind, id): (Option<i16>, Option<Uuid>) = (row.small()?, row.opt()?);
    Ok(match (kind, id) {
        (None, _) => None,
        (Some(0), None) => Some(AuthorKind::System),
        (Some(1), Some(id)) => Some(AuthorKind::Contact(ContactId::from_uuid(id))),
        (Some(2), Some(id)) => Some(AuthorKind::Agent(AgentId::from_uuid(id))),
        _ => return Err(corrupt("an author makes no sense")),
    })
}

/// What lists show of the newest message, of four columns.
pub(in crate::sea) fn read_last_message(row: &mut Row<'_>) -> Result<Option<LastMessage>, StoreError> {
    let (author, name, snippet) = (read_author(row)?, row.opt()?, row.opt()?);
    Ok(match (author, name, snippet) {
        (Some(author), Some(name), Some(snippet)) => Some(LastMessage { author, name, snippet }),
        _ => None,
    })
}

/// Tickets with everything that belongs to the record, from one statement.
pub(in crate::sea) fn select(backend: DbBackend) -> SelectStatement {
    let mut select = Query::select();
    // The requester is among the contacts.
    select.columns(
        COLUMNS
            .into_iter()
            .filter(|it| *it != "requester")
            .map(|it| (TABLE, it)),
    );
    select.column(("inbox", "portal"));
    select.expr(coded_ids_of(
        backend,
        "ticket_contact",
        "contact",
        "label",
        "ticket_contact.number = ticket.number",
    ));
    select.expr(ids_of(
        backend,
        "ticket_company",
        "company",
        "ticket_company.number = ticket.number",
    ));
    select.expr(properties_of(
        backend,
        "ticket_property",
        "ticket_property.owner = ticket.number",
    ));
    select
        .from(TABLE)
        .inner_join("inbox", at("inbox", "id").equals((TABLE, "inbox")));
    select
}

pub(in crate::sea) fn read(row: &mut Row<'_>) -> Result<Ticket, StoreError> {
    Ok(Ticket {
        number: row.get()?,
        id: row.get()?,
        version: row.get()?,
        inbox: row.get()?,
        pipeline: row.get()?,
        status: row.get()?,
        stage: row.get()?,
        subject: row.get()?,
        priority: row.get()?,
        category: row.opt()?,
        owner: row.opt()?,
        source: row.get()?,
        standing: row.get()?,
        audience: row.get()?,
        created_at: row.get()?,
        closed_at: row.opt()?,
        last_activity: row.get()?,
        public_seq: row.get()?,
        last_message: read_last_message(row)?,
        files: row.get()?,
        external_id: row.opt()?,
        merged_into: row.opt()?,
        snoozed_until: row.opt()?,
        portal: row.opt()?,
        contacts: coded(row)?,
        companies: ids(row)?,
        properties: properties(row)?,
    })
}

pub(super) async fn find(tx: &SeaTx, scope: &Scope, number: TicketNumber) -> Result<Option<Ticket>, StoreError> {
    tx.find_one(&find_statement(tx.backend(), scope, number), read).await
}

/// The ticket and whether it may be seen, in one statement.
pub(in crate::sea) fn find_statement(backend: DbBackend, scope: &Scope, number: TicketNumber) -> SelectStatement {
    let number = val(&number);
    let mut select = select(backend);
    select
        .and_where(at(TABLE, "number").eq(number.clone()))
        .and_where(access::permits(scope, Expr::val(number)));
    select
}

pub(super) async fn find_by_id(tx: &SeaTx, scope: &Scope, id: TicketId) -> Result<Option<Ticket>, StoreError> {
    let mut select = select(tx.backend());
    select
        .and_where(at(TABLE, "id").eq(val(&id)))
        .and_where(access::permits(scope, at(TABLE, "number")));
    tx.find_one(&select, read).await
}

pub(in crate::sea) async fn load(tx: &SeaTx, number: TicketNumber) -> Result<Option<Ticket>, StoreError> {
    let mut select = select(tx.backend());
    select.and_where(at(TABLE, "number").eq(val(&number)));
    tx.find_one(&select, read).await
}
