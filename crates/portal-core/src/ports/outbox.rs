use async_trait::async_trait;

use super::error::StoreError;
use crate::actor::Task;
use crate::id::IntentId;
use crate::mail::{Claim, ClaimedMail, Intent, MailState, MailTally, QueuedMail, Settled};
use crate::text::EmailAddress;
use crate::time::Timestamp;

/// What is to leave the installation once the unit of work commits: intents, never rendered mails or clear secrets.
#[async_trait]
pub trait Outbox: Send {
    /// Adds an intent. MUST return `false`, and add nothing, if its id is taken or one with the same
    /// [`unique`](Intent::unique) key is waiting.
    async fn push(&mut self, intent: &Intent) -> Result<bool, StoreError>;

    /// Takes back whatever waits under a key; whether there was anything. It becomes
    /// [`Discarded`](MailState::Discarded).
    async fn take_back(&mut self, key: &str, now: Timestamp) -> Result<bool, StoreError>;

    /// When the next waiting mail is due; `None` if none waits.
    async fn next_due(&mut self, task: &Task) -> Result<Option<Timestamp>, StoreError>;

    /// Claims waiting mails that are due at `now`, those due longest first, at most `limit`: each counts one attempt more
    /// and is due again at `until`. Two units of work MUST never claim the same attempt of a mail, and MUST NOT wait for
    /// each other's claims longer than a commit takes.
    async fn claim_due(
        &mut self,
        task: &Task,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ClaimedMail>, StoreError>;

    /// Prolongs a claim until an instant. MUST return `false`, and change nothing, if a later attempt was claimed or the
    /// mail does not wait any more.
    async fn hold(&mut self, task: &Task, claim: Claim, until: Timestamp) -> Result<bool, StoreError>;

    /// Writes down how an attempt ended, and to whom it went. MUST return `false`, and change nothing, if a later attempt
    /// was claimed or the mail does not wait any more.
    async fn settle(
        &mut self,
        task: &Task,
        claim: Claim,
        how: &Settled,
        to: Option<&EmailAddress>,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Mails in a state, the newest first, older than the given one.
    async fn queued(
        &mut self,
        task: &Task,
        state: MailState,
        older_than: Option<IntentId>,
        limit: u32,
    ) -> Result<Vec<QueuedMail>, StoreError>;

    /// One mail.
    async fn queued_mail(&mut self, task: &Task, id: IntentId) -> Result<Option<QueuedMail>, StoreError>;

    /// How many mails wait, and how many were given up.
    async fn tally(&mut self, task: &Task) -> Result<MailTally, StoreError>;

    /// Makes a mail that was given up wait again, due at `now`, with [`tries`](ClaimedMail::tries) from none. MUST return
    /// `false`, and change nothing, if it was not given up or another one with its key waits.
    async fn revive(&mut self, task: &Task, id: IntentId, now: Timestamp) -> Result<bool, StoreError>;

    /// Discards a mail that waits or was given up. MUST return `false`, and change nothing, if it does neither.
    async fn discard(&mut self, task: &Task, id: IntentId, now: Timestamp) -> Result<bool, StoreError>;

    /// Removes mails that were sent, dropped or discarded before an instant, at most `limit`; how many.
    async fn sweep_mails(&mut self, task: &Task, before: Timestamp, limit: u32) -> Result<u64, StoreError>;
}
