use async_trait::async_trait;
use portal_core::actor::Task;
use portal_core::id::IntentId;
use portal_core::mail::{Claim, ClaimedMail, Intent, MailState, MailTally, QueuedMail, Settled};
use portal_core::ports::{Outbox, StoreError};
use portal_core::text::EmailAddress;
use portal_core::time::Timestamp;

use super::MemoryTx;
use super::state::State;

/// A mail that was pushed.
#[derive(Clone)]
pub(super) struct Posted {
    mail: QueuedMail,
    unique: Option<String>,
    /// How many attempts there were when it was revived.
    revived: u32,
}

impl Posted {
    fn waits(&self) -> bool {
        self.mail.state == MailState::Waiting
    }

    /// As staff see it.
    pub(super) const fn queued(&self) -> &QueuedMail {
        &self.mail
    }

    /// Forgets to whom it went.
    pub(super) fn erase(&mut self, addresses: &[EmailAddress]) {
        if self.mail.to.as_ref().is_some_and(|it| addresses.contains(it)) {
            self.mail.to = None;
            self.mail.reason = None;
        }
    }

    fn ends(&mut self, state: MailState, now: Timestamp) {
        self.mail.state = state;
        self.mail.settled_at = Some(now);
    }
}

/// Whether another one waits under this key.
fn is_taken(state: &State, key: Option<&String>) -> bool {
    key.is_some() && state.outbox.values().any(|it| it.waits() && it.unique.as_ref() == key)
}

impl MemoryTx {
    /// The mail of a claim that still counts.
    fn claimed(&mut self, claim: Claim) -> Result<Option<&mut Posted>, StoreError> {
        let found = self.changed()?.outbox.get_mut(&claim.intent);
        Ok(found.filter(|it| it.waits() && it.mail.attempts == claim.attempt))
    }
}

#[async_trait]
impl Outbox for MemoryTx {
    async fn push(&mut self, intent: &Intent) -> Result<bool, StoreError> {
        let state = self.changed()?;
        if state.outbox.contains_key(&intent.id) || is_taken(state, intent.unique.as_ref()) {
            return Ok(false);
        }
        let mail = QueuedMail {
            id: intent.id,
            mail: intent.mail.clone(),
            state: MailState::Waiting,
            created_at: intent.created_at,
            due_at: intent.not_before,
            settled_at: None,
            attempts: 0,
            to: None,
            reason: None,
        };
        let unique = intent.unique.clone();
        state.outbox.insert(
            intent.id,
            Posted {
                mail,
                unique,
                revived: 0,
            },
        );
        Ok(true)
    }

    async fn take_back(&mut self, key: &str, now: Timestamp) -> Result<bool, StoreError> {
        let all = self.changed()?.outbox.values_mut();
        let mut found = all.filter(|it| it.waits() && it.unique.as_deref() == Some(key));
        Ok(found.next().map(|it| it.ends(MailState::Discarded, now)).is_some())
    }

    async fn next_due(&mut self, _task: &Task) -> Result<Option<Timestamp>, StoreError> {
        let waiting = self.state.outbox.values().filter(|it| it.waits());
        Ok(waiting.map(|it| it.mail.due_at).min())
    }

    async fn claim_due(
        &mut self,
        _task: &Task,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ClaimedMail>, StoreError> {
        let all = self.changed()?.outbox.values_mut();
        let mut due: Vec<&mut Posted> = all.filter(|it| it.waits() && it.mail.due_at <= now).collect();
        due.sort_by_key(|it| (it.mail.due_at, it.mail.id));
        let claimed = due.into_iter().take(limit as usize).map(|it| {
            it.mail.attempts += 1;
            it.mail.due_at = until;
            ClaimedMail {
                claim: Claim {
                    intent: it.mail.id,
                    attempt: it.mail.attempts,
                },
                mail: it.mail.mail.clone(),
                tries: it.mail.attempts - it.revived,
                created_at: it.mail.created_at,
            }
        });
        Ok(claimed.collect())
    }

    async fn hold(&mut self, _task: &Task, claim: Claim, until: Timestamp) -> Result<bool, StoreError> {
        Ok(self.claimed(claim)?.map(|it| it.mail.due_at = until).is_some())
    }

    async fn settle(
        &mut self,
        _task: &Task,
        claim: Claim,
        how: &Settled,
        to: Option<&EmailAddress>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let Some(it) = self.claimed(claim)? else {
            return Ok(false);
        };
        it.mail.to = to.cloned();
        it.mail.reason = match how {
            Settled::Sent => None,
            Settled::Dropped(why) | Settled::Again(_, why) | Settled::Dead(why) => Some(why.clone()),
        };
        match how {
            Settled::Sent => it.ends(MailState::Sent, now),
            Settled::Dropped(_) => it.ends(MailState::Dropped, now),
            Settled::Dead(_) => it.ends(MailState::Dead, now),
            Settled::Again(due_at, _) => it.mail.due_at = *due_at,
        }
        Ok(true)
    }

    async fn queued(
        &mut self,
        _task: &Task,
        state: MailState,
        older_than: Option<IntentId>,
        limit: u32,
    ) -> Result<Vec<QueuedMail>, StoreError> {
        let older = |it: &&Posted| older_than.is_none_or(|than| it.mail.id < than);
        let all = self.state.outbox.values().rev();
        let found = all.filter(|it| it.mail.state == state).filter(older);
        Ok(found.take(limit as usize).map(|it| it.mail.clone()).collect())
    }

    async fn queued_mail(&mut self, _task: &Task, id: IntentId) -> Result<Option<QueuedMail>, StoreError> {
        Ok(self.state.outbox.get(&id).map(|it| it.mail.clone()))
    }

    async fn tally(&mut self, _task: &Task) -> Result<MailTally, StoreError> {
        let count = |state| self.state.outbox.values().filter(|it| it.mail.state == state).count() as u64;
        Ok(MailTally {
            waiting: count(MailState::Waiting),
            dead: count(MailState::Dead),
        })
    }

    async fn revive(&mut self, _task: &Task, id: IntentId, now: Timestamp) -> Result<bool, StoreError> {
        let state = self.changed()?;
        let key = state.outbox.get(&id).and_then(|it| it.unique.clone());
        if is_taken(state, key.as_ref()) {
            return Ok(false);
        }
        let found = state.outbox.get_mut(&id).filter(|it| it.mail.state == MailState::Dead);
        Ok(found
            .map(|it| {
                it.mail.state = MailState::Waiting;
                it.mail.settled_at = None;
                it.revived = it.mail.attempts;
                it.mail.due_at = now;
            })
            .is_some())
    }

    async fn discard(&mut self, _task: &Task, id: IntentId, now: Timestamp) -> Result<bool, StoreError> {
        let found = self.changed()?.outbox.get_mut(&id);
        let living = found.filter(|it| matches!(it.mail.state, MailState::Waiting | MailState::Dead));
        Ok(living.map(|it| it.ends(MailState::Discarded, now)).is_some())
    }

    async fn sweep_mails(&mut self, _task: &Task, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let outbox = &mut self.changed()?.outbox;
        let old = outbox.values().filter(|it| {
            let kept = matches!(it.mail.state, MailState::Waiting | MailState::Dead);
            !kept && it.mail.settled_at.is_some_and(|at| at < before)
        });
        let old: Vec<IntentId> = old.map(|it| it.mail.id).take(limit as usize).collect();
        for id in &old {
            outbox.remove(id);
        }
        Ok(old.len() as u64)
    }
}
