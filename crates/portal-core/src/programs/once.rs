use std::time::Duration;

use crate::actor::Actor;
use crate::id::AgentId;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, IdempotencyKey, StoreError};
use crate::time::Timestamp;

/// How long a key is remembered.
const REMEMBERED: Duration = Duration::from_hours(24);

/// A command that a program gave under an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoneOnce {
    /// SHA-256 of the command, to notice a key that is used for something else.
    pub command: [u8; 32],
    /// What was answered; `None` as long as nothing was.
    pub answer: Option<String>,
    /// When it was begun.
    pub at: Timestamp,
}

/// How it stands with a command that is about to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// It was never begun: it is now, and is to be done.
    Now,
    /// It was done, and this was answered.
    Before(String),
    /// It was begun, and nobody knows how it ended: it is under way, or the server was stopped in the middle of it.
    Unfinished,
    /// The key was used for another command.
    OtherCommand,
}

impl Portal {
    /// Begins a command under a key, unless it was begun before: so it is done at most once, also if the server is stopped
    /// between doing and answering.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn begin_once(
        &self,
        agent: AgentId,
        key: &IdempotencyKey,
        command: [u8; 32],
    ) -> Result<Begun, StoreError> {
        let found = attempt!(self, &Actor::Anonymous, "begin_once", async {
            let now = self.clock.now();
            let begun = DoneOnce {
                command,
                answer: None,
                at: now,
            };
            let mut tx = self.store.begin(Access::Write).await?;
            let found = tx
                .programs()
                .begin_command(agent, key, &begun, now.minus(REMEMBERED))
                .await?;
            tx.commit().await?;
            Ok::<_, StoreError>(found)
        })?;
        Ok(match found {
            None => Begun::Now,
            Some(it) if it.command != command => Begun::OtherCommand,
            Some(DoneOnce { answer: Some(it), .. }) => Begun::Before(it),
            Some(DoneOnce { answer: None, .. }) => Begun::Unfinished,
        })
    }

    /// Keeps what was answered to a command, or with `None` forgets that it was begun, because it changed nothing.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn end_once(&self, agent: AgentId, key: &IdempotencyKey, answer: Option<&str>) -> Result<(), StoreError> {
        attempt!(self, &Actor::Anonymous, "end_once", async {
            let mut tx = self.store.begin(Access::Write).await?;
            tx.programs().end_command(agent, key, answer).await?;
            tx.commit().await
        })
    }
}
