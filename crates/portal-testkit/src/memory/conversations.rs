use std::cmp::Reverse;
use std::collections::BTreeSet;

use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::conversation::{Conversation, ConversationRow, ConversationState, InboxKind, Said};
use portal_core::desk::StaffScope;
use portal_core::id::{ConversationId, InboxId, MessageId, TicketNumber};
use portal_core::ports::{Conversations, StoreError};
use portal_core::ticket::{AuthorKind, LastMessage, snippet};
use portal_core::time::Timestamp;

use super::MemoryTx;
use super::state::State;

fn all_said(state: &State, id: ConversationId) -> Vec<Said> {
    let mut said: Vec<Said> = state.said.iter().filter(|it| it.conversation == id).cloned().collect();
    said.sort_by_key(|it| (it.at, it.id));
    said
}

#[async_trait]
impl Conversations for MemoryTx {
    async fn inbox_kind(&mut self, inbox: InboxId) -> Result<InboxKind, StoreError> {
        Ok(self.state.inbox_kinds.get(&inbox).copied().unwrap_or_default())
    }

    async fn set_inbox_kind(&mut self, inbox: InboxId, kind: InboxKind) -> Result<(), StoreError> {
        self.changed()?.inbox_kinds.insert(inbox, kind);
        Ok(())
    }

    async fn lock_conversation(&mut self, _id: ConversationId) -> Result<(), StoreError> {
        // Whoever writes is alone.
        Ok(())
    }

    async fn any_conversation(&mut self, _task: &Task, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
        Ok(self.state.conversations.get(&id).cloned())
    }

    async fn conversation(
        &mut self,
        scope: &StaffScope,
        id: ConversationId,
    ) -> Result<Option<Conversation>, StoreError> {
        let found = self.state.conversations.get(&id);
        Ok(found.filter(|it| scope.has(it.inbox)).cloned())
    }

    async fn conversations(
        &mut self,
        scope: &StaffScope,
        state: ConversationState,
        inbox: Option<InboxId>,
        after: Option<(Timestamp, ConversationId)>,
        limit: u32,
    ) -> Result<Vec<ConversationRow>, StoreError> {
        let mut found: Vec<Conversation> = self
            .state
            .conversations
            .values()
            .filter(|it| scope.has(it.inbox) && it.state == state)
            .filter(|it| inbox.is_none_or(|inbox| it.inbox == inbox))
            .filter(|it| after.is_none_or(|after| (it.last_activity, it.id) < after))
            .cloned()
            .collect();
        found.sort_by_key(|it| Reverse((it.last_activity, it.id)));
        found.truncate(limit as usize);
        let rows = found.into_iter().map(|it| {
            let last = all_said(&self.state, it.id).pop();
            ConversationRow {
                snippet: last.map(|it| snippet(&it.body.plain)).unwrap_or_default(),
                conversation: it,
            }
        });
        Ok(rows.collect())
    }

    async fn said(&mut self, scope: &StaffScope, id: ConversationId, limit: u32) -> Result<Vec<Said>, StoreError> {
        let found = self.state.conversations.get(&id);
        if found.is_none_or(|it| !scope.has(it.inbox)) {
            return Ok(Vec::new());
        }
        let mut said = all_said(&self.state, id);
        let left_out = said.len().saturating_sub(limit as usize);
        said.drain(..left_out);
        Ok(said)
    }

    async fn last_spoken(&mut self, _task: &Task, number: TicketNumber) -> Result<Option<Conversation>, StoreError> {
        let said = self.state.messages.iter().filter(|it| it.ticket == number);
        let customers = said.filter(|it| !matches!(it.author.kind, AuthorKind::Agent(_)));
        let Some(newest) = customers.max_by_key(|it| it.seq) else {
            return Ok(None);
        };
        let said = self.state.said.iter().find(|it| it.id == newest.id);
        let found = said.and_then(|it| self.state.conversations.get(&it.conversation));
        Ok(found.filter(|it| it.ticket == Some(number)).cloned())
    }

    async fn put_conversation(&mut self, conversation: &Conversation) -> Result<(), StoreError> {
        let all = &mut self.changed()?.conversations;
        all.insert(conversation.id, conversation.clone());
        Ok(())
    }

    async fn add_said(&mut self, said: &Said) -> Result<(), StoreError> {
        self.changed()?.said.push(said.clone());
        Ok(())
    }

    async fn take_out(
        &mut self,
        _task: &Task,
        number: TicketNumber,
        messages: &BTreeSet<MessageId>,
    ) -> Result<Option<LastMessage>, StoreError> {
        let state = self.changed()?;
        state
            .messages
            .retain(|it| it.ticket != number || !messages.contains(&it.id));
        let left = state.messages.iter().filter(|it| it.ticket == number);
        let newest = left.max_by_key(|it| it.seq);
        Ok(newest.map(|it| LastMessage {
            author: it.author.kind,
            name: it.author.name.clone(),
            snippet: snippet(&it.body.plain),
        }))
    }
}
