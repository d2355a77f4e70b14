use poem::web::Data;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use portal_core::Portal;
use portal_core::crm::{CompanyQuery, Fingerprint, SaveCompany};
use portal_core::id::CompanyId;

use super::caller::Caller;
use super::contacts::seen;
use super::convert;
use super::schema::{ContactSummary, Done, Made};
use crate::api::Tag;
use crate::api::error::ApiError;

/// Companies.
pub(in crate::api) struct CompaniesApi;

/// A company in a list.
#[derive(Object, Clone, Debug)]
#[oai(rename = "CompanySummary", skip_serializing_if_is_none)]
struct CompanySummary {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// Its domain name.
    domain: Option<String>,
    /// How many active contacts it has.
    people: u64,
}

/// A page of companies.
#[derive(Object, Clone, Debug)]
#[oai(rename = "CompanyPage", skip_serializing_if_is_none)]
struct CompanyPage {
    /// The companies, by name.
    companies: Vec<CompanySummary>,
    /// Give this as `after` for the next page.
    next: Option<String>,
}

/// An organisation that contacts belong to.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Company", skip_serializing_if_is_none)]
struct CompanyDto {
    /// Its id.
    id: String,
    /// Which state of it this is; a change must name it.
    version: String,
    /// Its name.
    name: String,
    /// Its domain name. It proposes, and never grants, membership.
    domain: Option<String>,
    /// Its first people, by name.
    people: Vec<ContactSummary>,
    /// How many tickets it is on, counted up to 100.
    tickets: u64,
}

/// A company as it is to be.
#[derive(Object, Clone, Debug)]
#[oai(rename = "SaveCompany", deny_unknown_fields)]
struct SaveDto {
    /// The version that was seen; for a new company it is not looked at.
    #[oai(default)]
    version: Option<String>,
    /// Its name.
    name: String,
    /// Its domain name.
    #[oai(default)]
    domain: Option<String>,
}

#[OpenApi(prefix_path = "/v1/admin", tag = "Tag::Companies")]
impl CompaniesApi {
    /// Companies, by name.
    #[oai(path = "/companies", method = "get", operation_id = "listCompanies")]
    async fn list(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        /// What the name or the domain name has in it.
        search: Query<Option<String>>,
        /// The page after this place.
        after: Query<Option<String>>,
        /// How many, 1 to 100.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<CompanyPage>, ApiError> {
        let limit = limit.0.unwrap_or(50);
        let query = CompanyQuery {
            text: convert::searched(search.0)?,
            after: after.0.map(|it| convert::placed(&it)).transpose()?,
            limit: limit + 1,
        };
        let mut rows = service.list_companies(caller.actor(), &query).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        Ok(Json(CompanyPage {
            next: rows.last().filter(|_| more).map(|it| convert::place(&it.name, it.id)),
            companies: rows
                .into_iter()
                .map(|it| CompanySummary {
                    id: it.id.to_string(),
                    name: it.name,
                    domain: it.domain,
                    people: it.people,
                })
                .collect(),
        }))
    }

    /// Add a company.
    #[oai(path = "/companies", method = "post", operation_id = "createCompany")]
    async fn create(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<SaveDto>,
    ) -> Result<Made, ApiError> {
        let command = command(None, body.0);
        Ok(Made::of(service.save_company(caller.actor(), &command).await?))
    }

    /// A company, with its first people.
    #[oai(path = "/companies/:company", method = "get", operation_id = "getCompany")]
    async fn get(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        company: Path<String>,
    ) -> Result<Json<CompanyDto>, ApiError> {
        let view = service.view_company(caller.actor(), convert::id(&company.0)?).await?;
        let company = view.company;
        Ok(Json(CompanyDto {
            version: Fingerprint::of(&company).to_string(),
            id: company.id.to_string(),
            name: company.name.to_string(),
            domain: company.domain.map(|it| it.to_string()),
            people: view.people.into_iter().map(convert::contact_summary).collect(),
            tickets: view.tickets,
        }))
    }

    /// Change a company's name or domain name.
    ///
    /// Refused with 409 if somebody changed it since its version was seen.
    #[oai(path = "/companies/:company", method = "put", operation_id = "putCompany")]
    async fn change(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        company: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<SaveDto>,
    ) -> Result<Done, ApiError> {
        let seen = seen(body.0.version.as_deref())?;
        let command = command(Some(convert::id(&company.0)?), body.0);
        service.save_company_seen(caller.actor(), &command, seen).await?;
        Ok(Done::NoContent)
    }
}

fn command(id: Option<CompanyId>, body: SaveDto) -> SaveCompany {
    SaveCompany {
        id,
        name: body.name,
        domain: body.domain.unwrap_or_default(),
        properties: None,
    }
}
