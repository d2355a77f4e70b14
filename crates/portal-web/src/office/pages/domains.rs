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
use portal_core::text::{EmailAddress, Line};

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
    Sender,
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
    form("/admin/domains/{id}/sender", Operation::Sender),
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
        Operation::Sender => sender(visit, &fields).await,
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
    again(visit, status, host, problems, |_| ()).await
}

/// The page, with what was typed about one of the domains.
async fn again(
    visit: &OfficeVisit<'_>,
    status: StatusCode,
    host: &str,
    problems: Vec<Problem>,
    typed: impl FnOnce(&mut DomainLine),
) -> Answer {
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
    if let Some(line) = lines.iter_mut().find(|it| it.id == visit.places.id) {
        typed(line);
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
        idle: (it.private.limits.idle.as_secs() / 60).to_string(),
        absolute: (it.private.limits.absolute.as_secs() / 3600).to_string(),
        seen,
        from_name: it.from.as_ref().map_or_else(String::new, |(name, _)| name.to_string()),
        from_address: it.from.as_ref().map_or_else(String::new, |(_, it)| it.to_string()),
        from_seen: it.from.as_ref().map_or_else(String::new, |(_, it)| it.to_string()),
        theirs: Vec::new(),
    }
}

/// What is wrong with a form of one domain: several stand on the page, so fields have its id in front.
fn here(visit: &OfficeVisit<'_>, problems: &Problems) -> Vec<Problem> {
    let mut problems = worded(visit, problems);
    for it in &mut problems {
        it.field = format!("{}-{}", visit.places.id, it.field).into();
    }
    problems
}

async fn sender(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let (name, address) = (fields.get("from_name").trim(), fields.get("from_address").trim());
    let wanted = if name.is_empty() && address.is_empty() {
        Ok(None)
    } else {
        let name = name.parse::<Line>().map_err(|err| Problems::one("from_name", err));
        let address = address
            .parse::<EmailAddress>()
            .map_err(|err| Problems::one("from_address", err));
        name.and_then(|name| address.map(|address| Some((name, address))))
    };
    let seen = fields.given("from_seen").and_then(|it| it.parse().ok());
    let refused = async |problems: Vec<Problem>, status| {
        let typed = |line: &mut DomainLine| {
            name.clone_into(&mut line.from_name);
            address.clone_into(&mut line.from_address);
        };
        again(visit, status, "", problems, typed).await
    };
    let wanted = match wanted {
        Ok(wanted) => wanted,
        Err(problems) => return refused(here(visit, &problems), StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    let portal = &visit.web.portal;
    match portal
        .change_domain_sender(visit.actor()?, id(visit)?, seen.as_ref(), wanted)
        .await
    {
        Ok(()) => Ok(visit.done("office-flash-saved", LIST)),
        Err(DomainError::Problems(_)) => {
            let field = format!("{}-from_address", visit.places.id);
            let text = visit.texts().text("domain-sender-changed", &[]);
            let problem = Problem {
                field: field.into(),
                text,
            };
            refused(vec![problem], StatusCode::CONFLICT).await
        }
        Err(err) => Err(err.into()),
    }
}

/// What was typed about private content.
fn typed(fields: &Fields, line: &mut DomainLine) {
    fields.get("company_name").clone_into(&mut line.company);
    fields.get("admin_contact").clone_into(&mut line.contact);
    line.self_registration = fields.given("self_registration").is_some();
    line.approve = fields.given("approve").is_some();
    line.by_password = fields.given("by_password").is_some();
    line.by_mail = fields.given("by_mail").is_some();
    fields.get("idle").clone_into(&mut line.idle);
    fields.get("absolute").clone_into(&mut line.absolute);
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
        Err(problems) => {
            return again(visit, refused, "", here(visit, &problems), |it| typed(fields, it)).await;
        }
    };
    let command = ChangeSettings {
        owner: SettingsOwner::Domain(id(visit)?),
        value: SettingsValue::PrivateContent(value),
        seen_version: fields.get("seen").parse().map_err(|_| Stop::BAD_REQUEST)?,
    };
    match visit.web.portal.change_settings(visit.actor()?, &command).await {
        Ok(_) => Ok(visit.done("office-flash-saved", LIST)),
        Err(ChangeSettingsError::Problems(problems)) => {
            again(visit, refused, "", here(visit, &problems), |it| typed(fields, it)).await
        }
        // What the page shows of it is what the other one wrote; what was typed stays in the form.
        Err(ChangeSettingsError::Conflict { theirs }) => {
            let conflict = |line: &mut DomainLine| {
                if let SettingsValue::PrivateContent(private) = &theirs.value {
                    line.theirs = described(visit, private);
                }
                line.seen = theirs.version;
                typed(fields, line);
            };
            again(visit, StatusCode::CONFLICT, "", Vec::new(), conflict).await
        }
        Err(err) => Err(err.into()),
    }
}

/// Private content as lines.
pub(super) fn described(visit: &OfficeVisit<'_>, it: &PrivateContent) -> Vec<String> {
    let text = |key: &str| visit.texts().text(key, &[]);
    let yes = |key: &str, is: bool| {
        let word = if is { "true" } else { "false" };
        let answer = visit.texts().text("looks-yes-no", &[("answer", word.into())]);
        format!("{}: {answer}", text(key))
    };
    let name = it.company_name.as_ref().map(ToString::to_string).unwrap_or_default();
    let contact = it.admin_contact.as_ref().map(ToString::to_string).unwrap_or_default();
    vec![
        format!("{}: {name}", text("private-company")),
        format!("{}: {contact}", text("private-contact")),
        yes("private-register", it.self_registration),
        yes("private-approve", it.approve_registrations),
        yes("private-password", it.methods.password),
        yes("private-mail", it.methods.mail),
        format!("{}: {}", text("private-idle"), it.limits.idle.as_secs() / 60),
        format!("{}: {}", text("private-absolute"), it.limits.absolute.as_secs() / 3600),
    ]
}

async fn remove(visit: &OfficeVisit<'_>) -> Answer {
    match visit.web.portal.remove_domain(visit.actor()?, id(visit)?).await {
        Ok(()) => Ok(visit.done("office-flash-domain-removed", LIST)),
        Err(DomainError::InUse) => Ok(visit.done("office-flash-domain-in-use", LIST)),
        Err(err) => Err(err.into()),
    }
}
