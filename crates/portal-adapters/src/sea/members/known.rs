use portal_core::crm::ContactStanding;
use portal_core::id::CompanyId;
use portal_core::membership::KnownContact;
use portal_core::ports::StoreError;
use portal_core::text::EmailAddress;
use sea_orm::sea_query::{Expr, ExprTrait, Func, Order, Query};

use crate::sea::row::only;
use crate::sea::sql::{at, select};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

const MOST: u64 = 10;

pub(super) async fn contacts(tx: &SeaTx, address: &EmailAddress) -> Result<Vec<KnownContact>, StoreError> {
    let mut account = Query::select();
    account
        .expr(Expr::val(1i32))
        .from("account")
        .and_where(at("account", "contact").equals(("contact", "id")));
    let by_membership = at("contact", "membership_email").eq(val(address));
    let by_own = at("contact", "membership_email")
        .is_null()
        .and(at("contact", "email").eq(val(address)));
    let mut statement = select("contact", &["id", "active"]);
    statement
        .expr(Expr::exists(account))
        .expr(at("contact", "membership_email").is_not_null())
        .and_where(by_membership.or(by_own))
        .order_by("id", Order::Asc)
        .limit(MOST);
    tx.list(&statement, |row| {
        let contact = row.get()?;
        let active: bool = row.get()?;
        Ok(KnownContact {
            contact,
            standing: if active {
                ContactStanding::Active
            } else {
                ContactStanding::Inactive
            },
            registered: row.get()?,
            by_membership: row.get()?,
        })
    })
    .await
}

pub(super) async fn companies(tx: &SeaTx, domain: &str) -> Result<Vec<CompanyId>, StoreError> {
    let mut statement = select("company", &["id"]);
    statement
        .and_where(Expr::expr(Func::lower(Expr::col("domain"))).eq(domain.to_ascii_lowercase()))
        .order_by("id", Order::Asc)
        .limit(MOST);
    tx.list(&statement, only).await
}
