//! Who is told of what: contacts by mail, the staff on their pages and by mail.
//!
//! Use-cases say what happened; here it is turned into intents and notices. Whom it concerns is judged twice: when it
//! happens, and again when the mail leaves or the page is looked at. Nobody is told of what they did themself.

mod agents;
mod choices;
mod contacts;
mod mention;
mod mute;
mod own_choices;
mod view_bell;

pub use agents::{AgentNews, AgentNotice};
pub use choices::{AgentChoices, ContactChoices, Digest, Quiet, Wanted};
pub(crate) use contacts::news_of;
pub use mention::{Mentionable, mentions};
pub use mute::{MuteByLinkError, MuteTicketError};
pub use own_choices::OwnChoicesError;
pub use view_bell::{Bell, BellError};
