use std::error::Error;

use async_trait::async_trait;

use crate::mail::{CapturedLetter, CapturedMail};

/// What was captured could not be read.
#[derive(Debug, thiserror::Error)]
#[error("the captured mails cannot be read")]
pub struct CapturedMailsError(#[source] pub Box<dyn Error + Send + Sync>);

/// Mails that were kept instead of sent: for development and demos. Only a mailer that gives mails to nobody has them.
#[async_trait]
pub trait CapturedMails: Send + Sync + 'static {
    /// The newest mails first, at most this many; with `to`, only those whose recipient's address or name has that text in
    /// it, whatever its case.
    async fn newest(&self, to: &str, limit: usize) -> Result<Vec<CapturedMail>, CapturedMailsError>;

    /// One of them. MUST find nothing for whatever is no name of a captured mail.
    async fn open(&self, id: &str) -> Result<Option<CapturedLetter>, CapturedMailsError>;
}
