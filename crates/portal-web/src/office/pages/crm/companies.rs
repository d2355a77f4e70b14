use poem::http::StatusCode;
use portal_core::crm::{Company, CompanyError, CompanyQuery, Fingerprint, Party, SaveCompany};
use portal_core::id::CompanyId;
use portal_core::property::{PropertyOwner, PropertyValues};
use portal_core::staff::Permission;

use super::contacts::lines;
use super::{PAGE, line, may, party, place_after, read_place, seen};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::office::problems::{said, worded};
use crate::office::visit::OfficeVisit;
use crate::view::crm::{CompaniesPage, CompanyFormPage, CompanyLine, CompanyPage, Named, PropertyLine};
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::visit::Answer;

pub(super) fn id(visit: &OfficeVisit<'_>) -> Result<CompanyId, Stop> {
    visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)
}

pub(super) async fn list(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let query = CompanyQuery {
        text: fields.given("q").map(str::to_owned),
        after: read_place(fields.get("after")),
        limit: PAGE + 1,
    };
    let mut rows = visit.web.portal.list_companies(visit.actor()?, &query).await?;
    let has_more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let more = rows.last().filter(|_| has_more).map(|it| {
        let q: String = form_urlencoded::byte_serialize(fields.get("q").as_bytes()).collect();
        format!("/admin/companies?q={q}&after={}", place_after(&it.name, it.id))
    });
    let page = CompaniesPage {
        shell: visit.shell(OfficeArea::Companies),
        q: fields.get("q").to_owned(),
        companies: rows
            .into_iter()
            .map(|it| CompanyLine {
                company: Named {
                    href: format!("/admin/companies/{}", it.id),
                    name: it.name,
                },
                domain: it.domain,
                people: it.people,
            })
            .collect(),
        more,
        may_add: may(visit, Permission::Crm),
        may_export: may(visit, Permission::Export),
    };
    visit.page(StatusCode::OK, &page)
}

pub(super) async fn show(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    shown(visit, StatusCode::OK, fields, Vec::new()).await
}

/// Writes a note.
pub(super) async fn note(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let id = id(visit)?;
    match party::add_note(visit, Party::Company(id), fields).await? {
        Ok(()) => Ok(visit.done("office-flash-noted", &format!("/admin/companies/{id}#notes"))),
        Err(problems) => shown(visit, StatusCode::UNPROCESSABLE_ENTITY, fields, problems).await,
    }
}

async fn shown(visit: &OfficeVisit<'_>, status: StatusCode, fields: &Fields, problems: Vec<Problem>) -> Answer {
    let id = id(visit)?;
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let view = portal.view_company(actor, id).await?;
    let kept = party::file(visit, Party::Company(id), fields).await?;
    let defined = portal.list_properties(actor, PropertyOwner::Company).await?;
    let mut properties = lines(visit, &defined, &view.company.properties);
    properties.retain(|it| !it.value.is_empty());
    let mut file = party::view(visit, Party::Company(id), &kept);
    file.note = fields.text("text");
    file.problems = problems;
    let page = CompanyPage {
        shell: visit.shell(OfficeArea::Companies),
        base: format!("/admin/companies/{id}"),
        name: view.company.name.to_string(),
        domain: view.company.domain.map(|it| it.to_string()),
        people: view.people.iter().map(line).collect(),
        properties,
        may_edit: may(visit, Permission::Crm) && kept.merged(Party::Company(id)).is_none(),
        file,
    };
    visit.page(status, &page)
}

/// The form of a company, as it is filled in.
#[derive(Default)]
struct Form {
    id: Option<CompanyId>,
    name: String,
    domain: String,
    properties: Vec<PropertyLine>,
    seen: String,
    theirs: Vec<String>,
    problems: Vec<Problem>,
}

pub(super) async fn new(visit: &OfficeVisit<'_>) -> Answer {
    let portal = &visit.web.portal;
    let defined = portal.list_properties(visit.actor()?, PropertyOwner::Company).await?;
    let form = Form {
        properties: lines(visit, &defined, &PropertyValues::new()),
        ..Form::default()
    };
    filled(visit, StatusCode::OK, form)
}

impl Form {
    fn of(company: &Company) -> Self {
        Self {
            id: Some(company.id),
            name: company.name.to_string(),
            domain: company.domain.as_ref().map(ToString::to_string).unwrap_or_default(),
            seen: Fingerprint::of(company).to_string(),
            ..Self::default()
        }
    }
}

pub(super) async fn edit(visit: &OfficeVisit<'_>) -> Answer {
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let company = portal.view_company(actor, id(visit)?).await?.company;
    let defined = portal.list_properties(actor, PropertyOwner::Company).await?;
    let form = Form {
        properties: lines(visit, &defined, &company.properties),
        ..Form::of(&company)
    };
    filled(visit, StatusCode::OK, form)
}

fn filled(visit: &OfficeVisit<'_>, status: StatusCode, form: Form) -> Answer {
    let (action, back) = match form.id {
        None => ("/admin/companies/new".to_owned(), "/admin/companies".to_owned()),
        Some(id) => (format!("/admin/companies/{id}/edit"), format!("/admin/companies/{id}")),
    };
    let page = CompanyFormPage {
        shell: visit.shell(OfficeArea::Companies),
        action,
        back,
        new: form.id.is_none(),
        name: form.name,
        domain: form.domain,
        seen: form.seen,
        theirs: form.theirs,
        properties: form.properties,
        problems: form.problems,
    };
    visit.page(status, &page)
}

pub(super) async fn save(visit: &OfficeVisit<'_>, id: Option<CompanyId>, fields: &Fields) -> Answer {
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let defined = portal.list_properties(actor, PropertyOwner::Company).await?;
    let before = match id {
        Some(id) => portal.view_company(actor, id).await?.company.properties,
        None => PropertyValues::new(),
    };
    let mut form = Form {
        id,
        name: fields.get("name").to_owned(),
        domain: fields.get("domain").to_owned(),
        properties: lines(visit, &defined, &PropertyValues::new()),
        seen: fields.get("seen").to_owned(),
        ..Form::default()
    };
    let mut properties = PropertyValues::new();
    for definition in &defined {
        let before = before.get(&definition.key);
        let line = form.properties.iter_mut().find(|it| it.key == definition.key.as_str());
        let Some(line) = line else {
            // What is out of use stays as it is.
            properties.extend(before.map(|it| (definition.key.clone(), it.clone())));
            continue;
        };
        fields
            .get(&format!("prop-{}", definition.key))
            .trim()
            .clone_into(&mut line.value);
        if line.value.is_empty() {
            continue;
        }
        match definition.typed(&line.value, before) {
            Some(value) => {
                properties.insert(definition.key.clone(), value);
            }
            None => form.problems = said(visit, "properties", "crm-problem-property"),
        }
    }
    if !form.problems.is_empty() {
        return filled(visit, refused, form);
    }
    let command = SaveCompany {
        id,
        name: form.name.clone(),
        domain: form.domain.clone(),
        properties: Some(properties),
    };
    let saved = match id {
        None => portal.save_company(actor, &command).await,
        Some(_) => portal.save_company_seen(actor, &command, seen(fields)?).await,
    };
    match (saved, id) {
        (Ok(id), _) => Ok(visit.done("office-flash-company-saved", &format!("/admin/companies/{id}"))),
        (Err(CompanyError::Invalid(problems)), _) => {
            form.problems = worded(visit, &problems);
            filled(visit, refused, form)
        }
        (Err(CompanyError::Changed), Some(id)) => {
            let theirs = Form::of(&portal.view_company(actor, id).await?.company);
            form.theirs = [theirs.name, theirs.domain]
                .into_iter()
                .filter(|it| !it.is_empty())
                .collect();
            form.seen = theirs.seen;
            filled(visit, StatusCode::CONFLICT, form)
        }
        (Err(err), _) => Err(err.into()),
    }
}
