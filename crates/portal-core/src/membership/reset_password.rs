use super::account::Account;
use super::challenge::{Challenge, ChallengePurpose};
use super::error::WayInError;
use super::new_password::NewPassword;
use super::request_mail::site;
use super::session::Secret;
use super::sign_in_by_mail::holder;
use super::throttle::ThrottleKey;
use crate::actor::Actor;
use crate::id::{ContactId, PortalId};
use crate::mail::Mail;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::text::EmailAddress;
use crate::time::Timestamp;

/// Choosing a new password by the link of a mail.
#[derive(Clone, Debug)]
pub struct ResetPassword {
    /// The portal whose page is open.
    pub portal: PortalId,
    /// The link's secret.
    pub link: Secret,
    /// The new password.
    pub new: String,
    /// The new password again.
    pub again: String,
}

impl Portal {
    /// Looks at the link of a reset mail without using it: whose password it is.
    ///
    /// # Errors
    /// [`WayInError::Gone`] if it does not work.
    pub async fn look_at_reset_link(&self, portal: PortalId, link: &Secret) -> Result<EmailAddress, WayInError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let open = open(&mut *tx, portal, link, self.clock.now()).await?;
        Ok(open.address)
    }

    /// Sets a new password, ends every session and token of the contact, and gives up a change of address that waits.
    /// Nobody is signed in by it.
    ///
    /// # Errors
    /// See [`WayInError`].
    pub async fn reset_password(&self, command: ResetPassword) -> Result<(), WayInError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let challenge = open(&mut *tx, command.portal, &command.link, self.clock.now()).await?;
        let site = site(&mut *tx, command.portal).await?;
        let profile = match challenge.contact {
            Some(contact) => tx.directory().profile(contact).await?,
            None => None,
        };
        drop(tx);
        let chosen = NewPassword {
            field: "new",
            password: command.new.clone(),
            again: command.again.clone(),
        };
        let hash = self
            .chosen_hash(chosen, Some(&challenge.address), profile.as_ref(), &site)
            .await?;
        attempt!(
            self,
            &Actor::Anonymous,
            "reset_password",
            self.reset_password_once(&command, &challenge, &hash)
        )
    }

    async fn reset_password_once(
        &self,
        command: &ResetPassword,
        challenge: &Challenge,
        hash: &str,
    ) -> Result<(), WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let site = site(&mut *tx, command.portal).await?;
        let contact = challenge.contact.ok_or(WayInError::Gone)?;
        if !tx.members().use_challenge(challenge.id, now).await? {
            return Err(WayInError::Gone);
        }
        if holder(&mut *tx, &challenge.address).await? != Some(contact) {
            return Err(WayInError::Gone);
        }
        let account = Account {
            contact,
            password_hash: hash.to_owned(),
            password_set_at: now,
        };
        tx.accounts().put_account(&account).await?;
        end_everything(&mut *tx, contact, now).await?;
        let key = ThrottleKey::address(&challenge.address);
        tx.accounts().throttle(&key).await?;
        tx.accounts().set_throttle(&key, None).await?;
        let mail = Mail::PasswordChanged {
            portal: site.id,
            contact,
        };
        self.mail(&mut *tx, mail, now).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Ends whatever somebody may hold who should not: sessions, known devices, tokens, mailed links and codes, a waiting change
/// of address.
pub(crate) async fn end_everything(tx: &mut dyn Tx, contact: ContactId, now: Timestamp) -> Result<(), StoreError> {
    tx.accounts().forget_devices(contact, now).await?;
    tx.accounts().end_sessions(contact, None).await?;
    tx.members().end_tokens(contact).await?;
    tx.members().end_challenges(contact, None, None).await?;
    tx.members().cancel_address_changes(contact).await
}

async fn open(tx: &mut dyn Tx, portal: PortalId, link: &Secret, now: Timestamp) -> Result<Challenge, WayInError> {
    let found = tx.members().challenge_of_link(&link.hash()).await?;
    found
        .filter(|it| it.purpose == ChallengePurpose::Reset && it.portal == portal && it.is_open(now))
        .ok_or(WayInError::Gone)
}
