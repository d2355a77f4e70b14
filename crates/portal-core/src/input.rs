//! What is wrong with what somebody typed, field by field, for pages and programs to say in their own words.

use std::fmt;

use crate::membership::PasswordError;
use crate::text::{EmailError, LineError};

/// One field that must be mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field's name in the command, such as `subject`.
    pub field: &'static str,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// What can be wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProblemKind {
    /// A line of text: empty, too long, or with control characters.
    #[error(transparent)]
    Line(#[from] LineError),
    /// More bytes than allowed.
    #[error("this may have at most {max} bytes, and has {given}")]
    TooManyBytes {
        /// The limit in bytes of UTF-8.
        max: usize,
        /// How many there were.
        given: usize,
    },
    /// An e-mail address.
    #[error(transparent)]
    Email(#[from] EmailError),
    /// A new password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The current password is not this one.
    #[error("this is not your current password")]
    WrongPassword,
    /// The second entry differs from the first.
    #[error("the two entries differ")]
    Differs,
    /// Not one of what is offered.
    #[error("choose one of what is offered")]
    NotOffered,
    /// More files than allowed.
    #[error("at most {max} files can be sent at once")]
    TooManyFiles {
        /// The limit.
        max: usize,
    },
    /// All files together are too large.
    #[error("the files have more than {max} bytes together")]
    FilesTooLarge {
        /// The limit in bytes.
        max: u64,
    },
    /// A file that was uploaded earlier is not there any more, or belongs to somebody else.
    #[error("a file is not there any more; add it again")]
    FileGone,
    /// Not a time zone.
    #[error("this is not a time zone like `Europe/Berlin`")]
    TimeZone,
    /// Not in the range.
    #[error("this must be between {min} and {max}")]
    Range {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
}

/// Everything that must be mended, in the order of the fields. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// One problem.
    #[must_use]
    pub fn one(field: &'static str, kind: impl Into<ProblemKind>) -> Self {
        Self(vec![Problem {
            field,
            kind: kind.into(),
        }])
    }

    /// The problems.
    #[must_use]
    pub fn list(&self) -> &[Problem] {
        &self.0
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let separator = if index > 0 { "; " } else { "" };
            write!(f, "{separator}`{}`: {}", problem.field, problem.kind)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Collects problems while a command is checked.
#[derive(Default)]
pub(crate) struct Checker(Vec<Problem>);

impl Checker {
    /// Keeps the value, or notes what is wrong with the field.
    pub(crate) fn take<T, E: Into<ProblemKind>>(&mut self, field: &'static str, result: Result<T, E>) -> Option<T> {
        result.map_err(|err| self.note(field, err)).ok()
    }

    /// Notes a problem.
    pub(crate) fn note(&mut self, field: &'static str, kind: impl Into<ProblemKind>) {
        self.0.push(Problem {
            field,
            kind: kind.into(),
        });
    }

    /// Fine, or everything that was noted.
    pub(crate) fn done(self) -> Result<(), Problems> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Problems(self.0))
        }
    }
}

/// Checks a body that a person typed.
pub(crate) fn typed_body(checker: &mut Checker, field: &'static str, text: &str) {
    let given = text.len();
    if text.trim().is_empty() {
        checker.note(field, LineError::Empty);
    } else if given > crate::text::MAX_TYPED_BODY {
        checker.note(
            field,
            ProblemKind::TooManyBytes {
                max: crate::text::MAX_TYPED_BODY,
                given,
            },
        );
    } else if text.contains('\0') {
        checker.note(field, LineError::Control);
    }
}
