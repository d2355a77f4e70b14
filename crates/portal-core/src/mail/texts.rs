use std::collections::BTreeMap;
use std::fmt;

use crate::input::{Checker, Problems};
use crate::text::Locale;

/// A mail to customers whose text a portal may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EditableMail {
    /// See [`Mail::Invitation`](super::Mail::Invitation).
    Invitation,
    /// See [`Mail::AlreadyRegistered`](super::Mail::AlreadyRegistered).
    AlreadyRegistered,
    /// See [`Mail::VerifyAddress`](super::Mail::VerifyAddress).
    VerifyAddress,
    /// See [`Mail::SignIn`](super::Mail::SignIn).
    SignIn,
    /// See [`Mail::ResetPassword`](super::Mail::ResetPassword).
    ResetPassword,
    /// See [`Mail::RegistrationApproved`](super::Mail::RegistrationApproved).
    RegistrationApproved,
}

impl EditableMail {
    /// All of them, in the order in which pages list them.
    pub const ALL: [Self; 6] = [
        Self::Invitation,
        Self::AlreadyRegistered,
        Self::VerifyAddress,
        Self::SignIn,
        Self::ResetPassword,
        Self::RegistrationApproved,
    ];

    /// Its name in addresses, files and texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::AlreadyRegistered => "already_registered",
            Self::VerifyAddress => "verify_address",
            Self::SignIn => "sign_in",
            Self::ResetPassword => "reset_password",
            Self::RegistrationApproved => "registration_approved",
        }
    }

    /// The mail with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// What its text may stand for.
    #[must_use]
    pub const fn placeholders(self) -> &'static [Placeholder] {
        use Placeholder::{Code, ContactName, Expires, Link, PortalName};
        match self {
            Self::Invitation | Self::ResetPassword | Self::VerifyAddress => &[PortalName, ContactName, Link, Expires],
            Self::SignIn => &[PortalName, ContactName, Link, Code, Expires],
            Self::AlreadyRegistered | Self::RegistrationApproved => &[PortalName, ContactName, Link],
        }
    }

    /// What its text must have, because the mail is of no use without.
    #[must_use]
    pub const fn needed(self) -> &'static [Placeholder] {
        match self {
            Self::SignIn => &[Placeholder::Link, Placeholder::Code],
            Self::Invitation
            | Self::VerifyAddress
            | Self::ResetPassword
            | Self::AlreadyRegistered
            | Self::RegistrationApproved => &[Placeholder::Link],
        }
    }
}

/// What stands in a text in braces, `{link}`, and is filled in when the mail leaves. There are no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Placeholder {
    /// The portal's name.
    PortalName,
    /// The person's name.
    ContactName,
    /// The address of the page where they go on; alone in a paragraph, a button.
    Link,
    /// What can be typed instead; alone in a paragraph, large.
    Code,
    /// Until when link and code work.
    Expires,
}

impl Placeholder {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::PortalName,
        Self::ContactName,
        Self::Link,
        Self::Code,
        Self::Expires,
    ];

    /// What stands between the braces.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PortalName => "portal_name",
            Self::ContactName => "contact_name",
            Self::Link => "link",
            Self::Code => "code",
            Self::Expires => "expires",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// A subject is shown where anybody looks: on locked screens, in lists. It has nothing that opens anything.
    const fn fits_a_subject(self) -> bool {
        matches!(self, Self::PortalName | Self::ContactName)
    }
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As it stands.
    Text(String),
    /// To be filled in.
    Value(Placeholder),
}

impl Piece {
    /// Takes a text apart.
    ///
    /// # Errors
    /// If a brace belongs to nothing, or there is no such placeholder.
    pub fn all_of(text: &str) -> Result<Vec<Self>, MailTextFault> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(place) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(place);
            let inner = from.strip_prefix('{').ok_or(MailTextFault::Brace)?;
            let (name, after) = inner.split_once('}').ok_or(MailTextFault::Brace)?;
            if name.contains('{') {
                return Err(MailTextFault::Brace);
            }
            let value =
                Placeholder::named(name).ok_or_else(|| MailTextFault::Unknown(name.chars().take(40).collect()))?;
            if !before.is_empty() {
                pieces.push(Self::Text(before.to_owned()));
            }
            pieces.push(Self::Value(value));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Self::Text(rest.to_owned()));
        }
        Ok(pieces)
    }
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailTextFault {
    /// Nothing but blanks.
    #[error("this must not be empty")]
    Empty,
    /// More characters than allowed.
    #[error("this may have at most {0} characters")]
    TooLong(usize),
    /// A control character; in a subject also a line break.
    #[error("this has control characters")]
    Control,
    /// A brace that belongs to no placeholder.
    #[error("a brace belongs to no placeholder")]
    Brace,
    /// There is no such placeholder.
    #[error("there is no placeholder `{{{0}}}`")]
    Unknown(String),
    /// The placeholder exists, but has no value in this mail, or must not stand in a subject.
    #[error("the placeholder `{{{}}}` cannot stand here", .0.name())]
    NotHere(Placeholder),
    /// The mail is of no use without this placeholder.
    #[error("the placeholder `{{{}}}` is missing", .0.name())]
    Missing(Placeholder),
    /// An address of another page. Account mails lead to the portal and nowhere else: who learns that they do recognises
    /// those that do not.
    #[error("the only address in this mail is `{{link}}`")]
    OtherAddress,
}

impl MailTextFault {
    /// A word that pages have a sentence for.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong(_) => "too-long",
            Self::Control => "control",
            Self::Brace => "brace",
            Self::Unknown(_) => "unknown-placeholder",
            Self::NotHere(_) => "placeholder-not-here",
            Self::Missing(_) => "placeholder-missing",
            Self::OtherAddress => "other-address",
        }
    }
}

/// A field of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MailTextField {
    /// The subject.
    Subject,
    /// Everything else.
    Body,
}

/// The text of a mail in one language, in place of the built-in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailText {
    /// The subject: one line, with placeholders.
    pub subject: String,
    /// The rest: paragraphs between blank lines, with placeholders. Nothing else in it means anything.
    pub body: String,
}

impl MailText {
    /// Most characters of a subject.
    pub const MAX_SUBJECT: usize = 150;
    /// Most characters of a body.
    pub const MAX_BODY: usize = 5_000;

    /// What a form sent: line breaks made the same everywhere, blanks at the ends taken away.
    #[must_use]
    pub fn typed(subject: &str, body: &str) -> Self {
        Self {
            subject: subject.trim().to_owned(),
            body: body.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned(),
        }
    }

    /// What is wrong with it as the text of a mail, field by field.
    #[must_use]
    pub fn faults(&self, mail: EditableMail) -> Vec<(MailTextField, MailTextFault)> {
        let subject = part(&self.subject, Self::MAX_SUBJECT, char::is_control);
        let body = part(&self.body, Self::MAX_BODY, |it| it.is_control() && it != '\n');
        let mut faults = Vec::new();
        match subject {
            Err(fault) => faults.push((MailTextField::Subject, fault)),
            Ok(used) => {
                let wrong = used
                    .into_iter()
                    .filter(|it| !it.fits_a_subject() || !mail.placeholders().contains(it));
                faults.extend(wrong.map(|it| (MailTextField::Subject, MailTextFault::NotHere(it))));
            }
        }
        match body {
            Err(fault) => faults.push((MailTextField::Body, fault)),
            Ok(used) => {
                let wrong = used.iter().filter(|it| !mail.placeholders().contains(it));
                faults.extend(wrong.map(|it| (MailTextField::Body, MailTextFault::NotHere(*it))));
                let missing = mail.needed().iter().filter(|it| !used.contains(it));
                faults.extend(missing.map(|it| (MailTextField::Body, MailTextFault::Missing(*it))));
            }
        }
        faults
    }
}

/// The placeholders of a text that is otherwise fine.
fn part(text: &str, max: usize, forbidden: fn(char) -> bool) -> Result<Vec<Placeholder>, MailTextFault> {
    if text.trim().is_empty() {
        return Err(MailTextFault::Empty);
    }
    if text.chars().count() > max {
        return Err(MailTextFault::TooLong(max));
    }
    if text.chars().any(forbidden) {
        return Err(MailTextFault::Control);
    }
    let lower = text.to_lowercase();
    if lower.contains("://") || lower.contains("www.") {
        return Err(MailTextFault::OtherAddress);
    }
    let values = Piece::all_of(text)?.into_iter().filter_map(|it| match it {
        Piece::Value(it) => Some(it),
        Piece::Text(_) => None,
    });
    Ok(values.collect())
}

/// What is wrong with one field of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailTextProblem {
    /// The mail.
    pub mail: EditableMail,
    /// The language.
    pub language: Locale,
    /// The field.
    pub field: MailTextField,
    /// What is wrong.
    pub fault: MailTextFault,
}

impl fmt::Display for MailTextProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.mail.name(), self.language, self.fault)
    }
}

/// The texts that a portal has in place of the built-in ones, by mail and language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailTexts {
    texts: BTreeMap<(EditableMail, Locale), MailText>,
}

impl MailTexts {
    /// The portal's own text of a mail in exactly this language; `None` for the built-in one.
    #[must_use]
    pub fn get(&self, mail: EditableMail, language: &Locale) -> Option<&MailText> {
        self.texts.get(&(mail, language.clone()))
    }

    /// With another text of a mail in a language, or the built-in one again.
    #[must_use]
    pub fn with(mut self, mail: EditableMail, language: Locale, text: Option<MailText>) -> Self {
        match text {
            Some(text) => self.texts.insert((mail, language), text),
            None => self.texts.remove(&(mail, language)),
        };
        self
    }

    /// All of the portal's own texts.
    pub fn iter(&self) -> impl Iterator<Item = (EditableMail, &Locale, &MailText)> {
        self.texts
            .iter()
            .map(|((mail, language), text)| (*mail, language, text))
    }

    /// Checks every text.
    ///
    /// # Errors
    /// Names what is wrong: the fields are those of the form, which has one text at a time.
    pub fn check(&self) -> Result<(), Problems> {
        let mut checker = Checker::default();
        for it in self.problems() {
            let field = match it.field {
                MailTextField::Subject => "subject",
                MailTextField::Body => "body",
            };
            checker.note(field, it.fault);
        }
        checker.done()
    }

    /// Everything that is wrong; nothing if the list is empty.
    #[must_use]
    pub fn problems(&self) -> Vec<MailTextProblem> {
        self.iter()
            .flat_map(|(mail, language, text)| {
                text.faults(mail)
                    .into_iter()
                    .map(move |(field, fault)| MailTextProblem {
                        mail,
                        language: language.clone(),
                        field,
                        fault,
                    })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(mail: EditableMail, subject: &str, body: &str) -> Vec<(MailTextField, MailTextFault)> {
        MailText::typed(subject, body).faults(mail)
    }

    #[test]
    fn a_text_with_what_it_needs_is_fine() {
        let body = "Hello {contact_name},\r\n\r\nwelcome to {portal_name}.\r\n\r\n{link}\r\n\r\nUntil {expires}.";
        assert_eq!(faults(EditableMail::Invitation, "Welcome to {portal_name}", body), []);
        assert_eq!(faults(EditableMail::SignIn, "Sign in", "{code} {link}"), []);
    }

    #[test]
    fn adm_016_only_the_closed_set_of_placeholders_passes() {
        for body in [
            "{{config.secret}} {link}",
            "${7*7} {link}",
            "{% for x in y %}{link}{% endfor %}",
            "{link",
            "link} {link}",
            "{{link}}",
            "{ link }",
            "{link|safe} {link}",
            "{code} {link}",
            "",
            "\u{0} {link}",
        ] {
            assert_ne!(faults(EditableMail::Invitation, "Hello", body), [], "{body}");
        }
        // Not a language of ours: a text like any other, escaped when it is shown.
        assert_eq!(faults(EditableMail::Invitation, "Hello", "<%= 7*7 %> {link}"), []);
        for subject in ["a\r\nBcc: x@y.example", "a\nb", "{link}", "{expires}", "", "   "] {
            assert_ne!(faults(EditableMail::Invitation, subject, "{link}"), [], "{subject}");
        }
    }

    #[test]
    fn no_subject_has_a_code() {
        let found = faults(EditableMail::SignIn, "{code} is your code", "{code} {link}");
        assert_eq!(
            found,
            [(MailTextField::Subject, MailTextFault::NotHere(Placeholder::Code))]
        );
    }

    #[test]
    fn adm_017_the_link_is_mandatory_and_the_only_one() {
        let missing = |it| (MailTextField::Body, MailTextFault::Missing(it));
        assert_eq!(
            faults(EditableMail::Invitation, "Hello", "No link."),
            [missing(Placeholder::Link)]
        );
        assert_eq!(
            faults(EditableMail::SignIn, "Hello", "Nothing."),
            [missing(Placeholder::Link), missing(Placeholder::Code)]
        );
        for body in [
            "{link} or https://evil.example",
            "{link} HTTP://evil.example",
            "{link} www.evil.example",
            "{link=https://evil.example}",
        ] {
            assert_ne!(faults(EditableMail::Invitation, "Hello", body), [], "{body}");
        }
    }

    #[test]
    fn texts_have_limits() {
        let long = "x".repeat(MailText::MAX_SUBJECT + 1);
        assert_eq!(
            faults(EditableMail::Invitation, &long, "{link}"),
            [(MailTextField::Subject, MailTextFault::TooLong(MailText::MAX_SUBJECT))]
        );
        let long = format!("{{link}}{}", "x".repeat(MailText::MAX_BODY));
        assert_eq!(
            faults(EditableMail::Invitation, "Hello", &long),
            [(MailTextField::Body, MailTextFault::TooLong(MailText::MAX_BODY))]
        );
    }

    #[test]
    fn pieces_put_together_are_the_text() {
        let text = "a {portal_name}{link} b";
        let pieces = Piece::all_of(text).unwrap();
        let again: String = pieces
            .iter()
            .map(|it| match it {
                Piece::Text(text) => text.clone(),
                Piece::Value(it) => format!("{{{}}}", it.name()),
            })
            .collect();
        assert_eq!(again, text);
    }

    #[test]
    fn texts_are_kept_by_mail_and_language() {
        let text = MailText::typed("Hi", "{link}");
        let texts = MailTexts::default().with(EditableMail::Invitation, Locale::german(), Some(text.clone()));
        assert_eq!(texts.get(EditableMail::Invitation, &Locale::german()), Some(&text));
        assert_eq!(texts.get(EditableMail::Invitation, &Locale::english()), None);
        assert_eq!(
            texts.with(EditableMail::Invitation, Locale::german(), None),
            MailTexts::default()
        );
    }
}
