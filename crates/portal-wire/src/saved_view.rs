use portal_core::desk::{DeskFilter, DeskSort, DeskView, OwnedBy, ViewShows};
use portal_core::ticket::{Priority, Stage};
use serde::{Deserialize, Serialize};

use crate::{Invalid, parse};

/// What a saved view of the desk shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v")]
pub enum SavedView {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// The list.
        view: String,
        /// The inbox.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        inbox: Option<String>,
        /// Whether the oldest come first.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        oldest: bool,
        /// The owner's id, or `nobody`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<String>,
        /// The priority.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        priority: Option<String>,
        /// The rank of the stage.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stage: Option<u8>,
        /// The category.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        category: Option<String>,
        /// The contact.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contact: Option<String>,
        /// The company.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        company: Option<String>,
    },
}

impl From<&ViewShows> for SavedView {
    fn from(it: &ViewShows) -> Self {
        let filter = &it.filter;
        Self::V1 {
            view: it.view.name().to_owned(),
            inbox: it.inbox.map(|it| it.to_string()),
            oldest: it.sort == DeskSort::Oldest,
            owner: filter.owner.map(|it| match it {
                OwnedBy::Nobody => "nobody".to_owned(),
                OwnedBy::Agent(agent) => agent.to_string(),
            }),
            priority: filter.priority.map(|it| it.name().to_owned()),
            stage: filter.stage.map(Stage::rank),
            category: filter.category.as_ref().map(ToString::to_string),
            contact: filter.contact.map(|it| it.to_string()),
            company: filter.company.map(|it| it.to_string()),
        }
    }
}

impl TryFrom<SavedView> for ViewShows {
    type Error = Invalid;

    fn try_from(it: SavedView) -> Result<Self, Invalid> {
        fn perhaps<T: std::str::FromStr>(text: Option<String>, what: &'static str) -> Result<Option<T>, Invalid> {
            text.map(|it| parse(&it, what)).transpose()
        }
        let SavedView::V1 {
            view,
            inbox,
            oldest,
            owner,
            priority,
            stage,
            category,
            contact,
            company,
        } = it;
        Ok(Self {
            view: DeskView::named(&view).ok_or(Invalid("view"))?,
            inbox: perhaps(inbox, "inbox")?,
            sort: if oldest { DeskSort::Oldest } else { DeskSort::Newest },
            filter: DeskFilter {
                owner: match owner.as_deref() {
                    None => None,
                    Some("nobody") => Some(OwnedBy::Nobody),
                    Some(agent) => Some(OwnedBy::Agent(parse(agent, "owner")?)),
                },
                priority: priority
                    .map(|it| Priority::named(&it).ok_or(Invalid("priority")))
                    .transpose()?,
                stage: stage
                    .map(|it| Stage::from_rank(it).ok_or(Invalid("stage")))
                    .transpose()?,
                category: perhaps(category, "category")?,
                contact: perhaps(contact, "contact")?,
                company: perhaps(company, "company")?,
            },
        })
    }
}
