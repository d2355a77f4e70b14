use super::challenge::{Challenge, ChallengePurpose, MAX_TRIES};
use super::error::WayInError;
use super::request_mail::{site, within};
use super::rules::ways_in;
use super::secrets::{same_signature, typed_code};
use super::session::Secret;
use super::sign_in::SignedIn;
use super::throttle::{ThrottleKey, ThrottleKind};
use crate::actor::Actor;
use crate::id::{ContactId, PortalId};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, Tx};
use crate::text::EmailAddress;
use crate::time::Timestamp;

/// Signing in with a link, or a code, from a mail.
///
/// The link alone counts only in the browser that asked for the mail. In any other one, the code from the same mail is
/// needed too: whoever opens a link that somebody else asked for is not signed in by a click, and a program that follows
/// links does not use them up.
#[derive(Clone, Debug)]
pub struct SignInByMail {
    /// The portal whose page is open.
    pub portal: PortalId,
    /// What the browser was given when it asked for the mail.
    pub browser: Option<Secret>,
    /// The link's secret, if it was opened.
    pub link: Option<Secret>,
    /// The code, as typed.
    pub code: Option<String>,
    /// The network the request comes from.
    pub network: String,
    /// What kind of browser it is, for the list of sessions.
    pub device: String,
}

/// What the page behind a link says before its button is pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInLink {
    /// Who would be signed in.
    pub address: EmailAddress,
    /// When the mail was asked for.
    pub asked_at: Timestamp,
    /// With what kind of browser.
    pub device: String,
    /// Whether the code must be typed too, because this is another browser.
    pub needs_code: bool,
}

impl Portal {
    /// Looks at the link of a sign-in mail without using it.
    ///
    /// # Errors
    /// [`WayInError::Gone`] if it does not work.
    pub async fn look_at_sign_in_link(
        &self,
        portal: PortalId,
        link: &Secret,
        browser: Option<&Secret>,
    ) -> Result<SignInLink, WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let found = tx.members().challenge_of_link(&link.hash()).await?;
        let open = found
            .filter(|it| it.purpose == ChallengePurpose::SignIn && it.portal == portal && it.is_open(now))
            .ok_or(WayInError::Gone)?;
        Ok(SignInLink {
            needs_code: !knows(&open, browser),
            address: open.address,
            asked_at: open.asked_at,
            device: open.device,
        })
    }

    /// Begins a session, if the link or code is right.
    ///
    /// # Errors
    /// See [`WayInError`].
    pub async fn sign_in_by_mail(&self, command: SignInByMail) -> Result<SignedIn, WayInError> {
        let secret = self.fresh_secret("session")?;
        let challenge = attempt!(self, &Actor::Anonymous, "count_guess", self.count_guess_once(&command))?;
        let Some(challenge) = challenge else {
            return Err(if command.link.is_some() {
                WayInError::Gone
            } else {
                WayInError::Wrong
            });
        };
        if needs_code(&command, &challenge) {
            let typed = command.code.as_deref().and_then(typed_code).unwrap_or_default();
            let signed = self.signed_code(challenge.id, &typed)?;
            let right = challenge.code.is_some_and(|it| same_signature(&it, &signed));
            if !right {
                return Err(WayInError::Wrong);
            }
        }
        attempt!(
            self,
            &Actor::Anonymous,
            "sign_in_by_mail",
            self.sign_in_by_mail_once(&command, &challenge, &secret)
        )
    }

    /// Finds what the link or code is for, and counts a guess before the code is looked at.
    async fn count_guess_once(&self, command: &SignInByMail) -> Result<Option<Challenge>, WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let site = site(&mut *tx, command.portal).await?;
        if !ways_in(&mut *tx, &site).await?.mail {
            return Err(WayInError::NotOffered);
        }
        let found = match (&command.link, &command.browser) {
            (Some(link), _) => tx.members().challenge_of_link(&link.hash()).await?,
            (None, Some(browser)) => {
                tx.members()
                    .challenge_of_browser(&browser.hash(), ChallengePurpose::SignIn)
                    .await?
            }
            (None, None) => None,
        };
        let found = found.filter(|it| it.purpose == ChallengePurpose::SignIn && it.portal == site.id);
        let guessing = found.as_ref().is_none_or(|it| needs_code(command, it));
        if guessing {
            let mut keys = vec![ThrottleKey::of_network(ThrottleKind::CodeNetwork, &command.network)];
            keys.extend(
                found
                    .as_ref()
                    .map(|it| ThrottleKey::of_address(ThrottleKind::CodeAddress, &it.address)),
            );
            within(&mut *tx, &keys, now).await?;
        }
        let counted = match &found {
            Some(it) if guessing => tx.members().count_guess(it.id, MAX_TRIES).await?,
            _ => true,
        };
        tx.commit().await?;
        Ok(found.filter(|it| counted && it.used_at.is_none()))
    }

    async fn sign_in_by_mail_once(
        &self,
        command: &SignInByMail,
        challenge: &Challenge,
        secret: &Secret,
    ) -> Result<SignedIn, WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let site = site(&mut *tx, command.portal).await?;
        let contact = challenge.contact.ok_or(WayInError::Gone)?;
        if !tx.members().use_challenge(challenge.id, now).await? {
            return Err(WayInError::Gone);
        }
        let holder = holder(&mut *tx, &challenge.address).await?;
        if holder != Some(contact) {
            return Err(WayInError::Gone);
        }
        let begun = self
            .begin(&mut *tx, &site, contact, &command.device, secret, now)
            .await?;
        tx.commit().await?;
        Ok(begun)
    }
}

/// The active contact with an account who signs in with this address.
pub(super) async fn holder(
    tx: &mut dyn Tx,
    address: &EmailAddress,
) -> Result<Option<ContactId>, crate::ports::StoreError> {
    let account = tx.accounts().account_by_address(address).await?;
    Ok(account.map(|it| it.contact))
}

/// Whether this is the browser that asked.
fn knows(challenge: &Challenge, browser: Option<&Secret>) -> bool {
    challenge.browser.is_some() && challenge.browser == browser.map(Secret::hash)
}

/// A link in the browser that asked for it is enough; everything else needs the code.
fn needs_code(command: &SignInByMail, challenge: &Challenge) -> bool {
    command.link.is_none() || !knows(challenge, command.browser.as_ref())
}
