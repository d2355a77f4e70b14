use poem::http::StatusCode;
use portal_core::crm::{CompanyError, CompanyQuery, SaveCompany};
use portal_core::id::CompanyId;
use portal_core::staff::Permission;

use super::{PAGE, line, may, place_after, read_place};
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
    filled(visit, StatusCode::OK, None, (String::new(), String::new()), Vec::new())
}

pub(super) async fn edit(visit: &OfficeVisit<'_>) -> Answer {
    let id = id(visit)?;
    let company = visit.web.portal.view_company(visit.actor()?, id).await?.company;
    let domain = company.domain.map(|it| it.to_string()).unwrap_or_default();
    filled(
        visit,
        StatusCode::OK,
        Some(id),
        (company.name.to_string(), domain),
        Vec::new(),
    )
}

fn filled(
    visit: &OfficeVisit<'_>,
    status: StatusCode,
    id: Option<CompanyId>,
    (name, domain): (String, String),
    problems: Vec<Problem>,
) -> Answer {
    let (action, back) = match id {
        None => ("/admin/companies/new".to_owned(), "/admin/companies".to_owned()),
        Some(id) => (format!("/admin/companies/{id}/edit"), format!("/admin/companies/{id}")),
    };
    let page = CompanyFormPage {
        shell: visit.shell(OfficeArea::Companies),
        action,
        back,
        new: id.is_none(),
        name,
        domain,
        problems,
    };
    visit.page(status, &page)
}

pub(super) async fn save(visit: &OfficeVisit<'_>, id: Option<CompanyId>, fields: &Fields) -> Answer {
    let command = SaveCompany {
        id,
        name: fields.get("name").to_owned(),
        domain: fields.get("domain").to_owned(),
    };
    match visit.web.portal.save_company(visit.actor()?, &command).await {
        Ok(id) => Ok(visit.done("office-flash-company-saved", &format!("/admin/companies/{id}"))),
        Err(CompanyError::Invalid(problems)) => {
            let typed = (command.name, command.domain);
            filled(
                visit,
                StatusCode::UNPROCESSABLE_ENTITY,
                id,
                typed,
                worded(visit, &problems),
            )
        }
        Err(err) => Err(err.into()),
    }
}
