use std::sync::atomic::{AtomicU64, Ordering};

use portal_core::ports::{PasswordsError, Secrets};

/// “Secrets” that follow from a seed: different from each other and the same in every run. Never for anything real.
#[derive(Debug)]
pub struct SeededSecrets(AtomicU64);

impl SeededSecrets {
    /// The series of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }
}

impl Default for SeededSecrets {
    fn default() -> Self {
        Self::new(1)
    }
}

/// SplitMix64: spreads neighbouring numbers over the whole range.
fn spread(number: u64) -> u64 {
    let mut it = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    it ^ (it >> 31)
}

impl Secrets for SeededSecrets {
    fn random(&self) -> Result<[u8; 32], PasswordsError> {
        let first = self.0.fetch_add(4, Ordering::SeqCst);
        let mut bytes = [0; 32];
        for (part, number) in bytes.chunks_exact_mut(8).zip(first..) {
            part.copy_from_slice(&spread(number).to_be_bytes());
        }
        Ok(bytes)
    }
}
