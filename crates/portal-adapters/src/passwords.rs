//! Password hashing with Argon2id (RFC 9106).

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version};
use async_trait::async_trait;
use portal_core::membership::Password;
use portal_core::ports::{Passwords, PasswordsError};
use subtle::ConstantTimeEq;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes of a hash.
const TAG: usize = 32;
/// Bytes of a salt (RFC 9106 §3.1 recommends 16).
const SALT: usize = 16;
/// How long a sign-in waits for its turn.
const PATIENCE: Duration = Duration::from_secs(3);
/// A stored hash that wants more memory than this was not made here.
const MOST_KIB: u32 = 256 * 1024;
/// Nor one that wants more passes.
const MOST_PASSES: u32 = 16;

/// Argon2id on threads of its own kind: as many at a time as the machine has cores but one, so that pages stay fast
/// while many people sign in, each with a block of memory that is used again and again. Clones share threads and memory.
#[derive(Clone, Debug)]
pub struct Argon2idPasswords {
    works: Arc<Works>,
    turns: Arc<Semaphore>,
    patience: Duration,
}

/// Settings of Argon2id that make no sense.
#[derive(Debug, thiserror::Error)]
#[error("Argon2id cannot work with these settings")]
pub struct SettingsError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl Argon2idPasswords {
    /// 19 MiB of memory, 2 passes, 1 lane: the floor of OWASP's password storage cheat sheet.
    ///
    /// # Errors
    /// Never, as long as these settings are valid ones.
    pub fn new() -> Result<Self, SettingsError> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self::with(
            Params::DEFAULT_M_COST,
            Params::DEFAULT_T_COST,
            cores.saturating_sub(1).max(1),
            PATIENCE,
        )
    }

    /// Settings that take no time and protect nothing, for tests that sign in often.
    ///
    /// # Errors
    /// Never, as long as these settings are valid ones.
    pub fn cheap_for_tests() -> Result<Self, SettingsError> {
        Self::with(8, 1, 2, PATIENCE)
    }

    fn with(kib: u32, passes: u32, at_once: usize, patience: Duration) -> Result<Self, SettingsError> {
        let params = Params::new(kib, passes, 1, Some(TAG)).map_err(|it| SettingsError(Box::new(it)))?;
        let works = Works {
            params,
            blocks: Mutex::default(),
        };
        Ok(Self {
            works: Arc::new(works),
            turns: Arc::new(Semaphore::new(at_once)),
            patience,
        })
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, PasswordsError> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        match tokio::time::timeout(self.patience, turn).await {
            Ok(turn) => turn.map_err(failed),
            Err(_) => Err(PasswordsError::Busy),
        }
    }

    /// Runs it on a thread that may block. The turn goes along, so that it is given back when the work is done and not
    /// when nobody waits for it any more.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Works) -> Result<T, PasswordsError> + Send + 'static,
    ) -> Result<T, PasswordsError> {
        let turn = self.turn().await?;
        let works = Arc::clone(&self.works);
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work(&works)
        });
        done.await.map_err(failed)?
    }
}

#[async_trait]
impl Passwords for Argon2idPasswords {
    async fn hash(&self, password: &Password) -> Result<String, PasswordsError> {
        let password = password.clone();
        self.work(move |it| it.hash(&password)).await
    }

    async fn verify(&self, password: &Password, hash: Option<&str>) -> Result<bool, PasswordsError> {
        let password = password.clone();
        let hash = hash.map(str::to_owned);
        self.work(move |it| it.verify(&password, hash.as_deref())).await
    }

    fn is_outdated(&self, hash: &str) -> bool {
        let Ok(hash) = PasswordHash::new(hash) else { return true };
        let Ok(params) = Params::try_from(&hash) else {
            return true;
        };
        let ours = &self.works.params;
        hash.algorithm != ARGON2ID_IDENT
            || hash.version != Some(Version::V0x13.into())
            || params.m_cost() < ours.m_cost()
            || params.t_cost() < ours.t_cost()
            || hash.hash.is_none_or(|it| it.len() < TAG)
    }
}

#[derive(Debug)]
struct Works {
    params: Params,
    /// Memory that is not in use. The allocator would keep freed blocks of this size and the process would grow to
    /// gigabytes; these few are all there ever are.
    blocks: Mutex<Vec<Vec<Block>>>,
}

impl Works {
    fn hash(&self, password: &Password) -> Result<String, PasswordsError> {
        let mut salt = [0; SALT];
        getrandom::fill(&mut salt).map_err(failed)?;
        let tag = self.tag(&self.params, password, &salt)?;
        let hash = PasswordHash {
            algorithm: ARGON2ID_IDENT,
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&self.params).map_err(failed)?,
            salt: Some(Salt::new(&salt).map_err(failed)?),
            hash: Some(Output::new(&tag).map_err(failed)?),
        };
        Ok(hash.to_string())
    }

    fn verify(&self, password: &Password, hash: Option<&str>) -> Result<bool, PasswordsError> {
        let Some(hash) = hash else {
            self.tag(&self.params, password, &[0; SALT])?;
            return Ok(false);
        };
        let hash = PasswordHash::new(hash).map_err(failed)?;
        let params = Params::try_from(&hash).map_err(failed)?;
        let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else {
            return Err(failed("the stored hash is not complete"));
        };
        if hash.algorithm != ARGON2ID_IDENT || hash.version != Some(Version::V0x13.into()) {
            return Err(failed("the stored hash is not one of Argon2id version 19"));
        }
        if params.m_cost() > MOST_KIB || params.t_cost() > MOST_PASSES || expected.len() != TAG {
            return Err(failed("the stored hash asks for settings that are never used here"));
        }
        let tag = self.tag(&params, password, salt.as_ref())?;
        Ok(bool::from(tag.as_slice().ct_eq(expected.as_bytes())))
    }

    fn tag(&self, params: &Params, password: &Password, salt: &[u8]) -> Result<[u8; TAG], PasswordsError> {
        let mut blocks = self
            .blocks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
            .unwrap_or_default();
        let ours = self.params.block_count();
        let wanted = params.block_count();
        if blocks.len() < wanted {
            blocks.resize(wanted, Block::new());
        }
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
        let mut tag = [0; TAG];
        let password = password.expose().as_bytes();
        let done = match blocks.get_mut(..wanted) {
            Some(memory) => argon2.hash_password_into_with_memory(password, salt, &mut tag, memory),
            None => Err(argon2::Error::OutOfMemory),
        };
        // One hash of somebody who brought larger settings along must not keep its memory for ever.
        if blocks.len() > ours {
            blocks.truncate(ours);
            blocks.shrink_to_fit();
        }
        self.blocks.lock().unwrap_or_else(PoisonError::into_inner).push(blocks);
        done.map_err(failed)?;
        Ok(tag)
    }
}

fn failed(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> PasswordsError {
    PasswordsError::Failed(cause.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password::typed(text.to_owned()).unwrap()
    }

    #[tokio::test]
    async fn the_right_password_fits_and_no_other() {
        let passwords = Argon2idPasswords::cheap_for_tests().unwrap();
        let hash = passwords.hash(&password("a quiet river at dawn")).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hash}");
        assert!(
            passwords
                .verify(&password("a quiet river at dawn"), Some(&hash))
                .await
                .unwrap()
        );
        assert!(
            !passwords
                .verify(&password("a quiet river at dusk"), Some(&hash))
                .await
                .unwrap()
        );
        assert!(
            !passwords
                .verify(&password("a quiet river at dawn"), None)
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn salts_differ() {
        let passwords = Argon2idPasswords::cheap_for_tests().unwrap();
        let password = password("a quiet river at dawn");
        let first = passwords.hash(&password).await.unwrap();
        assert_ne!(passwords.hash(&password).await.unwrap(), first);
    }

    #[tokio::test]
    async fn the_default_is_the_floor_and_an_independent_implementation_agrees() {
        let passwords = Argon2idPasswords::new().unwrap();
        let hash = passwords.hash(&password("a quiet river at dawn")).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        // The crate's own path for PHC strings, with memory it allocates itself.
        use argon2::PasswordVerifier;
        Argon2::default()
            .verify_password(b"a quiet river at dawn", hash.as_str())
            .unwrap();
        assert!(!passwords.is_outdated(&hash));
    }

    #[tokio::test]
    async fn weaker_hashes_are_outdated_and_still_fit() {
        let old = Argon2idPasswords::cheap_for_tests().unwrap();
        let new = Argon2idPasswords::with(16, 2, 1, PATIENCE).unwrap();
        let hash = old.hash(&password("a quiet river at dawn")).await.unwrap();
        assert!(new.is_outdated(&hash));
        assert!(new.is_outdated("not a hash"));
        assert!(!old.is_outdated(&hash));
        assert!(
            new.verify(&password("a quiet river at dawn"), Some(&hash))
                .await
                .unwrap()
        );
        let newer = new.hash(&password("a quiet river at dawn")).await.unwrap();
        assert!(!old.is_outdated(&newer));
        assert!(
            old.verify(&password("a quiet river at dawn"), Some(&newer))
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn a_broken_or_greedy_hash_is_a_failure_and_not_a_no() {
        let passwords = Argon2idPasswords::cheap_for_tests().unwrap();
        let good = passwords.hash(&password("a quiet river at dawn")).await.unwrap();
        let bad = [
            "nonsense".to_owned(),
            good.replace("m=8", "m=4000000"),
            good.replace("t=1", "t=4000000"),
            good.replace("argon2id", "argon2i"),
        ];
        for hash in bad {
            let answer = passwords.verify(&password("a quiet river at dawn"), Some(&hash)).await;
            assert!(matches!(answer, Err(PasswordsError::Failed(_))), "{hash}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_too_long_is_told_so() {
        let passwords = Argon2idPasswords::with(8, 1, 1, PATIENCE).unwrap();
        let turn = passwords.turn().await.unwrap();
        let answer = passwords.hash(&password("a quiet river at dawn")).await;
        assert!(matches!(answer, Err(PasswordsError::Busy)));
        drop(turn);
        assert!(passwords.turn().await.is_ok());
    }

    #[tokio::test]
    async fn memory_is_used_again() {
        let passwords = Argon2idPasswords::with(8, 1, 1, PATIENCE).unwrap();
        for _ in 0..5 {
            passwords
                .verify(&password("a quiet river at dawn"), None)
                .await
                .unwrap();
        }
        let blocks = passwords.works.blocks.lock().unwrap();
        assert_eq!(blocks.iter().map(Vec::len).collect::<Vec<_>>(), [8]);
    }
}
