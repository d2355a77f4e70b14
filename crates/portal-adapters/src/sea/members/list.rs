use portal_core::access::AccessRule;
use portal_core::id::PortalId;
use portal_core::membership::{Member, MemberCounts, MemberQuery, MemberStatus};
use portal_core::ports::StoreError;
use portal_core::time::Timestamp;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Alias, CaseStatement, Expr, ExprTrait, Func, LikeExpr, Order, Query, SelectStatement};

use super::invitations::{self, FAILED, QUEUED, SENT};
use crate::sea::collected::{ids, ids_of};
use crate::sea::error::corrupt;
use crate::sea::row::Row;
use crate::sea::sql::at;
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

pub(super) async fn members(
    tx: &SeaTx,
    portal: PortalId,
    access: &AccessRule,
    query: &MemberQuery,
    now: Timestamp,
) -> Result<Vec<Member>, StoreError> {
    let mut statement = everybody(portal, access);
    statement.columns(["id", "name", "membership_email"].map(|it| ("contact", it)));
    statement.expr(at("account", "contact").is_not_null());
    statement.expr(groups(tx.backend()));
    statement.expr(at("invitation", "id").is_not_null());
    statement.columns(invitations::COLUMNS.map(|it| (invitations::TABLE, it)));
    if let Some(status) = query.status {
        statement.and_where(status_of(now).eq(code(status)));
    }
    if let Some(search) = &query.search {
        let pattern = LikeExpr::new(format!("%{}%", escaped(&search.to_ascii_lowercase()))).escape('\\');
        let has = |column: &'static str| Expr::expr(Func::lower(at("contact", column))).like(pattern.clone());
        statement.and_where(has("name").or(has("membership_email")));
    }
    if let Some((name, id)) = &query.after {
        let later = at("contact", "name")
            .gt(val(name))
            .or(at("contact", "name").eq(val(name)).and(at("contact", "id").gt(val(id))));
        statement.and_where(later);
    }
    statement
        .order_by(("contact", "name"), Order::Asc)
        .order_by(("contact", "id"), Order::Asc)
        .limit(u64::from(query.limit));
    tx.list(&statement, read).await
}

pub(super) async fn counts(
    tx: &SeaTx,
    portal: PortalId,
    access: &AccessRule,
    now: Timestamp,
) -> Result<MemberCounts, StoreError> {
    let mut statement = everybody(portal, access);
    statement
        .expr_as(status_of(now), Alias::new("status"))
        .expr(Func::count(at("contact", "id")))
        .add_group_by([Expr::col(Alias::new("status"))]);
    let rows: Vec<(i16, u64)> = tx
        .list(&statement, |row| {
            let status: i64 = row.get()?;
            Ok((i16::try_from(status).unwrap_or_default(), row.get()?))
        })
        .await?;
    let mut counts = MemberCounts::default();
    for (status, count) in rows {
        let status = MemberStatus::ALL.into_iter().find(|it| code(*it) == i64::from(status));
        counts.add(status.ok_or_else(|| corrupt("an unknown status"))?, count);
    }
    Ok(counts)
}

/// Who may enter, or could once registered, with account and invitation.
fn everybody(portal: PortalId, access: &AccessRule) -> SelectStatement {
    let mut select = Query::select();
    select.from("contact");
    select.left_join("account", at("account", "contact").equals(("contact", "id")));
    select.left_join(
        "invitation",
        at("invitation", "contact")
            .equals(("contact", "id"))
            .and(at("invitation", "portal").eq(val(&portal))),
    );
    select.and_where(at("contact", "active").eq(true));
    match access {
        AccessRule::Groups(groups) if groups.is_empty() => {
            select.and_where(Expr::cust("FALSE"));
        }
        AccessRule::Groups(groups) => {
            let mut members = Query::select();
            members
                .column("contact")
                .from("contact_group")
                .and_where(Expr::col("member_of").is_in(groups.iter().map(val).map(Expr::val)));
            select.and_where(at("contact", "id").in_subquery(members));
        }
        AccessRule::EveryRegisteredContact => {
            select.and_where(
                at("account", "contact")
                    .is_not_null()
                    .or(at("invitation", "id").is_not_null()),
            );
        }
    }
    select
}

/// The same as the core's `Member::status`, which the conformance suite compares.
fn status_of(now: Timestamp) -> Expr {
    let state = || at("invitation", "state");
    CaseStatement::new()
        .case(at("account", "contact").is_not_null(), code(MemberStatus::Registered))
        .case(
            at("contact", "membership_email").is_null(),
            code(MemberStatus::NoAddress),
        )
        .case(
            state().eq(SENT).and(at("invitation", "expires_at").lte(val(&now))),
            code(MemberStatus::Expired),
        )
        .case(state().is_in([QUEUED, SENT]), code(MemberStatus::Invited))
        .case(state().eq(FAILED), code(MemberStatus::Failed))
        .finally(code(MemberStatus::NotInvited))
        .into()
}

const fn code(status: MemberStatus) -> i64 {
    match status {
        MemberStatus::Registered => 1,
        MemberStatus::Invited => 2,
        MemberStatus::Expired => 3,
        MemberStatus::Failed => 4,
        MemberStatus::NotInvited => 5,
        MemberStatus::NoAddress => 6,
    }
}

fn groups(backend: DbBackend) -> Expr {
    ids_of(
        backend,
        "contact_group",
        "member_of",
        "contact_group.contact = contact.id",
    )
}

/// What `LIKE` would take for wildcards stands for itself.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

fn read(row: &mut Row<'_>) -> Result<Member, StoreError> {
    Ok(Member {
        contact: row.get()?,
        name: row.get()?,
        email: row.opt()?,
        registered: row.get()?,
        groups: ids(row)?,
        invitation: {
            let invited: bool = row.get()?;
            if invited { Some(invitations::read(row)?) } else { None }
        },
    })
}
