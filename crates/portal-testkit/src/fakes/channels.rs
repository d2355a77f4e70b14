use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use portal_core::ports::{ChannelError, Channels, OutgoingAnswer};
use portal_core::ticket::Source;

/// Keeps the answers of the channels it was told to carry, and fails when it was told to. Clones share everything.
#[derive(Clone, Debug, Default)]
pub struct MemoryChannels {
    carried: Arc<Mutex<BTreeSet<Source>>>,
    taken: Arc<Mutex<Vec<OutgoingAnswer>>>,
    failures: Arc<Mutex<VecDeque<ChannelError>>>,
}

impl MemoryChannels {
    /// From now on, answers leave by this channel.
    pub fn carry(&self, channel: Source) {
        lock(&self.carried).insert(channel);
    }

    /// All answers that were taken, in their order.
    #[must_use]
    pub fn taken(&self) -> Vec<OutgoingAnswer> {
        lock(&self.taken).clone()
    }

    /// The next answer that is not meant to fail already fails like this.
    pub fn fail_next(&self, error: ChannelError) {
        lock(&self.failures).push_back(error);
    }
}

fn lock<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl Channels for MemoryChannels {
    fn carries(&self, channel: Source) -> bool {
        lock(&self.carried).contains(&channel)
    }

    async fn deliver(&self, answer: &OutgoingAnswer) -> Result<(), ChannelError> {
        if let Some(error) = lock(&self.failures).pop_front() {
            return Err(error);
        }
        lock(&self.taken).push(answer.clone());
        Ok(())
    }
}
