//! What a list or a search is narrowed to, as conditions on the rows of `ticket`.

use portal_core::desk::{DeskFilter, DeskView, OwnedBy};
use portal_core::id::AgentId;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, Value};

use super::TABLE;
use crate::sea::sql::at;
use crate::sea::stored::val;

/// The people on tickets: table and column of each kind.
pub(super) const CONTACTS: (&str, &str) = ("ticket_contact", "contact");
pub(super) const COMPANIES: (&str, &str) = ("ticket_company", "company");

/// Adds what the filter says of each row.
pub(in crate::sea) fn narrow(select: &mut SelectStatement, filter: &DeskFilter) {
    match filter.owner {
        None => {}
        Some(OwnedBy::Nobody) => {
            select.and_where(at(TABLE, "owner").is_null());
        }
        Some(OwnedBy::Agent(agent)) => {
            select.and_where(at(TABLE, "owner").eq(val(&agent)));
        }
    }
    if let Some(priority) = &filter.priority {
        select.and_where(at(TABLE, "priority").eq(val(priority)));
    }
    if let Some(stage) = &filter.stage {
        select.and_where(at(TABLE, "stage").eq(val(stage)));
    }
    if let Some(category) = &filter.category {
        select.and_where(at(TABLE, "category").eq(val(category)));
    }
    if let Some(contact) = &filter.contact {
        select.and_where(is_on(CONTACTS, val(contact)));
    }
    if let Some(company) = &filter.company {
        select.and_where(is_on(COMPANIES, val(company)));
    }
}

fn is_on((table, column): (&'static str, &'static str), who: Value) -> Expr {
    let mut probe = Query::select();
    probe
        .expr(Expr::val(1i32))
        .from(table)
        .and_where(at(table, "number").equals((TABLE, "number")))
        .and_where(at(table, column).eq(who));
    Expr::exists(probe)
}

/// Adds what a view wants of each row.
pub(in crate::sea) fn view(select: &mut SelectStatement, view: DeskView, agent: AgentId) {
    select.and_where(at(TABLE, "queue").is_in(view.queues().iter().map(|it| Expr::val(val(it)))));
    match view {
        DeskView::Mine => {
            select.and_where(at(TABLE, "owner").eq(val(&agent)));
        }
        DeskView::Unassigned => {
            select.and_where(at(TABLE, "owner").is_null());
        }
        DeskView::Open
        | DeskView::Waiting
        | DeskView::Snoozed
        | DeskView::Closed
        | DeskView::Spam
        | DeskView::Deleted => {}
    }
}

/// The numbers of the tickets that somebody is on, along the index of theirs; nothing if nobody in particular is wanted.
pub(super) fn of_people(filter: &DeskFilter) -> Option<SelectStatement> {
    let contact = filter.contact.as_ref().map(|it| (CONTACTS, val(it)));
    let company = filter.company.as_ref().map(|it| (COMPANIES, val(it)));
    // A contact has fewer tickets than a company.
    let ((table, column), who) = contact.or(company)?;
    let mut numbers = Query::select();
    numbers
        .column((table, "number"))
        .from(table)
        .and_where(at(table, column).eq(who));
    Some(numbers)
}
