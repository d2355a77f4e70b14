use std::collections::BTreeMap;

use poem::web::Data;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use portal_core::Portal;
use portal_core::crm::{ContactQuery, ContactStanding, ContactView, Fingerprint, PolicyChange, SaveContact};
use portal_core::id::ContactId;
use portal_core::property::{PropertyDefinition, PropertyOwner, PropertyValues};
use portal_core::staff::StaffActor;

use super::caller::Caller;
use super::convert;
use super::schema::{ContactPage, Done, Made, NamedDto, PolicyPreviewDto, StandingDto};
use crate::api::Tag;
use crate::api::convert::instant;
use crate::api::error::ApiError;

/// Contacts.
pub(in crate::api) struct ContactsApi;

/// A customer's person record.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Contact", skip_serializing_if_is_none)]
struct ContactDto {
    /// Its id.
    id: String,
    /// Which state of it this is; a change must name it.
    version: String,
    /// The name that is shown.
    name: String,
    /// The address, as the company knows it.
    email: Option<String>,
    /// The sign-in address. Registration mails go only there.
    membership_email: Option<String>,
    /// What it is to the installation.
    standing: StandingDto,
    /// Whether they have a way to sign in.
    registered: bool,
    /// The id of the company as which the contact may read.
    primary_company: Option<String>,
    /// The companies, the primary one first.
    companies: Vec<NamedDto>,
    /// The access groups they are in.
    groups: Vec<NamedDto>,
    /// Further properties, by key, as they are typed.
    properties: BTreeMap<String, String>,
    /// When it was made (RFC 3339, UTC).
    created_at: String,
}

/// A contact as it is to be.
#[derive(Object, Clone, Debug)]
#[oai(rename = "SaveContact", deny_unknown_fields)]
struct SaveDto {
    /// The version that was seen; for a new contact it is not looked at.
    #[oai(default)]
    version: Option<String>,
    /// The name that is shown.
    name: String,
    /// The address, as the company knows it.
    #[oai(default)]
    email: Option<String>,
    /// The sign-in address.
    #[oai(default)]
    membership_email: Option<String>,
    /// The id of the company as which the contact may read.
    #[oai(default)]
    primary_company: Option<String>,
    /// Ids of further companies.
    #[oai(default)]
    companies: Vec<String>,
    /// All properties, by key, as they are typed: a text, a number, `2026-11-22`, `true` or `false`; several choices with
    /// commas between them.
    #[oai(default)]
    properties: BTreeMap<String, String>,
}

#[OpenApi(prefix_path = "/v1/admin", tag = "Tag::Contacts")]
impl ContactsApi {
    /// Contacts, by name.
    #[oai(path = "/contacts", method = "get", operation_id = "listContacts")]
    #[expect(clippy::too_many_arguments, reason = "each is one parameter of the operation")]
    async fn list(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        /// What the name, an address or the name of the primary company has in it.
        search: Query<Option<String>>,
        /// Only members of this access group.
        group: Query<Option<String>>,
        /// Only people of this company.
        company: Query<Option<String>>,
        /// Only those of this standing.
        standing: Query<Option<StandingDto>>,
        /// The page after this place.
        after: Query<Option<String>>,
        /// How many, 1 to 100.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<ContactPage>, ApiError> {
        let limit = limit.0.unwrap_or(50);
        let query = ContactQuery {
            text: convert::searched(search.0)?,
            group: group.0.map(|it| convert::id_of("group", &it)).transpose()?,
            company: company.0.map(|it| convert::id_of("company", &it)).transpose()?,
            standing: standing.0.map(|it| match it {
                StandingDto::Active => ContactStanding::Active,
                StandingDto::Inactive => ContactStanding::Inactive,
            }),
            after: after.0.map(|it| convert::placed(&it)).transpose()?,
            limit: limit + 1,
        };
        let rows = service.list_contacts(caller.actor(), &query).await?;
        Ok(Json(convert::contact_page(rows, limit)))
    }

    /// Add a contact.
    #[oai(path = "/contacts", method = "post", operation_id = "createContact")]
    async fn create(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<SaveDto>,
    ) -> Result<Made, ApiError> {
        let command = command(&service, caller.actor(), None, &body.0).await?;
        Ok(Made::of(service.save_contact(caller.actor(), &command).await?))
    }

    /// A contact, with companies and groups.
    #[oai(path = "/contacts/:contact", method = "get", operation_id = "getContact")]
    async fn get(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        contact: Path<String>,
    ) -> Result<Json<ContactDto>, ApiError> {
        let view = service.view_contact(caller.actor(), convert::id(&contact.0)?).await?;
        Ok(Json(contact_of(view)))
    }

    /// Change a contact as a whole.
    ///
    /// Refused with 409 if somebody changed it since its version was seen.
    #[oai(path = "/contacts/:contact", method = "put", operation_id = "putContact")]
    async fn change(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        contact: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<SaveDto>,
    ) -> Result<Done, ApiError> {
        let seen = seen(body.0.version.as_deref())?;
        let command = command(&service, caller.actor(), Some(convert::id(&contact.0)?), &body.0).await?;
        service.save_contact_seen(caller.actor(), &command, seen).await?;
        Ok(Done::NoContent)
    }

    /// Remove a contact: they are let in nowhere from the next request on. Their tickets stay.
    #[oai(path = "/contacts/:contact", method = "delete", operation_id = "removeContact")]
    async fn remove(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        contact: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        service.remove_contact(caller.actor(), convert::id(&contact.0)?).await?;
        Ok(Done::NoContent)
    }

    /// Bring a removed contact back.
    #[oai(
        path = "/contacts/:contact/restore",
        method = "post",
        operation_id = "restoreContact"
    )]
    async fn restore(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        contact: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        service
            .restore_contact(caller.actor(), convert::id(&contact.0)?)
            .await?;
        Ok(Done::NoContent)
    }

    /// Who would see what if a contact were changed.
    #[oai(
        path = "/contacts/:contact/preview",
        method = "post",
        operation_id = "previewContact"
    )]
    async fn preview(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        contact: Path<String>,
        body: Json<SaveDto>,
    ) -> Result<Json<PolicyPreviewDto>, ApiError> {
        let command = command(&service, caller.actor(), Some(convert::id(&contact.0)?), &body.0).await?;
        let draft = service.draft_contact(caller.actor(), &command).await?;
        let change = PolicyChange::Contact(Box::new(draft));
        let preview = service.preview_policy(caller.actor(), &change).await?;
        Ok(Json(convert::preview(preview)))
    }
}

pub(super) fn seen(version: Option<&str>) -> Result<Fingerprint, ApiError> {
    let missing = || {
        ApiError::invalid(vec![(
            "version".to_owned(),
            "the version that was seen must be there".to_owned(),
        )])
    };
    convert::id_of("version", version.ok_or_else(missing)?)
}

async fn command(
    service: &Portal,
    actor: &StaffActor,
    id: Option<ContactId>,
    body: &SaveDto,
) -> Result<SaveContact, ApiError> {
    let defined = service.list_properties(actor, PropertyOwner::Contact).await?;
    let company = |it: &String| convert::id_of("companies", it);
    Ok(SaveContact {
        id,
        name: body.name.clone(),
        email: body.email.clone().unwrap_or_default(),
        membership_email: body.membership_email.clone().unwrap_or_default(),
        primary_company: body
            .primary_company
            .as_deref()
            .map(|it| convert::id_of("primary_company", it))
            .transpose()?,
        companies: body.companies.iter().map(company).collect::<Result<_, _>>()?,
        properties: properties(&body.properties, &defined)?,
    })
}

fn properties(typed: &BTreeMap<String, String>, defined: &[PropertyDefinition]) -> Result<PropertyValues, ApiError> {
    let mut values = PropertyValues::new();
    for (key, text) in typed {
        let shown: String = key.chars().take(80).collect();
        let wrong = |problem: &str| ApiError::invalid(vec![(format!("properties.{shown}"), problem.to_owned())]);
        let definition = defined.iter().find(|it| it.key.as_str() == key);
        let definition = definition.ok_or_else(|| wrong("there is no such property"))?;
        let value = definition.kind.typed(text);
        values.insert(
            definition.key.clone(),
            value.ok_or_else(|| wrong("this is no value of the property"))?,
        );
    }
    Ok(values)
}

fn contact_of(view: ContactView) -> ContactDto {
    let contact = view.contact;
    ContactDto {
        version: Fingerprint::of(&contact).to_string(),
        id: contact.id.to_string(),
        name: contact.name.to_string(),
        email: contact.email.map(|it| it.to_string()),
        membership_email: contact.membership_email.map(|it| it.to_string()),
        standing: convert::standing(contact.standing),
        registered: view.registered,
        primary_company: contact.primary_company.map(|it| it.to_string()),
        companies: view
            .companies
            .iter()
            .map(|it| NamedDto {
                id: it.id.to_string(),
                name: it.name.to_string(),
            })
            .collect(),
        groups: view
            .groups
            .iter()
            .map(|it| NamedDto {
                id: it.id.to_string(),
                name: it.name.to_string(),
            })
            .collect(),
        properties: contact
            .properties
            .iter()
            .map(|(key, value)| (key.to_string(), value.to_string()))
            .collect(),
        created_at: instant(contact.created_at),
    }
}
