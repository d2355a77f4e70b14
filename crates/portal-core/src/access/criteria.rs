use std::collections::BTreeSet;

use crate::property::{PropertyDefinition, PropertyKey, PropertyOwner, PropertyType, PropertyValue, PropertyValues};

/// Conditions on a contact's properties: an OR of groups, each group an AND of conditions.
///
/// Every operator has a two-valued meaning. A missing value is the value “unknown”: it equals nothing, so `Is` is false
/// and `IsNot` is true; comparisons with it are false; `IsUnknown` is true. There are no relative dates, so membership
/// never changes by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criteria {
    groups: Vec<Vec<Condition>>,
}

/// One condition on one property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The property that is looked at.
    pub property: PropertyKey,
    /// What must hold of its value.
    pub operator: Operator,
}

/// The closed set of comparisons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operator {
    /// There is a value, and it is this one. A multi-choice must have exactly these choices.
    Is(PropertyValue),
    /// The opposite of [`Is`](Self::Is).
    IsNot(PropertyValue),
    /// There is a value, and it is one of these.
    AnyOf(Vec<PropertyValue>),
    /// There is a number or date, of the same type, and it is less.
    LessThan(PropertyValue),
    /// There is a number or date, of the same type, and it is greater.
    GreaterThan(PropertyValue),
    /// There is a multi-choice, and this is one of its choices; or a text that has this in it, case ignored.
    Contains(String),
    /// There is a value.
    IsKnown,
    /// There is none.
    IsUnknown,
}

/// Why conditions are no usable criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CriteriaError {
    /// No group, or a group without condition: it would match nobody or everybody by accident.
    #[error("criteria need at least one condition in each group")]
    Empty,
    /// More than 20 groups or 20 conditions in one.
    #[error("criteria may have at most 20 groups of at most 20 conditions")]
    TooMany,
}

/// Why criteria cannot be used with the properties that are defined.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CriteriaProblem {
    /// Contacts have no such property.
    #[error("contacts have no property `{0}`")]
    UnknownProperty(PropertyKey),
    /// Customers could let themselves in.
    #[error("customers can write the property `{0}`, so criteria may not use it")]
    CustomersWrite(PropertyKey),
    /// The property can never have such a value.
    #[error("the property `{0}` cannot be compared like this")]
    WrongType(PropertyKey),
}

impl Criteria {
    /// Criteria from an OR of ANDs, each with 1 to 20 members.
    ///
    /// # Errors
    /// If there is no group or an empty one, or too many.
    pub fn new(groups: Vec<Vec<Condition>>) -> Result<Self, CriteriaError> {
        if groups.is_empty() || groups.iter().any(Vec::is_empty) {
            return Err(CriteriaError::Empty);
        }
        if groups.len() > 20 || groups.iter().any(|it| it.len() > 20) {
            return Err(CriteriaError::TooMany);
        }
        Ok(Self { groups })
    }

    /// The groups, of which one must hold.
    #[must_use]
    pub fn groups(&self) -> &[Vec<Condition>] {
        &self.groups
    }

    /// The properties that are looked at.
    #[must_use]
    pub fn properties(&self) -> BTreeSet<&PropertyKey> {
        self.groups.iter().flatten().map(|it| &it.property).collect()
    }

    /// Whether the criteria can be used with these definitions: each property is one of contacts that customers cannot
    /// write, and is compared with what it can have.
    ///
    /// # Errors
    /// The first problem.
    pub fn check(&self, defined: &[PropertyDefinition]) -> Result<(), CriteriaProblem> {
        self.groups.iter().flatten().try_for_each(|it| it.check(defined))
    }

    /// Whether a contact with these property values matches.
    #[must_use]
    pub fn matches(&self, values: &PropertyValues) -> bool {
        self.groups.iter().any(|group| group.iter().all(|it| it.holds(values)))
    }
}

impl Condition {
    fn check(&self, defined: &[PropertyDefinition]) -> Result<(), CriteriaProblem> {
        let key = || self.property.clone();
        let definition = defined
            .iter()
            .find(|it| it.owner == PropertyOwner::Contact && it.key == self.property)
            .ok_or_else(|| CriteriaProblem::UnknownProperty(key()))?;
        if definition.customer_writable {
            return Err(CriteriaProblem::CustomersWrite(key()));
        }
        if self.operator.suits(definition.kind) {
            Ok(())
        } else {
            Err(CriteriaProblem::WrongType(key()))
        }
    }

    fn holds(&self, values: &PropertyValues) -> bool {
        let value = values.get(&self.property);
        match &self.operator {
            Operator::Is(wanted) => value == Some(wanted),
            Operator::IsNot(unwanted) => value != Some(unwanted),
            Operator::AnyOf(wanted) => value.is_some_and(|it| wanted.contains(it)),
            Operator::LessThan(bound) => value.is_some_and(|it| it.less_than(bound)),
            Operator::GreaterThan(bound) => value.is_some_and(|it| bound.less_than(it)),
            Operator::Contains(part) => value.is_some_and(|it| contains(it, part)),
            Operator::IsKnown => value.is_some(),
            Operator::IsUnknown => value.is_none(),
        }
    }
}

impl Operator {
    /// Whether a property of this type can have what is compared with.
    #[must_use]
    pub fn suits(&self, kind: PropertyType) -> bool {
        let ordered = matches!(kind, PropertyType::Number | PropertyType::Date);
        let wordy = matches!(kind, PropertyType::Text | PropertyType::Choice | PropertyType::Choices);
        match self {
            Self::Is(it) | Self::IsNot(it) => it.kind() == kind,
            Self::AnyOf(them) => them.iter().all(|it| it.kind() == kind),
            Self::LessThan(it) | Self::GreaterThan(it) => ordered && it.kind() == kind,
            Self::Contains(_) => wordy,
            Self::IsKnown | Self::IsUnknown => true,
        }
    }
}

fn contains(value: &PropertyValue, part: &str) -> bool {
    match value {
        PropertyValue::Choices(choices) => choices.contains(part),
        PropertyValue::Text(text) | PropertyValue::Choice(text) => text.to_lowercase().contains(&part.to_lowercase()),
        PropertyValue::Number(_) | PropertyValue::Date(_) | PropertyValue::Bool(_) => false,
    }
}
