use portal_core::access::{AccessRule, TicketPermission};
use portal_core::settings::{self, SettingsValue};
use portal_core::text::Localized;
use portal_core::ticket::Sort;

use super::criteria::criteria_of;
use super::settings::{
    Access, AccessKind, Address, Branding, Consent, Customers, Display, EntryKind, Form, FormField, FormOption,
    General, Link, Links, MailText, OwnerKind, Permission, PrivateContent, Settings, ShownWhen, SortKind, StatusWords,
    Texts, Tickets,
};

/// Settings in plain words, with ids for references.
#[must_use]
pub fn write(value: &SettingsValue) -> Settings {
    let mut plain = Settings::default();
    match value {
        SettingsValue::General(it) => plain.general = Some(general(it)),
        SettingsValue::Address(it) => {
            plain.address = Some(Address {
                domain: it.domain.to_string(),
                slug: it.slug.to_string(),
            });
        }
        SettingsValue::Tickets(it) => plain.tickets = Some(tickets(it)),
        SettingsValue::Access(it) => plain.access = Some(access(it)),
        SettingsValue::Customers(it) => {
            plain.customers = Some(Customers {
                close: it.close,
                reopen_days: it.reopen_days,
                act_on_colleagues_tickets: it.act_on_colleagues_tickets,
                mark_private: it.mark_private,
                rate: it.rate,
            });
        }
        SettingsValue::Display(it) => plain.display = Some(display(it)),
        SettingsValue::Form(it) => plain.form = Some(form(it)),
        SettingsValue::Consent(it) => {
            plain.consent = Some(Consent {
                text: it.text.as_ref().map(texts),
                ask_again: false,
            });
        }
        SettingsValue::Branding(it) => {
            plain.branding = Some(Branding {
                show_name: it.show_name,
                accent: it.accent.map(|it| it.to_string()),
            });
        }
        SettingsValue::Links(it) => {
            plain.links = Some(Links {
                header: it.header.iter().map(link).collect(),
                footer: it.footer.iter().map(link).collect(),
            });
        }
        SettingsValue::MailTexts(it) => {
            let texts = it.iter().map(|(mail, language, text)| MailText {
                mail: mail.name().to_owned(),
                language: language.to_string(),
                subject: text.subject.clone(),
                body: text.body.clone(),
            });
            plain.mail_texts = Some(texts.collect());
        }
        SettingsValue::PrivateContent(it) => plain.private_content = Some(private_content(it)),
    }
    plain
}

fn texts(it: &Localized) -> Texts {
    it.iter()
        .map(|(locale, text)| (locale.to_string(), text.to_owned()))
        .collect()
}

fn general(it: &settings::General) -> General {
    General {
        name: it.name.to_string(),
        languages: it.offered.iter().map(ToString::to_string).collect(),
        time_zone: it.time_zone.clone(),
    }
}

fn tickets(it: &settings::TicketSettings) -> Tickets {
    let (permission, criteria) = match &it.permission {
        TicketPermission::Own => (Permission::Own, None),
        TicketPermission::Company => (Permission::Company, None),
        TicketPermission::CompanyFor(criteria) => (Permission::CompanyForMatching, Some(criteria_of(criteria))),
    };
    Tickets {
        default_inbox: it.default_inbox.to_string(),
        permission,
        criteria,
        hidden_pipelines: it.hidden_pipelines.iter().map(ToString::to_string).collect(),
    }
}

fn access(it: &settings::AccessSettings) -> Access {
    let (who, groups) = match &it.rule {
        AccessRule::Groups(groups) => (AccessKind::Groups, groups.iter().map(ToString::to_string).collect()),
        AccessRule::EveryRegisteredContact => (AccessKind::Registered, Vec::new()),
    };
    Access {
        who,
        groups,
        send_registration_mails: it.send_registration_mails,
    }
}

fn display(it: &settings::TicketDisplay) -> Display {
    let (owner, team) = match &it.owner {
        settings::OwnerDisplay::Name => (OwnerKind::Name, None),
        settings::OwnerDisplay::Alias => (OwnerKind::Alias, None),
        settings::OwnerDisplay::Team(team) => (OwnerKind::Team, Some(team.to_string())),
        settings::OwnerDisplay::Nothing => (OwnerKind::Nothing, None),
    };
    let statuses = it.statuses.iter().map(|(status, words)| {
        let words = StatusWords {
            label: words.label.as_ref().map(texts),
            explanation: words.explanation.as_ref().map(texts),
        };
        (status.to_string(), words)
    });
    Display {
        label: it.label.as_ref().map(texts),
        new_label: it.new_label.as_ref().map(texts),
        columns: it.columns.iter().map(ToString::to_string).collect(),
        properties: it
            .properties
            .as_ref()
            .map(|them| them.iter().map(ToString::to_string).collect()),
        owner,
        team,
        statuses: statuses.collect(),
        sort: match it.sort {
            Sort::Attention => SortKind::Attention,
            Sort::LastActivity => SortKind::LastActivity,
            Sort::Created => SortKind::Created,
        },
    }
}

fn form(it: &settings::SupportForm) -> Form {
    Form {
        title: it.title.as_ref().map(texts),
        button: it.button.as_ref().map(texts),
        fields: it.fields.iter().map(field).collect(),
    }
}

fn field(it: &settings::FormField) -> FormField {
    let (entry, options) = match &it.kind {
        settings::FieldKind::Property { entry, .. } => {
            let kind = match entry {
                settings::Entry::Text => EntryKind::Text,
                settings::Entry::Paragraph => EntryKind::Paragraph,
                settings::Entry::Number => EntryKind::Number,
                settings::Entry::Date => EntryKind::Date,
                settings::Entry::DropDown(_) => EntryKind::DropDown,
                settings::Entry::MultiSelect(_) => EntryKind::MultiSelect,
                settings::Entry::Checkbox => EntryKind::Checkbox,
            };
            (Some(kind), entry.options())
        }
        settings::FieldKind::Subject
        | settings::FieldKind::Category
        | settings::FieldKind::Priority
        | settings::FieldKind::Description
        | settings::FieldKind::Files => (None, &[][..]),
    };
    let options = options.iter().map(|it| FormOption {
        value: it.value.to_string(),
        label: it.label.as_ref().map(texts),
    });
    FormField {
        name: it.name().to_string(),
        entry,
        options: options.collect(),
        label: it.label.as_ref().map(texts),
        help: it.help.as_ref().map(texts),
        required: it.required,
        when: it.when.as_ref().map(|it| ShownWhen {
            field: it.field.to_string(),
            any_of: it.any_of.iter().cloned().collect(),
        }),
    }
}

fn link(it: &settings::PortalLink) -> Link {
    Link {
        label: texts(&it.label),
        target: it.target.as_str().to_owned(),
    }
}

fn private_content(it: &settings::PrivateContent) -> PrivateContent {
    let minutes = |it: std::time::Duration| u32::try_from(it.as_secs() / 60).unwrap_or(u32::MAX);
    PrivateContent {
        company_name: it.company_name.as_ref().map(ToString::to_string).unwrap_or_default(),
        admin_contact: it.admin_contact.as_ref().map(ToString::to_string).unwrap_or_default(),
        self_registration: it.self_registration,
        approve_registrations: it.approve_registrations,
        by_password: it.methods.password,
        by_mail: it.methods.mail,
        idle_minutes: minutes(it.limits.idle),
        absolute_minutes: minutes(it.limits.absolute),
    }
}
