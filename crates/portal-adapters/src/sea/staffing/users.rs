use std::collections::BTreeSet;

use portal_core::id::AgentId;
use portal_core::ports::StoreError;
use portal_core::staff::{InboxAccess, Permission, StaffStanding, StaffUser};
use sea_orm::DbBackend;
use sea_orm::sea_query::{Order, SelectStatement};

use crate::sea::collected::{ids, ids_of};
use crate::sea::row::Row;
use crate::sea::sql::{delete, is, select, upsert};
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

const TABLE: &str = "staff_user";
const INBOXES: &str = "staff_inbox";

pub(super) async fn user(tx: &SeaTx, id: AgentId) -> Result<Option<StaffUser>, StoreError> {
    tx.find_one(users(tx.backend()).and_where(is("agent", val(&id))), read)
        .await
}

pub(super) async fn all(tx: &SeaTx) -> Result<Vec<StaffUser>, StoreError> {
    let mut statement = users(tx.backend());
    statement.order_by("name", Order::Asc).order_by("agent", Order::Asc);
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
    let mut select = select(TABLE, &columns);
    select.expr(ids_of(
        backend,
        INBOXES,
        "inbox",
        "staff_inbox.agent = staff_user.agent",
    ));
    select
}

fn read(row: &mut Row<'_>) -> Result<StaffUser, StoreError> {
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
