use std::collections::BTreeSet;

use async_trait::async_trait;

use super::error::StoreError;
use crate::actor::Task;
use crate::conversation::{Conversation, ConversationRow, ConversationState, InboxKind, Said};
use crate::desk::StaffScope;
use crate::id::{ConversationId, InboxId, MessageId, TicketNumber};
use crate::ticket::LastMessage;
use crate::time::Timestamp;

/// Conversations, with or without a ticket. No use-case of customers reads any of it.
#[async_trait]
pub trait Conversations: Send {
    /// What an inbox does with what comes in; a help desk unless somebody said otherwise.
    async fn inbox_kind(&mut self, inbox: InboxId) -> Result<InboxKind, StoreError>;

    /// Says what an inbox does with what comes in.
    async fn set_inbox_kind(&mut self, inbox: InboxId, kind: InboxKind) -> Result<(), StoreError>;

    /// Locks a conversation until the end of the unit of work. Says nothing about whether there is one.
    async fn lock_conversation(&mut self, id: ConversationId) -> Result<(), StoreError>;

    /// A conversation, wherever it is, for whoever takes in what goes it on.
    async fn any_conversation(&mut self, task: &Task, id: ConversationId) -> Result<Option<Conversation>, StoreError>;

    /// A conversation, or `None` if it is absent **or in no inbox of the scope**; callers cannot tell which.
    async fn conversation(
        &mut self,
        scope: &StaffScope,
        id: ConversationId,
    ) -> Result<Option<Conversation>, StoreError>;

    /// Conversations of the scope in a state, perhaps of one inbox, the one with the newest activity first, of the same
    /// instant the higher id; behind a place, at most `limit`.
    async fn conversations(
        &mut self,
        scope: &StaffScope,
        state: ConversationState,
        inbox: Option<InboxId>,
        after: Option<(Timestamp, ConversationId)>,
        limit: u32,
    ) -> Result<Vec<ConversationRow>, StoreError>;

    /// What was said in a conversation of the scope, the newest `limit`, oldest first; nothing if it is outside.
    async fn said(&mut self, scope: &StaffScope, id: ConversationId, limit: u32) -> Result<Vec<Said>, StoreError>;

    /// The conversation in which the newest public message of a ticket that is not of the staff was said; `None` if there is
    /// no such message, it came by another way, or the conversation is no part of the ticket.
    async fn last_spoken(&mut self, task: &Task, number: TicketNumber) -> Result<Option<Conversation>, StoreError>;

    /// Adds or replaces a conversation.
    async fn put_conversation(&mut self, conversation: &Conversation) -> Result<(), StoreError>;

    /// Adds what was said.
    async fn add_said(&mut self, said: &Said) -> Result<(), StoreError>;

    /// Takes public messages out of a ticket that is locked: from then on they are in no timeline and found by no search.
    /// MUST leave all others. What lists show of the newest one that is left, if one is.
    async fn take_out(
        &mut self,
        task: &Task,
        number: TicketNumber,
        messages: &BTreeSet<MessageId>,
    ) -> Result<Option<LastMessage>, StoreError>;
}
