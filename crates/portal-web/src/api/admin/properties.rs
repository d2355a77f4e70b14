use poem::web::Data;
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use portal_core::Portal;
use portal_core::property::{PropertyDefinition, PropertyOwner, PropertyType};
use portal_core::text::{Locale, Localized};

use super::caller::Caller;
use super::convert;
use super::schema::Done;
use crate::api::Tag;
use crate::api::error::ApiError;
use crate::plain::Texts;

/// Properties of contacts, companies and tickets.
pub(in crate::api) struct PropertiesApi;

/// What has a property.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "PropertyOwner", rename_all = "snake_case")]
enum OwnerDto {
    /// Contacts.
    Contact,
    /// Companies.
    Company,
    /// Tickets.
    Ticket,
}

impl From<OwnerDto> for PropertyOwner {
    fn from(owner: OwnerDto) -> Self {
        match owner {
            OwnerDto::Contact => Self::Contact,
            OwnerDto::Company => Self::Company,
            OwnerDto::Ticket => Self::Ticket,
        }
    }
}

/// What values a property has.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "PropertyType", rename_all = "snake_case")]
enum TypeDto {
    /// Free text.
    Text,
    /// A number.
    Number,
    /// A day.
    Date,
    /// Yes or no.
    Bool,
    /// One choice.
    Choice,
    /// Several choices.
    Choices,
}

/// A property.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Property")]
struct PropertyDto {
    /// Its key.
    key: String,
    /// Its label.
    label: Texts,
    /// What values it has.
    kind: TypeDto,
    /// Whether customers may write it; criteria cannot ask for it then.
    customer_writable: bool,
    /// Whether customers are shown it on tickets.
    shown_to_customers: bool,
    /// What can be chosen, in order; anything if there is nothing here.
    options: Vec<String>,
    /// Whether it is out of use. Its values stay.
    archived: bool,
}

/// Properties.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Properties")]
struct PropertyList {
    /// The properties, by key.
    properties: Vec<PropertyDto>,
}

/// A property as it is to be.
#[derive(Object, Clone, Debug)]
#[oai(rename = "SaveProperty", deny_unknown_fields)]
struct SaveDto {
    /// Its label; English is what is shown where no other language fits.
    label: Texts,
    /// What values it has. That never changes after it was made.
    kind: TypeDto,
    /// Whether customers may write it.
    #[oai(default)]
    customer_writable: bool,
    /// Whether customers are shown it on tickets.
    #[oai(default)]
    shown_to_customers: bool,
    /// What can be chosen, in order, at most 200; as it is if it is left out.
    #[oai(default)]
    options: Option<Vec<String>>,
    /// Whether it is out of use; as it is if it is left out. Its values stay.
    #[oai(default)]
    archived: Option<bool>,
}

#[OpenApi(prefix_path = "/v1/admin", tag = "Tag::Properties")]
impl PropertiesApi {
    /// The properties of contacts, companies or tickets.
    #[oai(path = "/properties/:owner", method = "get", operation_id = "listProperties")]
    async fn list(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        owner: Path<OwnerDto>,
    ) -> Result<Json<PropertyList>, ApiError> {
        let properties = service.list_properties(caller.actor(), owner.0.into()).await?;
        Ok(Json(PropertyList {
            properties: properties.iter().map(property).collect(),
        }))
    }

    /// Add a property, or change its label and who may see or write it.
    #[oai(path = "/properties/:owner/:key", method = "put", operation_id = "putProperty")]
    async fn save(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        owner: Path<OwnerDto>,
        #[oai(name = "key")] property: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<SaveDto>,
    ) -> Result<Done, ApiError> {
        let owner = owner.0.into();
        let defined = service.list_properties(caller.actor(), owner).await?;
        let before = defined.iter().find(|it| it.key.as_str() == property.0);
        let definition = PropertyDefinition {
            owner,
            key: convert::id_of("key", &property.0)?,
            label: label(&body.0.label)?,
            kind: match body.0.kind {
                TypeDto::Text => PropertyType::Text,
                TypeDto::Number => PropertyType::Number,
                TypeDto::Date => PropertyType::Date,
                TypeDto::Bool => PropertyType::Bool,
                TypeDto::Choice => PropertyType::Choice,
                TypeDto::Choices => PropertyType::Choices,
            },
            customer_writable: body.0.customer_writable,
            shown_to_customers: body.0.shown_to_customers,
            options: body
                .0
                .options
                .unwrap_or_else(|| before.map(|it| it.options.clone()).unwrap_or_default()),
            archived: body.0.archived.unwrap_or_else(|| before.is_some_and(|it| it.archived)),
        };
        service.save_property(caller.actor(), &definition).await?;
        Ok(Done::NoContent)
    }
}

/// A label is one line in each language.
fn label(texts: &Texts) -> Result<Localized, ApiError> {
    let wrong = |problem: &str| ApiError::invalid(vec![("label".to_owned(), problem.to_owned())]);
    let mut read = Vec::new();
    for (language, text) in texts {
        let locale: Locale = convert::id_of("label", language)?;
        let line: portal_core::text::Line = convert::id_of("label", text)?;
        read.push((locale, line.to_string()));
    }
    let english = Locale::english();
    read.sort_by_key(|(locale, _)| *locale != english);
    let mut read = read.into_iter();
    let (first, text) = read.next().ok_or_else(|| wrong("a text must be there"))?;
    Ok(read.fold(Localized::new(first, text), |made, (locale, text)| {
        made.with(locale, text)
    }))
}

fn property(it: &PropertyDefinition) -> PropertyDto {
    PropertyDto {
        key: it.key.to_string(),
        label: it
            .label
            .iter()
            .map(|(locale, text)| (locale.to_string(), text.to_owned()))
            .collect(),
        kind: match it.kind {
            PropertyType::Text => TypeDto::Text,
            PropertyType::Number => TypeDto::Number,
            PropertyType::Date => TypeDto::Date,
            PropertyType::Bool => TypeDto::Bool,
            PropertyType::Choice => TypeDto::Choice,
            PropertyType::Choices => TypeDto::Choices,
        },
        customer_writable: it.customer_writable,
        shown_to_customers: it.shown_to_customers,
        options: it.options.clone(),
        archived: it.archived,
    }
}
