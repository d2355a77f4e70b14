//! Conversations: what somebody said by one channel, before there is a ticket or without one.
//!
//! A conversation belongs to an inbox, a channel and at most one ticket; a ticket has any number of them. While it has
//! none, it is nothing to any customer: it lives in tables that no use-case of customers reads. With a ticket, what was said
//! is part of the ticket's public messages, and of nothing else.

mod answer_out;
mod handle;
mod kind;
mod list;
mod receive;
mod record;
mod set_kind;

pub use handle::{ConversationPreview, Handle, HandleConversation};
pub use kind::InboxKind;
pub use list::{ConversationList, ConversationView, ListConversations};
pub use receive::{Receive, ReceiveError, Received, Sender};
pub use record::{Conversation, ConversationRow, ConversationState, Said};
