//! What is wrong with a form, in the words of its page. No wildcard arms over kinds: a new one must be worded.

use portal_core::input::{self, ProblemKind, Problems};
use portal_core::membership::{Password, PasswordError};
use portal_core::text::{EmailError, LineError};

use crate::forms::told;
use crate::view::form::{AskedProblem, Complaint, Problem};
use crate::visit::Visit;

fn number(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

/// Puts what the core found into the reader's language.
pub(super) fn worded(visit: &Visit<'_>, problems: &Problems) -> Vec<Problem> {
    problems
        .list()
        .iter()
        .map(|it| complaint(visit, it).problem(visit.texts()))
        .collect()
}

/// Puts what was found while reading the form into the reader's language.
pub(super) fn said(visit: &Visit<'_>, complaints: &[Complaint]) -> Vec<Problem> {
    complaints.iter().map(|it| it.problem(visit.texts())).collect()
}

/// A field that the support form has by its settings, under the name that it has on the page; required files and kinds of
/// request are such fields too.
fn asked(problem: &input::Problem) -> Option<Complaint> {
    let field = match (problem.field, &problem.item) {
        ("fields", Some(key)) => format!("property-{key}"),
        ("category" | "files", None) if problem.kind == ProblemKind::Line(LineError::Empty) => problem.field.to_owned(),
        _ => return None,
    };
    let wrong = match &problem.kind {
        ProblemKind::Line(LineError::Empty) => AskedProblem::Missing,
        ProblemKind::Line(LineError::TooLong { .. }) | ProblemKind::TooManyBytes { .. } => AskedProblem::TooLong,
        ProblemKind::Line(LineError::Control) => AskedProblem::Unprintable,
        ProblemKind::Number => AskedProblem::Number,
        ProblemKind::Date => AskedProblem::Date,
        _ => AskedProblem::Choice,
    };
    Some(Complaint::Asked { field, wrong })
}

fn complaint(visit: &Visit<'_>, problem: &input::Problem) -> Complaint {
    if let Some(complaint) = asked(problem) {
        return complaint;
    }
    match &problem.kind {
        ProblemKind::Line(err) => line(problem.field, err),
        ProblemKind::TooManyBytes { .. } => too_long(problem.field),
        ProblemKind::Email(err) => match err {
            EmailError::Malformed | EmailError::NotAscii | EmailError::TooLong => Complaint::EmailMissing,
        },
        ProblemKind::Password(err) => match err {
            PasswordError::TooShort => Complaint::PasswordShort {
                min: number(Password::MIN_CHARS),
            },
            PasswordError::TooLong => Complaint::PasswordTooLong {
                max: number(Password::MAX_BYTES),
            },
            PasswordError::Nul => Complaint::Unprintable { field: "new" },
            PasswordError::Guessable => Complaint::PasswordCommon,
        },
        ProblemKind::WrongPassword => Complaint::CurrentWrong,
        ProblemKind::Differs => Complaint::PasswordMissing,
        ProblemKind::NotOffered => not_offered(problem.field),
        ProblemKind::TooManyFiles { max } => Complaint::TooManyFiles { max: number(*max) },
        ProblemKind::FilesTooLarge { max } => Complaint::FilesTooLarge {
            limit: told(visit, *max),
        },
        ProblemKind::FileGone => Complaint::FileGone,
        ProblemKind::TimeZone => Complaint::ZoneUnknown,
        ProblemKind::Range { .. } => Complaint::TokenDaysUnknown,
        // Of settings, which no page of customers has.
        ProblemKind::Number
        | ProblemKind::Date
        | ProblemKind::TooMany { .. }
        | ProblemKind::Twice
        | ProblemKind::Lacks(_)
        | ProblemKind::Link
        | ProblemKind::MailText(_)
        | ProblemKind::Colour
        | ProblemKind::Condition
        | ProblemKind::Invisible
        | ProblemKind::Host
        | ProblemKind::LookAlike
        | ProblemKind::Taken
        | ProblemKind::Slug(_)
        | ProblemKind::Hours
        | ProblemKind::Goal { .. }
        | ProblemKind::SwitchedOff => not_offered(problem.field),
    }
}

/// A line of text, by the field it is in: `name` is of a person; tokens say `token_name`.
fn line(field: &'static str, err: &LineError) -> Complaint {
    match (err, field) {
        (LineError::Empty, "subject") => Complaint::SubjectMissing,
        (LineError::Empty, "description") => Complaint::DescriptionMissing,
        (LineError::Empty, "text") => Complaint::BodyMissing,
        (LineError::Empty, "name") => Complaint::NameMissing,
        (LineError::Empty, _) => Complaint::Unprintable { field },
        (LineError::TooLong { max, .. }, "subject") => Complaint::SubjectTooLong { max: number(*max) },
        (LineError::TooLong { max, .. }, "reason") => Complaint::ReasonTooLong { max: number(*max) },
        (LineError::TooLong { max, .. }, "comment") => Complaint::CommentTooLong { max: number(*max) },
        (LineError::TooLong { max, .. }, _) => Complaint::NameTooLong { max: number(*max) },
        (LineError::Control, "text") => Complaint::Unprintable { field: "body" },
        (LineError::Control, _) => Complaint::Unprintable { field },
    }
}

fn too_long(field: &str) -> Complaint {
    if field == "description" {
        Complaint::DescriptionTooLong
    } else {
        Complaint::BodyTooLong
    }
}

fn not_offered(field: &str) -> Complaint {
    match field {
        "category" => Complaint::CategoryUnknown,
        "private" => Complaint::AudienceUnknown,
        "language" => Complaint::LanguageUnknown,
        _ => Complaint::PriorityUnknown,
    }
}

/// Problems with the name and days of a token, whose fields are called differently on the page.
pub(super) fn of_token(visit: &Visit<'_>, problems: &Problems) -> Vec<Problem> {
    let worded = problems.list().iter().map(|it| match (complaint(visit, it), it.field) {
        (Complaint::NameMissing, _) => Complaint::TokenNameMissing,
        (Complaint::NameTooLong { max }, _) => Complaint::TokenNameTooLong { max },
        (Complaint::Unprintable { .. }, _) => Complaint::Unprintable { field: "token_name" },
        (other, _) => other,
    });
    said(visit, &worded.collect::<Vec<_>>())
}
