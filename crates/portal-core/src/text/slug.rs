use std::fmt;
use std::str::FromStr;

/// Words that a portal cannot have as its slug, because the server answers there itself.
pub const RESERVED_SLUGS: &[&str] = &[
    "admin",
    "api",
    "assets",
    "desk",
    "dev",
    "docs",
    "favicon",
    "health",
    "healthz",
    "help",
    "livez",
    "metrics",
    "readyz",
    "robots",
    "s",
    "set-up",
    "setup",
    "sign-in",
    "sign-out",
    "static",
    "stream",
    "version",
    "well-known",
];

/// The part of a portal's address behind the host: `[a-z0-9-]`, 1 to 63 characters, no hyphen at the ends.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Slug(String);

/// Why a text cannot be a slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    /// Characters or a length that a slug cannot have.
    #[error("a slug has 1 to 63 characters out of a–z, 0–9 and hyphen, and no hyphen at its ends")]
    Malformed,
    /// A word the server needs for itself.
    #[error("`{0}` is a reserved word; choose another slug")]
    Reserved(String),
}

impl Slug {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = SlugError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = (1..=63).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-');
        if !plain {
            return Err(SlugError::Malformed);
        }
        if RESERVED_SLUGS.contains(&text) {
            return Err(SlugError::Reserved(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether two different slugs, or a slug and a word, are easily taken for each other.
#[must_use]
pub fn looks_like(one: &str, other: &str) -> bool {
    one != other && skeleton(one) == skeleton(other)
}

/// Whether a slug is easily taken for a word that the server needs for itself.
#[must_use]
pub fn looks_reserved(slug: &str) -> bool {
    RESERVED_SLUGS.iter().any(|it| looks_like(it, slug))
}

/// What is left of a slug for a hasty eye. Wide letters become the two that pass for them, and not the other way round:
/// three `v` in a row could be read in two ways.
fn skeleton(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '-' => {}
            '0' => plain.push('o'),
            '1' | 'i' => plain.push('l'),
            'm' => plain.push_str("rn"),
            'w' => plain.push_str("vv"),
            other => plain.push(other),
        }
    }
    plain
}
