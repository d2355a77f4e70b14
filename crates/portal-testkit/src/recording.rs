use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use portal_core::ports::{Access, DeskFeed, HintFeed, Store, StoreError, Tx};

use crate::layer::{Layer, Layered};

/// Remembers which ports were called, in order: what must be the same for a known and an unknown address, or for a
/// forbidden and a missing ticket, is this sequence.
#[derive(Clone, Debug)]
pub struct RecordingStore<S> {
    inner: S,
    calls: Calls,
}

/// The names of the calls so far, such as `begin Write`, `tickets.find`, `commit`. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Calls(Arc<Mutex<Vec<String>>>);

impl Calls {
    /// Takes what was recorded since the last time.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, call: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(call);
    }
}

impl<S> RecordingStore<S> {
    /// Records what is asked of a store.
    pub fn new(inner: S) -> Self {
        Self {
            inner,
            calls: Calls::default(),
        }
    }

    /// What was recorded.
    pub fn calls(&self) -> Calls {
        self.calls.clone()
    }
}

#[async_trait]
impl<S: Store> Store for RecordingStore<S> {
    async fn begin(&self, access: Access) -> Result<Box<dyn Tx>, StoreError> {
        self.calls.note(format!("begin {access:?}"));
        let inner = self.inner.begin(access).await?;
        Ok(Box::new(Layered(RecordingTx {
            inner,
            calls: self.calls.clone(),
        })))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.calls.note("ping".to_owned());
        self.inner.ping().await
    }

    fn hints(&self) -> Box<dyn HintFeed> {
        self.inner.hints()
    }

    fn desk_hints(&self) -> Box<dyn DeskFeed> {
        self.inner.desk_hints()
    }
}

struct RecordingTx {
    inner: Box<dyn Tx>,
    calls: Calls,
}

#[async_trait]
impl Layer for RecordingTx {
    fn inner(&mut self) -> &mut dyn Tx {
        &mut *self.inner
    }

    fn called(&mut self, call: &'static str) {
        self.calls.note(call.to_owned());
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.inner.commit().await
    }
}
