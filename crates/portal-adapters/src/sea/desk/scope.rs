use portal_core::desk::StaffScope;
use portal_core::id::InboxId;
use portal_core::ports::StoreError;
use portal_core::staff::InboxAccess;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use super::TABLE;
use crate::sea::service;
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
        InboxAccess::All => Ok(all(tx).await?.into_iter().map(|it| it.0).collect()),
        InboxAccess::Only(inboxes) => Ok(inboxes.iter().copied().collect()),
    }
}

/// The same with their names, by name.
pub(in crate::sea) async fn named(tx: &SeaTx, scope: &StaffScope) -> Result<Vec<(InboxId, String)>, StoreError> {
    let mut named = match scope.inboxes() {
        InboxAccess::All => all(tx).await?,
        InboxAccess::Only(inboxes) if inboxes.is_empty() => Vec::new(),
        InboxAccess::Only(inboxes) => {
            let ids = padded(inboxes.iter().map(val).collect());
            let mut some = select("inbox", &["id", "name"]);
            some.and_where(Expr::col("id").is_in(ids.into_iter().map(Expr::val)));
            tx.list(&some, |row| Ok((row.get()?, row.get()?))).await?
        }
    };
    named.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    Ok(named)
}

/// All there are, looked up once where nothing can change meanwhile; what they promise is wanted with them a moment later.
async fn all(tx: &SeaTx) -> Result<Vec<(InboxId, String)>, StoreError> {
    if !tx.is_snapshot() {
        let all = select("inbox", &["id", "name"]);
        return tx.list(&all, |row| Ok((row.get()?, row.get()?))).await;
    }
    let seen = match tx.seen_inboxes.get() {
        Some(seen) => seen,
        None => {
            let all = service::with_terms(&select("inbox", &["id", "name"]));
            let all = tx.list(&all, |row| Ok((row.get()?, row.get()?, service::read_some(row)?)));
            let all = all.await?;
            tx.seen_inboxes.get_or_init(|| all)
        }
    };
    Ok(seen.iter().map(|it| (it.0, it.1.clone())).collect())
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
