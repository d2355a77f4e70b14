//! What of a contact or a company was changed, in the words of its history: the field, and what it was and is.

use std::collections::BTreeSet;

use super::let_through::names_of;
use super::people::{Company, Contact};
use crate::actor::Task;
use crate::id::CompanyId;
use crate::ports::{StoreError, Tx};
use crate::property::PropertyValues;

/// Field, and what it was and is.
pub(super) type Changes = Vec<(String, String)>;

fn note(changes: &mut Changes, field: &str, old: Option<String>, new: Option<String>) {
    if old != new {
        let text = |it: Option<String>| it.unwrap_or_else(|| "–".to_owned());
        changes.push((field.to_owned(), format!("{} → {}", text(old), text(new))));
    }
}

fn of_properties(changes: &mut Changes, old: &PropertyValues, new: &PropertyValues) {
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let text = |of: &PropertyValues| of.get(key).map(ToString::to_string);
        note(changes, key.as_str(), text(old), text(new));
    }
}

/// What differs between two states of a contact.
pub(super) async fn of_contact(
    tx: &mut dyn Tx,
    task: &Task,
    old: &Contact,
    new: &Contact,
) -> Result<Changes, StoreError> {
    let mut changes = Vec::new();
    let text = |it: &Option<crate::text::EmailAddress>| it.as_ref().map(ToString::to_string);
    note(
        &mut changes,
        "name",
        Some(old.name.to_string()),
        Some(new.name.to_string()),
    );
    note(&mut changes, "email", text(&old.email), text(&new.email));
    note(
        &mut changes,
        "membership_email",
        text(&old.membership_email),
        text(&new.membership_email),
    );
    if old.companies != new.companies || old.primary_company != new.primary_company {
        let all: BTreeSet<CompanyId> = old.companies.union(&new.companies).copied().collect();
        let names = names_of(tx, task, &all).await?;
        let name = |id: Option<CompanyId>| id.and_then(|it| names.get(&it).cloned());
        note(
            &mut changes,
            "primary_company",
            name(old.primary_company),
            name(new.primary_company),
        );
        let listed = |of: &BTreeSet<CompanyId>| {
            let of: Vec<String> = of.iter().filter_map(|it| names.get(it).cloned()).collect();
            (!of.is_empty()).then(|| of.join(", "))
        };
        note(
            &mut changes,
            "companies",
            listed(&old.companies),
            listed(&new.companies),
        );
    }
    of_properties(&mut changes, &old.properties, &new.properties);
    Ok(changes)
}

/// What differs between two states of a company.
pub(super) fn of_company(old: &Company, new: &Company) -> Changes {
    let mut changes = Vec::new();
    let text = |it: &Option<crate::text::Line>| it.as_ref().map(ToString::to_string);
    note(
        &mut changes,
        "name",
        Some(old.name.to_string()),
        Some(new.name.to_string()),
    );
    note(&mut changes, "domain", text(&old.domain), text(&new.domain));
    of_properties(&mut changes, &old.properties, &new.properties);
    changes
}
