//! What is wrong with what somebody typed, field by field, for pages and programs to say in their own words.

use std::fmt;

use crate::mail::MailTextFault;
use crate::membership::PasswordError;
use crate::text::{EmailError, LineError, SlugError};

/// One field that must be mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field's name in the command, such as `subject`.
    pub field: &'static str,
    /// Which of several, where the field holds several: a name or a place, such as `serial_number` or `3`.
    pub item: Option<String>,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

impl Problem {
    /// The field, with a dot and the item where there is one: `fields.serial_number`.
    #[must_use]
    pub fn path(&self) -> String {
        self.item
            .as_ref()
            .map_or_else(|| self.field.to_owned(), |item| format!("{}.{item}", self.field))
    }
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
    /// Not a number that fits.
    #[error("this is not a number like 12 or 12.5")]
    Number,
    /// Not a day.
    #[error("this is not a date like 2026-11-22")]
    Date,
    /// More entries than allowed.
    #[error("at most {max} are allowed")]
    TooMany {
        /// The limit.
        max: usize,
    },
    /// The same twice.
    #[error("this is there twice")]
    Twice,
    /// Something that must be there is not.
    #[error("`{0}` must be there")]
    Lacks(&'static str),
    /// Neither a path on this site nor a secure address.
    #[error("this is neither a path like /support nor an address that begins with https://")]
    Link,
    /// The text of a mail.
    #[error(transparent)]
    MailText(#[from] MailTextFault),
    /// Not a colour.
    #[error("this is not a colour like #2e61c4")]
    Colour,
    /// A condition that looks at something that does not stand before, or does not have these values.
    #[error("a field can only depend on a choice that stands before it")]
    Condition,
    /// Characters that cannot be seen or turn text around.
    #[error("this has characters that cannot be seen")]
    Invisible,
    /// Not a host.
    #[error("this is not a host name like help.example.com")]
    Host,
    /// A host that looks like another one: letters outside ASCII, or made to look so.
    #[error("this host could be taken for another one")]
    LookAlike,
    /// Somebody else has it.
    #[error("this is taken")]
    Taken,
    /// Not a slug.
    #[error(transparent)]
    Slug(#[from] SlugError),
    /// Openings of a day that are empty, overlap, are too many or go beyond it.
    #[error("these are not up to three spans of time like 09:00-17:00, one after the other")]
    Hours,
    /// A span of time that is nothing, or more than somebody can promise.
    #[error("this must be more than nothing, and at most {hours} hours")]
    Goal {
        /// The most, in hours.
        hours: u64,
    },
    /// Not possible as long as something else is not switched on.
    #[error("switch this on first")]
    SwitchedOff,
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
            item: None,
            kind: kind.into(),
        }])
    }

    /// One problem of one of several.
    #[must_use]
    pub fn of_item(field: &'static str, item: impl Into<String>, kind: impl Into<ProblemKind>) -> Self {
        Self(vec![Problem {
            field,
            item: Some(item.into()),
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
            write!(f, "{separator}`{}`: {}", problem.path(), problem.kind)?;
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
            item: None,
            kind: kind.into(),
        });
    }

    /// Notes a problem of one of several.
    pub(crate) fn note_item(
        &mut self,
        field: &'static str,
        item: impl std::fmt::Display,
        kind: impl Into<ProblemKind>,
    ) {
        self.0.push(Problem {
            field,
            item: Some(item.to_string()),
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
