use std::collections::BTreeMap;

use portal_core::notify::{self, AgentNews, Digest, Quiet, Wanted};
use serde::{Deserialize, Serialize};

use crate::Invalid;

/// Of what somebody of the staff wants to be told, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum AgentChoices {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// The kinds of news that are shown on their pages.
        bell: Vec<String>,
        /// The kinds of news that are mailed.
        mail: Vec<String>,
        /// How often.
        digest: String,
        /// From which minute of the day to which one no mail leaves.
        quiet: Option<(u16, u16)>,
        /// The kinds of news that there were to choose of. Those that came later are told as usual.
        #[serde(default = "first_kinds")]
        of: Vec<String>,
    },
}

/// What there was to choose of before the documents said so.
fn first_kinds() -> Vec<String> {
    ["assigned", "mentioned", "replied", "unassigned"]
        .map(str::to_owned)
        .into()
}

impl From<&notify::AgentChoices> for AgentChoices {
    fn from(it: &notify::AgentChoices) -> Self {
        let named = |wanted: fn(&Wanted) -> bool| {
            let those = it.wanted.iter().filter(|(_, it)| wanted(it));
            those.map(|(news, _)| news.name().to_owned()).collect()
        };
        Self::V1 {
            bell: named(|it| it.bell),
            mail: named(|it| it.mail),
            digest: it.digest.name().to_owned(),
            quiet: it.quiet.map(|it| (it.from, it.to)),
            of: named(|_| true),
        }
    }
}

impl TryFrom<AgentChoices> for notify::AgentChoices {
    type Error = Invalid;

    fn try_from(
        AgentChoices::V1 {
            bell,
            mail,
            digest,
            quiet,
            of,
        }: AgentChoices,
    ) -> Result<Self, Invalid> {
        let has = |list: &[String], news: AgentNews| list.iter().any(|it| it == news.name());
        let wanted: BTreeMap<AgentNews, Wanted> = AgentNews::ALL
            .into_iter()
            .map(|it| {
                let wanted = if has(&of, it) {
                    Wanted {
                        bell: has(&bell, it),
                        mail: has(&mail, it),
                    }
                } else {
                    Wanted::usual(it)
                };
                (it, wanted)
            })
            .collect();
        let made = Self {
            wanted,
            digest: Digest::named(&digest).ok_or(Invalid("digest"))?,
            quiet: quiet.map(|(from, to)| Quiet { from, to }),
        };
        made.check().map_err(|_| Invalid("quiet hours"))?;
        Ok(made)
    }
}
