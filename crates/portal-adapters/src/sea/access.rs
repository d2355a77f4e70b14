//! The only place where a scope becomes SQL, and where the readers of a ticket become rows.
//!
//! A ticket has one row for each of its readers, with everything that lists are ordered by. Hence:
//! - *Is this ticket in the scope?* is one probe of the primary key for each principal: [`permits`].
//! - *A page of a tab* is one range of a key that begins with portal and principal: [`page_keys`].
//! - Deny-lists are row filters on top of both.

mod page;
mod readers;

use portal_core::access::{Principal, Scope, Tab};
use portal_core::id::{PortalId, TicketNumber};
use portal_core::ticket::{ListFilter, Stage};
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, Func, Order, Query, SelectStatement, SubQueryStatement, Value};

use super::sql::{at, padded};
use super::stored::{Stored, val};

pub(super) use self::page::page_keys;
pub(super) use self::readers::{add_readers, rekey};

const TABLE: &str = "ticket_access";

/// Whether the ticket with this number is in the scope.
pub(super) fn permits(scope: &Scope, number: Expr) -> Expr {
    wants(scope, number, ListFilter::All)
}

/// Whether the ticket with this number is in the scope, and in a stage that is wanted.
pub(super) fn wants(scope: &Scope, number: Expr, filter: ListFilter) -> Expr {
    let principals: Vec<Principal> = scope.principals().iter().copied().collect();
    probe(scope, &principals, number, filter)
}

/// Whether the ticket with this number is in the scope by this principal, which is the scope's.
fn permits_as(scope: &Scope, principal: Principal, number: Expr) -> Expr {
    probe(scope, &[principal], number, ListFilter::All)
}

fn probe(scope: &Scope, principals: &[Principal], number: Expr, filter: ListFilter) -> Expr {
    /// The rows may be those of a query that reads the same table.
    const PROBED: &str = "probed";
    if principals.is_empty() {
        return nothing();
    }
    let mut probe = Query::select();
    probe.expr(Expr::val(1i32)).from_as(TABLE, PROBED);
    probe.and_where(at(PROBED, "number").eq(number));
    probe.and_where(at(PROBED, "principal").is_in(principals.iter().map(val).map(Expr::val)));
    probe.and_where(at(PROBED, "portal").eq(val(&scope.portal())));
    match filter {
        ListFilter::All => {}
        ListFilter::Open => {
            probe.and_where(at(PROBED, "rank").gte(val(&Stage::Received)));
        }
        ListFilter::Stage(stage) => {
            probe.and_where(at(PROBED, "rank").eq(val(&stage)));
        }
    }
    take_denied_away(&mut probe, PROBED, scope);
    Expr::exists(probe)
}

/// Adds how many tickets of a tab are in each stage, highest rank first, each counted up to the cap; nothing if the contact
/// does not have the tab.
pub(super) fn add_stage_counts(counts: &mut SelectStatement, scope: &Scope, tab: Tab, cap: u32) {
    let Some(principal) = scope.principal_of(tab) else {
        return;
    };
    for stage in stages_by_rank() {
        let mut some = of_principal(scope, principal);
        some.expr(Expr::val(1i32))
            .and_where(at(TABLE, "rank").eq(val(&stage)))
            .limit(u64::from(cap));
        let mut count = Query::select();
        count.expr(Func::count(Expr::col(Asterisk))).from_subquery(some, "some");
        counts.expr(Expr::SubQuery(
            None,
            Box::new(SubQueryStatement::SelectStatement(count)),
        ));
    }
}

/// Whether a ticket has rows for another portal than this one, or none at all though it could have some.
pub(super) fn is_keyed_elsewhere(number: Expr, portal: Option<PortalId>) -> Expr {
    let rows = || {
        let mut rows = Query::select();
        rows.expr(Expr::val(1i32)).from(TABLE);
        rows.and_where(at(TABLE, "number").eq(number.clone()));
        rows
    };
    let Some(portal) = portal else {
        return Expr::exists(rows());
    };
    let mut elsewhere = rows();
    elsewhere.and_where(at(TABLE, "portal").ne(val(&portal)));
    Expr::exists(elsewhere).or(Expr::not_exists(rows()))
}

/// The numbers of a principal's newest tickets below a number, newest first.
pub(super) fn newest(scope: &Scope, principal: Principal, below: Option<TicketNumber>) -> SelectStatement {
    let mut keys = of_principal(scope, principal);
    keys.column((TABLE, "number")).order_by((TABLE, "number"), Order::Desc);
    if let Some(below) = below {
        keys.and_where(at(TABLE, "number").lt(val(&below)));
    }
    keys
}

/// The stages in the order of lists.
pub(super) fn stages_by_rank() -> [Stage; 4] {
    let mut stages = Stage::ALL;
    stages.sort_by_key(|it| std::cmp::Reverse(it.rank()));
    stages
}

/// `FROM` and `WHERE` for the rows of one principal of the scope, without what the scope denies.
fn of_principal(scope: &Scope, principal: Principal) -> SelectStatement {
    let mut select = Query::select();
    select.from(TABLE);
    if !scope.principals().contains(&principal) {
        select.and_where(nothing());
    }
    select.and_where(at(TABLE, "portal").eq(val(&scope.portal())));
    select.and_where(at(TABLE, "principal").eq(val(&principal)));
    take_denied_away(&mut select, TABLE, scope);
    select
}

fn take_denied_away(select: &mut SelectStatement, table: &'static str, scope: &Scope) {
    let denied = scope.denied();
    for (column, values) in [
        ("pipeline", values(&denied.pipelines)),
        ("inbox", values(&denied.inboxes)),
    ] {
        if !values.is_empty() {
            select.and_where(at(table, column).is_not_in(padded(values).into_iter().map(Expr::val)));
        }
    }
}

fn values<'a, T: Stored + 'a>(items: impl IntoIterator<Item = &'a T>) -> Vec<Value> {
    items.into_iter().map(val).collect()
}

/// No row at all.
fn nothing() -> Expr {
    Expr::val(1i32).eq(0i32)
}
