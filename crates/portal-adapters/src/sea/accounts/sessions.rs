use std::collections::HashSet;

use portal_core::id::{ContactId, SessionId};
use portal_core::membership::{SecretHash, Session};
use portal_core::ports::{Doorway, StoreError};
use portal_core::settings::Host;
use portal_core::text::Slug;
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use crate::sea::directory::{portals, profiles};
use crate::sea::error::conflict;
use crate::sea::row::{Row, only};
use crate::sea::sql::{at, delete, insert, is, or_nothing, padded, select};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

const TABLE: &str = "session";
const COLUMNS: [&str; 9] = [
    "id",
    "contact",
    "host",
    "secret",
    "device",
    "created_at",
    "seen_at",
    "idle_until",
    "ends_at",
];

/// The portal, the session and its contact, from one statement.
pub(super) async fn doorway(
    tx: &SeaTx,
    host: &Host,
    slug: &Slug,
    secret: Option<&SecretHash>,
) -> Result<Option<Doorway>, StoreError> {
    let Some(secret) = secret else {
        let portal = tx.find_one(&door(host, slug), portals::read).await?;
        return Ok(portal.map(|portal| Doorway { portal, session: None }));
    };
    tx.find_one(&statement(host, slug, secret), |row| {
        let portal = portals::read(row)?;
        let somebody: bool = row.get()?;
        let session = if somebody {
            Some((read(row)?, profiles::read(row)?))
        } else {
            None
        };
        Ok(Doorway { portal, session })
    })
    .await
}

fn door(host: &Host, slug: &Slug) -> SelectStatement {
    let mut select = select(portals::TABLE, &portals::COLUMNS);
    select
        .and_where(at(portals::TABLE, "host").eq(val(host)))
        .and_where(at(portals::TABLE, "slug").eq(val(slug)));
    select
}

pub(in crate::sea) fn statement(host: &Host, slug: &Slug, secret: &SecretHash) -> SelectStatement {
    let mut select = door(host, slug);
    let own = at(TABLE, "secret")
        .eq(val(secret))
        .and(at(TABLE, "host").equals((portals::TABLE, "host")));
    select.left_join(TABLE, own);
    select.left_join(
        "contact",
        at("contact", "id")
            .equals((TABLE, "contact"))
            .and(at("contact", "active").eq(true)),
    );
    // Whether there is somebody; then the session and the profile can be read.
    select
        .expr(at("contact", "id").is_not_null())
        .columns(COLUMNS.map(|it| (TABLE, it)));
    profiles::add_columns(&mut select);
    select
}

pub(super) async fn add(tx: &SeaTx, it: &Session, keep: u32) -> Result<(), StoreError> {
    let row = vec![
        ("id", val(&it.id)),
        ("contact", val(&it.contact)),
        ("host", it.host.as_str().into()),
        ("secret", val(&it.secret)),
        ("device", it.device.as_str().into()),
        ("created_at", val(&it.created_at)),
        ("seen_at", val(&it.seen_at)),
        ("idle_until", val(&it.idle_until)),
        ("ends_at", val(&it.ends_at)),
    ];
    if tx.run(&or_nothing(insert(TABLE, row))).await? == 0 {
        return Err(conflict());
    }
    let first = vec![
        ("contact", val(&it.contact)),
        ("host", it.host.as_str().into()),
        ("began_at", val(&it.created_at)),
    ];
    tx.run(&or_nothing(insert("first_session", first))).await?;

    let of_host = |mut it: SelectStatement, session: &Session| -> SelectStatement {
        it.and_where(is("contact", val(&session.contact)))
            .and_where(is("host", session.host.as_str().into()));
        it
    };
    let newest_first = of_host(select(TABLE, &["id"]), it)
        .order_by("created_at", Order::Desc)
        .order_by("id", Order::Desc)
        .take();
    let sessions: Vec<SessionId> = tx.list(&newest_first, only).await?;
    let ended: Vec<_> = sessions.iter().skip(keep as usize).map(val).collect();
    if !ended.is_empty() {
        tx.run(&delete(
            TABLE,
            Expr::col("id").is_in(padded(ended).into_iter().map(Expr::val)),
        ))
        .await?;
    }
    Ok(())
}

pub(super) async fn of(tx: &SeaTx, contact: ContactId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement.and_where(is("contact", val(&contact)));
    alive(&mut statement, now);
    statement.order_by("seen_at", Order::Desc).order_by("id", Order::Desc);
    tx.list(&statement, read).await
}

fn alive(statement: &mut SelectStatement, now: Timestamp) {
    statement
        .and_where(at(TABLE, "idle_until").gt(val(&now)))
        .and_where(at(TABLE, "ends_at").gt(val(&now)));
}

pub(super) async fn touch(
    tx: &SeaTx,
    id: SessionId,
    seen_at: Timestamp,
    idle_until: Timestamp,
) -> Result<(), StoreError> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("seen_at", val(&seen_at))
        .value("idle_until", val(&idle_until))
        .and_where(is("id", val(&id)));
    tx.run(&update).await.map(|_| ())
}

pub(super) async fn end(tx: &SeaTx, contact: ContactId, id: SessionId) -> Result<(), StoreError> {
    tx.run(&delete(TABLE, is("id", val(&id)).and(is("contact", val(&contact)))))
        .await
        .map(|_| ())
}

pub(super) async fn end_all(tx: &SeaTx, contact: ContactId, but: Option<SessionId>) -> Result<(), StoreError> {
    let mut ended = delete(TABLE, is("contact", val(&contact)));
    if let Some(but) = but {
        ended.and_where(Expr::col("id").ne(val(&but)));
    }
    tx.run(&ended).await.map(|_| ())
}

pub(super) async fn living(tx: &SeaTx, ids: &[SessionId], now: Timestamp) -> Result<Vec<SessionId>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = padded(ids.iter().map(val).collect());
    let mut statement = select(TABLE, &["id"]);
    statement.inner_join("contact", at("contact", "id").equals((TABLE, "contact")));
    statement
        .and_where(at(TABLE, "id").is_in(wanted.into_iter().map(Expr::val)))
        .and_where(at("contact", "active").eq(true));
    alive(&mut statement, now);
    let living: HashSet<SessionId> = tx.list(&statement, only).await?.into_iter().collect();
    Ok(ids.iter().copied().filter(|it| living.contains(it)).collect())
}

fn read(row: &mut Row<'_>) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.get()?,
        contact: row.get()?,
        host: row.get()?,
        secret: row.get()?,
        device: row.get()?,
        created_at: row.get()?,
        seen_at: row.get()?,
        idle_until: row.get()?,
        ends_at: row.get()?,
    })
}
