use crate::id::IntentId;
use crate::mail::{Content, Letter, MailTexts, PrepareError};
use crate::portal::Portal;
use crate::ports::{LettersError, MailerError};
use crate::text::{EmailAddress, Locale};

/// Why a test mail did not get out.
#[derive(Debug, thiserror::Error)]
pub enum TryMailerError {
    /// It could not be prepared.
    #[error(transparent)]
    Prepare(#[from] PrepareError),
    /// It could not be written.
    #[error(transparent)]
    Letters(#[from] LettersError),
    /// It was not taken.
    #[error(transparent)]
    Mailer(#[from] MailerError),
}

impl Portal {
    /// Sends a test mail at once, past the outbox: for an administrator at the command line who wants to know what the mail
    /// server says.
    ///
    /// # Errors
    /// Says what went wrong.
    pub async fn try_mailer(&self, to: &EmailAddress, language: &Locale) -> Result<(), TryMailerError> {
        let letter = Letter {
            head: self.staff_letterhead()?,
            to: to.clone(),
            to_name: None,
            language: language.clone(),
            content: Content::Test {
                asked_by: String::new(),
            },
            test: true,
        };
        let id = IntentId::from_uuid(self.ids.next(self.clock.now()));
        let mail = self.outgoing(id, &letter, &MailTexts::default())?;
        Ok(self.mailer.send(&mail).await?)
    }
}
