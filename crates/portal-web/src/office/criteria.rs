//! The editor of criteria: a form that works without scripts. Conditions are added and removed by buttons that send it.
//!
//! Fields: `p-G-C` property, `o-G-C` operator, `v-G-C` value, of the condition C of the group G; the button `edit` with
//! `condition-G`, `group`, or `remove-G-C`. The template is `office/_criteria.html`.

use std::collections::BTreeMap;

use portal_core::access::{Condition, Criteria, Operator};
use portal_core::property::{PropertyDefinition, PropertyType, PropertyValue};
use portal_core::text::Locale;

use crate::forms::Fields;
use crate::view::Choice;
use crate::view::crm::{ConditionRow, ConditionsOf, CriteriaEditor};

/// The operators, in the order of the form.
const OPERATORS: [&str; 8] = [
    "is", "is_not", "any_of", "contains", "less", "greater", "known", "unknown",
];
/// Groups and conditions are numbered up to here.
const MOST: usize = 20;

/// What was typed, whether it makes sense or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CriteriaDraft {
    groups: Vec<Vec<ConditionDraft>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ConditionDraft {
    property: String,
    operator: String,
    value: String,
}

impl CriteriaDraft {
    /// One condition, to be filled in.
    pub(crate) fn empty() -> Self {
        Self {
            groups: vec![vec![ConditionDraft::default()]],
        }
    }

    /// Criteria, to be changed.
    pub(crate) fn of(criteria: &Criteria) -> Self {
        let groups = criteria.groups().iter();
        Self {
            groups: groups.map(|all| all.iter().map(ConditionDraft::of).collect()).collect(),
        }
    }

    /// What a form brought, after the button that was pressed.
    pub(crate) fn read(fields: &Fields) -> Self {
        let mut found: BTreeMap<usize, BTreeMap<usize, ConditionDraft>> = BTreeMap::new();
        for (name, value) in fields.pairs() {
            let mut parts = name.split('-');
            let (Some(what @ ("p" | "o" | "v")), Some(group), Some(condition), None) =
                (parts.next(), parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            let (Some(group), Some(condition)) = (place(group), place(condition)) else {
                continue;
            };
            let draft = found.entry(group).or_default().entry(condition).or_default();
            let field = match what {
                "p" => &mut draft.property,
                "o" => &mut draft.operator,
                _ => &mut draft.value,
            };
            value.trim().clone_into(field);
        }
        let mut draft = Self {
            groups: found.into_values().map(|it| it.into_values().collect()).collect(),
        };
        draft.edit(fields.get("edit"));
        draft
    }

    fn edit(&mut self, button: &str) {
        let mut parts = button.split('-');
        match (parts.next(), parts.next().and_then(place), parts.next().and_then(place)) {
            (Some("group"), None, None) if self.groups.len() < MOST => {
                self.groups.push(vec![ConditionDraft::default()]);
            }
            (Some("condition"), Some(group), None) => {
                if let Some(all) = self.groups.get_mut(group).filter(|it| it.len() < MOST) {
                    all.push(ConditionDraft::default());
                }
            }
            (Some("remove"), Some(group), Some(condition)) => {
                if let Some(all) = self.groups.get_mut(group).filter(|it| condition < it.len()) {
                    all.remove(condition);
                }
                self.groups.retain(|it| !it.is_empty());
            }
            _ => {}
        }
        if self.groups.is_empty() {
            *self = Self::empty();
        }
    }

    /// Whether a button of the editor was pressed, and not one that saves or checks.
    pub(crate) fn is_edit(fields: &Fields) -> bool {
        fields.given("edit").is_some()
    }

    /// The criteria, or `None` if a condition makes no sense.
    pub(crate) fn criteria(&self, defined: &[PropertyDefinition]) -> Option<Criteria> {
        let groups: Option<Vec<Vec<Condition>>> = self
            .groups
            .iter()
            .map(|all| all.iter().map(|it| it.condition(defined)).collect())
            .collect();
        let criteria = Criteria::new(groups?).ok()?;
        criteria.check(defined).is_ok().then_some(criteria)
    }

    /// The same text for the same conditions: what was checked is what is saved.
    pub(crate) fn fingerprint(&self) -> String {
        let condition = |it: &ConditionDraft| format!("{}\u{1f}{}\u{1f}{}", it.property, it.operator, it.value);
        let group = |all: &Vec<ConditionDraft>| all.iter().map(condition).collect::<Vec<_>>().join("\u{1e}");
        self.groups.iter().map(group).collect::<Vec<_>>().join("\u{1d}")
    }

    /// The form.
    pub(crate) fn editor(&self, defined: &[PropertyDefinition], language: &Locale) -> CriteriaEditor {
        let row = |group: usize, condition: usize, it: &ConditionDraft| {
            let property = |defined: &PropertyDefinition| {
                Choice::new(defined.key.as_str(), defined.label.get(language), &it.property)
            };
            let operator = |name: &&str| Choice::new(*name, *name, &it.operator);
            let kind = defined.iter().find(|one| one.key.as_str() == it.property);
            ConditionRow {
                place: format!("{group}-{condition}"),
                properties: defined.iter().map(property).collect(),
                operators: OPERATORS.iter().map(operator).collect(),
                value: it.value.clone(),
                hint: kind.map(|one| kind_name(one.kind)).unwrap_or_default(),
                wrong: !it.property.is_empty() && it.condition(defined).is_none(),
            }
        };
        let groups = self.groups.iter().enumerate().map(|(group, all)| ConditionsOf {
            place: group,
            conditions: all.iter().enumerate().map(|(at, it)| row(group, at, it)).collect(),
        });
        CriteriaEditor {
            groups: groups.collect(),
            has_properties: !defined.is_empty(),
        }
    }
}

/// A condition as its operator's name and its value.
pub(crate) fn said(it: &Condition) -> (&'static str, String) {
    match &it.operator {
        Operator::Is(it) => ("is", it.to_string()),
        Operator::IsNot(it) => ("is_not", it.to_string()),
        Operator::AnyOf(them) => {
            let them: Vec<String> = them.iter().map(ToString::to_string).collect();
            ("any_of", them.join("; "))
        }
        Operator::LessThan(it) => ("less", it.to_string()),
        Operator::GreaterThan(it) => ("greater", it.to_string()),
        Operator::Contains(it) => ("contains", it.clone()),
        Operator::IsKnown => ("known", String::new()),
        Operator::IsUnknown => ("unknown", String::new()),
    }
}

impl ConditionDraft {
    fn of(it: &Condition) -> Self {
        let (operator, value) = said(it);
        Self {
            property: it.property.to_string(),
            operator: operator.to_owned(),
            value,
        }
    }

    fn condition(&self, defined: &[PropertyDefinition]) -> Option<Condition> {
        let definition = defined.iter().find(|it| it.key.as_str() == self.property)?;
        let value = || definition.kind.typed(&self.value);
        let operator = match self.operator.as_str() {
            "is" => Operator::Is(value()?),
            "is_not" => Operator::IsNot(value()?),
            "any_of" => {
                let parts = self.value.split(';').filter(|it| !it.trim().is_empty());
                let values: Option<Vec<PropertyValue>> = parts.map(|it| definition.kind.typed(it)).collect();
                Operator::AnyOf(values.filter(|it| !it.is_empty())?)
            }
            "less" => Operator::LessThan(value()?),
            "greater" => Operator::GreaterThan(value()?),
            "contains" => Operator::Contains(Some(self.value.clone()).filter(|it| !it.is_empty())?),
            "known" => Operator::IsKnown,
            "unknown" => Operator::IsUnknown,
            _ => return None,
        };
        operator.suits(definition.kind).then(|| Condition {
            property: definition.key.clone(),
            operator,
        })
    }
}

fn place(text: &str) -> Option<usize> {
    text.parse().ok().filter(|it| *it < MOST)
}

/// The name of a type in addresses and texts.
pub(crate) const fn kind_name(kind: PropertyType) -> &'static str {
    match kind {
        PropertyType::Text => "text",
        PropertyType::Number => "number",
        PropertyType::Date => "date",
        PropertyType::Bool => "bool",
        PropertyType::Choice => "choice",
        PropertyType::Choices => "choices",
    }
}

#[cfg(test)]
mod tests {
    use portal_core::property::PropertyOwner;
    use portal_core::text::Localized;

    use super::*;

    fn defined() -> Vec<PropertyDefinition> {
        let define = |key: &str, kind| PropertyDefinition {
            owner: PropertyOwner::Contact,
            key: key.parse().unwrap(),
            label: Localized::new(Locale::english(), key),
            kind,
            customer_writable: false,
            shown_to_customers: false,
            options: Vec::new(),
            archived: false,
        };
        vec![
            define("tier", PropertyType::Choice),
            define("seats", PropertyType::Number),
        ]
    }

    #[test]
    fn a_form_without_scripts_makes_criteria() {
        let mut query = "p-0-0=tier&o-0-0=any_of&v-0-0=gold%3B+silver&p-1-3=seats&o-1-3=greater&v-1-3=2,5".to_owned();
        let draft = CriteriaDraft::read(&Fields::of_query(&query));
        let criteria = draft.criteria(&defined()).unwrap();
        assert_eq!(
            CriteriaDraft::of(&criteria).criteria(&defined()),
            Some(criteria.clone())
        );
        assert_eq!(criteria.groups().len(), 2);

        query.push_str("&edit=condition-1");
        let draft = CriteriaDraft::read(&Fields::of_query(&query));
        assert_eq!(draft.groups.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(draft.criteria(&defined()), None, "one is not filled in");
        let draft = CriteriaDraft::read(&Fields::of_query(&query.replace("condition-1", "remove-1-0")));
        assert_eq!(draft.groups.len(), 1);
        let last = CriteriaDraft::read(&Fields::of_query("p-0-0=tier&edit=remove-0-0"));
        assert_eq!(last, CriteriaDraft::empty());
    }

    #[test]
    fn what_makes_no_sense_makes_no_criteria() {
        for query in [
            "",
            "p-0-0=seats&o-0-0=is&v-0-0=many",
            "p-0-0=tier&o-0-0=less&v-0-0=gold",
            "p-0-0=tier&o-0-0=any_of&v-0-0=%3B",
            "p-0-0=other&o-0-0=known",
            "p-0-0=tier&o-0-0=like&v-0-0=gold",
            "p-99-0=tier&o-99-0=known",
        ] {
            let draft = CriteriaDraft::read(&Fields::of_query(query));
            assert_eq!(draft.criteria(&defined()), None, "{query}");
        }
    }
}
