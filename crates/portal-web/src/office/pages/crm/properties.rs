use poem::http::StatusCode;
use portal_core::crm::PropertyError;
use portal_core::property::{PropertyDefinition, PropertyKey, PropertyOwner, PropertyType};
use portal_core::text::{Locale, Localized};

use crate::errors::Stop;
use crate::forms::Fields;
use crate::office::criteria::kind_name;
use crate::office::problems::said;
use crate::office::visit::OfficeVisit;
use crate::view::Choice;
use crate::view::crm::{DefinitionLine, DefinitionsOf, PropertiesPage};
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::visit::Answer;

const OWNERS: [(PropertyOwner, &str); 3] = [
    (PropertyOwner::Contact, "contact"),
    (PropertyOwner::Company, "company"),
    (PropertyOwner::Ticket, "ticket"),
];
const KINDS: [PropertyType; 6] = [
    PropertyType::Text,
    PropertyType::Number,
    PropertyType::Date,
    PropertyType::Bool,
    PropertyType::Choice,
    PropertyType::Choices,
];

pub(super) async fn list(visit: &OfficeVisit<'_>) -> Answer {
    again(visit, StatusCode::OK, &Fields::default(), Vec::new()).await
}

async fn again(visit: &OfficeVisit<'_>, status: StatusCode, fields: &Fields, problems: Vec<Problem>) -> Answer {
    let language = visit.language();
    let mut owners = Vec::new();
    for (owner, name) in OWNERS {
        let defined = visit.web.portal.list_properties(visit.actor()?, owner).await?;
        let line = |it: PropertyDefinition| DefinitionLine {
            key: it.key.to_string(),
            label: it.label.get(&language).to_owned(),
            label_en: it.label.get(&Locale::english()).to_owned(),
            label_de: it
                .label
                .iter()
                .find(|(locale, _)| **locale == Locale::german())
                .map(|(_, text)| text.to_owned())
                .unwrap_or_default(),
            kind: kind_name(it.kind),
            has_options: matches!(it.kind, PropertyType::Choice | PropertyType::Choices),
            options: it.options.join("\n"),
            archived: it.archived,
            writable: it.customer_writable,
            shown: it.shown_to_customers,
        };
        owners.push(DefinitionsOf {
            owner: name,
            list: defined.into_iter().map(line).collect(),
        });
    }
    let page = PropertiesPage {
        shell: visit.shell(OfficeArea::Properties),
        owners,
        owner: OWNERS
            .iter()
            .map(|(_, it)| Choice::new(*it, *it, fields.get("owner")))
            .collect(),
        kinds: KINDS
            .iter()
            .map(|it| Choice::new(kind_name(*it), kind_name(*it), fields.get("kind")))
            .collect(),
        label_en: fields.get("label_en").to_owned(),
        label_de: fields.get("label_de").to_owned(),
        options: fields.text("options"),
        problems,
    };
    visit.page(status, &page)
}

pub(super) async fn save(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let wrong = |field, key| said(visit, field, key);
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let owner = OWNERS
        .iter()
        .find(|(_, it)| *it == fields.get("owner"))
        .map(|(it, _)| *it);
    let owner = owner.ok_or(Stop::BAD_REQUEST)?;
    let defined = portal.list_properties(actor, owner).await?;
    let property = match fields.given("key") {
        // One that is there: its key and its type never change.
        Some(key) => {
            let before = defined.into_iter().find(|it| it.key.as_str() == key);
            let before = before.ok_or(Stop::NOT_FOUND)?;
            let Some(label) = label(fields) else {
                let problems = wrong("properties", "crm-problem-label");
                return again(visit, refused, fields, problems).await;
            };
            PropertyDefinition {
                label,
                customer_writable: fields.get("writable") == "1",
                shown_to_customers: fields.get("shown") == "1",
                options: options(fields),
                archived: fields.get("archived") == "1",
                ..before
            }
        }
        None => {
            let en = fields.get("label_en").trim();
            let kind = KINDS.into_iter().find(|it| kind_name(*it) == fields.get("kind"));
            let key = PropertyKey::from_label(en).filter(|_| en.chars().count() <= 80);
            let (Some(key), Some(kind), Some(label)) = (key, kind, label(fields)) else {
                let problems = wrong("label_en", "crm-problem-label");
                return again(visit, refused, fields, problems).await;
            };
            if defined.iter().any(|it| it.key == key) {
                let problems = wrong("label_en", "crm-problem-property-there");
                return again(visit, refused, fields, problems).await;
            }
            PropertyDefinition {
                owner,
                key,
                label,
                kind,
                customer_writable: false,
                shown_to_customers: false,
                options: options(fields),
                archived: false,
            }
        }
    };
    match portal.save_property(actor, &property).await {
        Ok(()) => Ok(visit.done("office-flash-property-saved", "/admin/properties")),
        Err(PropertyError::UsedByCriteria(_)) => {
            let problems = wrong("properties", "crm-problem-property-used");
            again(visit, refused, fields, problems).await
        }
        Err(PropertyError::ArchivedInUse(_)) => {
            let problems = wrong("properties", "crm-problem-property-archived");
            again(visit, refused, fields, problems).await
        }
        Err(PropertyError::Invalid(_)) => {
            let problems = wrong("properties", "crm-problem-options");
            again(visit, refused, fields, problems).await
        }
        Err(err) => Err(err.into()),
    }
}

/// The label in both languages; `None` without an English one, or if one is too long.
fn label(fields: &Fields) -> Option<Localized> {
    let (en, de) = (fields.get("label_en").trim(), fields.get("label_de").trim());
    if en.is_empty() || [en, de].iter().any(|it| it.chars().count() > 80) {
        return None;
    }
    let label = Localized::new(Locale::english(), en);
    Some(if de.is_empty() {
        label
    } else {
        label.with(Locale::german(), de)
    })
}

/// What can be chosen: a line each.
fn options(fields: &Fields) -> Vec<String> {
    let text = fields.text("options");
    let lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    lines.map(str::to_owned).collect()
}
