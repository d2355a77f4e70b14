use std::fmt;
use std::str::FromStr;

use crate::id::{ContactId, TicketNumber};
use crate::text::LineError;
use crate::time::Timestamp;

/// What a customer thinks of a solution. Two answers, because two taps are what people have time for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rating {
    /// It is good.
    Good,
    /// It is not.
    NotGood,
}

impl Rating {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Good, Self::NotGood];

    /// Its name in forms, files and texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::NotGood => "not_good",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// What a customer adds to a rating: plain text of at most 2,000 characters in any number of lines, not empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RatingComment(String);

impl RatingComment {
    /// The limit in characters (Unicode scalar values).
    pub const MAX: usize = 2000;

    /// What was typed into a form; nothing but blanks is no comment.
    ///
    /// # Errors
    /// If it is too long, or has control characters that are no line breaks or tabs.
    pub fn typed(text: &str) -> Result<Option<Self>, LineError> {
        match text.parse() {
            Ok(it) => Ok(Some(it)),
            Err(LineError::Empty) => Ok(None),
            Err(err) => Err(err),
        }
    }

    /// The text, trimmed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RatingComment {
    type Err = LineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Browsers send line breaks as two characters.
        let text = text.trim().replace("\r\n", "\n");
        if text.is_empty() {
            return Err(LineError::Empty);
        }
        if text.chars().any(|it| it.is_control() && it != '\n' && it != '\t') {
            return Err(LineError::Control);
        }
        let given = text.chars().count();
        if given > Self::MAX {
            return Err(LineError::TooLong { max: Self::MAX, given });
        }
        Ok(Self(text))
    }
}

impl fmt::Display for RatingComment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What one contact thinks of how one ticket was solved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketRating {
    /// The ticket.
    pub ticket: TicketNumber,
    /// Whose it is: who gave it, or whom they became a part of.
    pub contact: ContactId,
    /// The name of whoever gave it, of that moment; empty once they were erased.
    pub name: String,
    /// What they think.
    pub rating: Rating,
    /// What they say about it.
    pub comment: Option<RatingComment>,
    /// When they said so last.
    pub at: Timestamp,
}

/// What is measured of a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MeasuredRating {
    /// The ticket.
    pub ticket: TicketNumber,
    /// What somebody thinks.
    pub rating: Rating,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_trimmed_bounded_and_may_have_lines() {
        assert_eq!(RatingComment::typed(" \r\n\t "), Ok(None));
        let lines = RatingComment::typed("  It took long.\r\n\tBut it works.\n")
            .unwrap()
            .unwrap();
        assert_eq!(lines.as_str(), "It took long.\n\tBut it works.");
        assert!(RatingComment::typed(&"ü".repeat(2000)).is_ok());
        assert_eq!(
            RatingComment::typed(&"ü".repeat(2001)),
            Err(LineError::TooLong { max: 2000, given: 2001 })
        );
        for text in ["a\0b", "a\u{1b}[31m", "a\rb"] {
            assert_eq!(RatingComment::typed(text), Err(LineError::Control), "{text:?}");
        }
    }

    #[test]
    fn ratings_are_known_by_their_names() {
        assert!(Rating::ALL.into_iter().all(|it| Rating::named(it.name()) == Some(it)));
        assert_eq!(Rating::named("Good"), None);
    }
}
