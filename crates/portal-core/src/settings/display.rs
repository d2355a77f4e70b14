use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use super::wording;
use crate::id::StatusId;
use crate::input::{Checker, ProblemKind, Problems};
use crate::property::PropertyKey;
use crate::text::{Line, Localized};
use crate::ticket::Sort;

/// One thing that the ticket list shows of each ticket.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Subject, number and the beginning of the newest message: the row's name and link.
    Subject,
    /// Where it stands.
    Status,
    /// Who asked.
    Requester,
    /// When something happened last.
    Updated,
    /// When it was opened.
    Created,
    /// How urgent it is.
    Priority,
    /// What kind of request it is.
    Category,
    /// Who takes care of it, as [`OwnerDisplay`] says.
    Owner,
    /// By which way it came.
    Source,
    /// A property of tickets that customers are shown.
    Property(PropertyKey),
}

impl Column {
    /// Those that are no properties.
    pub const BUILT_IN: [Self; 9] = [
        Self::Subject,
        Self::Status,
        Self::Requester,
        Self::Updated,
        Self::Created,
        Self::Priority,
        Self::Category,
        Self::Owner,
        Self::Source,
    ];
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Subject => "subject",
            Self::Status => "status",
            Self::Requester => "requester",
            Self::Updated => "updated",
            Self::Created => "created",
            Self::Priority => "priority",
            Self::Category => "category",
            Self::Owner => "owner",
            Self::Source => "source",
            Self::Property(key) => return write!(f, "property-{key}"),
        })
    }
}

/// A text that names no column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a column")]
pub struct ColumnError;

impl FromStr for Column {
    type Err = ColumnError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(key) = text.strip_prefix("property-") {
            return key.parse().map(Self::Property).map_err(|_| ColumnError);
        }
        Self::BUILT_IN
            .into_iter()
            .find(|it| it.to_string() == text)
            .ok_or(ColumnError)
    }
}

/// What customers are told of the people who work for them: of the owner of a ticket, and of whoever answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OwnerDisplay {
    /// Their name.
    #[default]
    Name,
    /// An alias: the first word of their name.
    Alias,
    /// The name of the team, instead of anybody's.
    Team(Line),
    /// Nothing.
    Nothing,
}

impl OwnerDisplay {
    /// What is shown instead of a name; `None` if nothing is.
    #[must_use]
    pub fn shown(&self, name: &str) -> Option<String> {
        match self {
            Self::Name => Some(name.to_owned()),
            Self::Alias => name.split_whitespace().next().map(str::to_owned),
            Self::Team(team) => Some(team.as_str().to_owned()),
            Self::Nothing => None,
        }
    }
}

/// What customers are told of one status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusWords {
    /// Instead of the stage's own word.
    pub label: Option<Localized>,
    /// A sentence that explains it.
    pub explanation: Option<Localized>,
}

/// How tickets look in a portal. Which pipelines it does not show at all is part of the rule, not of the looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketDisplay {
    /// What tickets are called, several of them: `Requests`. Without it, `Tickets`.
    pub label: Option<Localized>,
    /// The words of the button that opens one: `New request`. Without it, `New ticket`.
    pub new_label: Option<Localized>,
    /// The columns of the list, in order.
    pub columns: Vec<Column>,
    /// The properties that the ticket's page shows, in order; without a choice all that customers may be shown.
    pub properties: Option<Vec<PropertyKey>>,
    /// What is shown of the people who work for the customer.
    pub owner: OwnerDisplay,
    /// Words for statuses that have their own in this portal.
    pub statuses: BTreeMap<StatusId, StatusWords>,
    /// The order of the list unless the reader chooses another.
    pub sort: Sort,
}

impl Default for TicketDisplay {
    fn default() -> Self {
        Self {
            label: None,
            new_label: None,
            columns: vec![Column::Subject, Column::Status, Column::Requester, Column::Updated],
            properties: None,
            owner: OwnerDisplay::Name,
            statuses: BTreeMap::new(),
            sort: Sort::Attention,
        }
    }
}

impl TicketDisplay {
    /// The most columns.
    pub const MAX_COLUMNS: usize = 10;
    /// The most properties on the ticket's page.
    pub const MAX_PROPERTIES: usize = 30;
    /// The longest label in characters.
    pub const MAX_LABEL: usize = 40;
    /// The longest explanation of a status in characters.
    pub const MAX_EXPLANATION: usize = 300;
    /// The most statuses.
    const MAX_ENTRIES: usize = 200;

    /// Whether it makes sense.
    ///
    /// # Errors
    /// Names every field that must be mended.
    pub fn check(&self) -> Result<(), Problems> {
        let mut checker = Checker::default();
        let labels = [("label", &self.label), ("new_label", &self.new_label)];
        for (field, label) in labels {
            if let Some(label) = label {
                wording::line(&mut checker, field, "text", label, Self::MAX_LABEL);
            }
        }
        if self.columns.len() > Self::MAX_COLUMNS {
            checker.note("columns", ProblemKind::TooMany { max: Self::MAX_COLUMNS });
        }
        if !self.columns.contains(&Column::Subject) {
            checker.note("columns", ProblemKind::Lacks("subject"));
        }
        twice(&mut checker, "columns", &self.columns);
        if let Some(properties) = &self.properties {
            if properties.len() > Self::MAX_PROPERTIES {
                let max = Self::MAX_PROPERTIES;
                checker.note("properties", ProblemKind::TooMany { max });
            }
            twice(&mut checker, "properties", properties);
        }
        for (status, words) in &self.statuses {
            if let Some(label) = &words.label {
                wording::line(&mut checker, "status_label", status, label, Self::MAX_LABEL);
            }
            if let Some(text) = &words.explanation {
                wording::line(&mut checker, "status_explanation", status, text, Self::MAX_EXPLANATION);
            }
        }
        if self.statuses.len() > Self::MAX_ENTRIES {
            checker.note("statuses", ProblemKind::TooMany { max: Self::MAX_ENTRIES });
        }
        checker.done()
    }

    /// What customers are told of a status, in this portal's words where it has them.
    #[must_use]
    pub fn status_label<'a>(&'a self, status: StatusId, general: Option<&'a Localized>) -> Option<&'a Localized> {
        self.statuses.get(&status).and_then(|it| it.label.as_ref()).or(general)
    }

    /// The sentence that explains a status, in this portal's words where it has them.
    #[must_use]
    pub fn status_explanation<'a>(&'a self, status: StatusId, general: Option<&'a Localized>) -> Option<&'a Localized> {
        self.statuses
            .get(&status)
            .and_then(|it| it.explanation.as_ref())
            .or(general)
    }

    /// The properties that the list shows, in the order of the columns.
    pub fn listed_properties(&self) -> impl Iterator<Item = &PropertyKey> {
        self.columns.iter().filter_map(|it| match it {
            Column::Property(key) => Some(key),
            _ => None,
        })
    }
}

/// Notes what is in a list twice.
fn twice<T: Ord + fmt::Display>(checker: &mut Checker, field: &'static str, items: &[T]) {
    let mut seen = BTreeSet::new();
    for item in items {
        if !seen.insert(item) {
            checker.note_item(field, item, ProblemKind::Twice);
        }
    }
}
