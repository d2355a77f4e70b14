use std::collections::BTreeSet;

use portal_core::property;
use serde::{Deserialize, Serialize};

use crate::{Invalid, parse};

/// The value of a property, inside other documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PropertyValue {
    /// Free text.
    Text(String),
    /// A number, in millionths.
    Number(i64),
    /// A day, `YYYY-MM-DD`.
    Date(String),
    /// Yes or no.
    Bool(bool),
    /// One choice.
    Choice(String),
    /// Several choices.
    Choices(BTreeSet<String>),
}

impl From<&property::PropertyValue> for PropertyValue {
    fn from(it: &property::PropertyValue) -> Self {
        match it {
            property::PropertyValue::Text(it) => Self::Text(it.clone()),
            property::PropertyValue::Number(it) => Self::Number(it.millionths()),
            property::PropertyValue::Date(it) => Self::Date(it.to_string()),
            property::PropertyValue::Bool(it) => Self::Bool(*it),
            property::PropertyValue::Choice(it) => Self::Choice(it.clone()),
            property::PropertyValue::Choices(it) => Self::Choices(it.clone()),
        }
    }
}

impl TryFrom<PropertyValue> for property::PropertyValue {
    type Error = Invalid;

    fn try_from(it: PropertyValue) -> Result<Self, Invalid> {
        Ok(match it {
            PropertyValue::Text(it) => Self::Text(it),
            PropertyValue::Number(it) => Self::Number(property::Decimal::from_millionths(it)),
            PropertyValue::Date(it) => Self::Date(parse(&it, "date")?),
            PropertyValue::Bool(it) => Self::Bool(it),
            PropertyValue::Choice(it) => Self::Choice(it),
            PropertyValue::Choices(it) => Self::Choices(it),
        })
    }
}
