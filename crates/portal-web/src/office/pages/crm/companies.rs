use poem::http::StatusCode;
use portal_core::crm::{Company, CompanyError, CompanyQuery, Fingerprint, SaveCompany};
use portal_core::id::CompanyId;
use portal_core::staff::Permission;

use super::{PAGE, line, may, place_after, read_place, seen};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::office::problems::worded;
use crate::office::visit::OfficeVisit;
use crate::view::crm::{CompaniesPage, CompanyFormPage, CompanyLine, CompanyPage, Named};
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
    };
    visit.page(StatusCode::OK, &page)
}

pub(super) async fn show(visit: &OfficeVisit<'_>) -> Answer {
    let id = id(visit)?;
    let view = visit.web.portal.view_company(visit.actor()?, id).await?;
    let page = CompanyPage {
        shell: visit.shell(OfficeArea::Companies),
        base: format!("/admin/companies/{id}"),
        name: view.company.name.to_string(),
        domain: view.company.domain.map(|it| it.to_string()),
        people: view.people.iter().map(line).collect(),
        tickets: view.tickets,
        may_edit: may(visit, Permission::Crm),
    };
    visit.page(StatusCode::OK, &page)
}

pub(super) async fn new(visit: &OfficeVisit<'_>) -> Answer {
    visit.actor()?;
    filled(visit, StatusCode::OK, Form::default())
}

/// The form of a company, as it is filled in.
#[derive(Default)]
struct Form {
    id: Option<CompanyId>,
    name: String,
    domain: String,
    seen: String,
    theirs: Vec<String>,
    problems: Vec<Problem>,
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
    let view = visit.web.portal.view_company(visit.actor()?, id(visit)?).await?;
    filled(visit, StatusCode::OK, Form::of(&view.company))
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
        problems: form.problems,
    };
    visit.page(status, &page)
}

pub(super) async fn save(visit: &OfficeVisit<'_>, id: Option<CompanyId>, fields: &Fields) -> Answer {
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let mut form = Form {
        id,
        name: fields.get("name").to_owned(),
        domain: fields.get("domain").to_owned(),
        seen: fields.get("seen").to_owned(),
        ..Form::default()
    };
    let command = SaveCompany {
        id,
        name: form.name.clone(),
        domain: form.domain.clone(),
    };
    let saved = match id {
        None => portal.save_company(actor, &command).await,
        Some(_) => portal.save_company_seen(actor, &command, seen(fields)?).await,
    };
    match (saved, id) {
        (Ok(id), _) => Ok(visit.done("office-flash-company-saved", &format!("/admin/companies/{id}"))),
        (Err(CompanyError::Invalid(problems)), _) => {
            form.problems = worded(visit, &problems);
            filled(visit, StatusCode::UNPROCESSABLE_ENTITY, form)
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
