use async_trait::async_trait;

use super::error::StoreError;
use super::journal::IdempotencyKey;
use crate::id::{AgentId, TokenId};
use crate::membership::SecretHash;
use crate::programs::{DoneOnce, ProgramToken};
use crate::time::Timestamp;

/// Programs that work for the staff: their tokens, and the commands they gave.
#[async_trait]
pub trait Programs: Send {
    /// Adds a token. MUST fail with [`Conflict`](super::StoreErrorKind::Conflict) if the id or the secret is there.
    async fn add_program_token(&mut self, token: &ProgramToken) -> Result<(), StoreError>;

    /// The token with this secret; whether it has ended is for the caller to say.
    async fn program_token(&mut self, secret: &SecretHash) -> Result<Option<ProgramToken>, StoreError>;

    /// The tokens of a staff user, newest first.
    async fn program_tokens(&mut self, agent: AgentId) -> Result<Vec<ProgramToken>, StoreError>;

    /// Notes that a token was used. One that has been removed MUST stay removed.
    async fn touch_program_token(&mut self, id: TokenId, seen_at: Timestamp) -> Result<(), StoreError>;

    /// Removes one token of a staff user. Removing one that is not there is fine.
    async fn remove_program_token(&mut self, agent: AgentId, id: TokenId) -> Result<(), StoreError>;

    /// Notes that a command is begun under a key: `None`. If one was begun under the key since the given instant, nothing
    /// is changed and that one is the answer; what was begun earlier is forgotten. Of several at the same time exactly one
    /// MUST be told `None`.
    async fn begin_command(
        &mut self,
        agent: AgentId,
        key: &IdempotencyKey,
        command: &DoneOnce,
        since: Timestamp,
    ) -> Result<Option<DoneOnce>, StoreError>;

    /// Keeps the answer to a command that was begun, or with `None` forgets the command.
    async fn end_command(
        &mut self,
        agent: AgentId,
        key: &IdempotencyKey,
        answer: Option<&str>,
    ) -> Result<(), StoreError>;
}
