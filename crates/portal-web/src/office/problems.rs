//! What is wrong with a form of the staff, in their language. No wildcard arms over kinds: a new one must be worded.

use portal_core::input::{self, ProblemKind, Problems};
use portal_core::mail::MailTextFault;
use portal_core::membership::{Password, PasswordError};
use portal_core::text::{EmailError, LineError, SlugError};

use super::visit::OfficeVisit;
use crate::i18n::Arg;
use crate::view::file::FileLimits;
use crate::view::form::Problem;

/// Puts what the core found into the reader's language; the field's name is the name of the form field.
pub(crate) fn worded(visit: &OfficeVisit<'_>, problems: &Problems) -> Vec<Problem> {
    problems.list().iter().map(|it| one(visit, it)).collect()
}

/// A problem that the page itself found, by the key of its text.
pub(crate) fn said(visit: &OfficeVisit<'_>, field: &'static str, key: &'static str) -> Vec<Problem> {
    vec![Problem {
        field: field.into(),
        text: visit.texts().text(key, &[]),
    }]
}

/// A problem, in words.
pub(crate) fn one(visit: &OfficeVisit<'_>, problem: &input::Problem) -> Problem {
    let text = |key: &str, args: &[(&str, Arg)]| visit.texts().text(key, args);
    let number = |it: usize| Arg::from(u64::try_from(it).unwrap_or(u64::MAX));
    let size = |it: u64| Arg::from(FileLimits::new(0, it, visit.locale).size);
    let text = match &problem.kind {
        ProblemKind::Line(LineError::Empty) => text("office-problem-empty", &[]),
        ProblemKind::Line(LineError::TooLong { max, .. }) => text("office-problem-long", &[("max", number(*max))]),
        ProblemKind::Line(LineError::Control) => text("office-problem-control", &[]),
        ProblemKind::TooManyBytes { max, .. } => text("office-problem-bytes", &[("max", size(*max as u64))]),
        ProblemKind::Email(EmailError::Malformed | EmailError::NotAscii | EmailError::TooLong) => {
            text("office-problem-email", &[])
        }
        ProblemKind::Password(err) => match err {
            PasswordError::TooShort => text(
                "office-problem-password-short",
                &[("min", number(Password::MIN_STAFF_CHARS))],
            ),
            PasswordError::TooLong => text("office-problem-long", &[("max", number(Password::MAX_BYTES))]),
            PasswordError::Nul => text("office-problem-control", &[]),
            PasswordError::Guessable => text("office-problem-password-common", &[]),
        },
        ProblemKind::WrongPassword => text("office-problem-password-wrong", &[]),
        ProblemKind::Differs => text("office-problem-differs", &[]),
        ProblemKind::NotOffered => text("office-problem-choice", &[]),
        ProblemKind::TooManyFiles { max } => text("office-problem-files", &[("max", number(*max))]),
        ProblemKind::FilesTooLarge { max } => text("office-problem-bytes", &[("max", size(*max))]),
        ProblemKind::FileGone => text("office-problem-file-gone", &[]),
        ProblemKind::TimeZone => text("office-problem-zone", &[]),
        ProblemKind::Range { min, max } => text(
            "office-problem-range",
            &[("min", (*min).into()), ("max", (*max).into())],
        ),
        ProblemKind::Number => text("office-problem-number", &[]),
        ProblemKind::Date => text("office-problem-date", &[]),
        ProblemKind::TooMany { max } => text("office-problem-many", &[("max", number(*max))]),
        ProblemKind::Twice => text("office-problem-twice", &[]),
        ProblemKind::Lacks(_) => text("office-problem-lacks", &[]),
        ProblemKind::Link => text("office-problem-link", &[]),
        ProblemKind::MailText(fault) => mail_text(visit, fault),
        ProblemKind::Colour => text("office-problem-colour", &[]),
        ProblemKind::Condition => text("office-problem-condition", &[]),
        ProblemKind::Invisible => text("office-problem-invisible", &[]),
        ProblemKind::Host => text("office-problem-host", &[]),
        ProblemKind::LookAlike => text("office-problem-look-alike", &[]),
        ProblemKind::Taken => text("office-problem-taken", &[]),
        ProblemKind::Slug(SlugError::Malformed) => text("office-problem-slug", &[]),
        ProblemKind::Slug(SlugError::Reserved(word)) => {
            text("office-problem-slug-reserved", &[("word", word.as_str().into())])
        }
        ProblemKind::Hours => text("office-problem-hours", &[]),
        ProblemKind::Goal { hours } => text("office-problem-goal", &[("hours", (*hours).into())]),
        ProblemKind::SwitchedOff => text("office-problem-switched-off", &[]),
    };
    Problem {
        field: problem.path().into(),
        text,
    }
}

/// What is wrong with the text of a mail.
fn mail_text(visit: &OfficeVisit<'_>, fault: &MailTextFault) -> String {
    let text = |key: &str, args: &[(&str, Arg)]| visit.texts().text(key, args);
    let shown = |it: &str| Arg::from(format!("{{{it}}}"));
    match fault {
        MailTextFault::Empty => text("office-problem-empty", &[]),
        MailTextFault::TooLong(max) => {
            let max = Arg::from(u64::try_from(*max).unwrap_or(u64::MAX));
            text("office-problem-long", &[("max", max)])
        }
        MailTextFault::Control => text("office-problem-control", &[]),
        MailTextFault::Brace => text("office-mail-problem-brace", &[]),
        MailTextFault::Unknown(name) => text("office-mail-problem-unknown", &[("name", shown(name))]),
        MailTextFault::NotHere(it) => text("office-mail-problem-not-here", &[("name", shown(it.name()))]),
        MailTextFault::Missing(it) => text("office-mail-problem-missing", &[("name", shown(it.name()))]),
        MailTextFault::OtherAddress => text("office-mail-problem-address", &[("name", shown("link"))]),
    }
}
