//! The secrets in mails: links with 256 random bits, and codes of six digits.

use super::session::Secret;
use crate::id::ChallengeId;
use crate::portal::Portal;
use crate::ports::{PasswordsError, VaultError};

/// What the codes of sign-in mails are signed for.
const CODES: &str = "sign-in code";

impl Portal {
    /// A fresh secret of a kind.
    pub(super) fn fresh_secret(&self, kind: &str) -> Result<Secret, PasswordsError> {
        Ok(Secret::from_bytes(kind, &self.secrets.random()?))
    }

    /// Six fresh digits, each number as likely as any other.
    pub(super) fn fresh_code(&self) -> Result<String, PasswordsError> {
        // 64 bits modulo a million: the most likely number is likelier than the least by one in 10^13.
        let number = self
            .secrets
            .random()?
            .iter()
            .take(8)
            .fold(0_u64, |sum, it| (sum << 8) | u64::from(*it));
        Ok(format!("{:06}", number % 1_000_000))
    }

    /// What is stored of a code: only the holder of the key can try which code it was.
    pub(super) fn signed_code(&self, challenge: ChallengeId, code: &str) -> Result<[u8; 32], VaultError> {
        self.vault.sign(CODES, format!("{challenge}:{code}").as_bytes())
    }
}

/// The six digits of what somebody typed: blanks and hyphens are not looked at.
pub(super) fn typed_code(text: &str) -> Option<String> {
    let digits: String = text
        .chars()
        .filter(|it| !it.is_whitespace() && *it != '-')
        .take(7)
        .collect();
    (digits.len() == 6 && digits.bytes().all(|it| it.is_ascii_digit())).then_some(digits)
}

/// Whether two signatures are the same, in a time that does not tell where they differ.
pub(super) fn same_signature(a: &[u8; 32], b: &[u8; 32]) -> bool {
    a.iter().zip(b).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// An address as somebody may see it who has an old link to it: enough to know one's own.
#[must_use]
pub fn hinted(address: &crate::text::EmailAddress) -> String {
    let first = address.as_str().chars().next().unwrap_or('•');
    format!("{first}•••@{}", address.domain())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_six_digits_however_they_are_typed() {
        for fine in ["123456", " 123 456 ", "123-456", "1 2 3 4 5 6"] {
            assert_eq!(typed_code(fine).as_deref(), Some("123456"));
        }
        for wrong in ["", "12345", "1234567", "12345a", "１２３４５６", "-12345"] {
            assert_eq!(typed_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_hint_names_nobody() {
        assert_eq!(
            hinted(&"jonas.weber@fernwerk.example".parse().unwrap()),
            "j•••@fernwerk.example"
        );
    }
}
