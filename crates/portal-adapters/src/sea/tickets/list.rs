//! Pages of lists, and what was read.

use portal_core::access::Scope;
use portal_core::id::{ContactId, TicketNumber};
use portal_core::ports::StoreError;
use portal_core::ticket::{Cursor, ListQuery, Sort, TicketRow};
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, OnConflict, Query, SelectStatement};

use super::record::{TABLE, read_last_message};
use crate::sea::access;
use crate::sea::error::corrupt;
use crate::sea::row::Row;
use crate::sea::sql::{at, insert};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

const KEYS: &str = "page";
const MARKS: &str = "read_mark";

pub(super) async fn page(tx: &SeaTx, scope: &Scope, query: &ListQuery) -> Result<Vec<TicketRow>, StoreError> {
    let Some(statement) = page_statement(scope, query) else {
        return Ok(Vec::new());
    };
    let mut rows = tx.list(&statement, read).await?;
    // The statement decides which rows, in the order of a key; how the rows come out of the joins is not said.
    rows.sort_by_key(|it| std::cmp::Reverse(place(query.sort, &it.cursor())));
    Ok(rows)
}

/// The keys of the page first, then everything else for these few rows by primary key.
pub(in crate::sea) fn page_statement(scope: &Scope, query: &ListQuery) -> Option<SelectStatement> {
    Some(rows_of(access::page_keys(scope, query)?, scope))
}

/// The rows for tickets whose numbers a query yields.
pub(in crate::sea) fn rows_of(keys: SelectStatement, scope: &Scope) -> SelectStatement {
    let mut select = Query::select();
    select.columns(
        [
            "number",
            "id",
            "version",
            "subject",
            "status",
            "stage",
            "priority",
            "category",
            "source",
            "audience",
            "created_at",
            "last_activity",
            "last_author_kind",
            "last_author",
            "last_author_name",
            "last_snippet",
            "files",
            "public_seq",
            "requester",
        ]
        .map(|it| (TABLE, it)),
    );
    select
        .column(("contact", "name"))
        .column(("status", "customer_label"))
        .column((MARKS, "seq"))
        .expr(began(scope));
    select.from_subquery(keys, KEYS);
    // Left, so that the few keys are what it begins with.
    select.join(JoinType::LeftJoin, TABLE, at(TABLE, "number").equals((KEYS, "number")));
    select.left_join(
        "contact",
        at("contact", "id").equals((TABLE, "requester")).and(is_named(scope)),
    );
    select.left_join(
        "status",
        at("status", "pipeline")
            .equals((TABLE, "pipeline"))
            .and(at("status", "id").equals((TABLE, "status"))),
    );
    select.left_join(
        MARKS,
        at(MARKS, "contact")
            .eq(val(&scope.contact()))
            .and(at(MARKS, "number").equals((TABLE, "number"))),
    );
    select
}

/// Whether the viewer may know the requester by name.
fn is_named(scope: &Scope) -> Expr {
    const VIEWER: &str = "viewer";
    let viewer = || Expr::val(val(&scope.contact()));
    let mut company = Query::select();
    company
        .column((VIEWER, "primary_company"))
        .from_as("contact", VIEWER)
        .and_where(at(VIEWER, "id").eq(viewer()));
    let company = Expr::SubQuery(
        None,
        Box::new(sea_orm::sea_query::SubQueryStatement::SelectStatement(company)),
    );
    let colleague = at("contact", "primary_company").eq(company);
    let wrote_last = at(TABLE, "last_author").equals((TABLE, "requester"));
    at("contact", "id").eq(viewer()).or(colleague).or(wrote_last)
}

/// When the viewer's first session on the portal's host began: the same for all rows, hence looked up once.
fn began(scope: &Scope) -> Expr {
    const FIRST: &str = "first_session";
    let mut began = Query::select();
    began
        .column((FIRST, "began_at"))
        .from("portal")
        .inner_join(FIRST, at(FIRST, "host").equals(("portal", "host")))
        .and_where(at("portal", "id").eq(val(&scope.portal())))
        .and_where(at(FIRST, "contact").eq(val(&scope.contact())));
    Expr::SubQuery(
        None,
        Box::new(sea_orm::sea_query::SubQueryStatement::SelectStatement(began)),
    )
}

pub(in crate::sea) fn read(row: &mut Row<'_>) -> Result<TicketRow, StoreError> {
    let (number, id, version, subject, status, stage) =
        (row.get()?, row.get()?, row.get()?, row.get()?, row.get()?, row.get()?);
    let (priority, category, source, audience) = (row.get()?, row.opt()?, row.get()?, row.get()?);
    let (created_at, last_activity, last_message, files): (_, Timestamp, _, _) =
        (row.get()?, row.get()?, read_last_message(row)?, row.get()?);
    let public_seq: u32 = row.get()?;
    let requester = row.opt::<ContactId>()?.zip(row.opt::<String>()?);
    let label: Option<portal_wire::Localized> = row.json_opt()?;
    let status_label = label
        .map(TryInto::try_into)
        .transpose()
        .map_err(|error: portal_wire::Invalid| corrupt(error.to_string()))?;
    let (mark, began): (Option<u32>, Option<Timestamp>) = (row.opt()?, row.opt()?);
    // Without a mark, what was there before the contact first came does not count as unread.
    let unread = match (mark, began) {
        (Some(seq), _) => seq < public_seq,
        (None, Some(began)) => last_activity > began && public_seq > 0,
        (None, None) => public_seq > 0,
    };
    Ok(TicketRow {
        number,
        id,
        version,
        subject,
        status,
        stage,
        status_label,
        priority,
        category,
        source,
        audience,
        requester,
        created_at,
        last_activity,
        last_message,
        files,
        unread,
    })
}

/// A row's place in the order of a list: greater comes first.
fn place(sort: Sort, it: &Cursor) -> (u8, Option<Timestamp>, TicketNumber) {
    match sort {
        Sort::Attention => (it.rank, Some(it.last_activity), it.number),
        Sort::LastActivity => (0, Some(it.last_activity), it.number),
        Sort::Created => (0, None, it.number),
    }
}

pub(super) async fn raise_read_mark(
    tx: &SeaTx,
    contact: ContactId,
    number: TicketNumber,
    seq: u32,
) -> Result<(), StoreError> {
    let mut statement = insert(
        MARKS,
        vec![("contact", val(&contact)), ("number", val(&number)), ("seq", val(&seq))],
    );
    let mut conflict = OnConflict::columns(["contact", "number"]);
    conflict
        .update_column("seq")
        .action_and_where(at(MARKS, "seq").lt(val(&seq)));
    tx.run(statement.on_conflict(conflict)).await.map(|_| ())
}
