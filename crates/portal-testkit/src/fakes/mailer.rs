use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use portal_core::ports::{Mailer, MailerError, OutgoingMail};

/// Keeps mails in memory, and fails when it was told to. Clones share both.
#[derive(Clone, Debug, Default)]
pub struct MemoryMailer {
    sent: Arc<Mutex<Vec<OutgoingMail>>>,
    failures: Arc<Mutex<VecDeque<MailerError>>>,
}

impl MemoryMailer {
    /// All mails that were taken, in their order.
    #[must_use]
    pub fn sent(&self) -> Vec<OutgoingMail> {
        lock(&self.sent).clone()
    }

    /// The next mail that is not meant to fail already fails like this.
    pub fn fail_next(&self, error: MailerError) {
        lock(&self.failures).push_back(error);
    }
}

fn lock<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl Mailer for MemoryMailer {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailerError> {
        if let Some(error) = lock(&self.failures).pop_front() {
            return Err(error);
        }
        lock(&self.sent).push(mail.clone());
        Ok(())
    }
}
