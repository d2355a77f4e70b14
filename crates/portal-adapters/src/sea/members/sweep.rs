use portal_core::id::ContactId;
use portal_core::membership::{AddressChangeState, RegistrationState};
use portal_core::ports::StoreError;
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait};

use super::{address_changes, challenges, registrations};
use crate::sea::sql::{delete, is, select};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

pub(super) async fn sweep(tx: &SeaTx, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
    let old = |column: &'static str| Expr::col(column).lt(val(&before));
    let unproven = is("state", val(&RegistrationState::Unverified));
    let confirmed = is("state", val(&AddressChangeState::Confirmed));
    let never = Expr::col("state")
        .is_not_in([val(&AddressChangeState::Confirmed)].map(Expr::val))
        .and(old("confirm_until"));
    let mut swept = 0;
    for (table, ended) in [
        (challenges::TABLE, old("expires_at")),
        (registrations::TABLE, unproven.and(old("expires_at"))),
        (address_changes::TABLE, confirmed.and(old("revert_until")).or(never)),
    ] {
        let mut found = select(table, &["id"]);
        found.and_where(ended).limit(u64::from(limit));
        swept += tx.run(&delete(table, Expr::col("id").in_subquery(found))).await?;
    }
    Ok(swept)
}

pub(super) async fn end_tokens(tx: &SeaTx, contact: ContactId) -> Result<(), StoreError> {
    tx.run(&delete("api_token", is("contact", val(&contact))))
        .await
        .map(|_| ())
}
