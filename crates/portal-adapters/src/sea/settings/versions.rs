use portal_core::id::{AgentId, DomainId, PortalId, Uuid};
use portal_core::ports::StoreError;
use portal_core::settings::{Cause, Section, SettingsAuthor, SettingsOwner, SettingsVersion};
use portal_wire::SettingsValue;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, Order, Query, SelectStatement};

use crate::sea::directory::portals;
use crate::sea::error::corrupt;
use crate::sea::row::{Row, only_opt};
use crate::sea::sql::{at, delete, insert, is, json, or_nothing, select};
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

const TABLE: &str = "settings_version";

fn columns() -> SelectStatement {
    select(
        TABLE,
        &[
            "owner_kind",
            "owner",
            "version",
            "value",
            "author_kind",
            "author",
            "at",
            "cause",
            "rolled_back_to",
        ],
    )
}

/// The codes of owners. A released code never changes its meaning.
const fn owner_code(owner: SettingsOwner) -> (i16, Uuid) {
    match owner {
        SettingsOwner::Portal(id) => (1, id.uuid()),
        SettingsOwner::Domain(id) => (2, id.uuid()),
    }
}

fn owned(owner: SettingsOwner) -> Expr {
    let (kind, id) = owner_code(owner);
    at(TABLE, "owner_kind").eq(kind).and(at(TABLE, "owner").eq(val(&id)))
}

fn of(owner: SettingsOwner, section: Section) -> SelectStatement {
    let mut statement = columns();
    statement
        .and_where(owned(owner))
        .and_where(is("section", section.name().into()));
    statement
}

pub(super) async fn current(
    tx: &SeaTx,
    owner: SettingsOwner,
    section: Section,
) -> Result<Option<SettingsVersion>, StoreError> {
    let mut statement = of(owner, section);
    statement.order_by("version", Order::Desc).limit(1);
    tx.find_one(&statement, read).await
}

pub(super) async fn all_current(tx: &SeaTx, owner: SettingsOwner) -> Result<Vec<SettingsVersion>, StoreError> {
    let newer = Alias::new("newer");
    let mut newest = Query::select();
    newest
        .expr(Func::max(Expr::col((newer.clone(), "version"))))
        .from_as(TABLE, newer.clone())
        .and_where(Expr::col((newer.clone(), "owner_kind")).equals((TABLE, "owner_kind")))
        .and_where(Expr::col((newer.clone(), "owner")).equals((TABLE, "owner")))
        .and_where(Expr::col((newer, "section")).equals((TABLE, "section")));
    let mut statement = columns();
    statement
        .and_where(owned(owner))
        .and_where(at(TABLE, "version").eq(Expr::SubQuery(None, Box::new(newest.into()))));
    let mut found = tx.list(&statement, read).await?;
    found.sort_by_key(SettingsVersion::section);
    Ok(found)
}

pub(super) async fn one(
    tx: &SeaTx,
    owner: SettingsOwner,
    section: Section,
    version: u32,
) -> Result<Option<SettingsVersion>, StoreError> {
    let mut statement = of(owner, section);
    statement.and_where(is("version", val(&version)));
    tx.find_one(&statement, read).await
}

pub(super) async fn history(
    tx: &SeaTx,
    owner: SettingsOwner,
    section: Option<Section>,
    limit: u32,
) -> Result<Vec<SettingsVersion>, StoreError> {
    let mut statement = columns();
    statement.and_where(owned(owner));
    if let Some(section) = section {
        statement.and_where(is("section", section.name().into()));
    }
    statement
        .order_by("at", Order::Desc)
        .order_by("section", Order::Desc)
        .order_by("version", Order::Desc)
        .limit(u64::from(limit));
    tx.list(&statement, read).await
}

pub(super) async fn add(tx: &SeaTx, it: &SettingsVersion) -> Result<bool, StoreError> {
    let (kind, owner) = owner_code(it.owner);
    let mut newest = Query::select();
    newest
        .expr(Func::max(Expr::col("version")))
        .from(TABLE)
        .and_where(owned(it.owner))
        .and_where(is("section", it.section().name().into()));
    let newest: Option<u32> = tx.find_one(&newest, only_opt).await?.flatten();
    if it.version != newest.unwrap_or(0) + 1 {
        return Ok(false);
    }
    let (author_kind, author) = match it.author {
        SettingsAuthor::Staff(id) => (1i16, Some(id)),
        SettingsAuthor::CommandLine => (2, None),
        SettingsAuthor::System => (3, None),
    };
    let (cause, rolled_back_to) = match it.cause {
        Cause::Changed => (1i16, None),
        Cause::Wizard => (2, None),
        Cause::RolledBack { to } => (3, Some(to)),
        Cause::Applied => (4, None),
        Cause::CommandLine => (5, None),
    };
    let row = vec![
        ("owner_kind", kind.into()),
        ("owner", val(&owner)),
        ("section", it.section().name().into()),
        ("version", val(&it.version)),
        ("value", json(&SettingsValue::from(&it.value))?),
        ("author_kind", author_kind.into()),
        ("author", opt(author.as_ref())),
        ("at", val(&it.at)),
        ("cause", cause.into()),
        ("rolled_back_to", opt(rolled_back_to.as_ref())),
    ];
    // Of two who add the same version at once, one comes too late.
    Ok(tx.run(&or_nothing(insert(TABLE, row))).await? == 1)
}

pub(super) async fn remove(tx: &SeaTx, owner: SettingsOwner) -> Result<(), StoreError> {
    tx.run(&delete(TABLE, owned(owner))).await.map(|_| ())
}

fn read(row: &mut Row<'_>) -> Result<SettingsVersion, StoreError> {
    let kind = row.small()?;
    let owner: Uuid = row.get()?;
    let owner = match kind {
        Some(1) => SettingsOwner::Portal(PortalId::from_uuid(owner)),
        Some(2) => SettingsOwner::Domain(DomainId::from_uuid(owner)),
        _ => return Err(corrupt("settings have an owner that makes no sense")),
    };
    let version = row.get()?;
    let value = portals::document::<SettingsValue, _>(row)?;
    let author_kind = row.small()?;
    let author: Option<AgentId> = row.opt()?;
    let author = match (author_kind, author) {
        (Some(1), Some(id)) => SettingsAuthor::Staff(id),
        (Some(2), _) => SettingsAuthor::CommandLine,
        (Some(3), _) => SettingsAuthor::System,
        _ => return Err(corrupt("settings have an author that makes no sense")),
    };
    let at = row.get()?;
    let cause = row.small()?;
    let to: Option<u32> = row.opt()?;
    let cause = match (cause, to) {
        (Some(1), _) => Cause::Changed,
        (Some(2), _) => Cause::Wizard,
        (Some(3), Some(to)) => Cause::RolledBack { to },
        (Some(4), _) => Cause::Applied,
        (Some(5), _) => Cause::CommandLine,
        _ => return Err(corrupt("settings have a cause that makes no sense")),
    };
    Ok(SettingsVersion {
        owner,
        version,
        value,
        author,
        at,
        cause,
    })
}
