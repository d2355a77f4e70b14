use portal_core::ports;
use serde::{Deserialize, Serialize};

/// An answer as the program of a channel gets it. Fields join it, none changes its meaning or goes away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum ChannelAnswer {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// The same for every attempt to hand the same answer over.
        delivery: String,
        /// The channel's name.
        channel: String,
        /// The conversation that it goes on, as `portal receive` printed it.
        conversation: String,
        /// Where the conversation came in.
        inbox: String,
        /// The ticket's number.
        ticket: i64,
        /// What the conversation is about.
        subject: String,
        /// The other side.
        to: ChannelRecipient,
        /// What to tell them.
        message: ChannelMessage,
    },
}

/// The other side of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelRecipient {
    /// What they call themselves; may be empty.
    pub name: String,
    /// Their address, if the channel gave one.
    pub address: Option<String>,
    /// The contact that they were proven to be.
    pub contact: Option<String>,
}

/// What the other side is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelMessage {
    /// Its id.
    pub id: String,
    /// Who wrote it, by the name that customers are shown.
    pub author: String,
    /// When, in seconds since 1970-01-01 UTC.
    pub at: i64,
    /// The text.
    pub text: String,
    /// The same as safe HTML.
    pub html: String,
}

impl From<&ports::OutgoingAnswer> for ChannelAnswer {
    fn from(it: &ports::OutgoingAnswer) -> Self {
        Self::V1 {
            delivery: it.delivery.to_string(),
            channel: it.channel.name().to_owned(),
            conversation: it.conversation.to_string(),
            inbox: it.inbox.to_string(),
            ticket: it.ticket.get(),
            subject: it.subject.clone(),
            to: ChannelRecipient {
                name: it.to_name.clone(),
                address: it.to_address.as_ref().map(ToString::to_string),
                contact: it.contact.map(|it| it.to_string()),
            },
            message: ChannelMessage {
                id: it.message.to_string(),
                author: it.author.clone(),
                at: it.at.micros().div_euclid(1_000_000),
                text: it.text.clone(),
                html: it.html.clone(),
            },
        }
    }
}
