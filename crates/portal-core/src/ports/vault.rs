use std::error::Error;

/// Sealing, opening or signing did not work.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The installation has no key.
    #[error("there is no key to seal secrets with")]
    NoKey,
    /// What was to be opened was not sealed by this key for this purpose, or was changed.
    #[error("this was not sealed here")]
    NotSealedHere,
    /// It failed.
    #[error("the key could not be used")]
    Failed(#[source] Box<dyn Error + Send + Sync>),
}

/// Keeps the installation's key: seals what must be readable again (secrets of second factors, of integrations) and signs
/// what must be recognised again (short codes).
///
/// `purpose` separates uses: what was sealed or signed for one purpose MUST NOT open or verify for another.
pub trait Vault: Send + Sync + 'static {
    /// Seals bytes: authenticated encryption, fresh randomness each time.
    ///
    /// # Errors
    /// If there is no key or it cannot be used.
    fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, VaultError>;

    /// Opens what [`seal`](Self::seal) made for the same purpose.
    ///
    /// # Errors
    /// If it was made elsewhere, for something else, or was changed.
    fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError>;

    /// The HMAC-SHA-256 (RFC 2104) of a message under a key for this purpose.
    ///
    /// # Errors
    /// If there is no key or it cannot be used.
    fn sign(&self, purpose: &str, message: &[u8]) -> Result<[u8; 32], VaultError>;
}

/// For a service without key: every call answers [`VaultError::NoKey`].
#[derive(Clone, Copy, Debug, Default)]
pub struct NoVault;

impl Vault for NoVault {
    fn seal(&self, _: &str, _: &[u8]) -> Result<Vec<u8>, VaultError> {
        Err(VaultError::NoKey)
    }

    fn open(&self, _: &str, _: &[u8]) -> Result<Vec<u8>, VaultError> {
        Err(VaultError::NoKey)
    }

    fn sign(&self, _: &str, _: &[u8]) -> Result<[u8; 32], VaultError> {
        Err(VaultError::NoKey)
    }
}
