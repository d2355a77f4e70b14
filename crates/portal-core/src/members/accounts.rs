use super::MembersError;
use crate::actor::Actor;
use crate::audit::AuditEvent;
use crate::id::{ChallengeId, ContactId, PortalId};
use crate::mail::Mail;
use crate::membership::{Challenge, ChallengePurpose, MAIL_MAY_WAIT, end_everything};
use crate::portal::{Portal, attempt};
use crate::ports::Access;
use crate::staff::StaffActor;

impl Portal {
    /// Sends a contact a mail to choose a new password with. The old one counts until then; staff never sees either.
    ///
    /// # Errors
    /// See [`MembersError`].
    pub async fn reset_member(
        &self,
        actor: &StaffActor,
        portal: PortalId,
        contact: ContactId,
    ) -> Result<(), MembersError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "reset_member",
            self.reset_member_once(actor, portal, contact)
        )
    }

    async fn reset_member_once(
        &self,
        actor: &StaffActor,
        portal: PortalId,
        contact: ContactId,
    ) -> Result<(), MembersError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, site) = self.writer(&mut *tx, actor, portal).await?;
        let account = tx.accounts().account(contact).await?;
        let profile = tx.directory().profile(contact).await?;
        let (_, profile) = account.zip(profile).ok_or(MembersError::NotFound)?;
        let address = profile.email.ok_or(MembersError::NoAddress)?;
        let challenge = Challenge {
            id: ChallengeId::from_uuid(self.ids.next(now)),
            purpose: ChallengePurpose::Reset,
            portal,
            address,
            browser: None,
            device: String::new(),
            contact: None,
            token: None,
            code: None,
            tries: 0,
            asked_at: now,
            expires_at: now.plus(MAIL_MAY_WAIT),
            used_at: None,
        };
        tx.members().add_challenge(&challenge).await?;
        let mail = Mail::ResetPassword {
            challenge: challenge.id,
        };
        self.mail(&mut *tx, mail, now).await?;
        self.done_to(tx, (&staff, AuditEvent::MemberReset), &site, contact, now)
            .await
    }

    /// Ends every session and token of a contact.
    ///
    /// # Errors
    /// See [`MembersError`].
    pub async fn end_member_sessions(
        &self,
        actor: &StaffActor,
        portal: PortalId,
        contact: ContactId,
    ) -> Result<(), MembersError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "end_member_sessions",
            self.end_member_sessions_once(actor, portal, contact)
        )
    }

    async fn end_member_sessions_once(
        &self,
        actor: &StaffActor,
        portal: PortalId,
        contact: ContactId,
    ) -> Result<(), MembersError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, site) = self.writer(&mut *tx, actor, portal).await?;
        end_everything(&mut *tx, contact, now).await?;
        self.done_to(tx, (&staff, AuditEvent::MemberSessionsEnded), &site, contact, now)
            .await
    }
}
