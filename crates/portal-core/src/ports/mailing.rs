use std::error::Error;

use async_trait::async_trait;

use crate::mail::{EditableMail, Letter, MailText, MailTexts};
use crate::text::{EmailAddress, Locale};

/// A mail that is ready to leave: one recipient, a text and an HTML part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingMail {
    /// The Message-ID (RFC 5322 §3.6.4) without brackets. The same for every attempt to send the same mail.
    pub message_id: String,
    /// The name beside the sender's address.
    pub from_name: String,
    /// The sender's address; `None` for the installation's own.
    pub from: Option<EmailAddress>,
    /// Where answers go; `None` for the sender.
    pub reply_to: Option<EmailAddress>,
    /// The one recipient.
    pub to: EmailAddress,
    /// Their name; may be empty.
    pub to_name: String,
    /// The subject, one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML document.
    pub html: String,
    /// The language of both.
    pub language: Locale,
    /// The mails about one ticket that it belongs to, if it is about one.
    pub thread: Option<OutgoingThread>,
    /// Whether no person wrote what it says (RFC 3834): then nobody's machine is to answer.
    pub is_automatic: bool,
}

/// What holds mails about one ticket together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingThread {
    /// The Message-ID, without brackets, that all of them refer to.
    pub root: String,
    /// The identifier of the list of mails (RFC 2919), without brackets.
    pub list: String,
    /// Where one POST without signing in ends them for the recipient (RFC 8058).
    pub mute: Option<String>,
}

/// A mail was not taken.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// There is nobody to hand mails to.
    #[error("no mail server is configured")]
    NotConfigured,
    /// The server refuses this mail for good (RFC 5321 §4.2.1, replies 5yz). The text is the server's, shortened.
    #[error("the mail server refused: {0}")]
    Refused(String),
    /// The server cannot be reached, or says to try again later (replies 4yz).
    #[error("the mail server is not available")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
}

/// Hands mails to whoever carries them.
#[async_trait]
pub trait Mailer: Send + Sync + 'static {
    /// Hands one mail over. Once it returned `Ok`, somebody else is responsible for it. MUST end within a minute.
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailerError>;
}

/// Sends nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoMailer;

#[async_trait]
impl Mailer for NoMailer {
    async fn send(&self, _: &OutgoingMail) -> Result<(), MailerError> {
        Err(MailerError::NotConfigured)
    }
}

/// A letter as it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The subject, one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML document.
    pub html: String,
    /// The language of all three: the letter's, or the nearest one there is.
    pub language: Locale,
}

/// A letter could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum LettersError {
    /// There is nobody to render letters.
    #[error("nothing is configured that writes mails")]
    NotConfigured,
    /// It failed.
    #[error("the mail could not be written")]
    Failed(#[source] Box<dyn Error + Send + Sync>),
}

/// Renders letters. Whatever a letter holds MUST come out as text: nothing in it is ever markup, and a subject is one line.
pub trait Letters: Send + Sync + 'static {
    /// Renders a letter with the portal's own text where it has one, else with the built-in text.
    ///
    /// # Errors
    /// If it cannot be rendered.
    fn render(&self, letter: &Letter, texts: &MailTexts) -> Result<Rendered, LettersError>;

    /// The built-in text of a mail in a language, in the form in which a portal may change it.
    fn built_in(&self, mail: EditableMail, language: &Locale) -> MailText;
}

/// Renders nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoLetters;

impl Letters for NoLetters {
    fn render(&self, _: &Letter, _: &MailTexts) -> Result<Rendered, LettersError> {
        Err(LettersError::NotConfigured)
    }

    fn built_in(&self, _: EditableMail, _: &Locale) -> MailText {
        MailText::typed("", "")
    }
}
