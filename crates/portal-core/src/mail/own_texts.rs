//! A portal's own texts of mails, for the pages that change them.

use super::prepare::sample;
use super::{EditableMail, Letter, MailText, MailTexts, PrepareError};
use crate::actor::Actor;
use crate::id::PortalId;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, LettersError, Rendered, StoreError};
use crate::settings::{CustomerPortal, Section, SettingsOwner, SettingsValue};
use crate::staff::{Permission, StaffActor, StaffError, staff_use_case_error};
use crate::text::Locale;

/// The texts of a portal's mails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnMailTexts {
    /// The portal.
    pub site: CustomerPortal,
    /// The texts that it has in place of the built-in ones.
    pub texts: MailTexts,
    /// Their version; 0 if there never was one.
    pub version: u32,
}

/// A look at a mail before its text counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewMailText {
    /// In the name of this portal.
    pub portal: PortalId,
    /// Which mail.
    pub mail: EditableMail,
    /// In which language.
    pub language: Locale,
    /// With this text; with the one that counts now if `None`.
    pub text: Option<MailText>,
}

/// Why there is nothing to look at.
#[derive(Debug, thiserror::Error)]
pub enum OwnMailTextsError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// There is no such portal.
    #[error("there is no such portal")]
    NotFound,
    /// It could not be prepared.
    #[error(transparent)]
    Prepare(#[from] PrepareError),
    /// It could not be written.
    #[error(transparent)]
    Letters(#[from] LettersError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(OwnMailTextsError, NotFound);

impl Portal {
    /// The texts that a portal has in place of the built-in ones.
    ///
    /// # Errors
    /// Refuses who may not, and if there is no such portal.
    pub async fn own_mail_texts(
        &self,
        actor: &StaffActor,
        portal: PortalId,
    ) -> Result<OwnMailTexts, OwnMailTextsError> {
        attempt!(self, &Actor::Anonymous, "mail.own_texts", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
            let site = tx.directory().portal(portal).await?;
            let site = site.ok_or(OwnMailTextsError::NotFound)?;
            let owner = SettingsOwner::Portal(portal);
            let current = tx.settings().current_settings(owner, Section::MailTexts).await?;
            let version = current.as_ref().map_or(0, |it| it.version);
            let texts = match current.map(|it| it.value) {
                Some(SettingsValue::MailTexts(texts)) => texts,
                _ => MailTexts::default(),
            };
            Ok::<_, OwnMailTextsError>(OwnMailTexts { site, texts, version })
        })
    }

    /// The built-in text of a mail, in the form in which a portal may change it.
    #[must_use]
    pub fn built_in_mail_text(&self, mail: EditableMail, language: &Locale) -> MailText {
        self.letters.built_in(mail, language)
    }

    /// A mail with made-up values, as it would leave. Nothing in it opens anything.
    ///
    /// # Errors
    /// Refuses who may not, and if the mail cannot be written.
    pub async fn preview_mail_text(
        &self,
        actor: &StaffActor,
        command: &PreviewMailText,
    ) -> Result<Rendered, OwnMailTextsError> {
        let OwnMailTexts { site, texts, .. } = self.own_mail_texts(actor, command.portal).await?;
        let texts = match &command.text {
            Some(text) => texts.with(command.mail, command.language.clone(), Some(text.clone())),
            None => texts,
        };
        let head = self.letterhead(&site)?;
        let letter = Letter {
            content: sample(command.mail, head.home.clone(), self.clock.now()),
            head,
            // An address that RFC 2606 keeps free.
            to: "contact@example.com".parse().map_err(|_| OwnMailTextsError::NotFound)?,
            to_name: Some("Alex Example".to_owned()),
            language: command.language.clone(),
            test: false,
        };
        Ok(self.letters.render(&letter, &texts)?)
    }
}
