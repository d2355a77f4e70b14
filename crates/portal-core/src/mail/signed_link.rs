//! Signatures in the links of mails that open one thing without signing in.

use std::fmt::Write as _;

use crate::portal::Portal;

/// Bytes of the signature that a link has.
const SIGNED: usize = 16;

impl Portal {
    /// The signature of a text for a purpose, as a link has it. None without a key.
    pub(crate) fn signature_of(&self, purpose: &'static str, text: &str) -> Option<String> {
        let signed = self.vault.sign(purpose, text.as_bytes()).ok()?;
        let mut signature = String::with_capacity(2 * SIGNED);
        for byte in signed.iter().take(SIGNED) {
            // Writing into a String cannot fail.
            let _ = write!(signature, "{byte:02x}");
        }
        Some(signature)
    }

    /// Whether this is the signature of a text for a purpose. How long it takes says nothing about it.
    pub(crate) fn is_signature_of(&self, purpose: &'static str, text: &str, given: &str) -> bool {
        self.signature_of(purpose, text).is_some_and(|wanted| {
            wanted.len() == given.len() && wanted.bytes().zip(given.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
        })
    }
}
