use std::collections::HashSet;

use crate::text::EmailAddress;

/// A password as typed. It is compared as received, never trimmed or normalised, and never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// Why a new password was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than 15 characters (NIST SP 800-63B-4 §3.1.1.2, single-factor); than 12 with a second factor.
    #[error("a password needs at least 15 characters, 12 for staff; several words are easy to remember")]
    TooShort,
    /// More than 256 bytes.
    #[error("a password may have at most 256 bytes")]
    TooLong,
    /// A NUL character.
    #[error("a password must not contain the NUL character")]
    Nul,
    /// Made of a name that everybody could guess here, or of one thing repeated.
    #[error("this password is too easy to guess; choose one that does not repeat itself or your name")]
    Guessable,
}

impl Password {
    /// Fewest characters of a customer's password.
    pub const MIN_CHARS: usize = 15;
    /// Fewest characters of a staff user's password, who always shows a second factor too.
    pub const MIN_STAFF_CHARS: usize = 12;
    /// Most bytes of a password.
    pub const MAX_BYTES: usize = 256;

    /// A password somebody typed to sign in. It may break today's rules; only longer ones than the rules ever allowed
    /// are cut off, because they cannot be right and hashing them would cost.
    #[must_use]
    pub fn typed(text: String) -> Option<Self> {
        (text.len() <= Self::MAX_BYTES).then_some(Self(text))
    }

    /// A password somebody chooses, checked against the rules: 15 characters to 256 bytes, any character but NUL, no
    /// composition rules, not guessable from the address or the portal's words, not a common phrase.
    ///
    /// # Errors
    /// Names the rule that is broken.
    pub fn chosen(text: String, address: Option<&EmailAddress>, words: &[&str]) -> Result<Self, PasswordError> {
        Self::checked(text, Self::MIN_CHARS, address, words)
    }

    /// A password that somebody of the staff chooses: as [`chosen`](Self::chosen), from 12 characters on.
    ///
    /// # Errors
    /// Names the rule that is broken.
    pub fn chosen_by_staff(text: String, address: &EmailAddress, words: &[&str]) -> Result<Self, PasswordError> {
        Self::checked(text, Self::MIN_STAFF_CHARS, Some(address), words)
    }

    fn checked(
        text: String,
        least: usize,
        address: Option<&EmailAddress>,
        words: &[&str],
    ) -> Result<Self, PasswordError> {
        if text.contains('\0') {
            return Err(PasswordError::Nul);
        }
        if text.len() > Self::MAX_BYTES {
            return Err(PasswordError::TooLong);
        }
        if text.chars().count() < least {
            return Err(PasswordError::TooShort);
        }
        if guessable(&text, address, words) {
            Err(PasswordError::Guessable)
        } else {
            Ok(Self(text))
        }
    }

    /// The password, for the hasher only.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Long passwords that everybody tries: keyboard runs, counting, and famous phrases of at least 15 characters.
const COMMON: &[&str] = &[
    "qwertyuiopas",
    "qwertyuiopasdfghjkl",
    "abcdefghijkl",
    "1234567890ab",
    "iloveyou1234",
    "letmeinletme",
    "qwertzuiopasdfghjkl",
    "1234567890123456",
    "123456789012345",
    "abcdefghijklmnop",
    "abcdefghijklmnopqrstuvwxyz",
    "correcthorsebatterystaple",
    "iloveyouiloveyou",
    "passwordpassword",
    "letmeinletmeinletmein",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv",
    "qazwsxedcrfvtgb",
    "zaq12wsxcde34rfv",
    "administratoradministrator",
    "thequickbrownfox",
    "maythefourthbewithyou",
    "nevergonnagiveyouup",
];

fn guessable(text: &str, address: Option<&EmailAddress>, words: &[&str]) -> bool {
    let squeeze = |it: &str| -> String {
        it.chars()
            .filter(|it| it.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let plain = squeeze(text);
    let distinct = plain.chars().collect::<HashSet<_>>().len();
    if distinct < 5 || COMMON.contains(&plain.as_str()) || repeats(&plain) {
        return true;
    }
    let local = address.map(|it| it.as_str().split('@').next().unwrap_or_default());
    let known = ["password", "passwort", "portal", "support"]
        .into_iter()
        .chain(local)
        .chain(words.iter().copied());
    // What is left after taking out every known word must still be long enough to be hard to guess.
    let mut rest = plain;
    let mut known: Vec<String> = known.map(squeeze).filter(|it| it.chars().count() >= 4).collect();
    known.sort_by_key(|it| std::cmp::Reverse(it.len()));
    for word in known {
        rest = rest.replace(&word, "");
    }
    rest.chars().count() < 8
}

/// Whether the text is one part, at most half as long, again and again.
fn repeats(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (1..=chars.len() / 2).any(|period| chars.iter().zip(chars.iter().skip(period)).all(|(a, b)| a == b))
}
