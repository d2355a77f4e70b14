use portal_core::id::{PortalId, RegistrationId};
use portal_core::membership::{Accepted, Registration, RegistrationState, SecretHash};
use portal_core::ports::StoreError;
use sea_orm::sea_query::{Order, Query};

use crate::sea::error::corrupt;
use crate::sea::row::Row;
use crate::sea::sql::{is, select, upsert};
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

pub(super) const TABLE: &str = "registration";
const COLUMNS: [&str; 17] = [
    "id",
    "portal",
    "address",
    "name",
    "language",
    "state",
    "token",
    "password_hash",
    "proposed",
    "consent_version",
    "consent_language",
    "consent_text",
    "consent_at",
    "contact",
    "asked_at",
    "expires_at",
    "verified_at",
];

pub(super) async fn put(tx: &SeaTx, it: &Registration) -> Result<(), StoreError> {
    let consent = it.consent.as_ref();
    let row = vec![
        ("id", val(&it.id)),
        ("portal", val(&it.portal)),
        ("address", val(&it.address)),
        ("name", val(&it.name)),
        ("language", val(&it.language)),
        ("state", val(&it.state)),
        ("token", opt(it.token.as_ref())),
        ("password_hash", it.password_hash.clone().into()),
        ("proposed", opt(it.proposed.as_ref())),
        ("consent_version", opt(consent.map(|it| &it.version))),
        ("consent_language", opt(consent.map(|it| &it.language))),
        ("consent_text", opt(consent.map(|it| &it.text))),
        ("consent_at", opt(consent.map(|it| &it.at))),
        ("contact", opt(it.contact.as_ref())),
        ("asked_at", val(&it.asked_at)),
        ("expires_at", val(&it.expires_at)),
        ("verified_at", opt(it.verified_at.as_ref())),
    ];
    tx.run(&upsert(TABLE, &["id"], row)).await.map(|_| ())
}

pub(super) async fn registration(tx: &SeaTx, id: RegistrationId) -> Result<Option<Registration>, StoreError> {
    tx.find_one(select(TABLE, &COLUMNS).and_where(is("id", val(&id))), read)
        .await
}

pub(super) async fn of_link(tx: &SeaTx, token: &SecretHash) -> Result<Option<Registration>, StoreError> {
    tx.find_one(select(TABLE, &COLUMNS).and_where(is("token", val(token))), read)
        .await
}

pub(super) async fn advance(
    tx: &SeaTx,
    id: RegistrationId,
    from: RegistrationState,
    to: RegistrationState,
) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("state", val(&to))
        .and_where(is("id", val(&id)))
        .and_where(is("state", val(&from)));
    Ok(tx.run(&update).await? == 1)
}

pub(super) async fn of_portal(
    tx: &SeaTx,
    portal: PortalId,
    state: RegistrationState,
    limit: u32,
) -> Result<Vec<Registration>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement
        .and_where(is("portal", val(&portal)))
        .and_where(is("state", val(&state)))
        .order_by("asked_at", Order::Asc)
        .order_by("id", Order::Asc)
        .limit(u64::from(limit));
    tx.list(&statement, read).await
}

fn read(row: &mut Row<'_>) -> Result<Registration, StoreError> {
    Ok(Registration {
        id: row.get()?,
        portal: row.get()?,
        address: row.get()?,
        name: row.get()?,
        language: row.get()?,
        state: row.get()?,
        token: row.opt()?,
        password_hash: row.opt()?,
        proposed: row.opt()?,
        consent: accepted(row)?,
        contact: row.opt()?,
        asked_at: row.get()?,
        expires_at: row.get()?,
        verified_at: row.opt()?,
    })
}

fn accepted(row: &mut Row<'_>) -> Result<Option<Accepted>, StoreError> {
    match (row.opt()?, row.opt()?, row.opt()?, row.opt()?) {
        (None, None, None, None) => Ok(None),
        (Some(version), Some(language), Some(text), Some(at)) => Ok(Some(Accepted {
            version,
            language,
            text,
            at,
        })),
        _ => Err(corrupt("half a consent")),
    }
}
