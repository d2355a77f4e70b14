use std::collections::{BTreeMap, BTreeSet};

use portal_core::crm;
use serde::{Deserialize, Serialize};

use crate::{Invalid, PropertyValue, parse};

/// The fields of a contact or company before or after a merge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v")]
pub enum PartyFields {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// The name.
        name: String,
        /// The address, as the company knows it.
        email: Option<String>,
        /// The sign-in address.
        membership_email: Option<String>,
        /// The primary company.
        primary_company: Option<String>,
        /// All companies.
        companies: BTreeSet<String>,
        /// As what a contact belongs to them.
        labels: BTreeMap<String, String>,
        /// Groups.
        groups: BTreeSet<String>,
        /// The language.
        language: Option<String>,
        /// The time zone.
        time_zone: Option<String>,
        /// The domain name.
        domain: Option<String>,
        /// Property values.
        properties: BTreeMap<String, PropertyValue>,
    },
}

impl From<&crm::PartyFields> for PartyFields {
    fn from(it: &crm::PartyFields) -> Self {
        let labels = it.labels.iter().map(|(id, label)| (id.to_string(), label.to_string()));
        let properties = it.properties.iter().map(|(key, value)| (key.to_string(), value.into()));
        Self::V1 {
            name: it.name.clone(),
            email: it.email.as_ref().map(ToString::to_string),
            membership_email: it.membership_email.as_ref().map(ToString::to_string),
            primary_company: it.primary_company.map(|it| it.to_string()),
            companies: it.companies.iter().map(ToString::to_string).collect(),
            labels: labels.collect(),
            groups: it.groups.iter().map(ToString::to_string).collect(),
            language: it.language.as_ref().map(ToString::to_string),
            time_zone: it.time_zone.clone(),
            domain: it.domain.as_ref().map(ToString::to_string),
            properties: properties.collect(),
        }
    }
}

impl TryFrom<PartyFields> for crm::PartyFields {
    type Error = Invalid;

    fn try_from(it: PartyFields) -> Result<Self, Invalid> {
        let PartyFields::V1 {
            name,
            email,
            membership_email,
            primary_company,
            companies,
            labels,
            groups,
            language,
            time_zone,
            domain,
            properties,
        } = it;
        Ok(Self {
            name,
            email: email.map(|it| parse(&it, "address")).transpose()?,
            membership_email: membership_email.map(|it| parse(&it, "address")).transpose()?,
            primary_company: primary_company.map(|it| parse(&it, "company")).transpose()?,
            companies: companies
                .iter()
                .map(|it| parse(it, "company"))
                .collect::<Result<_, _>>()?,
            labels: labels
                .iter()
                .map(|(id, label)| Ok((parse(id, "company")?, parse(label, "label")?)))
                .collect::<Result<_, _>>()?,
            groups: groups.iter().map(|it| parse(it, "group")).collect::<Result<_, _>>()?,
            language: language.map(|it| parse(&it, "language")).transpose()?,
            time_zone,
            domain: domain.map(|it| parse(&it, "domain")).transpose()?,
            properties: properties
                .into_iter()
                .map(|(key, value)| Ok((parse(&key, "property")?, value.try_into()?)))
                .collect::<Result<_, _>>()?,
        })
    }
}
