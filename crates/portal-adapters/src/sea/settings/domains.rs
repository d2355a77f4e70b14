use std::collections::BTreeSet;

use portal_core::id::DomainId;
use portal_core::ports::StoreError;
use portal_core::settings::{Domain, Host, Ownership};
use portal_core::text::{EmailAddress, Line};
use portal_core::time::Timestamp;
use portal_wire::PrivateContent;
use sea_orm::sea_query::{ExprTrait, LockType, Order, SelectStatement};

use crate::sea::directory::portals;
use crate::sea::error::corrupt;
use crate::sea::row::{Row, only};
use crate::sea::sql::{at, delete, is, json, select, upsert};
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

const TABLE: &str = "domain";

const LOCAL: i16 = 1;
const PENDING: i16 = 2;
const VERIFIED: i16 = 3;

fn columns() -> SelectStatement {
    select(
        TABLE,
        &[
            "id",
            "host",
            "language",
            "ownership",
            "challenge",
            "verified_at",
            "private",
            "from_name",
            "from_address",
        ],
    )
}

pub(super) async fn domain(tx: &SeaTx, id: DomainId) -> Result<Option<Domain>, StoreError> {
    tx.find_one(columns().and_where(is("id", val(&id))), read).await
}

pub(super) async fn to_change(tx: &SeaTx, id: DomainId) -> Result<Option<Domain>, StoreError> {
    let mut statement = columns();
    statement.and_where(is("id", val(&id)));
    if tx.is_postgres() {
        statement.lock(LockType::Update);
    }
    tx.find_one(&statement, read).await
}

pub(super) async fn of(tx: &SeaTx, host: &Host) -> Result<Option<Domain>, StoreError> {
    tx.find_one(columns().and_where(is("host", val(host))), read).await
}

pub(super) async fn all(tx: &SeaTx) -> Result<Vec<Domain>, StoreError> {
    tx.list(columns().order_by("host", Order::Asc), read).await
}

pub(super) async fn served(tx: &SeaTx) -> Result<Vec<Host>, StoreError> {
    let mut proven = select(TABLE, &["host"]);
    proven.and_where(at(TABLE, "ownership").is_in([LOCAL, VERIFIED]));
    let mut without = select(portals::TABLE, &["host"]);
    without
        .left_join(TABLE, at(TABLE, "host").equals((portals::TABLE, "host")))
        .and_where(at(TABLE, "host").is_null())
        .distinct();
    let mut hosts: BTreeSet<Host> = tx.list(&proven, only).await?.into_iter().collect();
    hosts.extend(tx.list(&without, only).await?);
    Ok(hosts.into_iter().collect())
}

pub(super) async fn put(tx: &SeaTx, it: &Domain) -> Result<(), StoreError> {
    let (ownership, challenge, verified_at) = match &it.ownership {
        Ownership::Local => (LOCAL, None, None),
        Ownership::Pending { challenge } => (PENDING, Some(challenge.clone()), None),
        Ownership::Verified { at, challenge } => (VERIFIED, Some(challenge.clone()), Some(*at)),
    };
    let from = it.from.as_ref();
    let row = vec![
        ("id", val(&it.id)),
        ("host", val(&it.host)),
        ("language", val(&it.language)),
        ("ownership", ownership.into()),
        ("challenge", challenge.into()),
        ("verified_at", opt(verified_at.as_ref())),
        ("private", json(&PrivateContent::from(&it.private))?),
        ("from_name", opt(from.map(|(name, _)| name))),
        ("from_address", opt(from.map(|(_, address)| address))),
    ];
    tx.run_guarded(&upsert(TABLE, &["id"], row)).await.map(|_| ())
}

pub(super) async fn remove(tx: &SeaTx, id: DomainId) -> Result<(), StoreError> {
    tx.run(&delete(TABLE, is("id", val(&id)))).await.map(|_| ())
}

fn read(row: &mut Row<'_>) -> Result<Domain, StoreError> {
    let (id, host, language) = (row.get()?, row.get()?, row.get()?);
    let ownership = row.small()?;
    let (challenge, verified_at): (Option<String>, Option<Timestamp>) = (row.opt()?, row.opt()?);
    let ownership = match (ownership, challenge, verified_at) {
        (Some(LOCAL), _, _) => Ownership::Local,
        (Some(PENDING), Some(challenge), _) => Ownership::Pending { challenge },
        (Some(VERIFIED), Some(challenge), Some(at)) => Ownership::Verified { at, challenge },
        _ => return Err(corrupt("a domain has an ownership that makes no sense")),
    };
    let private = portals::document::<PrivateContent, _>(row)?;
    let from: (Option<Line>, Option<EmailAddress>) = (row.opt()?, row.opt()?);
    Ok(Domain {
        id,
        host,
        language,
        ownership,
        private,
        from: from.0.zip(from.1),
    })
}
