//! What the mails of members say when they leave: whether they still make sense, to whom they go, and their secrets.

use super::challenge::{Challenge, ChallengePurpose, RESET_MAIL_LASTS, SIGN_IN_MAIL_LASTS};
use super::invitation::{INVITATION_LASTS, Invitation, InvitationState};
use super::register::{Owner, owner_of};
use super::registration::RegistrationState;
use super::sign_in_by_mail::holder;
use crate::access::{Entrant, Refusal, enter};
use crate::actor::{ContactActor, Mode};
use crate::id::{AddressChangeId, AgentId, ChallengeId, ContactId, IntentId, PortalId, RegistrationId};
use crate::mail::{Content, Intent, Letter, Mail, PrepareError, Prepared};
use crate::membership::{AddressChange, AddressChangeState, Profile};
use crate::portal::Portal;
use crate::ports::{Ids, StoreError, Tx};
use crate::settings::CustomerPortal;
use crate::staff::{Permission, StaffStanding};
use crate::text::EmailAddress;
use crate::time::Timestamp;

/// Hands the mail of an invitation to the outbox.
pub(super) async fn invitation(
    tx: &mut dyn Tx,
    portal: PortalId,
    contact: ContactId,
    now: Timestamp,
    not_before: Timestamp,
    ids: &dyn Ids,
) -> Result<(), StoreError> {
    let id = IntentId::from_uuid(ids.next(now));
    let intent = Intent::now(id, Mail::Invitation { portal, contact }, now).not_before(not_before);
    tx.outbox().push(&intent).await.map(|_| ())
}

/// Notes that the mail of an invitation was given up: the list of members says why.
pub(crate) async fn invitation_failed(
    tx: &mut dyn Tx,
    portal: PortalId,
    contact: ContactId,
    why: &str,
) -> Result<(), StoreError> {
    let found = tx.members().invitation(portal, contact).await?;
    let sent = found.filter(|it| matches!(it.state, InvitationState::Queued | InvitationState::Sent));
    if let Some(invitation) = sent {
        let failed = Invitation {
            state: InvitationState::Failed(why.to_owned()),
            ..invitation
        };
        tx.members().put_invitation(&failed).await?;
    }
    Ok(())
}

const GONE: Prepared = Prepared::Drop("what it was about is gone");

/// Whether the access rule lets somebody in, once they have an account.
pub(crate) fn would_enter(entrant: &Entrant) -> Result<(), Refusal> {
    let registered = Entrant {
        registered: true,
        ..entrant.clone()
    };
    let actor = ContactActor {
        contact: entrant.contact,
        only: None,
        mode: Mode::Read,
    };
    enter(actor, &registered).map(|_| ())
}

impl Portal {
    /// Prepares a mail to a member, or to somebody who wants to be one.
    pub(crate) async fn prepare_for_member(
        &self,
        tx: &mut dyn Tx,
        mail: &Mail,
        now: Timestamp,
    ) -> Result<Prepared, PrepareError> {
        match mail {
            Mail::Invitation { portal, contact } => self.prepare_invitation(tx, *portal, *contact, now).await,
            Mail::SignIn { challenge } => self.prepare_sign_in(tx, *challenge, now).await,
            Mail::ResetPassword { challenge } => self.prepare_reset(tx, *challenge, now).await,
            Mail::VerifyAddress { registration } => self.prepare_verification(tx, *registration, now).await,
            Mail::ConfirmAddress { change } => self.prepare_confirmation(tx, *change, now).await,
            Mail::AddressChanging { change } => self.prepare_address_changing(tx, *change, now).await,
            Mail::AddressChanged { change } => self.prepare_address_changed(tx, *change, now).await,
            Mail::RegistrationPending { registration, agent } => self.prepare_pending(tx, *registration, *agent).await,
            Mail::AlreadyRegistered { portal, contact }
            | Mail::RegistrationApproved { portal, contact }
            | Mail::PasswordChanged { portal, contact } => {
                let Some((site, profile)) = place(tx, *portal, *contact).await? else {
                    return Ok(GONE);
                };
                let home = self.letterhead(&site)?.home;
                let content = match mail {
                    Mail::AlreadyRegistered { .. } => Content::AlreadyRegistered {
                        link: home.to("sign-in"),
                    },
                    Mail::RegistrationApproved { .. } => Content::RegistrationApproved {
                        link: home.to("sign-in"),
                    },
                    _ => Content::PasswordChanged {
                        at: now,
                        link: home.to("forgot"),
                    },
                };
                self.to_member(&site, &profile, content)
            }
            Mail::StaffInvitation { .. }
            | Mail::StaffReset { .. }
            | Mail::StaffNotice { .. }
            | Mail::TicketAnswered { .. }
            | Mail::TicketNews { .. }
            | Mail::ByChannel { .. }
            | Mail::AgentNews { .. }
            | Mail::Test { .. } => Ok(Prepared::Drop("this is no mail to a member")),
        }
    }

    fn to_member(&self, site: &CustomerPortal, profile: &Profile, content: Content) -> Result<Prepared, PrepareError> {
        match &profile.email {
            Some(to) => self.letter(site, to, profile, content),
            None => Ok(Prepared::Drop("there is no membership e-mail")),
        }
    }

    fn letter(
        &self,
        site: &CustomerPortal,
        to: &EmailAddress,
        profile: &Profile,
        content: Content,
    ) -> Result<Prepared, PrepareError> {
        let language = profile.language.clone().filter(|it| site.offered.contains(it));
        Ok(Prepared::Send(Box::new(Letter {
            head: self.letterhead(site)?,
            to: to.clone(),
            to_name: Some(profile.name.to_string()),
            language: language.unwrap_or_else(|| site.language.clone()),
            content,
            test: false,
        })))
    }

    async fn prepare_invitation(
        &self,
        tx: &mut dyn Tx,
        portal: PortalId,
        contact: ContactId,
        now: Timestamp,
    ) -> Result<Prepared, PrepareError> {
        let Some(invitation) = tx.members().invitation(portal, contact).await? else {
            return Ok(Prepared::Drop("the invitation is gone"));
        };
        match invitation.state {
            InvitationState::Queued | InvitationState::Sent | InvitationState::Failed(_) => {}
            InvitationState::Accepted => return Ok(Prepared::Drop("the invitation was accepted")),
            InvitationState::Revoked => return Ok(Prepared::Drop("the invitation was revoked")),
        }
        let Some((site, profile)) = place(tx, portal, contact).await? else {
            return Ok(GONE);
        };
        let Some(entrant) = tx.directory().entrant(portal, contact).await? else {
            return Ok(GONE);
        };
        if let Err(refusal) = would_enter(&entrant) {
            let revoked = Invitation {
                state: InvitationState::Revoked,
                token: None,
                ended_at: Some(now),
                ..invitation
            };
            tx.members().put_invitation(&revoked).await?;
            return Ok(Prepared::Drop(match refusal {
                Refusal::NotPublished => "the portal is not published",
                Refusal::NotActive => "the contact is not active",
                Refusal::NoAccess => "the contact has no access to the portal any more",
            }));
        }
        let home = self.letterhead(&site)?.home;
        if entrant.registered {
            let accepted = Invitation {
                state: InvitationState::Accepted,
                token: None,
                sent_at: Some(now),
                ended_at: Some(now),
                ..invitation
            };
            tx.members().put_invitation(&accepted).await?;
            let content = Content::AlreadyRegistered {
                link: home.to("sign-in"),
            };
            return self.to_member(&site, &profile, content);
        }
        let link = self.fresh_secret("invite")?;
        let expires = now.plus(INVITATION_LASTS);
        let sent = Invitation {
            state: InvitationState::Sent,
            token: Some(link.hash()),
            sent_at: Some(now),
            expires_at: Some(expires),
            ..invitation
        };
        tx.members().put_invitation(&sent).await?;
        let link = home.to("invitation").asking("token", link.expose());
        self.to_member(&site, &profile, Content::Invitation { link, expires })
    }

    /// The challenge with the place and the person, if there is one who could use it.
    async fn answerable(
        &self,
        tx: &mut dyn Tx,
        id: ChallengeId,
        purpose: ChallengePurpose,
        now: Timestamp,
    ) -> Result<Option<(Challenge, CustomerPortal, Profile)>, StoreError> {
        let found = tx.members().challenge(id).await?;
        let Some(challenge) = found.filter(|it| it.purpose == purpose && it.used_at.is_none() && now < it.expires_at)
        else {
            return Ok(None);
        };
        let Some(contact) = holder(tx, &challenge.address).await? else {
            return Ok(None);
        };
        let place = place(tx, challenge.portal, contact).await?;
        Ok(place.map(|(site, profile)| (challenge, site, profile)))
    }

    async fn prepare_sign_in(
        &self,
        tx: &mut dyn Tx,
        id: ChallengeId,
        now: Timestamp,
    ) -> Result<Prepared, PrepareError> {
        let found = self.answerable(tx, id, ChallengePurpose::SignIn, now).await?;
        let Some((challenge, site, profile)) = found else {
            return Ok(Prepared::Drop("nobody signs in with this address, or it is too late"));
        };
        let (link, code) = (self.fresh_secret("signin")?, self.fresh_code()?);
        let expires = now.plus(SIGN_IN_MAIL_LASTS);
        let armed = Challenge {
            contact: Some(profile.contact),
            token: Some(link.hash()),
            code: Some(self.signed_code(id, &code)?),
            expires_at: expires,
            ..challenge
        };
        tx.members().arm_challenge(&armed).await?;
        let link = self
            .letterhead(&site)?
            .home
            .to("sign-in/link")
            .asking("token", link.expose());
        self.to_member(&site, &profile, Content::SignIn { link, code, expires })
    }

    async fn prepare_reset(&self, tx: &mut dyn Tx, id: ChallengeId, now: Timestamp) -> Result<Prepared, PrepareError> {
        let found = self.answerable(tx, id, ChallengePurpose::Reset, now).await?;
        let Some((challenge, site, profile)) = found else {
            return Ok(Prepared::Drop("nobody signs in with this address, or it is too late"));
        };
        let link = self.fresh_secret("reset")?;
        let expires = now.plus(RESET_MAIL_LASTS);
        let armed = Challenge {
            contact: Some(profile.contact),
            token: Some(link.hash()),
            expires_at: expires,
            ..challenge
        };
        tx.members().arm_challenge(&armed).await?;
        // Of several links, the newest counts.
        tx.members()
            .end_challenges(profile.contact, Some(ChallengePurpose::Reset), Some(id))
            .await?;
        let link = self.letterhead(&site)?.home.to("reset").asking("token", link.expose());
        self.to_member(&site, &profile, Content::ResetPassword { link, expires })
    }

    async fn prepare_verification(
        &self,
        tx: &mut dyn Tx,
        id: RegistrationId,
        now: Timestamp,
    ) -> Result<Prepared, PrepareError> {
        let found = tx.members().registration(id).await?;
        let open = found.filter(|it| it.state == RegistrationState::Unverified && now < it.expires_at);
        let Some(mut registration) = open else {
            return Ok(Prepared::Drop("the registration is over"));
        };
        let Some(site) = tx.directory().portal(registration.portal).await? else {
            return Ok(GONE);
        };
        if owner_of(tx, &registration.address).await? == Owner::Taken {
            // Told to the mailbox only: the page that asked says the same in any case.
            let Some(contact) = holder(tx, &registration.address).await? else {
                return Ok(GONE);
            };
            let Some((site, profile)) = place(tx, registration.portal, contact).await? else {
                return Ok(GONE);
            };
            let link = self.letterhead(&site)?.home.to("sign-in");
            return self.to_member(&site, &profile, Content::AlreadyRegistered { link });
        }
        let link = self.fresh_secret("register")?;
        let expires = registration.expires_at;
        registration.token = Some(link.hash());
        tx.members().put_registration(&registration).await?;
        let head = self.letterhead(&site)?;
        let link = head.home.to("register/verify").asking("token", link.expose());
        Ok(Prepared::Send(Box::new(Letter {
            head,
            to: registration.address,
            // The name was typed by whoever asked; it may not be the reader's.
            to_name: None,
            language: registration.language,
            content: Content::VerifyAddress { link, expires },
            test: false,
        })))
    }

    async fn waiting_change(
        &self,
        tx: &mut dyn Tx,
        id: AddressChangeId,
        now: Timestamp,
    ) -> Result<Option<(AddressChange, CustomerPortal, Profile)>, StoreError> {
        let found = tx.members().address_change(id).await?;
        let waits = |it: &AddressChange| it.state == AddressChangeState::Waiting && now < it.confirm_until;
        let Some(change) = found.filter(waits) else {
            return Ok(None);
        };
        let place = place(tx, change.portal, change.contact).await?;
        Ok(place.map(|(site, profile)| (change, site, profile)))
    }

    async fn prepare_confirmation(
        &self,
        tx: &mut dyn Tx,
        id: AddressChangeId,
        now: Timestamp,
    ) -> Result<Prepared, PrepareError> {
        let Some((mut change, site, profile)) = self.waiting_change(tx, id, now).await? else {
            return Ok(Prepared::Drop("the change of address was given up"));
        };
        if owner_of(tx, &change.new).await? == Owner::Taken {
            return Ok(Prepared::Drop("the new address belongs to another account"));
        }
        let link = self.fresh_secret("address")?;
        change.confirm = Some(link.hash());
        tx.members().put_address_change(&change).await?;
        let content = Content::ConfirmAddress {
            link: self
                .letterhead(&site)?
                .home
                .to("address/confirm")
                .asking("token", link.expose()),
            expires: change.confirm_until,
        };
        self.letter(&site, &change.new, &profile, content)
    }

    async fn prepare_address_changing(
        &self,
        tx: &mut dyn Tx,
        id: AddressChangeId,
        now: Timestamp,
    ) -> Result<Prepared, PrepareError> {
        let Some((mut change, site, profile)) = self.waiting_change(tx, id, now).await? else {
            return Ok(Prepared::Drop("the change of address is over"));
        };
        let link = self.fresh_secret("revert")?;
        change.revert = Some(link.hash());
        tx.members().put_address_change(&change).await?;
        let content = Content::AddressChanging {
            new: change.new.clone(),
            link: self
                .letterhead(&site)?
                .home
                .to("address/revert")
                .asking("token", link.expose()),
        };
        self.letter(&site, &change.old, &profile, content)
    }

    async fn prepare_address_changed(
        &self,
        tx: &mut dyn Tx,
        id: AddressChangeId,
        now: Timestamp,
    ) -> Result<Prepared, PrepareError> {
        let found = tx.members().address_change(id).await?;
        let Some(mut change) = found.filter(|it| it.state == AddressChangeState::Confirmed) else {
            return Ok(Prepared::Drop("the change of address was taken back"));
        };
        let Some((site, profile)) = place(tx, change.portal, change.contact).await? else {
            return Ok(GONE);
        };
        let until = change.revert_until.filter(|it| now < *it);
        let undo = match until {
            Some(until) => {
                let link = self.fresh_secret("revert")?;
                change.revert = Some(link.hash());
                tx.members().put_address_change(&change).await?;
                let home = self.letterhead(&site)?.home;
                Some((home.to("address/revert").asking("token", link.expose()), until))
            }
            None => None,
        };
        let content = Content::AddressChanged {
            new: change.new.clone(),
            undo,
        };
        self.letter(&site, &change.old, &profile, content)
    }

    async fn prepare_pending(
        &self,
        tx: &mut dyn Tx,
        id: RegistrationId,
        agent: AgentId,
    ) -> Result<Prepared, PrepareError> {
        let found = tx.members().registration(id).await?;
        let Some(registration) = found.filter(|it| it.state == RegistrationState::Waiting) else {
            return Ok(Prepared::Drop("the registration was decided"));
        };
        let Some(site) = tx.directory().portal(registration.portal).await? else {
            return Ok(GONE);
        };
        let user = tx.staffing().staff_user(agent).await?;
        let may = user.filter(|it| it.standing == StaffStanding::Active && it.may(Permission::PortalSettings));
        let Some(user) = may else {
            return Ok(Prepared::Drop("the recipient does not decide registrations any more"));
        };
        let head = self.staff_letterhead()?;
        let link = head.home.to(&format!("admin/portals/{}/members", site.id));
        Ok(Prepared::Send(Box::new(Letter {
            head,
            to: user.email.clone(),
            to_name: Some(user.name.to_string()),
            language: user.language.unwrap_or_else(|| site.language.clone()),
            content: Content::RegistrationPending {
                portal: site.name.to_string(),
                name: registration.name.to_string(),
                address: registration.address,
                link,
            },
            test: false,
        })))
    }
}

/// The portal and an active contact.
async fn place(
    tx: &mut dyn Tx,
    portal: PortalId,
    contact: ContactId,
) -> Result<Option<(CustomerPortal, Profile)>, StoreError> {
    let Some(entrant) = tx.directory().entrant(portal, contact).await? else {
        return Ok(None);
    };
    let site = tx.directory().portal(portal).await?;
    let profile = tx.directory().profile(contact).await?;
    Ok(site.zip(profile).filter(|_| entrant.active))
}
