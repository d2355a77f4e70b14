//! The key of the installation, in a file of its own that only the server may read.

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use portal_core::ports::{Vault, VaultError};
use sha2::Sha256;

/// Bytes of the key.
const KEY: usize = 32;
/// Bytes of a nonce of XChaCha20: long enough to be drawn at random each time.
const NONCE: usize = 24;

/// Seals with XChaCha20-Poly1305 and signs with HMAC-SHA-256, with a key of its own for each purpose.
#[derive(Clone)]
pub struct KeyFileVault {
    key: [u8; KEY],
}

impl std::fmt::Debug for KeyFileVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyFileVault(…)")
    }
}

impl KeyFileVault {
    /// The key in a file; made at random, readable for the owner only, if the file is not there.
    ///
    /// # Errors
    /// If the file cannot be read or written, or is not a key.
    pub fn open(path: &Path) -> io::Result<Self> {
        match std::fs::read(path) {
            Ok(bytes) => Self::of(&bytes),
            Err(err) if err.kind() == io::ErrorKind::NotFound => Self::make(path),
            Err(err) => Err(err),
        }
    }

    fn of(bytes: &[u8]) -> io::Result<Self> {
        let key = bytes
            .try_into()
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "this file does not hold a key of 32 bytes"))?;
        Ok(Self { key })
    }

    /// The key is written whole beside its place and then linked to it, so that of several servers that begin at once one
    /// makes the key and the others read it.
    fn make(path: &Path) -> io::Result<Self> {
        let mut key = [0; KEY];
        getrandom::fill(&mut key).map_err(io::Error::other)?;
        let mut mark = [0; 8];
        getrandom::fill(&mut mark).map_err(io::Error::other)?;
        let draft = path.with_extension(format!("{:016x}", u64::from_ne_bytes(mark)));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&draft)?;
        let written = file.write_all(&key).and_then(|()| file.sync_all());
        let linked = written.and_then(|()| std::fs::hard_link(&draft, path));
        std::fs::remove_file(&draft)?;
        match linked {
            Ok(()) => Ok(Self { key }),
            Err(err) if err.kind() == io::ErrorKind::AlreadyExists => Self::of(&std::fs::read(path)?),
            Err(err) => Err(err),
        }
    }

    fn derived(&self, use_: &str, purpose: &str) -> Result<[u8; 32], VaultError> {
        mac(&self.key, format!("{use_}\0{purpose}").as_bytes())
    }

    fn cipher(&self, purpose: &str) -> Result<XChaCha20Poly1305, VaultError> {
        let key = self.derived("seal", purpose)?;
        Ok(XChaCha20Poly1305::new(&Key::from(key)))
    }
}

fn mac(key: &[u8], message: &[u8]) -> Result<[u8; 32], VaultError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(failed)?;
    mac.update(message);
    Ok(mac.finalize().into_bytes().into())
}

fn failed(cause: impl Into<Box<dyn Error + Send + Sync>>) -> VaultError {
    VaultError::Failed(cause.into())
}

impl Vault for KeyFileVault {
    fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(failed)?;
        let payload = Payload {
            msg: plain,
            aad: purpose.as_bytes(),
        };
        let sealed = self.cipher(purpose)?.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| failed("the text is too long to seal"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (nonce, text) = sealed.split_first_chunk::<NONCE>().ok_or(VaultError::NotSealedHere)?;
        let payload = Payload {
            msg: text,
            aad: purpose.as_bytes(),
        };
        let opened = self.cipher(purpose)?.decrypt(&XNonce::from(*nonce), payload);
        opened.map_err(|_| VaultError::NotSealedHere)
    }

    fn sign(&self, purpose: &str, message: &[u8]) -> Result<[u8; 32], VaultError> {
        mac(&self.derived("sign", purpose)?, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_what_was_sealed_opens_again_for_its_purpose_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let vault = KeyFileVault::open(&path).unwrap();
        let sealed = vault.seal("a", b"secret").unwrap();
        assert_ne!(sealed, vault.seal("a", b"secret").unwrap());
        let again = KeyFileVault::open(&path).unwrap();
        assert_eq!(again.open("a", &sealed).unwrap(), b"secret");
        assert!(matches!(again.open("b", &sealed), Err(VaultError::NotSealedHere)));
        assert!(matches!(again.open("a", b"short"), Err(VaultError::NotSealedHere)));
        let mut changed = sealed;
        changed[30] ^= 1;
        assert!(matches!(again.open("a", &changed), Err(VaultError::NotSealedHere)));
        assert_eq!(vault.sign("a", b"x").unwrap(), again.sign("a", b"x").unwrap());
        assert_ne!(vault.sign("a", b"x").unwrap(), again.sign("b", b"x").unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_for_its_owner_alone_and_never_made_anew() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        KeyFileVault::open(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        std::fs::write(&path, b"broken").unwrap();
        assert!(KeyFileVault::open(&path).is_err());
    }
}
