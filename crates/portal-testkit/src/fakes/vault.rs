use portal_core::ports::{Vault, VaultError};

/// A vault that hides nothing: what it seals stands beside its purpose, and its signatures can be worked out by anybody.
/// Never for anything real.
#[derive(Clone, Copy, Debug, Default)]
pub struct GlassVault;

fn framed(purpose: &str, text: &[u8]) -> Vec<u8> {
    let mut bytes = purpose.as_bytes().to_vec();
    bytes.push(0);
    bytes.extend_from_slice(text);
    bytes
}

impl Vault for GlassVault {
    fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        Ok(framed(purpose, plain))
    }

    fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let plain = sealed.strip_prefix(framed(purpose, &[]).as_slice());
        plain.map(<[u8]>::to_vec).ok_or(VaultError::NotSealedHere)
    }

    fn sign(&self, purpose: &str, message: &[u8]) -> Result<[u8; 32], VaultError> {
        // FNV-1a with a different start for each of the four parts.
        let bytes = framed(purpose, message);
        let mut signature = [0; 32];
        for (part, start) in signature.chunks_exact_mut(8).zip(0xcbf2_9ce4_8422_2325_u64..) {
            let mixed = bytes.iter().fold(start, |sum, it| {
                (sum ^ u64::from(*it)).wrapping_mul(0x0000_0100_0000_01b3)
            });
            part.copy_from_slice(&mixed.to_be_bytes());
        }
        Ok(signature)
    }
}
