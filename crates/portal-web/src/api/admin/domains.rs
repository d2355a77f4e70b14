use poem::web::Data;
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use portal_core::Portal;
use portal_core::id::DomainId;
use portal_core::settings::{
    ChangeSettings, ConnectDomain, Domain, DomainCheck, Ownership, Section, SettingsOwner, SettingsValue,
};
use portal_core::staff::StaffActor;

use super::caller::Caller;
use super::convert;
use super::schema::{Done, Made, SectionDto};
use crate::api::Tag;
use crate::api::error::ApiError;
use crate::plain::{self, Known};

/// Domains under which portals live.
pub(in crate::api) struct DomainsApi;

/// Whether a domain is ours.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "Ownership", rename_all = "snake_case")]
enum OwnershipDto {
    /// Whoever runs the server vouches for it.
    Local,
    /// Nobody proved it yet. The server does not answer under this name.
    Pending,
    /// The record was found.
    Verified,
}

/// A domain.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Domain", skip_serializing_if_is_none)]
struct DomainDto {
    /// Its id.
    id: String,
    /// Its host.
    host: String,
    /// Its primary language, which is that of its portals and their mails.
    language: String,
    /// Whether it is ours.
    ownership: OwnershipDto,
    /// The name of the TXT record that proves it.
    record_name: Option<String>,
    /// What the record has to say.
    record_value: Option<String>,
}

/// All domains.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Domains")]
struct DomainList {
    /// The domains, by host.
    domains: Vec<DomainDto>,
}

/// A domain to be connected.
#[derive(Object, Clone, Debug)]
#[oai(rename = "NewDomain", deny_unknown_fields)]
struct NewDomain {
    /// Its host.
    host: String,
    /// Its primary language.
    language: String,
}

/// A domain's language.
#[derive(Object, Clone, Debug)]
#[oai(rename = "DomainLanguage", deny_unknown_fields)]
struct LanguageDto {
    /// The primary language.
    language: String,
}

/// What a look at the domain name system said.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "DomainStatus", rename_all = "snake_case")]
enum StatusDto {
    /// The domain is ours.
    Proven,
    /// No TXT record is there.
    NoRecord,
    /// There are TXT records, and none of them says what it should.
    OtherRecord,
    /// The name server did not answer.
    Unavailable,
    /// This installation asks no name server.
    Off,
}

/// What came of a check.
#[derive(Object, Clone, Debug)]
#[oai(rename = "DomainCheck")]
struct CheckedDto {
    /// What was found.
    status: StatusDto,
}

#[OpenApi(prefix_path = "/v1/admin", tag = "Tag::Domains")]
impl DomainsApi {
    /// All domains, with the record that each needs.
    #[oai(path = "/domains", method = "get", operation_id = "listDomains")]
    async fn list(&self, service: Data<&Portal>, caller: Caller) -> Result<Json<DomainList>, ApiError> {
        let domains = service.list_domains(caller.actor()).await?;
        Ok(Json(DomainList {
            domains: domains.iter().map(domain).collect(),
        }))
    }

    /// Connect a domain.
    ///
    /// The loopback names and the host of the base address work at once; any other has to be proven by a TXT record.
    #[oai(path = "/domains", method = "post", operation_id = "connectDomain")]
    async fn connect(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<NewDomain>,
    ) -> Result<Made, ApiError> {
        let command = ConnectDomain {
            host: body.0.host,
            language: convert::id_of("language", &body.0.language)?,
        };
        let domain = service.connect_domain(caller.actor(), &command).await?;
        Ok(Made::of(domain.id))
    }

    /// Change a domain's primary language, and with it that of its portals and of their mails.
    #[oai(path = "/domains/:domain", method = "put", operation_id = "changeDomain")]
    async fn change(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        domain: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<LanguageDto>,
    ) -> Result<Done, ApiError> {
        let language = convert::id_of("language", &body.0.language)?;
        service
            .change_domain_language(caller.actor(), convert::id(&domain.0)?, &language)
            .await?;
        Ok(Done::NoContent)
    }

    /// Remove a domain that no portal is on.
    #[oai(path = "/domains/:domain", method = "delete", operation_id = "removeDomain")]
    async fn remove(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        domain: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        service.remove_domain(caller.actor(), convert::id(&domain.0)?).await?;
        Ok(Done::NoContent)
    }

    /// Look whether the record of a domain is there.
    #[oai(path = "/domains/:domain/check", method = "post", operation_id = "checkDomain")]
    async fn check(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        domain: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Json<CheckedDto>, ApiError> {
        let found = service.check_domain(caller.actor(), convert::id(&domain.0)?).await?;
        let status = match found {
            DomainCheck::Proven => StatusDto::Proven,
            DomainCheck::NoRecord => StatusDto::NoRecord,
            DomainCheck::OtherRecord => StatusDto::OtherRecord,
            DomainCheck::Unavailable => StatusDto::Unavailable,
            DomainCheck::Off => StatusDto::Off,
        };
        Ok(Json(CheckedDto { status }))
    }

    /// What holds for getting in to every portal of a domain.
    #[oai(
        path = "/domains/:domain/private-content",
        method = "get",
        operation_id = "getPrivateContent"
    )]
    async fn private_content(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        domain: Path<String>,
    ) -> Result<Json<SectionDto>, ApiError> {
        let id = convert::id(&domain.0)?;
        let domains = service.list_domains(caller.actor()).await?;
        let domain = domains.into_iter().find(|it| it.id == id);
        let domain = domain.ok_or_else(ApiError::not_found)?;
        Ok(Json(SectionDto {
            version: version(&service, caller.actor(), id).await?,
            settings: plain::write(&SettingsValue::PrivateContent(domain.private)),
        }))
    }

    /// Change what holds for getting in to every portal of a domain.
    ///
    /// Refused with 409 if the version is not the current one.
    #[oai(
        path = "/domains/:domain/private-content",
        method = "put",
        operation_id = "putPrivateContent"
    )]
    async fn change_private_content(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        domain: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<SectionDto>,
    ) -> Result<Json<SectionDto>, ApiError> {
        let command = ChangeSettings {
            owner: SettingsOwner::Domain(convert::id(&domain.0)?),
            value: plain::read(&body.0.settings, Section::PrivateContent, &Known::default())?,
            seen_version: body.0.version,
        };
        let made = service.change_settings(caller.actor(), &command).await?;
        Ok(Json(SectionDto {
            version: made.version,
            settings: plain::write(&made.value),
        }))
    }
}

async fn version(service: &Portal, actor: &StaffActor, domain: DomainId) -> Result<u32, ApiError> {
    let owner = SettingsOwner::Domain(domain);
    let newest = service
        .settings_history(actor, owner, Some(Section::PrivateContent), 1)
        .await?;
    Ok(newest.first().map_or(0, |it| it.version))
}

fn domain(it: &Domain) -> DomainDto {
    DomainDto {
        id: it.id.to_string(),
        host: it.host.to_string(),
        language: it.language.to_string(),
        ownership: match it.ownership {
            Ownership::Local => OwnershipDto::Local,
            Ownership::Pending { .. } => OwnershipDto::Pending,
            Ownership::Verified { .. } => OwnershipDto::Verified,
        },
        record_name: it.record_name(),
        record_value: it.record_value().map(str::to_owned),
    }
}
