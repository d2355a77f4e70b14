use std::fmt::Write as _;

use portal_core::mail::{EditableMail, Letter, MailText, MailTexts};
use portal_core::ports::{Letters, LettersError, Rendered};
use portal_core::text::Locale;

/// Writes down what a letter holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainLetters;

impl Letters for PlainLetters {
    fn render(&self, letter: &Letter, _: &MailTexts) -> Result<Rendered, LettersError> {
        let mut text = format!("{:?}", letter.content);
        // Whoever tries a link needs all of it.
        for (rating, link) in letter.content.ratings() {
            // Writing into a String cannot fail.
            let _ = write!(text, "\n{}: {}", rating.name(), link.as_str());
        }
        Ok(Rendered {
            subject: letter.head.name.clone(),
            html: format!("<pre>{}</pre>", text.replace('<', "&lt;")),
            text,
            language: letter.language.clone(),
        })
    }

    fn built_in(&self, mail: EditableMail, _: &Locale) -> MailText {
        let placeholders = mail.placeholders().iter().map(|it| format!("{{{}}}", it.name()));
        MailText::typed(mail.name(), &placeholders.collect::<Vec<_>>().join(" "))
    }
}
