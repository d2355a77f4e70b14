use portal_core::ports::StoreError;
use portal_core::property::{PropertyDefinition, PropertyOwner};
use portal_wire::{List, Localized};
use sea_orm::sea_query::{Order, SelectStatement};

use super::portals::{document, items};
use crate::sea::row::Row;
use crate::sea::sql::{is, json, select, upsert};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

const TABLE: &str = "property_definition";

pub(super) async fn of(tx: &SeaTx, owner: PropertyOwner) -> Result<Vec<PropertyDefinition>, StoreError> {
    tx.list(&by_key(owner), read).await
}

pub(super) async fn shown(tx: &SeaTx) -> Result<Vec<PropertyDefinition>, StoreError> {
    tx.list(
        by_key(PropertyOwner::Ticket)
            .and_where(is("shown_to_customers", true.into()))
            .and_where(is("archived", false.into())),
        read,
    )
    .await
}

fn by_key(owner: PropertyOwner) -> SelectStatement {
    let mut select = select(
        TABLE,
        &[
            "owner",
            "name",
            "label",
            "kind",
            "customer_writable",
            "shown_to_customers",
            "options",
            "archived",
        ],
    );
    select.and_where(is("owner", val(&owner))).order_by("name", Order::Asc);
    select
}

fn read(row: &mut Row<'_>) -> Result<PropertyDefinition, StoreError> {
    Ok(PropertyDefinition {
        owner: row.get()?,
        key: row.get()?,
        label: document::<Localized, _>(row)?,
        kind: row.get()?,
        customer_writable: row.get()?,
        shown_to_customers: row.get()?,
        options: items(row)?,
        archived: row.get()?,
    })
}

pub(super) async fn put(tx: &SeaTx, it: &PropertyDefinition) -> Result<(), StoreError> {
    let row = vec![
        ("owner", val(&it.owner)),
        ("name", val(&it.key)),
        ("label", json(&Localized::from(&it.label))?),
        ("kind", val(&it.kind)),
        ("customer_writable", it.customer_writable.into()),
        ("shown_to_customers", it.shown_to_customers.into()),
        ("options", json(&List::of(&it.options))?),
        ("archived", it.archived.into()),
    ];
    tx.run(&upsert(TABLE, &["owner", "name"], row)).await.map(|_| ())
}
