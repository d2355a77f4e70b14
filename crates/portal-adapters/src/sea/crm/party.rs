//! A contact or a company as two columns.

use portal_core::crm::Party;
use portal_core::id::{CompanyId, ContactId, Uuid};
use portal_core::ports::StoreError;

use crate::sea::error::corrupt;
use crate::sea::row::Row;

/// The code of each kind, never given to another one, and the id.
pub(in crate::sea) fn party_columns(it: Party) -> (i16, Uuid) {
    match it {
        Party::Contact(id) => (1, id.uuid()),
        Party::Company(id) => (2, id.uuid()),
    }
}

/// The next two columns.
pub(in crate::sea) fn party(row: &mut Row<'_>) -> Result<Option<Party>, StoreError> {
    let (kind, id): (Option<i16>, Option<Uuid>) = (row.small()?, row.opt()?);
    match (kind, id) {
        (None, None) => Ok(None),
        (Some(1), Some(id)) => Ok(Some(Party::Contact(ContactId::from_uuid(id)))),
        (Some(2), Some(id)) => Ok(Some(Party::Company(CompanyId::from_uuid(id)))),
        _ => Err(corrupt("neither a contact nor a company")),
    }
}

/// The next two columns, which are there.
pub(in crate::sea) fn some_party(row: &mut Row<'_>) -> Result<Party, StoreError> {
    party(row)?.ok_or_else(|| corrupt("about nobody"))
}
