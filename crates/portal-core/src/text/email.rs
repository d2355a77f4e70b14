use std::fmt;
use std::str::FromStr;

/// An e-mail address in canonical form: ASCII, lower case, the domain as A-labels.
///
/// Two addresses are the same exactly if their bytes are. What a provider may do beyond that (dots, plus tags) is not
/// guessed: an address proves something only after a round trip, and only for that exact string.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

/// Why a text is no usable address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// It has no `@` with something on both sides, or characters that an address cannot have.
    #[error("enter an e-mail address like name@example.com")]
    Malformed,
    /// Letters outside ASCII; such a domain has an `xn--` form, such a local part is not supported.
    #[error("the address has letters outside ASCII; write its domain in the `xn--` form")]
    NotAscii,
    /// Longer than 254 bytes (RFC 5321 §4.5.3.1.3), or the part before the `@` longer than 64.
    #[error("the address is longer than an e-mail address can be")]
    TooLong,
}

impl EmailAddress {
    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl FromStr for EmailAddress {
    type Err = EmailError;

    /// Accepts surrounding blanks and upper case, and refuses everything that would need guessing: quoted local parts,
    /// comments, address literals, several addresses.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if !text.is_ascii() {
            return Err(EmailError::NotAscii);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(EmailError::Malformed)?;
        if text.len() > 254 || local.len() > 64 {
            return Err(EmailError::TooLong);
        }
        let atom = |it: &str| {
            !it.is_empty()
                && it
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
        };
        let label = |it: &str| {
            !it.is_empty()
                && it.len() <= 63
                && !it.starts_with('-')
                && !it.ends_with('-')
                && it.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        // An encoded word (RFC 2047) is another address to whoever decodes it.
        let plain = !local.contains("=?");
        if plain && local.split('.').all(atom) && domain.contains('.') && domain.split('.').all(label) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(EmailError::Malformed)
        }
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EmailAddress {
    /// Addresses are personal: logs get the domain only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailAddress(…@{})", self.domain())
    }
}
