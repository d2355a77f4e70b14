use sha2::{Digest, Sha256};

use super::end_sessions::own_account;
use super::error::WayInError;
use super::registration::{Accepted, ConsentProof};
use super::rules::consent_notice;
use crate::actor::Actor;
use crate::id::{ContactId, PortalId};
use crate::input::{ProblemKind, Problems};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::settings::{ConsentNotice, CustomerPortal};
use crate::text::Locale;
use crate::time::Timestamp;

/// A consent notice as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentWording {
    /// Its version.
    pub version: u32,
    /// The text in the reader's language.
    pub text: String,
}

/// That somebody ticked the box below a consent notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentGiven {
    /// The version that was shown.
    pub version: u32,
    /// The language in which it was shown.
    pub language: Locale,
}

impl Portal {
    /// The notice that a contact must accept before going on, if there is one.
    ///
    /// # Errors
    /// If nobody is signed in, the portal is gone, or the store fails.
    pub async fn consent_due(
        &self,
        actor: &Actor,
        portal: PortalId,
        language: &Locale,
    ) -> Result<Option<ConsentWording>, WayInError> {
        let contact = own_account(actor)?;
        // One statement where there is no notice, since this is asked for each page.
        let mut tx = self.store.begin(Access::Read).await?;
        let notice = consent_notice(&mut *tx, portal).await?;
        if notice.text.is_none() {
            return Ok(None);
        }
        let proof = tx.members().consent(portal, contact).await?;
        let due = notice.must_ask(proof.map(|it| it.accepted.version));
        Ok(shown(&notice, language).filter(|_| due))
    }

    /// Keeps the proof that a contact accepted the notice as it is now.
    ///
    /// # Errors
    /// If nobody is signed in, or the notice was changed meanwhile.
    pub async fn accept_consent(&self, actor: &Actor, portal: PortalId, given: ConsentGiven) -> Result<(), WayInError> {
        attempt!(
            self,
            actor,
            "accept_consent",
            self.accept_consent_once(actor, portal, &given)
        )
    }

    async fn accept_consent_once(
        &self,
        actor: &Actor,
        portal: PortalId,
        given: &ConsentGiven,
    ) -> Result<(), WayInError> {
        let contact = own_account(actor)?;
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let site = super::request_mail::site(&mut *tx, portal).await?;
        check(&mut *tx, &site, Some(given)).await?;
        record(&mut *tx, &site, contact, Some(given), now).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The notice in a reader's language, if there is one.
pub(super) async fn wording(
    tx: &mut dyn Tx,
    site: &CustomerPortal,
    language: &Locale,
) -> Result<Option<ConsentWording>, WayInError> {
    let notice = consent_notice(tx, site.id).await?;
    Ok(shown(&notice, language))
}

fn shown(notice: &ConsentNotice, language: &Locale) -> Option<ConsentWording> {
    notice.wording(language).map(|text| ConsentWording {
        version: notice.version,
        text: text.to_owned(),
    })
}

/// Fine if the notice as it is now was accepted, or there is none.
pub(super) async fn check(
    tx: &mut dyn Tx,
    site: &CustomerPortal,
    given: Option<&ConsentGiven>,
) -> Result<(), WayInError> {
    let notice = consent_notice(tx, site.id).await?;
    if notice.text.is_none() || given.is_some_and(|it| it.version == notice.version) {
        Ok(())
    } else {
        Err(Problems::one("consent", ProblemKind::NotOffered).into())
    }
}

/// What is kept of an accepted notice.
pub(super) async fn accepted(
    tx: &mut dyn Tx,
    site: &CustomerPortal,
    given: Option<&ConsentGiven>,
    now: Timestamp,
) -> Result<Option<Accepted>, StoreError> {
    let Some(given) = given else { return Ok(None) };
    let notice = consent_notice(tx, site.id).await?;
    let shown = notice.wording(&given.language);
    Ok(shown.filter(|_| notice.version == given.version).map(|text| Accepted {
        version: given.version,
        language: given.language.clone(),
        text: Sha256::digest(text.as_bytes()).into(),
        at: now,
    }))
}

/// Keeps the proof, if there was anything to accept.
pub(super) async fn record(
    tx: &mut dyn Tx,
    site: &CustomerPortal,
    contact: ContactId,
    given: Option<&ConsentGiven>,
    now: Timestamp,
) -> Result<(), StoreError> {
    if let Some(accepted) = accepted(tx, site, given, now).await? {
        let proof = ConsentProof {
            contact,
            portal: site.id,
            accepted,
        };
        tx.members().add_consent(&proof).await?;
    }
    Ok(())
}
