use std::cmp::Reverse;

use async_trait::async_trait;
use portal_core::id::{AgentId, TokenId};
use portal_core::membership::SecretHash;
use portal_core::ports::{IdempotencyKey, Programs, StoreError};
use portal_core::programs::{DoneOnce, ProgramToken};
use portal_core::time::Timestamp;

use super::{MemoryTx, conflict};

#[async_trait]
impl Programs for MemoryTx {
    async fn add_program_token(&mut self, token: &ProgramToken) -> Result<(), StoreError> {
        let tokens = &mut self.changed()?.program_tokens;
        if tokens.values().any(|it| it.id == token.id || it.secret == token.secret) {
            return Err(conflict());
        }
        tokens.insert(token.id, token.clone());
        Ok(())
    }

    async fn program_token(&mut self, secret: &SecretHash) -> Result<Option<ProgramToken>, StoreError> {
        let mut tokens = self.state.program_tokens.values();
        Ok(tokens.find(|it| it.secret == *secret).cloned())
    }

    async fn program_tokens(&mut self, agent: AgentId) -> Result<Vec<ProgramToken>, StoreError> {
        let tokens = self.state.program_tokens.values();
        let mut found: Vec<ProgramToken> = tokens.filter(|it| it.agent == agent).cloned().collect();
        found.sort_by_key(|it| Reverse((it.created_at, it.id)));
        Ok(found)
    }

    async fn touch_program_token(&mut self, id: TokenId, seen_at: Timestamp) -> Result<(), StoreError> {
        if let Some(token) = self.changed()?.program_tokens.get_mut(&id) {
            token.seen_at = Some(seen_at);
        }
        Ok(())
    }

    async fn remove_program_token(&mut self, agent: AgentId, id: TokenId) -> Result<(), StoreError> {
        let tokens = &mut self.changed()?.program_tokens;
        tokens.retain(|_, it| it.agent != agent || it.id != id);
        Ok(())
    }

    async fn begin_command(
        &mut self,
        agent: AgentId,
        key: &IdempotencyKey,
        command: &DoneOnce,
        since: Timestamp,
    ) -> Result<Option<DoneOnce>, StoreError> {
        let commands = &mut self.changed()?.program_commands;
        commands.retain(|(of, _), it| *of != agent || it.at >= since);
        let place = (agent, key.as_str().to_owned());
        if let Some(found) = commands.get(&place) {
            return Ok(Some(found.clone()));
        }
        commands.insert(place, command.clone());
        Ok(None)
    }

    async fn end_command(
        &mut self,
        agent: AgentId,
        key: &IdempotencyKey,
        answer: Option<&str>,
    ) -> Result<(), StoreError> {
        let commands = &mut self.changed()?.program_commands;
        let place = (agent, key.as_str().to_owned());
        match answer {
            None => {
                commands.remove(&place);
            }
            Some(answer) => {
                if let Some(found) = commands.get_mut(&place) {
                    found.answer = Some(answer.to_owned());
                }
            }
        }
        Ok(())
    }
}
