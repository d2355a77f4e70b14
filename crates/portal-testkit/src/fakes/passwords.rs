use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use portal_core::membership::Password;
use portal_core::ports::{Passwords, PasswordsError};

/// Passwords that are not hashed at all, so that tests are quick. It counts the checks, so that a test can see that an
/// unknown address costs as many as a known one. Clones share the count.
#[derive(Clone, Debug, Default)]
pub struct PlainPasswords {
    checks: Arc<AtomicU64>,
}

const PREFIX: &str = "$plain$";
const OUTDATED: &str = "$old$";

impl PlainPasswords {
    /// How many passwords were checked so far.
    #[must_use]
    pub fn checks(&self) -> u64 {
        self.checks.load(Ordering::SeqCst)
    }

    /// A “hash” that counts as outdated.
    #[must_use]
    pub fn outdated(password: &str) -> String {
        format!("{OUTDATED}{password}")
    }
}

#[async_trait]
impl Passwords for PlainPasswords {
    async fn hash(&self, password: &Password) -> Result<String, PasswordsError> {
        Ok(format!("{PREFIX}{}", password.expose()))
    }

    async fn verify(&self, password: &Password, hash: Option<&str>) -> Result<bool, PasswordsError> {
        self.checks.fetch_add(1, Ordering::SeqCst);
        let stored = hash.and_then(|it| it.strip_prefix(PREFIX).or_else(|| it.strip_prefix(OUTDATED)));
        Ok(stored == Some(password.expose()))
    }

    fn is_outdated(&self, hash: &str) -> bool {
        hash.starts_with(OUTDATED)
    }
}
