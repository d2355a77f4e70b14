//! Where portals used to be.

use portal_core::id::PortalId;
use portal_core::ports::StoreError;
use portal_core::settings::Host;
use portal_core::text::Slug;
use sea_orm::sea_query::{ExprTrait, Order};

use crate::sea::row::only;
use crate::sea::sql::{delete, is, select, upsert};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

const TABLE: &str = "former_address";

pub(super) async fn portal_at(tx: &SeaTx, host: &Host, slug: &Slug) -> Result<Option<PortalId>, StoreError> {
    let mut statement = select(TABLE, &["portal"]);
    statement
        .and_where(is("host", val(host)))
        .and_where(is("slug", val(slug)));
    tx.find_one(&statement, only).await
}

pub(super) async fn of(tx: &SeaTx, portal: PortalId) -> Result<Vec<(Host, Slug)>, StoreError> {
    let mut statement = select(TABLE, &["host", "slug"]);
    statement
        .and_where(is("portal", val(&portal)))
        .order_by("host", Order::Asc)
        .order_by("slug", Order::Asc);
    tx.list(&statement, |row| Ok((row.get()?, row.get()?))).await
}

pub(super) async fn keep(tx: &SeaTx, host: &Host, slug: &Slug, portal: PortalId) -> Result<(), StoreError> {
    let row = vec![("host", val(host)), ("slug", val(slug)), ("portal", val(&portal))];
    tx.run(&upsert(TABLE, &["host", "slug"], row)).await.map(|_| ())
}

pub(super) async fn free(tx: &SeaTx, host: &Host, slug: &Slug) -> Result<(), StoreError> {
    let address = is("host", val(host)).and(is("slug", val(slug)));
    tx.run(&delete(TABLE, address)).await.map(|_| ())
}

pub(super) async fn remove_of(tx: &SeaTx, portal: PortalId) -> Result<(), StoreError> {
    tx.run(&delete(TABLE, is("portal", val(&portal)))).await.map(|_| ())
}
