//! Forms of a portal's settings: shown from what is stored or from what was typed, and read.

use std::collections::BTreeSet;

use portal_core::access::{AccessRule, Criteria, CustomersMay, TicketPermission};
use portal_core::input::{ProblemKind, Problems};
use portal_core::settings::{AccessSettings, Address, General, PortalView, Section, SettingsValue, TicketSettings};
use portal_core::text::PortalName;

use crate::forms::Fields;
use crate::i18n::{Arg, Locale};
use crate::office::criteria::CriteriaDraft;
use crate::office::visit::OfficeVisit;
use crate::view::Choice;
use crate::view::office_portals::{DomainChoice, PortalForm};

/// The form, as the portal is now.
pub(super) fn of_portal(visit: &OfficeVisit<'_>, view: &PortalView, section: Section) -> PortalForm {
    let portal = &view.portal;
    let domain = view.domain.as_ref().map(|it| it.id);
    let inboxes = view
        .inboxes
        .iter()
        .filter(|it| it.moving_to.is_none() && it.portal.is_none_or(|of| of == portal.id));
    let groups = match &portal.access {
        AccessRule::Groups(groups) => groups.clone(),
        AccessRule::EveryRegisteredContact => BTreeSet::new(),
    };
    let chosen = |value: String, label: &str, selected: bool| Choice {
        value,
        label: label.to_owned(),
        selected,
    };
    PortalForm {
        name: portal.name.to_string(),
        languages: Locale::COMPLETE
            .iter()
            .map(|it| {
                let offered = portal.offered.iter().any(|other| other.as_str() == it.as_str());
                chosen(it.as_str().to_owned(), it.own_name(), offered)
            })
            .collect(),
        time_zone: portal.time_zone.clone(),
        scheme: format!("{}://", visit.web.config.scheme.as_str()),
        host: portal.host.to_string(),
        domains: view
            .domains
            .iter()
            .map(|it| DomainChoice {
                value: it.id.to_string(),
                label: it.host.to_string(),
                language: it.language.to_string(),
                selected: domain == Some(it.id),
                proven: it.ownership.is_proven(),
            })
            .collect(),
        slug: portal.slug.to_string(),
        formerly: view.formerly.clone(),
        inboxes: inboxes
            .map(|it| chosen(it.id.to_string(), it.name.as_str(), it.id == portal.default_inbox))
            .collect(),
        permission: permission_name(&portal.permission).to_owned(),
        criteria: Some(
            match &portal.permission {
                TicketPermission::CompanyFor(criteria) => CriteriaDraft::of(criteria),
                _ => CriteriaDraft::empty(),
            }
            .editor(&view.criteria_properties, &visit.language()),
        ),
        new_inbox: String::new(),
        new_group: String::new(),
        checked: String::new(),
        pipelines: view
            .pipelines
            .iter()
            .map(|it| {
                chosen(
                    it.id().to_string(),
                    it.name().as_str(),
                    portal.hidden_pipelines.contains(&it.id()),
                )
            })
            .collect(),
        access: match portal.access {
            AccessRule::Groups(_) => "groups",
            AccessRule::EveryRegisteredContact => "register",
        }
        .to_owned(),
        groups: view
            .groups
            .iter()
            .map(|it| chosen(it.id.to_string(), it.name.as_str(), groups.contains(&it.id)))
            .collect(),
        self_registration: view.domain.as_ref().is_some_and(|it| it.private.self_registration),
        private_href: "/admin/domains".to_owned(),
        send_mails: portal.send_registration_mails,
        close: portal.may.close,
        reopen_days: portal.may.reopen_days.map_or_else(String::new, |it| it.to_string()),
        colleagues: portal.may.act_on_colleagues_tickets,
        mark_private: portal.may.mark_private,
        rate: portal.may.rate,
        seen: view.version(section),
    }
}

/// The form, as it was typed: nothing of it is lost.
pub(super) fn of_fields(visit: &OfficeVisit<'_>, view: &PortalView, section: Section, fields: &Fields) -> PortalForm {
    let mut form = of_portal(visit, view, section);
    let is_chosen = |name: &str, value: &str| fields.all(name).any(|it| it == value);
    match section {
        Section::General => {
            form.name = fields.get("name").to_owned();
            if fields.given("whole").is_some() {
                fields.get("time_zone").clone_into(&mut form.time_zone);
                for it in &mut form.languages {
                    it.selected = is_chosen("languages", &it.value);
                }
            }
        }
        Section::Address => {
            fields.get("slug").clone_into(&mut form.slug);
            for it in &mut form.domains {
                it.selected = it.value == fields.get("domain");
                if it.selected {
                    form.host.clone_from(&it.label);
                }
            }
        }
        Section::Tickets => {
            fields.get("permission").clone_into(&mut form.permission);
            let draft = CriteriaDraft::read(fields);
            form.criteria = Some(draft.editor(&view.criteria_properties, &visit.language()));
            fields.get("new_inbox").clone_into(&mut form.new_inbox);
            for it in &mut form.inboxes {
                it.selected = it.value == fields.get("default_inbox");
            }
            for it in &mut form.pipelines {
                it.selected = is_chosen("hidden_pipelines", &it.value);
            }
        }
        Section::Access => {
            fields.get("access").clone_into(&mut form.access);
            fields.get("new_group").clone_into(&mut form.new_group);
            form.send_mails = fields.given("send_mails").is_some();
            for it in &mut form.groups {
                it.selected = is_chosen("groups", &it.value);
            }
        }
        _ => {
            form.close = fields.given("close").is_some();
            fields.get("reopen_days").clone_into(&mut form.reopen_days);
            form.colleagues = fields.given("colleagues").is_some();
            form.mark_private = fields.given("mark_private").is_some();
            form.rate = fields.given("rate").is_some();
        }
    }
    form.seen = fields.get("seen").parse().unwrap_or(form.seen);
    form
}

/// What a form says.
pub(super) fn read(view: &PortalView, section: Section, fields: &Fields) -> Result<SettingsValue, Problems> {
    let wrong = |field: &'static str| Problems::one(field, ProblemKind::NotOffered);
    let portal = &view.portal;
    Ok(match section {
        Section::General => {
            let name = fields.get("name").parse::<PortalName>();
            let mut general = General {
                name: name.map_err(|err| Problems::one("name", err))?,
                ..General::of(portal)
            };
            if fields.given("whole").is_some() {
                fields.get("time_zone").clone_into(&mut general.time_zone);
                general.offered = fields
                    .all("languages")
                    .map(|it| it.parse().map_err(|_| wrong("languages")))
                    .collect::<Result<_, _>>()?;
            }
            SettingsValue::General(general)
        }
        Section::Address => SettingsValue::Address(Address {
            domain: fields.get("domain").parse().map_err(|_| wrong("domain"))?,
            slug: fields
                .get("slug")
                .parse()
                .map_err(|err: portal_core::text::SlugError| Problems::one("slug", err))?,
        }),
        Section::Tickets => SettingsValue::Tickets(TicketSettings {
            default_inbox: fields
                .get("default_inbox")
                .parse()
                .map_err(|_| wrong("default_inbox"))?,
            permission: match fields.get("permission") {
                "own" => TicketPermission::Own,
                "company" => TicketPermission::Company,
                "some" => {
                    let criteria = CriteriaDraft::read(fields).criteria(&view.criteria_properties);
                    TicketPermission::CompanyFor(criteria.ok_or_else(|| wrong("criteria"))?)
                }
                _ => return Err(wrong("permission")),
            },
            hidden_pipelines: fields
                .all("hidden_pipelines")
                .map(|it| it.parse().map_err(|_| wrong("hidden_pipelines")))
                .collect::<Result<_, _>>()?,
        }),
        Section::Access => SettingsValue::Access(AccessSettings {
            rule: match fields.get("access") {
                "groups" => {
                    let groups: BTreeSet<_> = fields
                        .all("groups")
                        .map(|it| it.parse().map_err(|_| wrong("groups")))
                        .collect::<Result<_, _>>()?;
                    AccessRule::Groups(groups)
                }
                "register" => AccessRule::EveryRegisteredContact,
                _ => return Err(wrong("access")),
            },
            send_registration_mails: fields.given("send_mails").is_some(),
        }),
        Section::Customers => SettingsValue::Customers(CustomersMay {
            close: fields.given("close").is_some(),
            reopen_days: match fields.get("reopen_days").trim() {
                "" => None,
                days => match days.parse::<u16>() {
                    Ok(days @ 1..=3650) => Some(days),
                    _ => return Err(Problems::one("reopen_days", ProblemKind::Range { min: 1, max: 3650 })),
                },
            },
            act_on_colleagues_tickets: fields.given("colleagues").is_some(),
            mark_private: fields.given("mark_private").is_some(),
            rate: fields.given("rate").is_some(),
        }),
        _ => return Err(wrong("section")),
    })
}

/// Settings as lines that can be compared.
pub(super) fn described(visit: &OfficeVisit<'_>, view: &PortalView, value: &SettingsValue) -> Vec<String> {
    let text = |key: &str, args: &[(&str, Arg)]| visit.texts().text(key, args);
    let with = |key: &str, value: &str| format!("{}: {value}", text(key, &[]));
    let yes = |key: &str, is: bool| {
        let word = if is { "true" } else { "false" };
        format!(
            "{}: {}",
            text(key, &[]),
            text("looks-yes-no", &[("answer", word.into())])
        )
    };
    match value {
        SettingsValue::General(it) => {
            let offered: Vec<String> = it.offered.iter().map(language_name).collect();
            vec![
                with("portal-name", it.name.as_str()),
                with("portal-languages", &offered.join(", ")),
                with("portal-zone", &it.time_zone),
            ]
        }
        SettingsValue::Address(it) => {
            let domain = view.domains.iter().find(|other| other.id == it.domain);
            let host = domain.map_or_else(|| it.domain.to_string(), |it| it.host.to_string());
            vec![format!("{host}/{}", it.slug)]
        }
        SettingsValue::Tickets(it) => {
            let inbox = view.inboxes.iter().find(|other| other.id == it.default_inbox);
            let inbox = inbox.map_or_else(|| it.default_inbox.to_string(), |it| it.name.to_string());
            let kind = permission_name(&it.permission);
            let permission = text("portal-permission-kind", &[("kind", kind.into())]);
            let mut lines = vec![with("portal-inbox", &inbox), with("portal-permission", &permission)];
            if let TicketPermission::CompanyFor(criteria) = &it.permission {
                lines.extend(criteria_lines(visit, criteria));
            }
            let hidden = view
                .pipelines
                .iter()
                .filter(|other| it.hidden_pipelines.contains(&other.id()));
            lines.extend(hidden.map(|it| with("portal-hidden", it.name().as_str())));
            lines
        }
        SettingsValue::Access(it) => {
            let rule = match &it.rule {
                AccessRule::Groups(groups) => {
                    let names = view.groups.iter().filter(|other| groups.contains(&other.id));
                    let names: Vec<&str> = names.map(|it| it.name.as_str()).collect();
                    with("portal-access-groups", &names.join(", "))
                }
                AccessRule::EveryRegisteredContact => text("portal-access-register", &[]),
            };
            vec![rule, yes("portal-send-mails", it.send_registration_mails)]
        }
        SettingsValue::Customers(it) => vec![
            yes("portal-may-close", it.close),
            with(
                "portal-may-reopen",
                &it.reopen_days.map_or_else(|| "–".to_owned(), |it| it.to_string()),
            ),
            yes("portal-may-colleagues", it.act_on_colleagues_tickets),
            yes("portal-may-private", it.mark_private),
            yes("portal-may-rate", it.rate),
        ],
        SettingsValue::PrivateContent(it) => super::super::domains::described(visit, it),
        SettingsValue::Display(_)
        | SettingsValue::Form(_)
        | SettingsValue::Consent(_)
        | SettingsValue::Branding(_)
        | SettingsValue::Links(_)
        | SettingsValue::MailTexts(_) => super::super::looks::described::lines(visit, &view.pipelines, value),
    }
}

/// The name of a permission in forms and texts.
pub(super) const fn permission_name(permission: &TicketPermission) -> &'static str {
    match permission {
        TicketPermission::Own => "own",
        TicketPermission::Company => "company",
        TicketPermission::CompanyFor(_) => "some",
    }
}

fn language_name(it: &portal_core::text::Locale) -> String {
    Locale::parse(it.as_str()).map_or_else(|| it.to_string(), |it| it.own_name().to_owned())
}

/// One line a group of conditions.
pub(in crate::office::pages) fn criteria_lines(visit: &OfficeVisit<'_>, criteria: &Criteria) -> Vec<String> {
    let and = format!(" {} ", visit.texts().text("crm-criteria-and", &[]));
    let condition = |it: &portal_core::access::Condition| {
        let (operator, value) = crate::office::criteria::said(it);
        let operator = visit.texts().text("crm-operator", &[("operator", operator.into())]);
        format!("{} {operator} {value}", it.property).trim_end().to_owned()
    };
    let group = |all: &Vec<portal_core::access::Condition>| all.iter().map(condition).collect::<Vec<_>>().join(&and);
    criteria.groups().iter().map(group).collect()
}
