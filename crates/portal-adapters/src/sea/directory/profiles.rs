use portal_core::access::Principal;
use portal_core::desk::contact_words;
use portal_core::id::ContactId;
use portal_core::membership::Profile;
use portal_core::ports::StoreError;
use portal_core::text::{EmailAddress, Locale, PersonName};
use sea_orm::sea_query::{ExprTrait, Query, SelectStatement};

use crate::sea::row::Row;
use crate::sea::search;
use crate::sea::sql::{at, is, select};
use crate::sea::stored::{opt, val};
use crate::sea::tx::SeaTx;

pub(super) async fn profile(tx: &SeaTx, contact: ContactId) -> Result<Option<Profile>, StoreError> {
    let mut select = Query::select();
    select.from("contact").and_where(at("contact", "id").eq(val(&contact)));
    add_columns(&mut select);
    tx.find_one(&select, read).await
}

/// Adds what a profile consists of to a statement that has the contact.
pub(in crate::sea) fn add_columns(select: &mut SelectStatement) {
    select.columns(["id", "name", "membership_email", "language", "time_zone"].map(|it| ("contact", it)));
    select.column(("company", "name"));
    select.left_join("company", at("company", "id").equals(("contact", "primary_company")));
}

pub(in crate::sea) fn read(row: &mut Row<'_>) -> Result<Profile, StoreError> {
    Ok(Profile {
        contact: row.get()?,
        name: row.get()?,
        email: row.opt()?,
        language: row.opt()?,
        time_zone: row.opt()?,
        company: row.opt()?,
    })
}

pub(super) async fn update(
    tx: &SeaTx,
    contact: ContactId,
    name: &PersonName,
    language: Option<&Locale>,
    time_zone: Option<&str>,
) -> Result<(), StoreError> {
    let mut update = Query::update();
    update
        .table("contact")
        .value("name", val(name))
        .value("language", opt(language))
        .value("time_zone", time_zone.map(str::to_owned));
    update.and_where(is("id", val(&contact)));
    tx.run(&update).await?;
    let addresses = select("contact", &["email", "membership_email"])
        .and_where(is("id", val(&contact)))
        .take();
    let found: Option<(Option<EmailAddress>, Option<EmailAddress>)> =
        tx.find_one(&addresses, |row| Ok((row.opt()?, row.opt()?))).await?;
    let Some((email, membership_email)) = found else {
        return Ok(());
    };
    let words = contact_words(name.as_str(), email.as_ref(), membership_email.as_ref());
    search::put_person(tx, Principal::Contact(contact), words).await
}
