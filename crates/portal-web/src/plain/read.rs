use std::fmt::Display as Shown;
use std::str::FromStr;
use std::time::Duration;

use portal_core::access::{AccessRule, CustomersMay, TicketPermission};
use portal_core::mail::{self, EditableMail, MailTexts};
use portal_core::settings::{self, Section, SettingsValue};
use portal_core::text::{Locale, Localized};
use portal_core::ticket::Sort;

use super::criteria::criteria_read;
use super::known::{Known, Unfit};
use super::settings::{
    Access, AccessKind, Address, Branding, Consent, Customers, Display, EntryKind, Form, FormField, FormOption,
    General, Link, Links, MailText, OwnerKind, Permission, PrivateContent, Settings, SortKind, Texts, Tickets,
};

/// The settings of a section, as the core knows them.
///
/// # Errors
/// Says what does not fit, with the path to it.
pub fn read(plain: &Settings, section: Section, known: &Known) -> Result<SettingsValue, Unfit> {
    let name = section.name().replace('-', "_");
    let missing = || Unfit::new(name.clone(), "these settings must be there");
    let within = |it: Unfit| it.within(name.clone());
    match section {
        Section::General => general(plain.general.as_ref().ok_or_else(missing)?, known).map(SettingsValue::General),
        Section::Address => address(plain.address.as_ref().ok_or_else(missing)?, known).map(SettingsValue::Address),
        Section::Tickets => tickets(plain.tickets.as_ref().ok_or_else(missing)?, known).map(SettingsValue::Tickets),
        Section::Access => access(plain.access.as_ref().ok_or_else(missing)?, known).map(SettingsValue::Access),
        Section::Customers => {
            let may = customers(plain.customers.as_ref().ok_or_else(missing)?);
            Ok(SettingsValue::Customers(may))
        }
        Section::Display => display(plain.display.as_ref().ok_or_else(missing)?, known).map(SettingsValue::Display),
        Section::Form => form(plain.form.as_ref().ok_or_else(missing)?, known).map(SettingsValue::Form),
        Section::Consent => consent(plain.consent.as_ref().ok_or_else(missing)?, known).map(SettingsValue::Consent),
        Section::Branding => branding(plain.branding.as_ref().ok_or_else(missing)?, known).map(SettingsValue::Branding),
        Section::Links => links(plain.links.as_ref().ok_or_else(missing)?, known).map(SettingsValue::Links),
        Section::MailTexts => {
            mail_texts(plain.mail_texts.as_deref().ok_or_else(missing)?).map(SettingsValue::MailTexts)
        }
        Section::PrivateContent => {
            let private = plain.private_content.as_ref().ok_or_else(missing)?;
            private_content(private).map(SettingsValue::PrivateContent)
        }
    }
    .map_err(|it| {
        let is_outer = it.path.first() == Some(&name) && it.problem == missing().problem;
        if is_outer { it } else { within(it) }
    })
}

/// Reads one validated text.
fn typed<T: FromStr<Err: Shown>>(field: impl Into<String>, text: &str) -> Result<T, Unfit> {
    text.parse().map_err(|err| Unfit::new(field, err))
}

/// Reads one of a list.
fn each<T, S>(field: &str, them: &[S], read: impl Fn(&S) -> Result<T, Unfit>) -> Result<Vec<T>, Unfit> {
    let one = |(place, it): (usize, &S)| read(it).map_err(|it| it.within(place.to_string()).within(field));
    them.iter().enumerate().map(one).collect()
}

/// A reference inside a list: the path ends at the place.
fn texts(field: &str, them: &Texts, known: &Known) -> Result<Localized, Unfit> {
    let primary = known.language();
    let first = them.get(primary.as_str()).ok_or_else(|| {
        Unfit::new(
            field,
            format!("the text in `{primary}`, the portal's language, must be there"),
        )
    })?;
    let mut made = Localized::new(primary.clone(), first.as_str());
    for (language, text) in them {
        let locale: Locale = typed(language.as_str(), language).map_err(|it| it.within(field))?;
        if locale != primary {
            made = made.with(locale, text.as_str());
        }
    }
    Ok(made)
}

fn perhaps(field: &str, them: Option<&Texts>, known: &Known) -> Result<Option<Localized>, Unfit> {
    them.map(|it| texts(field, it, known)).transpose()
}

/// The portal's own language is always offered.
fn general(it: &General, known: &Known) -> Result<settings::General, Unfit> {
    let languages = each("languages", &it.languages, |it| it.parse().map_err(|err| bare(&err)))?;
    Ok(settings::General {
        name: typed("name", &it.name)?,
        offered: languages.into_iter().chain([known.language()]).collect(),
        time_zone: it.time_zone.clone(),
    })
}

fn bare(err: &dyn Shown) -> Unfit {
    Unfit {
        path: Vec::new(),
        problem: err.to_string(),
    }
}

fn address(it: &Address, known: &Known) -> Result<settings::Address, Unfit> {
    Ok(settings::Address {
        domain: known.domain(&it.domain).map_err(|it| it.within("domain"))?,
        slug: typed("slug", &it.slug)?,
    })
}

fn tickets(it: &Tickets, known: &Known) -> Result<settings::TicketSettings, Unfit> {
    let permission = match (it.permission, &it.criteria) {
        (Permission::CompanyForMatching, Some(any)) => {
            let criteria = criteria_read(any, &known.properties).map_err(|it| it.within("criteria"))?;
            TicketPermission::CompanyFor(criteria)
        }
        (Permission::CompanyForMatching, None) => {
            return Err(Unfit::new("criteria", "this permission needs criteria"));
        }
        (_, Some(_)) => return Err(Unfit::new("criteria", "this permission has no criteria")),
        (Permission::Own, None) => TicketPermission::Own,
        (Permission::Company, None) => TicketPermission::Company,
    };
    let hidden = each("hidden_pipelines", &it.hidden_pipelines, |it| known.pipeline(it))?;
    Ok(settings::TicketSettings {
        default_inbox: known
            .inbox(&it.default_inbox)
            .map_err(|it| it.within("default_inbox"))?,
        permission,
        hidden_pipelines: hidden.into_iter().collect(),
    })
}

fn access(it: &Access, known: &Known) -> Result<settings::AccessSettings, Unfit> {
    let groups = each("groups", &it.groups, |it| known.group(it))?;
    let rule = match it.who {
        AccessKind::Groups => AccessRule::Groups(groups.into_iter().collect()),
        AccessKind::Registered if groups.is_empty() => AccessRule::EveryRegisteredContact,
        AccessKind::Registered => return Err(Unfit::new("groups", "every registered contact needs no groups")),
    };
    Ok(settings::AccessSettings {
        rule,
        send_registration_mails: it.send_registration_mails,
    })
}

const fn customers(it: &Customers) -> CustomersMay {
    CustomersMay {
        close: it.close,
        reopen_days: it.reopen_days,
        act_on_colleagues_tickets: it.act_on_colleagues_tickets,
        mark_private: it.mark_private,
        rate: it.rate,
    }
}

fn display(it: &Display, known: &Known) -> Result<settings::TicketDisplay, Unfit> {
    let owner = match (it.owner, &it.team) {
        (OwnerKind::Team, Some(team)) => settings::OwnerDisplay::Team(typed("team", team)?),
        (OwnerKind::Team, None) => return Err(Unfit::new("team", "the name of the team must be there")),
        (_, Some(_)) => return Err(Unfit::new("team", "the team is not shown")),
        (OwnerKind::Name, None) => settings::OwnerDisplay::Name,
        (OwnerKind::Alias, None) => settings::OwnerDisplay::Alias,
        (OwnerKind::Nothing, None) => settings::OwnerDisplay::Nothing,
    };
    let mut statuses = std::collections::BTreeMap::new();
    for (status, words) in &it.statuses {
        let within = |it: Unfit| it.within(status.as_str()).within("statuses");
        let id = status.parse().map_err(|err| within(bare(&err)))?;
        let words = settings::StatusWords {
            label: perhaps("label", words.label.as_ref(), known).map_err(within)?,
            explanation: perhaps("explanation", words.explanation.as_ref(), known).map_err(within)?,
        };
        statuses.insert(id, words);
    }
    Ok(settings::TicketDisplay {
        label: perhaps("label", it.label.as_ref(), known)?,
        new_label: perhaps("new_label", it.new_label.as_ref(), known)?,
        columns: each("columns", &it.columns, |it| it.parse().map_err(|err| bare(&err)))?,
        properties: it
            .properties
            .as_ref()
            .map(|them| each("properties", them, |it| it.parse().map_err(|err| bare(&err))))
            .transpose()?,
        owner,
        statuses,
        sort: match it.sort {
            SortKind::Attention => Sort::Attention,
            SortKind::LastActivity => Sort::LastActivity,
            SortKind::Created => Sort::Created,
        },
    })
}

fn form(it: &Form, known: &Known) -> Result<settings::SupportForm, Unfit> {
    Ok(settings::SupportForm {
        title: perhaps("title", it.title.as_ref(), known)?,
        button: perhaps("button", it.button.as_ref(), known)?,
        fields: each("fields", &it.fields, |it| field(it, known))?,
    })
}

fn option(it: &FormOption, known: &Known) -> Result<settings::FormOption, Unfit> {
    Ok(settings::FormOption {
        value: typed("value", &it.value)?,
        label: perhaps("label", it.label.as_ref(), known)?,
    })
}

fn field(it: &FormField, known: &Known) -> Result<settings::FormField, Unfit> {
    let options = each("options", &it.options, |it| option(it, known))?;
    let takes_options = matches!(it.entry, Some(EntryKind::DropDown | EntryKind::MultiSelect));
    if !takes_options && !options.is_empty() {
        return Err(Unfit::new("options", "there is nothing to choose here"));
    }
    let kind = match (typed("name", &it.name)?, it.entry) {
        (settings::FieldName::Subject, None) => settings::FieldKind::Subject,
        (settings::FieldName::Category, None) => settings::FieldKind::Category,
        (settings::FieldName::Priority, None) => settings::FieldKind::Priority,
        (settings::FieldName::Description, None) => settings::FieldKind::Description,
        (settings::FieldName::Files, None) => settings::FieldKind::Files,
        (settings::FieldName::Property(key), Some(entry)) => settings::FieldKind::Property {
            key,
            entry: match entry {
                EntryKind::Text => settings::Entry::Text,
                EntryKind::Paragraph => settings::Entry::Paragraph,
                EntryKind::Number => settings::Entry::Number,
                EntryKind::Date => settings::Entry::Date,
                EntryKind::DropDown => settings::Entry::DropDown(options),
                EntryKind::MultiSelect => settings::Entry::MultiSelect(options),
                EntryKind::Checkbox => settings::Entry::Checkbox,
            },
        },
        (settings::FieldName::Property(_), None) => {
            return Err(Unfit::new("entry", "it must be said how the property is entered"));
        }
        (_, Some(_)) => return Err(Unfit::new("entry", "only properties have this")),
    };
    let when = match &it.when {
        None => None,
        Some(it) => Some(settings::ShownWhen {
            field: typed("field", &it.field).map_err(|it| it.within("when"))?,
            any_of: it.any_of.iter().cloned().collect(),
        }),
    };
    Ok(settings::FormField {
        kind,
        label: perhaps("label", it.label.as_ref(), known)?,
        help: perhaps("help", it.help.as_ref(), known)?,
        required: it.required,
        when,
    })
}

/// The notice as it goes on from the one that holds now.
fn consent(it: &Consent, known: &Known) -> Result<settings::ConsentNotice, Unfit> {
    let text = perhaps("text", it.text.as_ref(), known)?;
    let now = match known.version(Section::Consent).map(|it| &it.value) {
        Some(SettingsValue::Consent(notice)) => notice.clone(),
        _ => settings::ConsentNotice::default(),
    };
    Ok(now.reworded(text, it.ask_again))
}

/// Pictures stay as they are.
fn branding(it: &Branding, known: &Known) -> Result<settings::Branding, Unfit> {
    let now = match known.version(Section::Branding).map(|it| &it.value) {
        Some(SettingsValue::Branding(branding)) => branding.clone(),
        _ => settings::Branding::default(),
    };
    Ok(settings::Branding {
        show_name: it.show_name,
        accent: it.accent.as_deref().map(|it| typed("accent", it)).transpose()?,
        ..now
    })
}

fn links(it: &Links, known: &Known) -> Result<settings::PortalLinks, Unfit> {
    let link = |it: &Link| {
        Ok(settings::PortalLink {
            label: texts("label", &it.label, known)?,
            target: typed("target", &it.target)?,
        })
    };
    Ok(settings::PortalLinks {
        header: each("header", &it.header, link)?,
        footer: each("footer", &it.footer, link)?,
    })
}

fn mail_texts(them: &[MailText]) -> Result<MailTexts, Unfit> {
    let mut made = MailTexts::default();
    for (place, it) in them.iter().enumerate() {
        let within = |it: Unfit| it.within(place.to_string());
        let mail = EditableMail::named(&it.mail)
            .ok_or_else(|| within(Unfit::new("mail", "there is no mail with this name")))?;
        let text = mail::MailText {
            subject: it.subject.clone(),
            body: it.body.clone(),
        };
        let language = typed("language", &it.language).map_err(within)?;
        made = made.with(mail, language, Some(text));
    }
    Ok(made)
}

fn private_content(it: &PrivateContent) -> Result<settings::PrivateContent, Unfit> {
    let minutes = |it: u32| Duration::from_secs(u64::from(it) * 60);
    Ok(settings::PrivateContent {
        company_name: Some(typed("company_name", &it.company_name)?),
        admin_contact: Some(typed("admin_contact", &it.admin_contact)?),
        self_registration: it.self_registration,
        approve_registrations: it.approve_registrations,
        methods: settings::SignInMethods {
            password: it.by_password,
            mail: it.by_mail,
        },
        limits: settings::SessionLimits {
            idle: minutes(it.idle_minutes),
            absolute: minutes(it.absolute_minutes),
        },
    })
}
