//! The numbers around the desk's lists: each is a range of an index up to the cap.

use portal_core::desk::{DeskCounts, DeskQuery, InboxCount, Queue, StaffScope};
use portal_core::id::{AgentId, InboxId};
use portal_core::ports::StoreError;
use portal_core::ticket::Edge;
use sea_orm::sea_query::{Asterisk, Expr, ExprTrait, Func, Query, SelectStatement, SubQueryStatement, UnionType};

use super::{TABLE, page, scope};
use crate::sea::row::Row;
use crate::sea::sql::at;
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

/// So many inboxes are counted by one statement.
const AT_ONCE: usize = 50;
/// What is open: the desk's and the customers' turn.
const TURNS: [Queue; 2] = [Queue::Open, Queue::Waiting];

pub(super) async fn counts(tx: &SeaTx, scope: &StaffScope, agent: AgentId, cap: u32) -> Result<DeskCounts, StoreError> {
    let named = scope::named(tx, scope).await?;
    let ids: Vec<InboxId> = named.iter().map(|it| it.0).collect();
    let mut counts = DeskCounts {
        cap,
        mine: 0,
        unassigned: 0,
        open: 0,
        waiting: 0,
        inboxes: Vec::new(),
    };
    if ids.is_empty() {
        return Ok(counts);
    }
    let sum = |a: u32, b: u32| std::cmp::min(a.saturating_add(b), cap);
    let mut open_of = Vec::new();
    for (place, part) in ids.chunks(AT_ONCE).enumerate() {
        let with_own = (place == 0).then_some((scope, agent));
        let statement = statement(part, with_own, cap);
        let found = tx.find_one(&statement, |row| {
            let of_inbox =
                |inbox: &InboxId, row: &mut Row<'_>| Ok((*inbox, [row.get()?, row.get()?, row.get()?, row.get()?]));
            let all = part.iter().map(|it| of_inbox(it, row));
            let all = all.collect::<Result<Vec<(InboxId, [u32; 4])>, StoreError>>()?;
            let own: (u32, u32) = if with_own.is_some() {
                (row.get()?, row.get()?)
            } else {
                (0, 0)
            };
            Ok((all, own))
        });
        let Some((found, (open, waiting))) = found.await? else {
            continue;
        };
        counts.mine = sum(counts.mine, sum(open, waiting));
        for (inbox, [open, waiting, nobodys_open, nobodys_waiting]) in found {
            open_of.push((inbox, sum(open, waiting)));
            counts.open = sum(counts.open, sum(open, waiting));
            counts.waiting = sum(counts.waiting, waiting);
            counts.unassigned = sum(counts.unassigned, sum(nobodys_open, nobodys_waiting));
        }
    }
    counts.inboxes = named
        .into_iter()
        .map(|(inbox, name)| InboxCount {
            open: open_of.iter().find(|it| it.0 == inbox).map_or(0, |it| it.1),
            inbox,
            name,
        })
        .collect();
    Ok(counts)
}

/// Of each inbox: open, waiting, and of both what is nobody's; then, if somebody is asked about, what is theirs.
pub(in crate::sea) fn statement(ids: &[InboxId], own: Option<(&StaffScope, AgentId)>, cap: u32) -> SelectStatement {
    let mut all = Query::select();
    for inbox in ids {
        for nobodys in [false, true] {
            for queue in TURNS {
                let mut some = ones(queue, cap);
                some.and_where(at(TABLE, "inbox").eq(val(inbox)));
                if nobodys {
                    some.and_where(at(TABLE, "owner").is_null());
                }
                all.expr(counted(some));
            }
        }
    }
    if let Some((scope, agent)) = own {
        for queue in TURNS {
            let mut some = ones(queue, cap);
            some.and_where(at(TABLE, "owner").eq(val(&agent)))
                .and_where(scope::permits(scope));
            all.expr(counted(some));
        }
    }
    all
}

fn ones(queue: Queue, cap: u32) -> SelectStatement {
    let mut some = Query::select();
    some.expr(Expr::val(1i32))
        .from(TABLE)
        .and_where(at(TABLE, "queue").eq(val(&queue)))
        .limit(u64::from(cap));
    some
}

fn counted(some: SelectStatement) -> Expr {
    let mut count = Query::select();
    count.expr(Func::count(Expr::col(Asterisk))).from_subquery(some, "some");
    Expr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(count)))
}

/// How many tickets of these inboxes are in a list, up to its limit.
pub(in crate::sea) fn size(scope: &StaffScope, list: &DeskQuery, inboxes: &[InboxId]) -> Option<SelectStatement> {
    let mut legs = page::legs(scope, list, inboxes).into_iter().map(page::wrapped);
    let mut all = legs.next()?;
    for leg in legs {
        all.union(UnionType::All, leg);
    }
    let mut some = Query::select();
    some.expr(Expr::val(1i32))
        .from_subquery(all, "leg")
        .limit(u64::from(list.limit));
    let mut count = Query::select();
    count.expr(counted(some));
    Some(count)
}

/// How many tickets are in each list, up to the cap: a few ranges of an index each.
pub(super) async fn sizes(
    tx: &SeaTx,
    scope: &StaffScope,
    lists: &[DeskQuery],
    cap: u32,
) -> Result<Vec<u32>, StoreError> {
    /// So many ranges are counted by one statement.
    const AT_ONCE: usize = 100;
    let mut sizes = Vec::with_capacity(lists.len());
    for list in lists {
        let list = DeskQuery {
            edge: Edge::Start,
            limit: cap,
            ..list.clone()
        };
        let inboxes = scope::inboxes(tx, scope, list.inbox).await?;
        let mut sum = 0u32;
        for inboxes in page::chunks(&list, &inboxes, AT_ONCE) {
            let Some(count) = size(scope, &list, inboxes) else {
                continue;
            };
            let found: Option<u32> = tx.find_one(&count, crate::sea::row::only).await?;
            sum = sum.saturating_add(found.unwrap_or_default());
        }
        sizes.push(std::cmp::min(sum, cap));
    }
    Ok(sizes)
}
