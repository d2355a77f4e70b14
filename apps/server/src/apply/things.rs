//! Domains, properties, inboxes, access groups.

use portal_core::crm::{GroupError, SaveGroup};
use portal_core::property::{PropertyDefinition, PropertyOwner, PropertyType};
use portal_core::settings::{
    ChangeSettings, ChangeSettingsError, ConnectDomain, DomainError, InboxError, SaveInbox, Section, SettingsOwner,
    SettingsValue,
};
use portal_core::text::{Locale, Localized};
use portal_web::plain::{self, Known, Settings, Texts, Unfit};
use serde_json::json;

use super::Applying;
use super::change::{Changes, Names};
use super::file::{File, Kind, Owner, Wrong};

impl Applying<'_> {
    pub(super) async fn domains(&self, file: &File, changes: &mut Changes) -> Result<(), Wrong> {
        let portal = &self.wired.portal;
        for (place, part) in file.domains.iter().enumerate() {
            let place = place.to_string();
            let path = ["domain", &place];
            let wrong = |err: DomainError| match err {
                DomainError::Staff(err) => err.into(),
                DomainError::Problems(problems) => Wrong::problems(&path, &problems),
                DomainError::Store(err) => err.into(),
                DomainError::NotFound | DomainError::InUse | DomainError::NoChallenge(_) => Wrong::at(&path, err),
            };
            let language: Locale = part
                .language
                .parse()
                .map_err(|err| Wrong::at(&["domain", &place, "language"], err))?;
            let all = portal.list_domains(&self.actor).await?;
            let host = part.host.trim().to_ascii_lowercase();
            let found = all.into_iter().find(|it| it.host.as_str() == host);
            let domain = match found {
                Some(domain) if domain.language == language => Some(domain),
                Some(domain) => {
                    let what = format!("domain {host}");
                    let (was, is) = (json!(domain.language.as_str()), json!(language.as_str()));
                    changes.differ(
                        what,
                        &json!({ "language": was }),
                        &json!({ "language": is }),
                        &Names::default(),
                    );
                    if !self.dry_run {
                        portal
                            .change_domain_language(&self.actor, domain.id, &language)
                            .await
                            .map_err(wrong)?;
                    }
                    Some(domain)
                }
                None => {
                    changes.note(format!("+ domain {host}"));
                    let command = ConnectDomain {
                        host: part.host.clone(),
                        language,
                    };
                    if self.dry_run {
                        None
                    } else {
                        Some(portal.connect_domain(&self.actor, &command).await.map_err(wrong)?)
                    }
                }
            };
            let Some(private) = &part.private_content else {
                continue;
            };
            let settings = Settings {
                private_content: Some(private.clone()),
                ..Settings::default()
            };
            let value = plain::read(&settings, Section::PrivateContent, &Known::default())
                .map_err(|it| it.within(place.clone()).within("domain"))?;
            let before = domain.as_ref().map(|it| it.private.clone()).unwrap_or_default();
            let before = SettingsValue::PrivateContent(before);
            if before == value {
                continue;
            }
            differ(
                changes,
                format!("domain {host}, private content"),
                Some(&before),
                &value,
                &Names::default(),
            );
            let Some(domain) = domain.filter(|_| !self.dry_run) else {
                continue;
            };
            let owner = SettingsOwner::Domain(domain.id);
            let newest = portal
                .settings_history(&self.actor, owner, Some(Section::PrivateContent), 1)
                .await?;
            let command = ChangeSettings {
                owner,
                value,
                seen_version: newest.first().map_or(0, |it| it.version),
            };
            portal
                .change_settings(&self.actor, &command)
                .await
                .map_err(|err| changing(&["domain", &place, "private_content"], err))?;
        }
        Ok(())
    }

    pub(super) async fn properties(&self, file: &File, changes: &mut Changes) -> Result<(), Wrong> {
        for (place, part) in file.properties.iter().enumerate() {
            let place = place.to_string();
            let at =
                |field: &'static str, problem: &dyn std::fmt::Display| Wrong::at(&["property", &place, field], problem);
            let owner = match part.of {
                Owner::Contact => PropertyOwner::Contact,
                Owner::Company => PropertyOwner::Company,
                Owner::Ticket => PropertyOwner::Ticket,
            };
            let wanted = PropertyDefinition {
                owner,
                key: part.key.parse().map_err(|err| at("key", &err))?,
                label: label(&part.label).map_err(|it| it.within(place.clone()).within("property"))?,
                kind: match part.kind {
                    Kind::Text => PropertyType::Text,
                    Kind::Number => PropertyType::Number,
                    Kind::Date => PropertyType::Date,
                    Kind::Bool => PropertyType::Bool,
                    Kind::Choice => PropertyType::Choice,
                    Kind::Choices => PropertyType::Choices,
                },
                customer_writable: part.customer_writable,
                shown_to_customers: part.shown_to_customers,
                options: Vec::new(),
                archived: false,
            };
            let all = self.wired.portal.list_properties(&self.actor, owner).await?;
            let found = all.iter().find(|it| it.key == wanted.key);
            // The file says nothing of these.
            let wanted = PropertyDefinition {
                options: found.map(|it| it.options.clone()).unwrap_or_default(),
                archived: found.is_some_and(|it| it.archived),
                ..wanted
            };
            if found == Some(&wanted) {
                continue;
            }
            let sign = if found.is_some() { "~" } else { "+" };
            changes.note(format!("{sign} property {}", wanted.key));
            if !self.dry_run {
                let saved = self.wired.portal.save_property(&self.actor, &wanted).await;
                saved.map_err(|err| at("key", &err))?;
            }
        }
        Ok(())
    }

    pub(super) async fn inboxes(&self, file: &File, changes: &mut Changes) -> Result<(), Wrong> {
        for (place, part) in file.inboxes.iter().enumerate() {
            let place = place.to_string();
            let (all, _) = self.wired.portal.list_inboxes(&self.actor).await?;
            if all.iter().any(|it| it.name.as_str() == part.name.trim()) {
                continue;
            }
            changes.note(format!("+ inbox {}", part.name));
            let command = SaveInbox {
                id: None,
                name: part.name.clone(),
                pipeline: None,
            };
            if self.dry_run {
                continue;
            }
            let saved = self.wired.portal.save_inbox(&self.actor, &command).await;
            saved.map_err(|err| match err {
                InboxError::Staff(err) => err.into(),
                InboxError::Invalid(problems) => Wrong::problems(&["inbox", &place], &problems),
                InboxError::Store(err) => err.into(),
                InboxError::NotFound => Wrong::at(&["inbox", &place], err),
            })?;
        }
        Ok(())
    }

    pub(super) async fn groups(&self, file: &File, changes: &mut Changes) -> Result<(), Wrong> {
        let portal = &self.wired.portal;
        for (place, part) in file.groups.iter().enumerate() {
            let place = place.to_string();
            let defined = self.criteria_properties(file).await?;
            let criteria = part.criteria.as_deref().map(|it| plain::criteria_read(it, &defined));
            let criteria = criteria
                .transpose()
                .map_err(|it| it.within("criteria").within(place.clone()).within("group"))?;
            let all = portal.list_groups(&self.actor).await?;
            let found = all.into_iter().find(|it| it.group.name.as_str() == part.name.trim());
            let id = match &found {
                None => {
                    changes.note(format!("+ access group {}", part.name));
                    None
                }
                Some(row) if row.group.criteria() == criteria.as_ref() => continue,
                Some(row) => {
                    let shown =
                        |it: Option<&portal_core::access::Criteria>| json!({ "criteria": it.map(plain::criteria_of) });
                    let what = format!("access group {}", part.name);
                    let (was, is) = (shown(row.group.criteria()), shown(criteria.as_ref()));
                    changes.differ(what, &was, &is, &Names::default());
                    Some(row.group.id)
                }
            };
            if self.dry_run {
                continue;
            }
            let command = SaveGroup {
                id,
                name: part.name.clone(),
                criteria,
            };
            let saved = portal.save_group(&self.actor, &command).await;
            saved.map_err(|err| match err {
                GroupError::Staff(err) => err.into(),
                GroupError::Store(err) => err.into(),
                GroupError::Invalid(problems) => Wrong::problems(&["group", &place], &problems),
                GroupError::NotFound
                | GroupError::Criteria(_)
                | GroupError::NameTaken
                | GroupError::WrongKind
                | GroupError::InUse(_)
                | GroupError::TooMany
                | GroupError::Changed => Wrong::at(&["group", &place, "criteria"], err),
            })?;
        }
        Ok(())
    }

    /// The properties that criteria can ask for; when nothing is changed, those too that the file would make.
    pub(super) async fn criteria_properties(&self, file: &File) -> Result<Vec<PropertyDefinition>, Wrong> {
        let mut defined = self.wired.portal.criteria_properties(&self.actor).await?;
        if self.dry_run {
            for part in file.properties.iter().filter(|it| !it.customer_writable) {
                let (Owner::Contact, Ok(key), Ok(label)) = (part.of, part.key.parse(), label(&part.label)) else {
                    continue;
                };
                if defined.iter().any(|it| it.key == key) {
                    continue;
                }
                defined.push(PropertyDefinition {
                    owner: PropertyOwner::Contact,
                    key,
                    label,
                    kind: match part.kind {
                        Kind::Text => PropertyType::Text,
                        Kind::Number => PropertyType::Number,
                        Kind::Date => PropertyType::Date,
                        Kind::Bool => PropertyType::Bool,
                        Kind::Choice => PropertyType::Choice,
                        Kind::Choices => PropertyType::Choices,
                    },
                    customer_writable: false,
                    shown_to_customers: part.shown_to_customers,
                    options: Vec::new(),
                    archived: false,
                });
            }
        }
        Ok(defined)
    }
}

/// The difference of two values of a section.
pub(super) fn differ(
    changes: &mut Changes,
    what: String,
    before: Option<&SettingsValue>,
    after: &SettingsValue,
    names: &Names,
) {
    let json = |it: &SettingsValue| serde_json::to_value(plain::write(it)).unwrap_or_default();
    let before = before.map(json).unwrap_or_default();
    changes.differ(what, &before, &json(after), names);
}

pub(super) fn changing(path: &[&str], err: ChangeSettingsError) -> Wrong {
    match err {
        ChangeSettingsError::Staff(err) => err.into(),
        ChangeSettingsError::Store(err) => err.into(),
        ChangeSettingsError::Problems(problems) => Wrong::problems(path, &problems),
        ChangeSettingsError::NotFound | ChangeSettingsError::Conflict { .. } => Wrong::at(path, err),
    }
}

/// English first: that is what is shown where nothing else fits.
fn label(texts: &Texts) -> Result<Localized, Unfit> {
    let mut read = Vec::new();
    for (language, text) in texts {
        let locale: Locale = language.parse().map_err(|err| Unfit::new("label", err))?;
        read.push((locale, text.clone()));
    }
    let english = Locale::english();
    read.sort_by_key(|(locale, _)| *locale != english);
    let mut read = read.into_iter();
    let (first, text) = read.next().ok_or_else(|| Unfit::new("label", "a text must be there"))?;
    Ok(read.fold(Localized::new(first, text), |made, (locale, text)| {
        made.with(locale, text)
    }))
}
