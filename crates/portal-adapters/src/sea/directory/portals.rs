use std::str::FromStr;

use portal_core::id::PortalId;
use portal_core::ports::StoreError;
use portal_core::settings::{CustomerPortal, Host, SessionLimits, SetUp, SetUpStep};
use portal_core::text::Slug;
use portal_wire::{AccessRule, CustomersMay, Invalid, List, TicketPermission};
use sea_orm::sea_query::{Order, SelectStatement};
use serde::de::DeserializeOwned;

use super::groups;
use crate::sea::error::corrupt;
use crate::sea::row::Row;
use crate::sea::sql::{is, json, select, upsert};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

pub(in crate::sea) const TABLE: &str = "portal";
/// In the order in which [`read`] reads them.
pub(in crate::sea) const COLUMNS: [&str; 19] = [
    "id",
    "name",
    "host",
    "slug",
    "language",
    "offered",
    "time_zone",
    "published",
    "default_inbox",
    "permission",
    "access",
    "may",
    "hidden_pipelines",
    "categories",
    "session_idle",
    "session_absolute",
    "revision",
    "send_registration_mails",
    "set_up",
];

pub(super) async fn at_address(tx: &SeaTx, host: &Host, slug: &Slug) -> Result<Option<CustomerPortal>, StoreError> {
    tx.find_one(
        all_columns()
            .and_where(is("host", val(host)))
            .and_where(is("slug", val(slug))),
        read,
    )
    .await
}

pub(super) async fn published_on(tx: &SeaTx, host: &Host) -> Result<Vec<CustomerPortal>, StoreError> {
    tx.list(
        all_columns()
            .and_where(is("host", val(host)))
            .and_where(is("published", true.into()))
            .order_by("slug", Order::Asc),
        read,
    )
    .await
}

pub(super) async fn portal(tx: &SeaTx, id: PortalId) -> Result<Option<CustomerPortal>, StoreError> {
    tx.find_one(all_columns().and_where(is("id", val(&id))), read).await
}

pub(super) async fn all(tx: &SeaTx) -> Result<Vec<CustomerPortal>, StoreError> {
    tx.list(
        all_columns().order_by("host", Order::Asc).order_by("slug", Order::Asc),
        read,
    )
    .await
}

pub(in crate::sea) fn all_columns() -> SelectStatement {
    select(TABLE, &COLUMNS)
}

pub(super) async fn put(tx: &SeaTx, it: &CustomerPortal) -> Result<(), StoreError> {
    let row = vec![
        ("id", val(&it.id)),
        ("name", val(&it.name)),
        ("host", val(&it.host)),
        ("slug", val(&it.slug)),
        ("language", val(&it.language)),
        ("offered", json(&List::of(&it.offered))?),
        ("time_zone", it.time_zone.as_str().into()),
        ("published", it.published.into()),
        ("default_inbox", val(&it.default_inbox)),
        ("permission", json(&TicketPermission::from(&it.permission))?),
        ("access", json(&AccessRule::from(&it.access))?),
        ("may", json(&CustomersMay::from(it.may))?),
        ("hidden_pipelines", json(&List::of(&it.hidden_pipelines))?),
        ("categories", json(&List::of(&it.categories))?),
        ("session_idle", val(&it.sessions.idle)),
        ("session_absolute", val(&it.sessions.absolute)),
        ("revision", val(&it.revision)),
        ("send_registration_mails", it.send_registration_mails.into()),
        ("set_up", steps(&it.set_up).into()),
    ];
    tx.run_guarded(&upsert(TABLE, &["id"], row)).await?;
    groups::let_in(tx, it.id, &it.access).await
}

pub(in crate::sea) fn read(row: &mut Row<'_>) -> Result<CustomerPortal, StoreError> {
    Ok(CustomerPortal {
        id: row.get()?,
        name: row.get()?,
        host: row.get()?,
        slug: row.get()?,
        language: row.get()?,
        offered: items(row)?,
        time_zone: row.get()?,
        published: row.get()?,
        default_inbox: row.get()?,
        permission: document::<TicketPermission, _>(row)?,
        access: document::<AccessRule, _>(row)?,
        may: row.json::<CustomersMay>()?.into(),
        hidden_pipelines: items(row)?,
        categories: items(row)?,
        sessions: SessionLimits {
            idle: row.get()?,
            absolute: row.get()?,
        },
        revision: row.get()?,
        send_registration_mails: row.get()?,
        set_up: row.opt()?.map_or(SetUp::Finished, draft),
    })
}

/// The steps that are done, a bit each; nothing if it is no draft.
fn steps(set_up: &SetUp) -> Option<i64> {
    match set_up {
        SetUp::Draft { done } => Some(done.iter().fold(0, |sum, it| sum | bit(*it))),
        SetUp::Finished => None,
    }
}

fn draft(bits: i64) -> SetUp {
    let done = SetUpStep::ALL.into_iter().filter(|it| bits & bit(*it) != 0).collect();
    SetUp::Draft { done }
}

/// The bit of each step; never given to another one.
const fn bit(step: SetUpStep) -> i64 {
    match step {
        SetUpStep::Name => 1,
        SetUpStep::Address => 2,
        SetUpStep::Tickets => 4,
        SetUpStep::Access => 8,
    }
}

/// The next column, a document that is checked again.
pub(in crate::sea) fn document<W, T>(row: &mut Row<'_>) -> Result<T, StoreError>
where
    W: DeserializeOwned,
    T: TryFrom<W, Error = Invalid>,
{
    row.json::<W>()?
        .try_into()
        .map_err(|error: Invalid| corrupt(error.to_string()))
}

/// The next column, a list.
pub(super) fn items<T: FromStr, C: FromIterator<T>>(row: &mut Row<'_>) -> Result<C, StoreError> {
    row.json::<List>()?.read().map_err(|error| corrupt(error.to_string()))
}
