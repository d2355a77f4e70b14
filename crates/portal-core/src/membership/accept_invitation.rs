use super::account::{Account, Profile};
use super::consent::{ConsentGiven, ConsentWording};
use super::error::WayInError;
use super::invitation::{Invitation, InvitationState};
use super::invite::reissue;
use super::new_password::NewPassword;
use super::request_mail::{site, within};
use super::rules::ways_in;
use super::secrets::hinted;
use super::session::Secret;
use super::sign_in::SignedIn;
use super::throttle::{ThrottleKey, ThrottleKind};
use crate::actor::Actor;
use crate::id::PortalId;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, Tx};
use crate::settings::CustomerPortal;
use crate::text::{EmailAddress, Locale};

/// Accepting an invitation: the address is fixed, a password is chosen.
#[derive(Clone, Debug)]
pub struct AcceptInvitation {
    /// The portal whose page is open.
    pub portal: PortalId,
    /// The link's secret.
    pub link: Secret,
    /// The password; not looked at where the portal has none.
    pub password: String,
    /// The password again.
    pub again: String,
    /// That the consent notice was accepted, if it was.
    pub consent: Option<ConsentGiven>,
    /// What kind of browser it is, for the list of sessions.
    pub device: String,
}

/// What the page behind an invitation's link says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationLink {
    /// It can be accepted.
    Open {
        /// The name of whoever was invited.
        name: String,
        /// Their address, which cannot be changed here.
        address: EmailAddress,
        /// Whether a password is to be chosen.
        password: bool,
        /// What is to be accepted.
        consent: Option<ConsentWording>,
    },
    /// It is too old; a new one can be sent to the address on record.
    Expired {
        /// That address, not in full.
        hint: String,
    },
    /// Whoever was invited has an account.
    Registered,
}

/// An invitation with the person and the place it is about.
struct Found {
    invitation: Invitation,
    site: CustomerPortal,
    profile: Profile,
    address: EmailAddress,
    registered: bool,
}

impl Portal {
    /// Looks at the link of an invitation without using it.
    ///
    /// # Errors
    /// [`WayInError::Gone`] if it does not work and no other one can be sent.
    pub async fn look_at_invitation(
        &self,
        portal: PortalId,
        link: &Secret,
        language: &Locale,
    ) -> Result<InvitationLink, WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let found = find(&mut *tx, portal, link).await?;
        if found.registered {
            return Ok(InvitationLink::Registered);
        }
        if found.invitation.has_expired(now) {
            return Ok(InvitationLink::Expired {
                hint: hinted(&found.address),
            });
        }
        if found.invitation.state != InvitationState::Sent {
            return Err(WayInError::Gone);
        }
        let ways = ways_in(&mut *tx, &found.site).await?;
        Ok(InvitationLink::Open {
            consent: super::consent::wording(&mut *tx, &found.site, language).await?,
            name: found.profile.name.to_string(),
            address: found.address,
            password: ways.password,
        })
    }

    /// Makes the account and begins a session. Of many who use one link at the same moment, one gets in.
    ///
    /// # Errors
    /// See [`WayInError`].
    pub async fn accept_invitation(&self, command: AcceptInvitation) -> Result<SignedIn, WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let found = find(&mut *tx, command.portal, &command.link).await?;
        let alive = found.invitation.state == InvitationState::Sent && !found.invitation.has_expired(now);
        if found.registered || !alive {
            return Err(WayInError::Gone);
        }
        let ways = ways_in(&mut *tx, &found.site).await?;
        super::consent::check(&mut *tx, &found.site, command.consent.as_ref()).await?;
        drop(tx);
        let hash = if ways.password {
            let chosen = NewPassword {
                field: "password",
                password: command.password.clone(),
                again: command.again.clone(),
            };
            self.chosen_hash(chosen, Some(&found.address), Some(&found.profile), &found.site)
                .await?
        } else {
            Account::NO_PASSWORD.to_owned()
        };
        let secret = self.fresh_secret("session")?;
        attempt!(
            self,
            &Actor::Anonymous,
            "accept_invitation",
            self.accept_invitation_once(&command, &hash, &secret)
        )
    }

    async fn accept_invitation_once(
        &self,
        command: &AcceptInvitation,
        hash: &str,
        secret: &Secret,
    ) -> Result<SignedIn, WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        if !tx.members().use_invitation(&command.link.hash(), now).await? {
            return Err(WayInError::Gone);
        }
        let found = find(&mut *tx, command.portal, &command.link).await?;
        if found.registered {
            return Err(WayInError::Gone);
        }
        let contact = found.profile.contact;
        let account = Account {
            contact,
            password_hash: hash.to_owned(),
            password_set_at: now,
        };
        tx.accounts().put_account(&account).await?;
        super::consent::record(&mut *tx, &found.site, contact, command.consent.as_ref(), now).await?;
        let begun = self
            .begin(&mut *tx, &found.site, contact, &command.device, secret, now)
            .await?;
        tx.commit().await?;
        Ok(begun)
    }

    /// Sends a new invitation in the place of one that has expired, to the address on record.
    ///
    /// # Errors
    /// [`WayInError::Gone`] if the link never was one, or has not expired.
    pub async fn renew_invitation(&self, portal: PortalId, link: &Secret, network: &str) -> Result<(), WayInError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "renew_invitation",
            self.renew_invitation_once(portal, link, network)
        )
    }

    async fn renew_invitation_once(&self, portal: PortalId, link: &Secret, network: &str) -> Result<(), WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let found = find(&mut *tx, portal, link).await?;
        if found.registered || !found.invitation.has_expired(now) {
            return Err(WayInError::Gone);
        }
        let keys = [
            ThrottleKey::of_network(ThrottleKind::MailNetwork, network),
            ThrottleKey::of_address(ThrottleKind::MailAddress, &found.address),
        ];
        within(&mut *tx, &keys, now).await?;
        reissue(&mut *tx, portal, found.profile.contact, now, now, &*self.ids).await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn find(tx: &mut dyn Tx, portal: PortalId, link: &Secret) -> Result<Found, WayInError> {
    let site = site(tx, portal).await?;
    let invitation = tx.members().invitation_of_link(&link.hash()).await?;
    let invitation = invitation
        .filter(|it| it.portal == portal && it.state != InvitationState::Revoked)
        .ok_or(WayInError::Gone)?;
    let contact = invitation.contact;
    let entrant = tx.directory().entrant(portal, contact).await?;
    let entrant = entrant.filter(|it| it.active).ok_or(WayInError::Gone)?;
    let profile = tx.directory().profile(contact).await?.ok_or(WayInError::Gone)?;
    let address = profile.email.clone().ok_or(WayInError::Gone)?;
    Ok(Found {
        invitation,
        site,
        profile,
        address,
        registered: entrant.registered,
    })
}
