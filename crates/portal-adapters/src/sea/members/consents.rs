use portal_core::id::{ContactId, PortalId};
use portal_core::membership::{Accepted, ConsentProof};
use portal_core::ports::StoreError;
use sea_orm::sea_query::Order;

use crate::sea::sql::{insert, is, or_nothing, select};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

const TABLE: &str = "consent";
const COLUMNS: [&str; 6] = ["portal", "contact", "version", "language", "shown", "accepted_at"];

pub(super) async fn add(tx: &SeaTx, it: &ConsentProof) -> Result<(), StoreError> {
    let row = vec![
        ("portal", val(&it.portal)),
        ("contact", val(&it.contact)),
        ("version", val(&it.accepted.version)),
        ("language", val(&it.accepted.language)),
        ("shown", val(&it.accepted.text)),
        ("accepted_at", val(&it.accepted.at)),
    ];
    tx.run(&or_nothing(insert(TABLE, row))).await.map(|_| ())
}

pub(super) async fn newest(
    tx: &SeaTx,
    portal: PortalId,
    contact: ContactId,
) -> Result<Option<ConsentProof>, StoreError> {
    let mut statement = select(TABLE, &COLUMNS);
    statement
        .and_where(is("portal", val(&portal)))
        .and_where(is("contact", val(&contact)))
        .order_by("version", Order::Desc)
        .limit(1);
    tx.find_one(&statement, |row| {
        Ok(ConsentProof {
            portal: row.get()?,
            contact: row.get()?,
            accepted: Accepted {
                version: row.get()?,
                language: row.get()?,
                text: row.get()?,
                at: row.get()?,
            },
        })
    })
    .await
}
