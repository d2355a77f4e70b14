use portal_core::desk::StaffScope;
use portal_core::id::InboxId;
use portal_core::ports::StoreError;
use portal_core::staff::InboxAccess;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::TABLE;
use crate::sea::row::only;
use crate::sea::sql::{at, padded, select};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

/// Whether the row of `ticket` is in the scope. No inboxes are nothing, never “no restriction”.
pub(in crate::sea) fn permits(scope: &StaffScope) -> Expr {
    within(scope, TABLE)
}

/// The same of another table that says of each row in which inbox it is.
pub(in crate::sea) fn within(scope: &StaffScope, table: &'static str) -> Expr {
    match scope.inboxes() {
        InboxAccess::All => Expr::val(1i32).eq(1i32),
        InboxAccess::Only(inboxes) if inboxes.is_empty() => Expr::val(1i32).eq(0i32),
        InboxAccess::Only(inboxes) => {
            let inboxes = padded(inboxes.iter().map(val).collect());
            at(table, "inbox").is_in(inboxes.into_iter().map(Expr::val))
        }
    }
}

/// Whether a ticket that is not in the query is in the scope.
pub(in crate::sea) fn has(scope: &StaffScope, number: Expr) -> Expr {
    let mut probe = Query::select();
    probe
        .expr(Expr::val(1i32))
        .from(TABLE)
        .and_where(at(TABLE, "number").eq(number))
        .and_where(permits(scope));
    Expr::exists(probe)
}

/// The inboxes of the scope that there are, or the one of them that is asked for: lists walk one range for each.
pub(in crate::sea) async fn inboxes(
    tx: &SeaTx,
    scope: &StaffScope,
    wanted: Option<InboxId>,
) -> Result<Vec<InboxId>, StoreError> {
    if let Some(inbox) = wanted {
        return Ok(Some(inbox).filter(|it| scope.has(*it)).into_iter().collect());
    }
    match scope.inboxes() {
        InboxAccess::All => tx.list(&select("inbox", &["id"]), only).await,
        InboxAccess::Only(inboxes) => Ok(inboxes.iter().copied().collect()),
    }
}

/// The scope as words of the search index: one of these inboxes; `None` is any. No inboxes are a word that no ticket has.
pub(in crate::sea) fn places(scope: &StaffScope, wanted: Option<InboxId>) -> Option<Vec<String>> {
    let own: Vec<InboxId> = match (wanted, scope.inboxes()) {
        (Some(inbox), _) => Some(inbox).filter(|it| scope.has(*it)).into_iter().collect(),
        (None, InboxAccess::All) => return None,
        (None, InboxAccess::Only(inboxes)) => inboxes.iter().copied().collect(),
    };
    if own.is_empty() {
        return Some(vec!["none".to_owned()]);
    }
    Some(own.iter().map(place).collect())
}

/// An inbox as a word.
pub(in crate::sea) fn place(inbox: &InboxId) -> String {
    format!("i{}", inbox.uuid().simple())
}
