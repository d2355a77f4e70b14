use poem_openapi::{Enum, Object};
use portal_core::access;
use portal_core::property::{PropertyDefinition, PropertyType, PropertyValue};
use serde::{Deserialize, Serialize};

use super::known::Unfit;

/// One condition on a property of contacts that customers cannot write.
#[derive(Object, Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
#[oai(rename = "Condition", deny_unknown_fields, skip_serializing_if_is_none)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The key of the property.
    pub property: String,
    /// What must hold of its value.
    pub operator: ConditionOperator,
    /// What it is compared with: a text, a number, `2026-11-22`, `true` or `false`; several choices with commas between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// For `any_of`: the values of which it must be one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<String>>,
}

/// What must hold of a value. A missing value equals nothing.
#[derive(Enum, Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "ConditionOperator", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ConditionOperator {
    /// It is this.
    Is,
    /// It is not this, or is missing.
    IsNot,
    /// It is one of `values`.
    AnyOf,
    /// It has this in it, or this is one of its choices.
    Contains,
    /// It is a number or day, and less.
    Less,
    /// It is a number or day, and greater.
    Greater,
    /// It is there.
    Known,
    /// It is missing.
    Unknown,
}

/// Criteria as conditions: an OR of ANDs.
#[must_use]
pub fn criteria_of(criteria: &access::Criteria) -> Vec<Vec<Condition>> {
    let groups = criteria.groups().iter();
    groups.map(|all| all.iter().map(condition_of).collect()).collect()
}

fn condition_of(it: &access::Condition) -> Condition {
    use ConditionOperator::{AnyOf, Contains, Greater, Is, IsNot, Known, Less, Unknown};
    let (operator, value, values) = match &it.operator {
        access::Operator::Is(it) => (Is, Some(text_of(it)), None),
        access::Operator::IsNot(it) => (IsNot, Some(text_of(it)), None),
        access::Operator::AnyOf(them) => (AnyOf, None, Some(them.iter().map(text_of).collect())),
        access::Operator::LessThan(it) => (Less, Some(text_of(it)), None),
        access::Operator::GreaterThan(it) => (Greater, Some(text_of(it)), None),
        access::Operator::Contains(it) => (Contains, Some(it.clone()), None),
        access::Operator::IsKnown => (Known, None, None),
        access::Operator::IsUnknown => (Unknown, None, None),
    };
    Condition {
        property: it.property.to_string(),
        operator,
        value,
        values,
    }
}

/// A value as it is typed.
fn text_of(value: &PropertyValue) -> String {
    value.to_string()
}

/// Criteria of conditions, with the properties that are defined.
///
/// # Errors
/// Names the condition that does not fit.
pub fn criteria_read(any: &[Vec<Condition>], defined: &[PropertyDefinition]) -> Result<access::Criteria, Unfit> {
    let mut groups = Vec::new();
    for (place, all) in any.iter().enumerate() {
        let mut conditions = Vec::new();
        for (at, condition) in all.iter().enumerate() {
            let read = condition_read(condition, defined);
            conditions.push(read.map_err(|it| it.within(at.to_string()).within(place.to_string()))?);
        }
        groups.push(conditions);
    }
    let criteria = access::Criteria::new(groups).map_err(|err| Unfit {
        path: Vec::new(),
        problem: err.to_string(),
    })?;
    criteria.check(defined).map_err(|err| Unfit {
        path: Vec::new(),
        problem: err.to_string(),
    })?;
    Ok(criteria)
}

fn condition_read(it: &Condition, defined: &[PropertyDefinition]) -> Result<access::Condition, Unfit> {
    let shown: String = it.property.chars().take(80).collect();
    let definition = defined
        .iter()
        .find(|one| one.key.as_str() == it.property)
        .ok_or_else(|| Unfit::new("property", format!("criteria cannot ask for a property `{shown}`")))?;
    let typed = |field: &str, text: &str| {
        let wrong = || Unfit::new(field, format!("this is no value of `{shown}`"));
        definition.kind.typed(text).ok_or_else(wrong)
    };
    let given = || {
        it.value
            .as_deref()
            .ok_or_else(|| Unfit::new("value", "a value must be there"))
    };
    let value = || typed("value", given()?);
    let operator = match it.operator {
        ConditionOperator::Is => access::Operator::Is(value()?),
        ConditionOperator::IsNot => access::Operator::IsNot(value()?),
        ConditionOperator::Less => access::Operator::LessThan(value()?),
        ConditionOperator::Greater => access::Operator::GreaterThan(value()?),
        ConditionOperator::Contains => {
            let text = given()?;
            // What it has in it is a word of a text or one choice, and typed like one.
            let fine = PropertyType::Text.typed(text).is_some();
            let wrong = || Unfit::new("value", "this must be a short text");
            access::Operator::Contains(Some(text.to_owned()).filter(|_| fine).ok_or_else(wrong)?)
        }
        ConditionOperator::Known => access::Operator::IsKnown,
        ConditionOperator::Unknown => access::Operator::IsUnknown,
        ConditionOperator::AnyOf => {
            let texts = it.values.as_deref().unwrap_or_default();
            if texts.is_empty() || texts.len() > 100 {
                return Err(Unfit::new("values", "1 to 100 values must be there"));
            }
            let values = texts.iter().map(|it| typed("values", it));
            access::Operator::AnyOf(values.collect::<Result<_, _>>()?)
        }
    };
    if !operator.suits(definition.kind) {
        return Err(Unfit::new(
            "operator",
            format!("`{shown}` cannot be compared like this"),
        ));
    }
    Ok(access::Condition {
        property: definition.key.clone(),
        operator,
    })
}
