use std::collections::BTreeMap;

use portal_core::settings;
use portal_core::ticket;
use serde::{Deserialize, Serialize};

use crate::localized::Localized;
use crate::{Invalid, parse};

/// How tickets look in a portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum TicketDisplay {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// What tickets are called.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<Localized>,
        /// The words of the button that opens one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        new_label: Option<Localized>,
        /// The columns of the list.
        columns: Vec<String>,
        /// The properties on the ticket's page, if they were chosen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        properties: Option<Vec<String>>,
        /// What is shown of staff.
        owner: OwnerDisplay,
        /// Words for statuses, by id.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        statuses: BTreeMap<String, StatusWords>,
        /// The order of the list.
        sort: SortOrder,
    },
}

/// What is shown of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum OwnerDisplay {
    /// Their name.
    Name,
    /// The first word of it.
    Alias,
    /// The name of the team.
    Team(String),
    /// Nothing.
    Nothing,
}

/// Words for one status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusWords {
    /// Instead of the stage's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Localized>,
    /// A sentence about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Localized>,
}

/// An order of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SortOrder {
    /// By what needs attention.
    Attention,
    /// By last activity.
    LastActivity,
    /// By creation.
    Created,
}

/// A text that may be missing.
pub(crate) fn written(text: Option<&portal_core::text::Localized>) -> Option<Localized> {
    text.map(Localized::from)
}

/// A text that may be missing, back again.
pub(crate) fn read(text: Option<Localized>) -> Result<Option<portal_core::text::Localized>, Invalid> {
    text.map(TryInto::try_into).transpose()
}

impl From<&settings::TicketDisplay> for TicketDisplay {
    fn from(it: &settings::TicketDisplay) -> Self {
        Self::V1 {
            label: written(it.label.as_ref()),
            new_label: written(it.new_label.as_ref()),
            columns: it.columns.iter().map(ToString::to_string).collect(),
            properties: it
                .properties
                .as_ref()
                .map(|keys| keys.iter().map(ToString::to_string).collect()),
            owner: match &it.owner {
                settings::OwnerDisplay::Name => OwnerDisplay::Name,
                settings::OwnerDisplay::Alias => OwnerDisplay::Alias,
                settings::OwnerDisplay::Team(team) => OwnerDisplay::Team(team.to_string()),
                settings::OwnerDisplay::Nothing => OwnerDisplay::Nothing,
            },
            statuses: it
                .statuses
                .iter()
                .map(|(status, words)| {
                    let words = StatusWords {
                        label: written(words.label.as_ref()),
                        explanation: written(words.explanation.as_ref()),
                    };
                    (status.to_string(), words)
                })
                .collect(),
            sort: match it.sort {
                ticket::Sort::Attention => SortOrder::Attention,
                ticket::Sort::LastActivity => SortOrder::LastActivity,
                ticket::Sort::Created => SortOrder::Created,
            },
        }
    }
}

impl TryFrom<TicketDisplay> for settings::TicketDisplay {
    type Error = Invalid;

    fn try_from(it: TicketDisplay) -> Result<Self, Invalid> {
        let TicketDisplay::V1 {
            label,
            new_label,
            columns,
            properties,
            owner,
            statuses,
            sort,
        } = it;
        let made = Self {
            label: read(label)?,
            new_label: read(new_label)?,
            columns: columns.iter().map(|it| parse(it, "column")).collect::<Result<_, _>>()?,
            properties: properties
                .map(|keys| keys.iter().map(|it| parse(it, "property")).collect())
                .transpose()?,
            owner: match owner {
                OwnerDisplay::Name => settings::OwnerDisplay::Name,
                OwnerDisplay::Alias => settings::OwnerDisplay::Alias,
                OwnerDisplay::Team(team) => settings::OwnerDisplay::Team(parse(&team, "team")?),
                OwnerDisplay::Nothing => settings::OwnerDisplay::Nothing,
            },
            statuses: statuses
                .into_iter()
                .map(|(status, words)| {
                    let words_of = settings::StatusWords {
                        label: read(words.label)?,
                        explanation: read(words.explanation)?,
                    };
                    Ok((parse(&status, "status")?, words_of))
                })
                .collect::<Result<_, Invalid>>()?,
            sort: match sort {
                SortOrder::Attention => ticket::Sort::Attention,
                SortOrder::LastActivity => ticket::Sort::LastActivity,
                SortOrder::Created => ticket::Sort::Created,
            },
        };
        made.check().map_err(|_| Invalid("ticket display"))?;
        Ok(made)
    }
}
