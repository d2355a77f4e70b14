use portal_core::id::TicketNumber;
use portal_core::ports::{self, DeskNews, Presence};
use portal_core::ticket::Version;
use serde::{Deserialize, Serialize};

use crate::{Invalid, parse};

/// The news for the desk, on its way from one server to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v")]
pub enum DeskHint {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// The ticket.
        number: i64,
        /// Its inbox.
        inbox: String,
        /// What happened.
        news: News,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// The ticket has this version now.
    Changed(i64),
    /// A note was written.
    Noted,
    /// Somebody is there.
    Presence {
        /// Who.
        agent: String,
        /// Their name.
        name: String,
        /// What they do.
        doing: String,
    },
}

impl From<&ports::DeskHint> for DeskHint {
    fn from(it: &ports::DeskHint) -> Self {
        Self::V1 {
            number: it.number.get(),
            inbox: it.inbox.to_string(),
            news: match &it.news {
                DeskNews::Changed(version) => News::Changed(version.0),
                DeskNews::Noted => News::Noted,
                DeskNews::Presence { agent, name, doing } => News::Presence {
                    agent: agent.to_string(),
                    name: name.clone(),
                    doing: doing.name().to_owned(),
                },
            },
        }
    }
}

impl TryFrom<DeskHint> for ports::DeskHint {
    type Error = Invalid;

    fn try_from(DeskHint::V1 { number, inbox, news }: DeskHint) -> Result<Self, Invalid> {
        Ok(Self {
            number: TicketNumber::new(number).ok_or(Invalid("ticket number"))?,
            inbox: parse(&inbox, "inbox")?,
            news: match news {
                News::Changed(version) => DeskNews::Changed(Version(version)),
                News::Noted => DeskNews::Noted,
                News::Presence { agent, name, doing } => DeskNews::Presence {
                    agent: parse(&agent, "agent")?,
                    name,
                    doing: Presence::named(&doing).ok_or(Invalid("presence"))?,
                },
            },
        })
    }
}
