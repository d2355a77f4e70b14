//! Between the core's values and those of the staff's API.

use portal_core::crm::{ContactRow, ContactStanding, PolicyPreview, SightChange};

use super::schema::{
    AffectedDto, ContactPage, ContactSummary, NamedDto, NumberDto, PolicyPreviewDto, SightChangeDto, StandingDto,
};
use crate::api::error::ApiError;

/// The id that a path names; what is none is not there.
pub(super) fn id<T: std::str::FromStr>(text: &str) -> Result<T, ApiError> {
    text.parse().map_err(|_| ApiError::not_found())
}

/// An id in a body or a query.
pub(super) fn id_of<T: std::str::FromStr<Err: std::fmt::Display>>(field: &str, text: &str) -> Result<T, ApiError> {
    text.parse()
        .map_err(|err: T::Err| ApiError::invalid(vec![(field.to_owned(), err.to_string())]))
}

/// A place in a list by name: the id, then the name.
pub(super) fn place(name: &str, id: impl std::fmt::Display) -> String {
    format!("{id}.{name}")
}

/// A place in a list by name.
pub(super) fn placed<T: std::str::FromStr>(text: &str) -> Result<(String, T), ApiError> {
    let wrong = || ApiError::bad("bad_cursor", "this is not a place in a list");
    let (id, name) = text.split_once('.').ok_or_else(wrong)?;
    if name.contains('\0') || name.len() > 1_000 {
        return Err(wrong());
    }
    Ok((name.to_owned(), id.parse().map_err(|_| wrong())?))
}

/// What is searched for. No name has a control character, so nothing is found with one.
pub(super) fn searched(text: Option<String>) -> Result<Option<String>, ApiError> {
    match text {
        Some(text) if text.chars().any(char::is_control) => {
            Err(ApiError::bad("bad_query", "this has characters that stand in no name"))
        }
        text => Ok(text),
    }
}

pub(super) fn preview(it: PolicyPreview) -> PolicyPreviewDto {
    PolicyPreviewDto {
        gain: side(it.gain),
        lose: side(it.lose),
        estimate: it.estimate,
    }
}

fn side(it: SightChange) -> SightChangeDto {
    let examples = it.examples.into_iter().map(|it| AffectedDto {
        contact: it.contact.to_string(),
        name: it.name,
        portal: it.portal.to_string(),
        tickets: it.tickets,
        some: it
            .some
            .into_iter()
            .map(|(number, subject)| NumberDto {
                number: number.get(),
                subject,
            })
            .collect(),
    });
    SightChangeDto {
        people: it.people,
        tickets: it.tickets,
        doors: it.doors,
        examples: examples.collect(),
    }
}

pub(super) const fn standing(it: ContactStanding) -> StandingDto {
    match it {
        ContactStanding::Active => StandingDto::Active,
        ContactStanding::Inactive => StandingDto::Inactive,
    }
}

/// A page of contacts of which one more than wanted was read.
pub(super) fn contact_page(mut rows: Vec<ContactRow>, limit: u32) -> ContactPage {
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    ContactPage {
        next: rows.last().filter(|_| more).map(|it| place(&it.name, it.id)),
        contacts: rows.into_iter().map(contact_summary).collect(),
    }
}

pub(super) fn contact_summary(it: ContactRow) -> ContactSummary {
    ContactSummary {
        id: it.id.to_string(),
        name: it.name,
        email: it.email.map(|it| it.to_string()),
        membership_email: it.membership_email.map(|it| it.to_string()),
        standing: standing(it.standing),
        company: it.company.map(|(id, name)| NamedDto {
            id: id.to_string(),
            name,
        }),
        registered: it.registered,
    }
}
