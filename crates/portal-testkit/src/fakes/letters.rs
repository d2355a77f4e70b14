use portal_core::mail::{EditableMail, Letter, MailText, MailTexts};
use portal_core::ports::{Letters, LettersError, Rendered};
use portal_core::text::Locale;

/// Writes down what a letter holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainLetters;

impl Letters for PlainLetters {
    fn render(&self, letter: &Letter, _: &MailTexts) -> Result<Rendered, LettersError> {
        let text = format!("{:?}", letter.content);
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
