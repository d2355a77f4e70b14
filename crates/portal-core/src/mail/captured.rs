use crate::portal::Portal;
use crate::ports::CapturedMailsError;
use crate::time::Timestamp;

/// A mail that was kept instead of sent, in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapturedMail {
    /// What it is found by again.
    pub id: String,
    /// When it would have left.
    pub at: Timestamp,
    /// The sender, as the header has it.
    pub from: String,
    /// The recipient, as the header has it.
    pub to: String,
    /// The subject.
    pub subject: String,
}

/// The whole of a mail that was kept instead of sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapturedLetter {
    /// What the list shows of it.
    pub mail: CapturedMail,
    /// All headers, in their order.
    pub headers: Vec<(String, String)>,
    /// The plain text.
    pub text: String,
    /// The HTML document. Nobody has made it harmless.
    pub html: String,
}

/// Why captured mails are not shown.
#[derive(Debug, thiserror::Error)]
pub enum CapturedError {
    /// There is no such mail, or none is captured at all.
    #[error("there is no such mail")]
    NotFound,
    /// They could not be read.
    #[error(transparent)]
    Unreadable(#[from] CapturedMailsError),
}

/// The most mails of the list.
const LIST: usize = 200;

impl Portal {
    /// Whether mails are captured, and can be looked at.
    #[must_use]
    pub const fn captures_mails(&self) -> bool {
        self.captured.is_some()
    }

    /// The newest captured mails, to whoever has this text in their address or name. They hold links that let people in:
    /// whoever calls this has to know that nobody else is listening.
    ///
    /// # Errors
    /// If none are captured.
    pub async fn captured_mails(&self, to: &str) -> Result<Vec<CapturedMail>, CapturedError> {
        let captured = self.captured.as_ref().ok_or(CapturedError::NotFound)?;
        Ok(captured.newest(to.trim(), LIST).await?)
    }

    /// One captured mail; what was said of [`Portal::captured_mails`] counts here too.
    ///
    /// # Errors
    /// If there is no such mail, or none are captured.
    pub async fn captured_mail(&self, id: &str) -> Result<CapturedLetter, CapturedError> {
        let captured = self.captured.as_ref().ok_or(CapturedError::NotFound)?;
        captured.open(id).await?.ok_or(CapturedError::NotFound)
    }
}
