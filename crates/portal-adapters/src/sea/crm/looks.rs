//! Looks through a contact's eyes.

use portal_core::crm::ViewAs;
use portal_core::id::{TicketNumber, ViewAsId};
use portal_core::ports::StoreError;
use portal_wire::List;

use crate::sea::error::corrupt;
use crate::sea::sql::{is, json, select, upsert};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

const TABLE: &str = "view_as";

pub(super) async fn put(tx: &SeaTx, it: &ViewAs) -> Result<(), StoreError> {
    let row = vec![
        ("id", val(&it.id)),
        ("agent", val(&it.agent)),
        ("contact", val(&it.contact)),
        ("portal", val(&it.portal)),
        ("reason", val(&it.reason)),
        ("began_at", val(&it.at)),
        ("opened", json(&List::of(it.opened.iter().map(|it| it.get())))?),
    ];
    tx.run(&upsert(TABLE, &["id"], row)).await.map(|_| ())
}

pub(super) async fn one(tx: &SeaTx, id: ViewAsId) -> Result<Option<ViewAs>, StoreError> {
    let columns = ["id", "agent", "contact", "portal", "reason", "began_at", "opened"];
    let mut statement = select(TABLE, &columns);
    statement.and_where(is("id", val(&id)));
    tx.find_one(&statement, |row| {
        let (id, agent, contact, portal) = (row.get()?, row.get()?, row.get()?, row.get()?);
        let (reason, at) = (row.get()?, row.get()?);
        let opened: Vec<i64> = row.json::<List>()?.read().map_err(|error| corrupt(error.to_string()))?;
        Ok(ViewAs {
            id,
            agent,
            contact,
            portal,
            reason,
            at,
            opened: opened.into_iter().filter_map(TicketNumber::new).collect(),
        })
    })
    .await
}
