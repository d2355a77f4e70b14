//! What is wrong with a form, said in the reader's language.

use std::borrow::Cow;

use serde::Serialize;

use crate::i18n::{Arg, Translator};

/// One problem: shown in the summary (as a link to the field) and at the field, with the same words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Name of the form field.
    pub field: Cow<'static, str>,
    /// What is wrong and what to do.
    pub text: String,
}

/// What can be wrong with a field that the support form has by its settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedProblem {
    /// Nothing is there.
    Missing,
    /// Too long.
    TooLong,
    /// Characters that cannot be shown.
    Unprintable,
    /// Not a number.
    Number,
    /// Not a day.
    Date,
    /// Not one of the choices.
    Choice,
}

/// Everything that a form can be refused for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Complaint {
    /// Sign-in: no address.
    EmailMissing,
    /// Sign-in: no password.
    PasswordMissing,
    /// Sign-in: address or password wrong; never which.
    SignInWrong,
    /// Sign-in: too many attempts; when to try again.
    SignInSlow {
        /// From now.
        seconds: u64,
    },
    /// Anything that is counted: too many attempts; when to try again.
    Slow {
        /// The field.
        field: &'static str,
        /// From now.
        seconds: u64,
    },
    /// Mailed code: wrong, or too late; never which.
    CodeWrong,
    /// Consent: the box is not ticked.
    ConsentMissing,
    /// New address: the one that counts already.
    AddressSame,
    /// New address: the password is wrong.
    PasswordWrong,
    /// Sign-in: only after the password was set anew.
    SignInBlocked,
    /// Any line: characters that cannot be shown.
    Unprintable {
        /// The field.
        field: &'static str,
    },
    /// Ticket or reply: this very form was sent before, with something else in it.
    SentAlready {
        /// The field with the text.
        field: &'static str,
    },
    /// Files: one that was kept is not there any more.
    FileGone,
    /// Password: too many attempts; when to try again.
    CurrentSlow {
        /// From now.
        seconds: u64,
    },
    /// New ticket: no subject.
    SubjectMissing,
    /// New ticket: subject too long.
    SubjectTooLong {
        /// Characters allowed.
        max: u32,
    },
    /// New ticket: no description.
    DescriptionMissing,
    /// New ticket: description too long.
    DescriptionTooLong,
    /// New ticket: not one of the categories.
    CategoryUnknown,
    /// New ticket: not one of the priorities.
    PriorityUnknown,
    /// New ticket: may not be private here.
    AudienceUnknown,
    /// New ticket: a field that the portal's form has.
    Asked {
        /// The field.
        field: String,
        /// What is wrong with it.
        wrong: AskedProblem,
    },
    /// Reply: no text.
    BodyMissing,
    /// Reply: text too long.
    BodyTooLong,
    /// Closing: reason too long.
    ReasonTooLong {
        /// Characters allowed.
        max: u32,
    },
    /// Rating: comment too long.
    CommentTooLong {
        /// Characters allowed.
        max: u32,
    },
    /// Rating: nothing chosen.
    RatingMissing,
    /// Files: more than allowed.
    TooManyFiles {
        /// Files allowed.
        max: u32,
    },
    /// Files: more bytes than allowed.
    FilesTooLarge {
        /// `50 MB`.
        limit: String,
    },
    /// Files: one is empty.
    FileEmpty {
        /// Its name.
        name: String,
    },
    /// Files: one could not be stored.
    FileFailed {
        /// Its name.
        name: String,
    },
    /// Account: no name.
    NameMissing,
    /// Account: name too long.
    NameTooLong {
        /// Characters allowed.
        max: u32,
    },
    /// Account: unknown language.
    LanguageUnknown,
    /// Account: unknown zone.
    ZoneUnknown,
    /// Password: the present one is wrong.
    CurrentWrong,
    /// Password: too short.
    PasswordShort {
        /// Characters needed.
        min: u32,
    },
    /// Password: too long.
    PasswordTooLong {
        /// Characters allowed.
        max: u32,
    },
    /// Password: on the list of known ones.
    PasswordCommon,
    /// Token: no name.
    TokenNameMissing,
    /// Token: name too long.
    TokenNameTooLong {
        /// Characters allowed.
        max: u32,
    },
    /// Token: too many of them.
    TooManyTokens {
        /// Tokens allowed.
        max: u32,
    },
    /// Token: not one of the spans.
    TokenDaysUnknown,
}

impl Complaint {
    /// The problem in the reader's language, at its field.
    #[must_use]
    pub fn problem(&self, translator: &Translator) -> Problem {
        let (field, key, arg): (&'static str, &str, Option<(&str, Arg)>) = match self {
            Self::Asked { field, wrong } => {
                let key = match wrong {
                    AskedProblem::Missing => "problem-asked-missing",
                    AskedProblem::TooLong => "problem-text-long",
                    AskedProblem::Unprintable => "problem-unprintable",
                    AskedProblem::Number => "problem-asked-number",
                    AskedProblem::Date => "problem-asked-date",
                    AskedProblem::Choice => "problem-asked-choice",
                };
                return Problem {
                    field: field.clone().into(),
                    text: translator.text(key, &[]),
                };
            }
            Self::EmailMissing => ("email", "problem-email-missing", None),
            Self::PasswordMissing => ("password", "problem-password-missing", None),
            Self::SignInWrong => ("email", "problem-sign-in-wrong", None),
            Self::SignInSlow { seconds } => {
                return Problem {
                    field: "email".into(),
                    text: translator.text("problem-sign-in-slow", &[("wait", translator.wait(*seconds).into())]),
                };
            }
            Self::Slow { field, seconds } => {
                return Problem {
                    field: (*field).into(),
                    text: translator.text("problem-sign-in-slow", &[("wait", translator.wait(*seconds).into())]),
                };
            }
            Self::CodeWrong => ("code", "problem-code-wrong", None),
            Self::ConsentMissing => ("consent", "problem-consent", None),
            Self::AddressSame => ("email", "problem-address-same", None),
            Self::PasswordWrong => ("password", "problem-current-wrong", None),
            Self::SignInBlocked => ("email", "problem-sign-in-blocked", None),
            Self::Unprintable { field } => (field, "problem-unprintable", None),
            Self::SentAlready { field } => (field, "problem-sent-already", None),
            Self::FileGone => ("files", "problem-file-gone", None),
            Self::CurrentSlow { seconds } => {
                return Problem {
                    field: "current".into(),
                    text: translator.text("problem-sign-in-slow", &[("wait", translator.wait(*seconds).into())]),
                };
            }
            Self::SubjectMissing => ("subject", "problem-subject-missing", None),
            Self::SubjectTooLong { max } => ("subject", "problem-subject-long", Some(("max", (*max).into()))),
            Self::DescriptionMissing => ("description", "problem-description-missing", None),
            Self::DescriptionTooLong => ("description", "problem-text-long", None),
            Self::CategoryUnknown => ("category", "problem-category", None),
            Self::PriorityUnknown => ("priority", "problem-priority", None),
            Self::AudienceUnknown => ("audience", "problem-audience", None),
            Self::BodyMissing => ("body", "problem-body-missing", None),
            Self::BodyTooLong => ("body", "problem-text-long", None),
            Self::ReasonTooLong { max } => ("reason", "problem-reason-long", Some(("max", (*max).into()))),
            Self::CommentTooLong { max } => ("comment", "problem-comment-long", Some(("max", (*max).into()))),
            Self::RatingMissing => ("rating", "problem-rating", None),
            Self::TooManyFiles { max } => ("files", "problem-files-many", Some(("max", (*max).into()))),
            Self::FilesTooLarge { limit } => ("files", "problem-files-large", Some(("limit", limit.as_str().into()))),
            Self::FileEmpty { name } => ("files", "problem-file-empty", Some(("name", name.as_str().into()))),
            Self::FileFailed { name } => ("files", "problem-file-failed", Some(("name", name.as_str().into()))),
            Self::NameMissing => ("name", "problem-name-missing", None),
            Self::NameTooLong { max } => ("name", "problem-name-long", Some(("max", (*max).into()))),
            Self::LanguageUnknown => ("language", "problem-language", None),
            Self::ZoneUnknown => ("zone", "problem-zone", None),
            Self::CurrentWrong => ("current", "problem-current-wrong", None),
            Self::PasswordShort { min } => ("new", "problem-password-short", Some(("min", (*min).into()))),
            Self::PasswordTooLong { max } => ("new", "problem-password-long", Some(("max", (*max).into()))),
            Self::PasswordCommon => ("new", "problem-password-common", None),
            Self::TokenNameMissing => ("token_name", "problem-token-name-missing", None),
            Self::TokenNameTooLong { max } => ("token_name", "problem-name-long", Some(("max", (*max).into()))),
            Self::TooManyTokens { max } => ("token_name", "problem-tokens-many", Some(("max", (*max).into()))),
            Self::TokenDaysUnknown => ("days", "problem-token-days", None),
        };
        Problem {
            field: field.into(),
            text: translator.text(key, arg.as_slice()),
        }
    }
}
