//! What a change of settings means for the rows that queries join. One unit of work changes both.

use std::collections::BTreeSet;

use super::{AccessSettings, Address, CustomerPortal, FieldKind, General, SettingsValue, SupportForm, TicketSettings};
use crate::access::{AccessRule, TicketPermission};
use crate::actor::Task;
use crate::input::{Checker, ProblemKind, Problems};
use crate::ports::{StoreError, Tx};
use crate::property::{PropertyDefinition, PropertyOwner};
use crate::text::{looks_like, looks_reserved};

/// Why settings could not take effect.
#[derive(Debug)]
pub(super) enum ApplyError {
    Problems(Problems),
    Store(StoreError),
}

impl From<Problems> for ApplyError {
    fn from(it: Problems) -> Self {
        Self::Problems(it)
    }
}

impl From<StoreError> for ApplyError {
    fn from(it: StoreError) -> Self {
        Self::Store(it)
    }
}

impl General {
    /// What a portal says of it now.
    #[must_use]
    pub fn of(portal: &CustomerPortal) -> Self {
        Self {
            name: portal.name.clone(),
            offered: portal.offered.clone(),
            time_zone: portal.time_zone.clone(),
        }
    }
}

impl TicketSettings {
    /// What a portal says of it now.
    #[must_use]
    pub fn of(portal: &CustomerPortal) -> Self {
        Self {
            default_inbox: portal.default_inbox,
            permission: portal.permission.clone(),
            hidden_pipelines: portal.hidden_pipelines.clone(),
        }
    }
}

impl AccessSettings {
    /// What a portal says of it now.
    #[must_use]
    pub fn of(portal: &CustomerPortal) -> Self {
        Self {
            rule: portal.access.clone(),
            send_registration_mails: portal.send_registration_mails,
        }
    }
}

/// Writes into a portal's row what its settings say. The row is stored by the caller.
pub(super) async fn apply(
    tx: &mut dyn Tx,
    task: &Task,
    portal: &mut CustomerPortal,
    value: &SettingsValue,
) -> Result<(), ApplyError> {
    value.check()?;
    match value {
        SettingsValue::General(it) => {
            portal.name = it.name.clone();
            portal.offered = it.offered.iter().cloned().chain([portal.language.clone()]).collect();
            portal.time_zone.clone_from(&it.time_zone);
        }
        SettingsValue::Address(it) => address(tx, task, portal, it).await?,
        SettingsValue::Tickets(it) => tickets(tx, task, portal, it).await?,
        SettingsValue::Access(it) => access(tx, task, portal, it).await?,
        SettingsValue::Customers(it) => portal.may = *it,
        SettingsValue::Form(it) => form(tx, task, it).await?,
        SettingsValue::Display(_)
        | SettingsValue::Consent(_)
        | SettingsValue::Branding(_)
        | SettingsValue::Links(_)
        | SettingsValue::MailTexts(_) => {}
        SettingsValue::PrivateContent(_) => {
            return Err(Problems::one("section", ProblemKind::NotOffered).into());
        }
    }
    Ok(())
}

/// What the form asks for must be a property of tickets, entered in a way that fits its type.
async fn form(tx: &mut dyn Tx, task: &Task, it: &SupportForm) -> Result<(), ApplyError> {
    let defined = tx.directory().properties(task, PropertyOwner::Ticket).await?;
    let mut checker = Checker::default();
    for field in &it.fields {
        let FieldKind::Property { key, entry } = &field.kind else {
            continue;
        };
        let fits = |it: &PropertyDefinition| it.key == *key && it.kind == entry.property_type();
        if !defined.iter().any(fits) {
            checker.note_item("fields", field.name(), ProblemKind::NotOffered);
        }
    }
    Ok(checker.done()?)
}

async fn address(tx: &mut dyn Tx, task: &Task, portal: &mut CustomerPortal, it: &Address) -> Result<(), ApplyError> {
    let Some(domain) = tx.settings().domain(it.domain).await? else {
        return Err(Problems::one("domain", ProblemKind::NotOffered).into());
    };
    if portal.published && !domain.ownership.is_proven() {
        return Err(Problems::one("domain", ProblemKind::NotOffered).into());
    }
    if portal.host == domain.host && portal.slug == it.slug {
        return Ok(());
    }
    if looks_reserved(it.slug.as_str()) {
        return Err(Problems::one("slug", ProblemKind::LookAlike).into());
    }
    for other in tx.directory().all_portals(task).await? {
        if other.id == portal.id || other.host != domain.host {
            continue;
        }
        if other.slug == it.slug {
            return Err(Problems::one("slug", ProblemKind::Taken).into());
        }
        if looks_like(other.slug.as_str(), it.slug.as_str()) {
            return Err(Problems::one("slug", ProblemKind::LookAlike).into());
        }
    }
    let formerly = tx.settings().portal_formerly_at(&domain.host, &it.slug).await?;
    if formerly.is_some_and(|of| of != portal.id) {
        return Err(Problems::one("slug", ProblemKind::Taken).into());
    }
    // Links that are out there lead on; those to a draft never were.
    if !portal.set_up.is_draft() {
        tx.settings()
            .keep_address(task, &portal.host, &portal.slug, portal.id)
            .await?;
    }
    tx.settings().free_address(task, &domain.host, &it.slug).await?;
    portal.host = domain.host;
    portal.slug = it.slug.clone();
    portal.language = domain.language.clone();
    portal.offered.insert(domain.language);
    portal.sessions = domain.private.limits;
    Ok(())
}

async fn tickets(
    tx: &mut dyn Tx,
    task: &Task,
    portal: &mut CustomerPortal,
    it: &TicketSettings,
) -> Result<(), ApplyError> {
    let mut checker = Checker::default();
    let inbox = tx.directory().inbox(it.default_inbox).await?;
    match &inbox {
        None => checker.note("default_inbox", ProblemKind::NotOffered),
        Some(inbox) if inbox.moving_to.is_some() || inbox.portal.is_some_and(|of| of != portal.id) => {
            checker.note("default_inbox", ProblemKind::Taken);
        }
        Some(_) => {}
    }
    if let TicketPermission::CompanyFor(criteria) = &it.permission {
        tx.crm().hold_criteria(task).await?;
        let properties = tx.directory().properties(task, PropertyOwner::Contact).await?;
        let usable: BTreeSet<_> = properties
            .iter()
            .filter(|it| !it.customer_writable)
            .map(|it| &it.key)
            .collect();
        let unusable = |it: &crate::access::Condition| !usable.contains(&it.property);
        // A property that customers write would let them choose what they see.
        if criteria.groups().iter().flatten().any(unusable) {
            checker.note("criteria", ProblemKind::NotOffered);
        }
    }
    for pipeline in &it.hidden_pipelines {
        if tx.directory().pipeline(*pipeline).await?.is_none() {
            checker.note("hidden_pipelines", ProblemKind::NotOffered);
        }
    }
    checker.done()?;
    if let Some(mut inbox) = inbox.filter(|it| it.portal.is_none() && !portal.set_up.is_draft()) {
        inbox.portal = Some(portal.id);
        tx.directory().put_inbox(task, &inbox).await?;
    }
    portal.default_inbox = it.default_inbox;
    portal.permission = it.permission.clone();
    portal.hidden_pipelines = it.hidden_pipelines.clone();
    Ok(())
}

async fn access(
    tx: &mut dyn Tx,
    task: &Task,
    portal: &mut CustomerPortal,
    it: &AccessSettings,
) -> Result<(), ApplyError> {
    match &it.rule {
        AccessRule::Groups(groups) => {
            let known: BTreeSet<_> = tx.directory().all_groups(task).await?.iter().map(|it| it.id).collect();
            if !groups.is_subset(&known) {
                return Err(Problems::one("groups", ProblemKind::NotOffered).into());
            }
        }
        AccessRule::EveryRegisteredContact if portal.access != it.rule => {
            let domain = tx.settings().domain_of(&portal.host).await?;
            if !domain.is_some_and(|it| it.private.self_registration) {
                return Err(Problems::one("access", ProblemKind::SwitchedOff).into());
            }
        }
        AccessRule::EveryRegisteredContact => {}
    }
    portal.access = it.rule.clone();
    portal.send_registration_mails = it.send_registration_mails;
    Ok(())
}
