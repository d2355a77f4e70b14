//! The form that narrows a list or a search, and what it is narrowed to now.

use portal_core::desk::{DeskChoices, DeskFilter, OwnedBy};
use portal_core::ticket::Priority;

use super::place::{Place, filter_pairs, query, shown};
use crate::office::visit::OfficeVisit;
use crate::view::Choice;
use crate::view::desk::{DeskFilterForm, FilterMark};
use crate::view::status;

/// The words of a search go along with it.
pub(super) fn form(
    visit: &OfficeVisit<'_>,
    place: &Place,
    choices: &DeskChoices,
    words: Option<&str>,
) -> DeskFilterForm {
    let texts = visit.texts();
    let filter = &place.filter;
    let owner = match filter.owner {
        None => String::new(),
        Some(OwnedBy::Nobody) => "nobody".to_owned(),
        Some(OwnedBy::Agent(agent)) => agent.to_string(),
    };
    let mut owners = vec![
        Choice::new("", texts.text("desk-filter-any", &[]), &owner),
        Choice::new("nobody", texts.text("desk-nobody", &[]), &owner),
    ];
    owners.extend(
        choices
            .agents
            .iter()
            .map(|(id, name)| Choice::new(id.to_string(), name.as_str(), &owner)),
    );
    let category = filter.category.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut categories = vec![Choice::new("", texts.text("desk-filter-any", &[]), &category)];
    categories.extend(
        choices
            .categories
            .iter()
            .map(|it| Choice::new(it.as_str(), it.as_str(), &category)),
    );
    // What no portal offers any more may still be asked for.
    if categories.iter().all(|it| !it.selected) {
        categories.push(Choice::new(category.clone(), category.clone(), &category));
    }
    DeskFilterForm {
        action: if words.is_some() { "/desk/search" } else { "/desk" },
        words: words.unwrap_or_default().to_owned(),
        kept: kept(place),
        owners,
        priority: filter.priority.map(Priority::name),
        stage: filter.stage.map(shown).map(status::Stage::as_str),
        categories,
        marks: marks(visit, place, choices, words),
        clear: address(&narrowed(place, DeskFilter::default()), words),
    }
}

fn narrowed(place: &Place, filter: DeskFilter) -> Place {
    Place {
        filter,
        ..place.clone()
    }
}

/// What the form does not ask for, and must not forget.
fn kept(place: &Place) -> Vec<(&'static str, String)> {
    let asked = ["owner", "priority", "stage", "category"];
    let pairs = place.pairs().into_iter();
    pairs.filter(|(name, _)| !asked.contains(name)).collect()
}

/// Where a list, or a search in it, is.
pub(super) fn address(place: &Place, words: Option<&str>) -> String {
    let mut pairs = place.pairs();
    if let Some(words) = words {
        // A search is in no list unless one says so.
        pairs.insert(0, ("q", words.to_owned()));
        return format!("/desk/search{}", query(&pairs));
    }
    format!("/desk{}", query(&pairs))
}

/// What the list is narrowed to, each with the way without it.
fn marks(visit: &OfficeVisit<'_>, place: &Place, choices: &DeskChoices, words: Option<&str>) -> Vec<FilterMark> {
    let filter = &place.filter;
    let texts = visit.texts();
    filter_pairs(filter)
        .into_iter()
        .map(|(name, value)| {
            let mut without = filter.clone();
            let shown = match name {
                "owner" => {
                    without.owner = None;
                    let agent = choices.agents.iter().find(|(id, _)| id.to_string() == value);
                    match filter.owner {
                        Some(OwnedBy::Nobody) => texts.text("desk-nobody", &[]),
                        _ => agent.map(|it| it.1.clone()).unwrap_or_default(),
                    }
                }
                "priority" => {
                    without.priority = None;
                    texts.text("priority", &[("priority", value.as_str().into())])
                }
                "stage" => {
                    without.stage = None;
                    texts.text("desk-stage", &[("stage", value.as_str().into())])
                }
                "category" => {
                    without.category = None;
                    value
                }
                "contact" => {
                    without.contact = None;
                    choices.contact.clone().unwrap_or_default()
                }
                _ => {
                    without.company = None;
                    choices.company.clone().unwrap_or_default()
                }
            };
            FilterMark {
                name,
                value: shown,
                without: address(&narrowed(place, without), words),
            }
        })
        .collect()
}
