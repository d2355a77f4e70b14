use portal_core::access;
use serde::{Deserialize, Serialize};

use crate::property::PropertyValue;
use crate::{Invalid, parse};

/// A portal's customer ticket permission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum TicketPermission {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// Who has company view.
        company_view: CompanyView,
    },
}

/// Who sees the tickets of their company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum CompanyView {
    /// Nobody.
    Nobody,
    /// Everybody.
    Everybody,
    /// Contacts that match: an OR of ANDs.
    Matching(Vec<Vec<Condition>>),
}

/// One condition of criteria.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The name of the property.
    pub property: String,
    /// What must hold.
    pub operator: Operator,
}

/// The comparison of a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Operator {
    /// Is this.
    Is(PropertyValue),
    /// Is not this.
    IsNot(PropertyValue),
    /// Is one of these.
    AnyOf(Vec<PropertyValue>),
    /// Is less.
    LessThan(PropertyValue),
    /// Is greater.
    GreaterThan(PropertyValue),
    /// Has this in it.
    Contains(String),
    /// Is there.
    IsKnown,
    /// Is not there.
    IsUnknown,
}

impl From<&access::TicketPermission> for TicketPermission {
    fn from(it: &access::TicketPermission) -> Self {
        let company_view = match it {
            access::TicketPermission::Own => CompanyView::Nobody,
            access::TicketPermission::Company => CompanyView::Everybody,
            access::TicketPermission::CompanyFor(criteria) => CompanyView::Matching(any_of(criteria)),
        };
        Self::V1 { company_view }
    }
}

impl TryFrom<TicketPermission> for access::TicketPermission {
    type Error = Invalid;

    fn try_from(TicketPermission::V1 { company_view }: TicketPermission) -> Result<Self, Invalid> {
        Ok(match company_view {
            CompanyView::Nobody => Self::Own,
            CompanyView::Everybody => Self::Company,
            CompanyView::Matching(groups) => Self::CompanyFor(criteria(groups)?),
        })
    }
}

fn any_of(criteria: &access::Criteria) -> Vec<Vec<Condition>> {
    let groups = criteria.groups().iter();
    groups
        .map(|group| group.iter().map(Condition::from).collect())
        .collect()
}

fn criteria(groups: Vec<Vec<Condition>>) -> Result<access::Criteria, Invalid> {
    let groups = groups
        .into_iter()
        .map(|group| group.into_iter().map(access::Condition::try_from).collect())
        .collect::<Result<_, _>>()?;
    access::Criteria::new(groups).map_err(|_| Invalid("criteria"))
}

/// The criteria of a dynamic access group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum Criteria {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// An OR of ANDs.
        any: Vec<Vec<Condition>>,
    },
}

impl From<&access::Criteria> for Criteria {
    fn from(it: &access::Criteria) -> Self {
        Self::V1 { any: any_of(it) }
    }
}

impl TryFrom<Criteria> for access::Criteria {
    type Error = Invalid;

    fn try_from(Criteria::V1 { any }: Criteria) -> Result<Self, Invalid> {
        criteria(any)
    }
}

impl From<&access::Condition> for Condition {
    fn from(it: &access::Condition) -> Self {
        let operator = match &it.operator {
            access::Operator::Is(it) => Operator::Is(it.into()),
            access::Operator::IsNot(it) => Operator::IsNot(it.into()),
            access::Operator::AnyOf(them) => Operator::AnyOf(them.iter().map(PropertyValue::from).collect()),
            access::Operator::LessThan(it) => Operator::LessThan(it.into()),
            access::Operator::GreaterThan(it) => Operator::GreaterThan(it.into()),
            access::Operator::Contains(it) => Operator::Contains(it.clone()),
            access::Operator::IsKnown => Operator::IsKnown,
            access::Operator::IsUnknown => Operator::IsUnknown,
        };
        Self {
            property: it.property.to_string(),
            operator,
        }
    }
}

impl TryFrom<Condition> for access::Condition {
    type Error = Invalid;

    fn try_from(it: Condition) -> Result<Self, Invalid> {
        let operator = match it.operator {
            Operator::Is(it) => access::Operator::Is(it.try_into()?),
            Operator::IsNot(it) => access::Operator::IsNot(it.try_into()?),
            Operator::AnyOf(them) => {
                access::Operator::AnyOf(them.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?)
            }
            Operator::LessThan(it) => access::Operator::LessThan(it.try_into()?),
            Operator::GreaterThan(it) => access::Operator::GreaterThan(it.try_into()?),
            Operator::Contains(it) => access::Operator::Contains(it),
            Operator::IsKnown => access::Operator::IsKnown,
            Operator::IsUnknown => access::Operator::IsUnknown,
        };
        Ok(Self {
            property: parse(&it.property, "property")?,
            operator,
        })
    }
}

/// Who may enter a portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum AccessRule {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// Who.
        who: Who,
    },
}

/// Whom a rule lets in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Who {
    /// Members of any of these access groups.
    Groups(Vec<String>),
    /// Every contact who has registered.
    EveryRegisteredContact,
}

impl From<&access::AccessRule> for AccessRule {
    fn from(it: &access::AccessRule) -> Self {
        let who = match it {
            access::AccessRule::Groups(groups) => Who::Groups(groups.iter().map(ToString::to_string).collect()),
            access::AccessRule::EveryRegisteredContact => Who::EveryRegisteredContact,
        };
        Self::V1 { who }
    }
}

impl TryFrom<AccessRule> for access::AccessRule {
    type Error = Invalid;

    fn try_from(AccessRule::V1 { who }: AccessRule) -> Result<Self, Invalid> {
        Ok(match who {
            Who::Groups(groups) => Self::Groups(
                groups
                    .iter()
                    .map(|it| parse(it, "access group"))
                    .collect::<Result<_, _>>()?,
            ),
            Who::EveryRegisteredContact => Self::EveryRegisteredContact,
        })
    }
}

/// What customers may do with tickets they see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum CustomersMay {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// Close.
        close: bool,
        /// Reopen, for so many days.
        reopen_days: Option<u16>,
        /// Act on what they see only through their company.
        act_on_colleagues_tickets: bool,
        /// Mark private.
        mark_private: bool,
        /// Rate what was closed: yes if it is missing, as in documents from before there was such a thing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rate: Option<bool>,
    },
}

impl From<access::CustomersMay> for CustomersMay {
    fn from(it: access::CustomersMay) -> Self {
        Self::V1 {
            close: it.close,
            reopen_days: it.reopen_days,
            act_on_colleagues_tickets: it.act_on_colleagues_tickets,
            mark_private: it.mark_private,
            rate: (!it.rate).then_some(false),
        }
    }
}

impl From<CustomersMay> for access::CustomersMay {
    fn from(
        CustomersMay::V1 {
            close,
            reopen_days,
            act_on_colleagues_tickets,
            mark_private,
            rate,
        }: CustomersMay,
    ) -> Self {
        Self {
            close,
            reopen_days,
            act_on_colleagues_tickets,
            mark_private,
            rate: rate.unwrap_or(true),
        }
    }
}
