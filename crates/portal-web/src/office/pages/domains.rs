//! Domains: connecting, proving, their language and their private-content settings.

use std::time::Duration;

use poem::Body;
use poem::http::StatusCode;
use portal_core::id::DomainId;
use portal_core::input::{ProblemKind, Problems};
use portal_core::settings::{
    ChangeSettings, ChangeSettingsError, ConnectDomain, Domain, DomainCheck, DomainError, Ownership, PrivateContent,
    Section, SessionLimits, SettingsOwner, SettingsValue, SignInMethods,
};
use portal_core::staff::Permission;

use crate::errors::Stop;
use crate::forms::{self, Fields};
use crate::i18n::Locale;
use crate::office::problems::worded;
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::view::Choice;
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::office_portals::{DomainLine, DomainsPage};
use crate::visit::Answer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    List,
    Connect,
    Check,
    Language,
    Private,
    Remove,
}

const NEED: Need = Need::Any(&[Permission::PortalSettings]);

const fn form(path: &'static str, operation: Operation) -> OfficeRoute {
    OfficeRoute::form(path, Any::Domains(operation), NEED)
}

pub(crate) const ROUTES: &[OfficeRoute] = &[
    OfficeRoute::page("/admin/domains", Any::Domains(Operation::List), NEED),
    form("/admin/domains", Operation::Connect),
    form("/admin/domains/{id}/check", Operation::Check),
    form("/admin/domains/{id}/language", Operation::Language),
    form("/admin/domains/{id}/private", Operation::Private),
    form("/admin/domains/{id}/remove", Operation::Remove),
];

const LIST: &str = "/admin/domains";

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    if operation == Operation::List {
        return list(visit, StatusCode::OK, "", Vec::new()).await;
    }
    let fields = forms::office_fields(visit, body).await?;
    match operation {
        Operation::List | Operation::Connect => connect(visit, &fields).await,
        Operation::Check => check(visit).await,
        Operation::Language => language(visit, &fields).await,
        Operation::Private => private(visit, &fields).await,
        Operation::Remove => remove(visit).await,
    }
}

fn id(visit: &OfficeVisit<'_>) -> Result<DomainId, Stop> {
    visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)
}

fn languages(current: &str) -> Vec<Choice> {
    let all = Locale::COMPLETE.iter();
    all.map(|it| Choice::new(it.as_str(), it.own_name(), current)).collect()
}

async fn list(visit: &OfficeVisit<'_>, status: StatusCode, host: &str, problems: Vec<Problem>) -> Answer {
    let domains = visit.web.portal.list_domains(visit.actor()?).await?;
    let mut lines = Vec::new();
    for domain in &domains {
        let owner = SettingsOwner::Domain(domain.id);
        let newest = visit
            .web
            .portal
            .settings_history(visit.actor()?, owner, Some(Section::PrivateContent), 1)
            .await?;
        lines.push(line(domain, newest.first().map_or(0, |it| it.version)));
    }
    let page = DomainsPage {
        shell: visit.shell(OfficeArea::Domains),
        domains: lines,
        host: host.to_owned(),
        languages: languages(visit.locale.as_str()),
        problems,
    };
    visit.page(status, &page)
}

fn line(it: &Domain, seen: u32) -> DomainLine {
    DomainLine {
        id: it.id.to_string(),
        host: it.host.to_string(),
        state: match it.ownership {
            Ownership::Local => "local",
            Ownership::Pending { .. } => "pending",
            Ownership::Verified { .. } => "verified",
        },
        record: it.record_name().unwrap_or_default(),
        value: it.record_value().unwrap_or_default().to_owned(),
        languages: languages(it.language.as_str()),
        company: it
            .private
            .company_name
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
        contact: it
            .private
            .admin_contact
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
        self_registration: it.private.self_registration,
        approve: it.private.approve_registrations,
        by_password: it.private.methods.password,
        by_mail: it.private.methods.mail,
        idle: it.private.limits.idle.as_secs() / 60,
        absolute: it.private.limits.absolute.as_secs() / 3600,
        seen,
    }
}

async fn connect(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let command = ConnectDomain {
        host: fields.get("host").to_owned(),
        language: fields.get("language").parse().map_err(|_| Stop::BAD_REQUEST)?,
    };
    match visit.web.portal.connect_domain(visit.actor()?, &command).await {
        Ok(_) => Ok(visit.done("office-flash-domain-connected", LIST)),
        Err(DomainError::Problems(problems)) => {
            let problems = worded(visit, &problems);
            list(visit, StatusCode::UNPROCESSABLE_ENTITY, fields.get("host"), problems).await
        }
        Err(err) => Err(err.into()),
    }
}

async fn check(visit: &OfficeVisit<'_>) -> Answer {
    let flash = match visit.web.portal.check_domain(visit.actor()?, id(visit)?).await? {
        DomainCheck::Proven => "office-flash-domain-proven",
        DomainCheck::NoRecord => "office-flash-domain-no-record",
        DomainCheck::OtherRecord => "office-flash-domain-other-record",
        DomainCheck::Unavailable => "office-flash-domain-unavailable",
        DomainCheck::Off => "office-flash-domain-off",
    };
    Ok(visit.done(flash, LIST))
}

async fn language(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let language = Locale::parse(fields.get("language"))
        .filter(|it| Locale::COMPLETE.contains(it))
        .and_then(|it| it.as_str().parse().ok())
        .ok_or(Stop::BAD_REQUEST)?;
    visit
        .web
        .portal
        .change_domain_language(visit.actor()?, id(visit)?, &language)
        .await?;
    Ok(visit.done("office-flash-saved", LIST))
}

fn read(fields: &Fields) -> Result<PrivateContent, Problems> {
    let minutes = |field: &'static str, unit: u64| {
        fields
            .get(field)
            .trim()
            .parse::<u32>()
            .map(|it| Duration::from_secs(u64::from(it) * unit))
            .map_err(|_| Problems::one(field, ProblemKind::Number))
    };
    Ok(PrivateContent {
        company_name: Some(
            fields
                .get("company_name")
                .parse()
                .map_err(|err: portal_core::text::LineError| Problems::one("company_name", err))?,
        ),
        admin_contact: Some(
            fields
                .get("admin_contact")
                .parse()
                .map_err(|err: portal_core::text::EmailError| Problems::one("admin_contact", err))?,
        ),
        self_registration: fields.given("self_registration").is_some(),
        approve_registrations: fields.given("approve").is_some(),
        methods: SignInMethods {
            password: fields.given("by_password").is_some(),
            mail: fields.given("by_mail").is_some(),
        },
        limits: SessionLimits {
            idle: minutes("idle", 60)?,
            absolute: minutes("absolute", 3600)?,
        },
    })
}

async fn private(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let value = match read(fields) {
        Ok(value) => value,
        Err(problems) => return list(visit, refused, "", worded(visit, &problems)).await,
    };
    let command = ChangeSettings {
        owner: SettingsOwner::Domain(id(visit)?),
        value: SettingsValue::PrivateContent(value),
        seen_version: fields.get("seen").parse().map_err(|_| Stop::BAD_REQUEST)?,
    };
    match visit.web.portal.change_settings(visit.actor()?, &command).await {
        Ok(_) => Ok(visit.done("office-flash-saved", LIST)),
        Err(ChangeSettingsError::Problems(problems)) => list(visit, refused, "", worded(visit, &problems)).await,
        Err(err) => Err(err.into()),
    }
}

async fn remove(visit: &OfficeVisit<'_>) -> Answer {
    match visit.web.portal.remove_domain(visit.actor()?, id(visit)?).await {
        Ok(()) => Ok(visit.done("office-flash-domain-removed", LIST)),
        Err(DomainError::InUse) => Ok(visit.done("office-flash-domain-in-use", LIST)),
        Err(err) => Err(err.into()),
    }
}
