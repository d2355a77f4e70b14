//! As what a contact belongs to their companies.

use std::collections::BTreeMap;

use portal_core::id::{CompanyId, ContactId};
use portal_core::ports::StoreError;
use portal_core::text::Line;

use crate::sea::sql::{delete, is, select};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

const TABLE: &str = "company_label";

pub(super) async fn of(tx: &SeaTx, contact: ContactId) -> Result<BTreeMap<CompanyId, Line>, StoreError> {
    let mut statement = select(TABLE, &["company", "label"]);
    statement.and_where(is("contact", val(&contact)));
    let rows = tx.list(&statement, |row| Ok((row.get()?, row.get()?))).await?;
    Ok(rows.into_iter().collect())
}

pub(super) async fn put(tx: &SeaTx, contact: ContactId, labels: &BTreeMap<CompanyId, Line>) -> Result<(), StoreError> {
    tx.run(&delete(TABLE, is("contact", val(&contact)))).await?;
    let rows = labels
        .iter()
        .map(|(company, label)| vec![val(&contact), val(company), val(label)])
        .collect();
    tx.add_all(TABLE, &["contact", "company", "label"], rows, |it| it)
        .await
        .map(|_| ())
}
