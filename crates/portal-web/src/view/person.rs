//! People as the pages show them.

use serde::Serialize;

/// A person with an avatar of initials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Full name; empty for somebody whose name the reader may not know (shown as "Another person").
    pub name: String,
    /// At most two letters.
    pub initials: String,
    /// Colour of the avatar, 0–3, always the same for the same name; `None` = grey.
    pub hue: Option<u8>,
    /// What the person is to the reader.
    pub role: Role,
}

/// What a person is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The reader.
    You,
    /// Somebody of the reader's company.
    Colleague,
    /// Somebody of the support team.
    Support,
    /// Somebody else on the ticket.
    Other,
}

impl Person {
    /// A person with initials and colour made from the name.
    #[must_use]
    pub fn new(name: impl Into<String>, role: Role) -> Self {
        let name = name.into();
        Self {
            initials: initials(&name),
            hue: Some(hue(&name)),
            role,
            name,
        }
    }

    /// Somebody whose name the reader may not know.
    #[must_use]
    pub fn unnamed() -> Self {
        Self {
            name: String::new(),
            initials: String::new(),
            hue: None,
            role: Role::Other,
        }
    }
}

/// First letter of the first and of the last word.
fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .take(2)
        .collect()
}

/// A small stable hash (FNV-1a): the colour must not change between releases of the standard library.
fn hue(name: &str) -> u8 {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    // The upper bits are the better mixed ones.
    u8::try_from((hash >> 16) % 4).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        assert_eq!(initials("Jonas Weber"), "JW");
        assert_eq!(initials("anna maria del rosario"), "AR");
        assert_eq!(initials("Ümit"), "Ü");
        assert_eq!(initials("  "), "");
        assert_eq!(initials("ßuse ß"), "SS");
    }
}
