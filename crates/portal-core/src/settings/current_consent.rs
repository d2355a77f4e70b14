use super::ConsentNotice;
use crate::id::PortalId;
use crate::portal::Portal;
use crate::ports::{Access, StoreError};
use crate::text::Locale;
use crate::ticket::{BodyFormat, SafeHtml};

/// What must be accepted to get in to a portal, in a reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrentConsent {
    /// The notice, with its version and whom it is asked of.
    pub notice: ConsentNotice,
    /// The text, ready to stand in a page.
    pub html: SafeHtml,
    /// The text, as it is kept with the proof.
    pub text: String,
}

impl Portal {
    /// The consent notice of a portal; `None` if it asks for none.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn current_consent(
        &self,
        portal: PortalId,
        language: &Locale,
    ) -> Result<Option<CurrentConsent>, StoreError> {
        let mut tx = self.store.begin(Access::Read).await?;
        let looks = self.looks_at(&mut *tx, portal).await?;
        drop(tx);
        let notice = looks.consent.clone();
        let Some(text) = notice.wording(language).map(str::to_owned) else {
            return Ok(None);
        };
        let body = self.bodies.render(&text, BodyFormat::Markdown).await;
        Ok(Some(CurrentConsent {
            notice,
            html: body.html,
            text,
        }))
    }
}
