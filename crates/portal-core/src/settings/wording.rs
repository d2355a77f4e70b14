use std::fmt::Display;

use crate::input::{Checker, ProblemKind};
use crate::text::{LineError, Localized};

/// Checks that every language of a text is one line of at most `max` characters.
pub(super) fn line(checker: &mut Checker, field: &'static str, item: impl Display, text: &Localized, max: usize) {
    for (_, text) in text.iter() {
        let given = text.chars().count();
        let wrong = if text.trim().is_empty() {
            LineError::Empty
        } else if text.chars().any(char::is_control) {
            LineError::Control
        } else if given > max {
            LineError::TooLong { max, given }
        } else {
            continue;
        };
        checker.note_item(field, &item, wrong);
        return;
    }
}

/// Checks that every language of a longer text says something and has at most `max` bytes.
pub(super) fn prose(checker: &mut Checker, field: &'static str, text: &Localized, max: usize) {
    for (_, text) in text.iter() {
        let given = text.len();
        if text.trim().is_empty() {
            checker.note(field, LineError::Empty);
        } else if text.contains('\0') {
            checker.note(field, LineError::Control);
        } else if given > max {
            checker.note(field, ProblemKind::TooManyBytes { max, given });
        } else {
            continue;
        }
        return;
    }
}
