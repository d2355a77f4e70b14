//! What several operations send and take.

use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Enum, Object};

use crate::plain::Settings;

/// Something that was made.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Created")]
pub(super) struct CreatedDto {
    /// Its id.
    pub(super) id: String,
}

/// Made.
#[derive(ApiResponse)]
pub(super) enum Made {
    /// It is there now.
    #[oai(status = 201)]
    Created(Json<CreatedDto>),
}

impl Made {
    pub(super) fn of(id: impl ToString) -> Self {
        Self::Created(Json(CreatedDto { id: id.to_string() }))
    }
}

/// Done.
#[derive(ApiResponse)]
pub(super) enum Done {
    /// It is so now.
    #[oai(status = 204)]
    NoContent,
}

/// How many.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Count")]
pub(super) struct CountDto {
    /// How many.
    pub(super) count: u64,
}

/// The settings of one section, with the version that a change must name.
#[derive(Object, Clone, Debug)]
#[oai(rename = "SectionSettings", deny_unknown_fields)]
pub(super) struct SectionDto {
    /// Grows with each change; 0 if the section was never changed.
    pub(super) version: u32,
    /// The settings, under the name of the section.
    pub(super) settings: Settings,
}

/// The id and name of something.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Named")]
pub(super) struct NamedDto {
    /// Its id.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
}

/// A ticket, by its number.
#[derive(Object, Clone, Debug)]
#[oai(rename = "TicketNumber", skip_serializing_if_is_none)]
pub(super) struct NumberDto {
    /// Its number.
    pub(super) number: i64,
    /// Its subject, if the owner of the token works with its inbox.
    pub(super) subject: Option<String>,
}

/// Somebody whom a change concerns.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Affected")]
pub(super) struct AffectedDto {
    /// The contact's id.
    pub(super) contact: String,
    /// The contact's name.
    pub(super) name: String,
    /// In which portal.
    pub(super) portal: String,
    /// How many tickets.
    pub(super) tickets: u64,
    /// Some of them.
    pub(super) some: Vec<NumberDto>,
}

/// One direction of a change.
#[derive(Object, Clone, Debug)]
#[oai(rename = "SightChange")]
pub(super) struct SightChangeDto {
    /// How many people it concerns, by tickets.
    pub(super) people: u64,
    /// How many tickets.
    pub(super) tickets: u64,
    /// How many people would be let in to a portal, or not any more.
    pub(super) doors: u64,
    /// Some of the people.
    pub(super) examples: Vec<AffectedDto>,
}

/// What a change would do. Nothing is changed.
#[derive(Object, Clone, Debug)]
#[oai(rename = "PolicyPreview")]
pub(super) struct PolicyPreviewDto {
    /// Who would see more.
    pub(super) gain: SightChangeDto,
    /// Who would see less.
    pub(super) lose: SightChangeDto,
    /// Whether there was too much to look at everything: then the numbers mean “at least”.
    pub(super) estimate: bool,
}

/// What a thing is to the installation.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "Standing", rename_all = "snake_case")]
pub(super) enum StandingDto {
    /// Like any other.
    Active,
    /// Removed: is let in nowhere.
    Inactive,
}

/// A contact in a list.
#[derive(Object, Clone, Debug)]
#[oai(rename = "ContactSummary", skip_serializing_if_is_none)]
pub(super) struct ContactSummary {
    /// Its id.
    pub(super) id: String,
    /// The name that is shown.
    pub(super) name: String,
    /// The address, as the company knows it.
    pub(super) email: Option<String>,
    /// The sign-in address.
    pub(super) membership_email: Option<String>,
    /// What it is to the installation.
    pub(super) standing: StandingDto,
    /// The primary company.
    pub(super) company: Option<NamedDto>,
    /// Whether they have a way to sign in.
    pub(super) registered: bool,
}

/// A page of contacts.
#[derive(Object, Clone, Debug)]
#[oai(rename = "ContactPage", skip_serializing_if_is_none)]
pub(super) struct ContactPage {
    /// The contacts, by name.
    pub(super) contacts: Vec<ContactSummary>,
    /// Give this as `after` for the next page.
    pub(super) next: Option<String>,
}
