use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

/// Which state of a thing somebody saw: the same for the same, and another one for another. It is compared before a change
/// is made, so that nobody overwrites what they have not seen. It means nothing beyond that, and is not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(u64);

/// A text that is no fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a version that was given out")]
pub struct FingerprintError;

impl Fingerprint {
    /// The fingerprint of a thing as it is.
    #[must_use]
    pub fn of(it: &impl fmt::Debug) -> Self {
        let digest: [u8; 32] = Sha256::digest(format!("{it:?}").as_bytes()).into();
        let first = digest.iter().take(8);
        Self(first.fold(0, |sum, it| (sum << 8) | u64::from(*it)))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Fingerprint {
    type Err = FingerprintError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = text.len() == 16 && text.bytes().all(|it| it.is_ascii_hexdigit());
        let number = u64::from_str_radix(text, 16).ok().filter(|_| plain);
        number.map(Self).ok_or(FingerprintError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_has_the_same_and_is_read_back() {
        let one = Fingerprint::of(&("Ada", 1));
        assert_eq!(one, Fingerprint::of(&("Ada", 1)));
        assert_ne!(one, Fingerprint::of(&("Ada", 2)));
        assert_eq!(one.to_string().parse(), Ok(one));
        for wrong in ["", "1", "+00000000000000f", "zzzzzzzzzzzzzzzz", "00000000000000000"] {
            assert_eq!(wrong.parse::<Fingerprint>(), Err(FingerprintError), "{wrong}");
        }
    }
}
