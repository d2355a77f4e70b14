use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use portal_core::ports::{Resolver, ResolverError};

/// Knows the TXT records that a test set. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct KnownNames(Arc<Mutex<BTreeMap<String, Vec<String>>>>);

impl KnownNames {
    /// Sets the TXT records of a name.
    pub fn set(&self, name: impl Into<String>, texts: &[&str]) {
        let texts = texts.iter().map(|it| (*it).to_owned()).collect();
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name.into(), texts);
    }
}

#[async_trait]
impl Resolver for KnownNames {
    async fn txt(&self, name: &str) -> Result<Vec<String>, ResolverError> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(known.get(name).cloned().unwrap_or_default())
    }
}
