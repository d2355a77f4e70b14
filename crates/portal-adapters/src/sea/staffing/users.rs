use std::collections::BTreeSet;

use portal_core::id::AgentId;
use portal_core::ports::StoreError;
use portal_core::staff::{InboxAccess, Permission, StaffCredential, StaffStanding, StaffUser};
use portal_core::text::EmailAddress;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use super::credentials;

use crate::sea::collected::{ids, ids_of};
use crate::sea::row::{Row, only};
use crate::sea::sql::{at, delete, is, select, upsert};
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

pub(super) const TABLE: &str = "staff_user";
const INBOXES: &str = "staff_inbox";

pub(super) async fn user(tx: &SeaTx, id: AgentId) -> Result<Option<StaffUser>, StoreError> {
    tx.find_one(users(tx.backend()).and_where(at(TABLE, "agent").eq(val(&id))), read)
        .await
}

pub(super) async fn all(tx: &SeaTx) -> Result<Vec<StaffUser>, StoreError> {
    let mut statement = users(tx.backend());
    statement
        .order_by((TABLE, "name"), Order::Asc)
        .order_by((TABLE, "agent"), Order::Asc);
    tx.list(&statement, read).await
}

pub(super) async fn put(tx: &SeaTx, it: &StaffUser) -> Result<(), StoreError> {
    let row = vec![
        ("agent", val(&it.id)),
        ("name", val(&it.name)),
        ("email", val(&it.email)),
        ("permissions", mask(&it.permissions).into()),
        ("all_inboxes", (it.inboxes == InboxAccess::All).into()),
        ("active", (it.standing == StaffStanding::Active).into()),
        ("language", opt(it.language.as_ref())),
        ("time_zone", it.time_zone.clone().into()),
        ("created_at", val(&it.created_at)),
    ];
    tx.run_guarded(&upsert(TABLE, &["agent"], row)).await?;
    tx.run(&delete(INBOXES, is("agent", val(&it.id)))).await?;
    if let InboxAccess::Only(inboxes) = &it.inboxes {
        let rows = inboxes.iter().map(|inbox| vec![val(&it.id), val(inbox)]).collect();
        tx.add_all(INBOXES, &["agent", "inbox"], rows, |it| it).await?;
    }
    Ok(())
}

fn users(backend: DbBackend) -> SelectStatement {
    let mut select = Query::select();
    select.from(TABLE);
    add_columns(backend, &mut select);
    select
}

/// Adds what [`read`] reads.
pub(super) fn add_columns(backend: DbBackend, select: &mut SelectStatement) {
    let columns = [
        "agent",
        "name",
        "email",
        "permissions",
        "all_inboxes",
        "active",
        "language",
        "time_zone",
        "created_at",
    ];
    select.columns(columns.map(|it| (TABLE, it)));
    select.expr(ids_of(
        backend,
        INBOXES,
        "inbox",
        "staff_inbox.agent = staff_user.agent",
    ));
}

pub(super) async fn by_address(
    tx: &SeaTx,
    address: &EmailAddress,
) -> Result<Option<(StaffUser, Option<StaffCredential>)>, StoreError> {
    let mut statement = users(tx.backend());
    statement
        .left_join(
            credentials::TABLE,
            at(credentials::TABLE, "agent").equals((TABLE, "agent")),
        )
        .columns(credentials::COLUMNS.map(|it| (credentials::TABLE, it)))
        .and_where(at(TABLE, "email").eq(val(address)))
        .and_where(at(TABLE, "active").eq(true));
    tx.find_one(&statement, |row| Ok((read(row)?, credentials::read_opt(row)?)))
        .await
}

pub(super) async fn admins(tx: &SeaTx) -> Result<Vec<AgentId>, StoreError> {
    // There may be nobody whose row could be locked, so what is locked is a number.
    if tx.is_postgres() && tx.is_write() {
        let sql = "SELECT pg_advisory_xact_lock($1)";
        tx.all_of(tx.written(sql, [ADMINS_LOCK.into()])).await?;
    }
    let mut statement = select(TABLE, &["agent"]);
    statement.and_where(is_admin()).order_by("agent", Order::Asc);
    tx.list(&statement, only).await
}

/// The number by which units of work that count administrators wait for each other; an arbitrary one.
const ADMINS_LOCK: i64 = 0x706f_7274_616c_0001;

fn is_admin() -> Expr {
    let bits = Expr::col((TABLE, "permissions")).bit_and(bit(Permission::Admin));
    at(TABLE, "active").eq(true).and(bits.ne(0_i64))
}

pub(super) async fn has_admin_or_portal(tx: &SeaTx) -> Result<(bool, bool), StoreError> {
    let one = |table: &'static str| {
        let mut one = Query::select();
        one.from(table).expr(Expr::val(1)).take()
    };
    let admin = one(TABLE).and_where(is_admin()).take();
    let mut statement = Query::select();
    statement.expr(Expr::exists(admin)).expr(Expr::exists(one("portal")));
    let found = tx.find_one(&statement, |row| Ok((row.get()?, row.get()?))).await?;
    Ok(found.unwrap_or((false, false)))
}

pub(super) fn read(row: &mut Row<'_>) -> Result<StaffUser, StoreError> {
    let (id, name, email) = (row.get()?, row.get()?, row.get()?);
    let permissions = unmasked(row.get()?);
    let (all_inboxes, active): (bool, bool) = (row.get()?, row.get()?);
    let (language, time_zone, created_at) = (row.opt()?, row.opt()?, row.get()?);
    let inboxes = ids(row)?;
    Ok(StaffUser {
        id,
        name,
        email,
        permissions,
        inboxes: if all_inboxes {
            InboxAccess::All
        } else {
            InboxAccess::Only(inboxes)
        },
        standing: if active {
            StaffStanding::Active
        } else {
            StaffStanding::Disabled
        },
        language,
        time_zone,
        created_at,
    })
}

/// The bit of each permission; never given to another one.
const fn bit(permission: Permission) -> i64 {
    match permission {
        Permission::Admin => 1,
        Permission::PortalSettings => 2,
        Permission::HelpDesk => 4,
        Permission::Crm => 8,
        Permission::KnowledgeBase => 16,
        Permission::Api => 32,
        Permission::Export => 64,
    }
}

/// Permissions as one number.
pub(in crate::sea) fn mask(permissions: &BTreeSet<Permission>) -> i64 {
    permissions.iter().fold(0, |sum, it| sum | bit(*it))
}

/// The permissions of a number.
pub(in crate::sea) fn unmasked(mask: i64) -> BTreeSet<Permission> {
    Permission::ALL.into_iter().filter(|it| mask & bit(*it) != 0).collect()
}
