use std::time::Duration;

use super::MembersError;
use crate::actor::{Actor, Task};
use crate::audit::{AuditActor, AuditEntry, AuditEvent};
use crate::id::{AuditId, ContactId, PortalId};
use crate::mail::Mail;
use crate::membership::{
    Invitation, InvitationState, Invited, Member, MemberQuery, MemberStatus, invite, reissue, would_enter,
};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::settings::CustomerPortal;
use crate::staff::{Permission, StaffActor};
use crate::text::PersonName;
use crate::time::Timestamp;

/// How long after invitations were asked for they can be taken back before any mail left.
pub const CANCEL_WINDOW: Duration = Duration::from_mins(2);
/// More new recipients than this in one change wait until somebody confirms them.
pub const MOST_AT_ONCE: u64 = 500;
/// How many invitation mails of one portal leave in a minute.
pub(super) const A_MINUTE: u64 = 60;
/// How many invitations are queued in one unit of work.
pub(super) const A_UNIT: u32 = 200;

/// What inviting everybody who was not invited would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationPlan {
    /// How many would get a mail.
    pub recipients: u64,
    /// How many cannot get one, for want of a membership e-mail.
    pub without_address: u64,
    /// Some of those who would.
    pub examples: Vec<Member>,
    /// Whether there are so many that somebody has to confirm the number.
    pub must_be_confirmed: bool,
}

impl Portal {
    /// What [`confirm_invitations`](Self::confirm_invitations) would do now.
    ///
    /// # Errors
    /// See [`MembersError`].
    pub async fn plan_invitations(&self, actor: &StaffActor, portal: PortalId) -> Result<InvitationPlan, MembersError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        let site = tx.directory().portal(portal).await?.ok_or(MembersError::NotFound)?;
        let counts = tx
            .members()
            .member_counts(&staff.task(), portal, &site.access, now)
            .await?;
        let query = MemberQuery {
            status: Some(MemberStatus::NotInvited),
            limit: 5,
            ..MemberQuery::default()
        };
        let examples = tx
            .members()
            .members(&staff.task(), portal, &site.access, &query, now)
            .await?;
        Ok(InvitationPlan {
            recipients: counts.not_invited,
            without_address: counts.no_address,
            examples,
            must_be_confirmed: counts.not_invited > MOST_AT_ONCE,
        })
    }

    /// Invites every member who was not invited, `expected` of them: the mails leave after two minutes, some a minute.
    /// Answers how many were queued.
    ///
    /// # Errors
    /// [`MembersError::Changed`] if there are more people to invite now than were confirmed; see [`MembersError`].
    pub async fn confirm_invitations(
        &self,
        actor: &StaffActor,
        portal: PortalId,
        expected: u64,
    ) -> Result<u64, MembersError> {
        let now = self.clock.now();
        let mut queued = 0;
        let mut after = None;
        loop {
            let step = attempt!(
                self,
                &Actor::Anonymous,
                "confirm_invitations",
                self.invite_some(actor, portal, after.clone(), (expected, queued), now)
            )?;
            queued += step.queued;
            match step.last {
                Some(last) => after = Some(last),
                None => return Ok(queued),
            }
        }
    }

    async fn invite_some(
        &self,
        actor: &StaffActor,
        portal: PortalId,
        after: Option<(PersonName, ContactId)>,
        (expected, before): (u64, u64),
        now: Timestamp,
    ) -> Result<Step, MembersError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, site) = self.writer(&mut *tx, actor, portal).await?;
        if !site.published {
            return Err(MembersError::NotPublished);
        }
        let task = staff.task();
        if after.is_none() {
            let counts = tx.members().member_counts(&task, portal, &site.access, now).await?;
            if counts.not_invited > expected {
                return Err(MembersError::Changed {
                    now: counts.not_invited,
                });
            }
            let entry = self
                .noted(&staff, AuditEvent::MembersInvited, &site, now)
                .with("count", counts.not_invited.to_string());
            tx.audit().record(&entry).await?;
        }
        let query = MemberQuery {
            status: Some(MemberStatus::NotInvited),
            after,
            limit: A_UNIT,
            ..MemberQuery::default()
        };
        let some = tx.members().members(&task, portal, &site.access, &query, now).await?;
        let mut step = Step { queued: 0, last: None };
        for member in &some {
            let minutes = (before + step.queued) / A_MINUTE;
            let not_before = now.plus(CANCEL_WINDOW).plus(Duration::from_mins(minutes));
            let done = invite(&mut *tx, portal, member.contact, now, not_before, &*self.ids).await?;
            if done == Invited::Queued {
                step.queued += 1;
            }
        }
        if some.len() == A_UNIT as usize {
            step.last = some.last().map(|it| (it.name.clone(), it.contact));
        }
        tx.commit().await?;
        Ok(step)
    }

    /// Takes back every invitation of a portal whose mail has not left. Answers how many.
    ///
    /// # Errors
    /// See [`MembersError`].
    pub async fn cancel_invitations(&self, actor: &StaffActor, portal: PortalId) -> Result<u64, MembersError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "cancel_invitations",
            self.cancel_invitations_once(actor, portal)
        )
    }

    async fn cancel_invitations_once(&self, actor: &StaffActor, portal: PortalId) -> Result<u64, MembersError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, site) = self.writer(&mut *tx, actor, portal).await?;
        let mut cancelled = 0;
        let mut after = None;
        loop {
            let query = MemberQuery {
                status: Some(MemberStatus::Invited),
                after,
                limit: A_UNIT,
                ..MemberQuery::default()
            };
            let some = tx
                .members()
                .members(&staff.task(), portal, &site.access, &query, now)
                .await?;
            for invitation in some.iter().filter_map(|it| it.invitation.as_ref()) {
                if invitation.state == InvitationState::Queued {
                    revoke(&mut *tx, invitation, now).await?;
                    cancelled += 1;
                }
            }
            after = some.last().map(|it| (it.name.clone(), it.contact));
            if some.len() < A_UNIT as usize {
                break;
            }
        }
        let entry = self
            .noted(&staff, AuditEvent::InvitationsCancelled, &site, now)
            .with("count", cancelled.to_string());
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(cancelled)
    }

    /// Invites one contact, or invites them again: the link of an earlier invitation is dead at once.
    ///
    /// # Errors
    /// See [`MembersError`].
    pub async fn invite_member(
        &self,
        actor: &StaffActor,
        portal: PortalId,
        contact: ContactId,
    ) -> Result<(), MembersError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "invite_member",
            self.invite_member_once(actor, portal, contact)
        )
    }

    async fn invite_member_once(
        &self,
        actor: &StaffActor,
        portal: PortalId,
        contact: ContactId,
    ) -> Result<(), MembersError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, site) = self.writer(&mut *tx, actor, portal).await?;
        self.invite_one(&mut *tx, &site, contact, now).await?;
        self.done_to(tx, (&staff, AuditEvent::MemberInvited), &site, contact, now)
            .await
    }

    /// Invites one contact for somebody at the command line of the server.
    ///
    /// # Errors
    /// See [`MembersError`].
    pub async fn invite_from_command_line(&self, portal: PortalId, contact: ContactId) -> Result<(), MembersError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "invite_from_command_line",
            self.invite_from_command_line_once(portal, contact)
        )
    }

    async fn invite_from_command_line_once(&self, portal: PortalId, contact: ContactId) -> Result<(), MembersError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let site = tx.directory().portal(portal).await?.ok_or(MembersError::NotFound)?;
        self.invite_one(&mut *tx, &site, contact, now).await?;
        let id = AuditId::from_uuid(self.ids.next(now));
        let name = site.name.to_string();
        let entry = AuditEntry::new(id, now, AuditActor::CommandLine, AuditEvent::MemberInvited, name)
            .within(site.id)
            .with("contact", contact.to_string());
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn invite_one(
        &self,
        tx: &mut dyn Tx,
        site: &CustomerPortal,
        contact: ContactId,
        now: Timestamp,
    ) -> Result<(), MembersError> {
        if !site.published {
            return Err(MembersError::NotPublished);
        }
        let entrant = tx.directory().entrant(site.id, contact).await?;
        let entrant = entrant.ok_or(MembersError::NotFound)?;
        would_enter(&entrant).map_err(|_| MembersError::NoAccess)?;
        match reissue(tx, site.id, contact, now, now, &*self.ids).await? {
            Invited::Queued | Invited::Already => Ok(()),
            Invited::NoAddress => Err(MembersError::NoAddress),
        }
    }

    /// Takes an invitation back: its link is dead at once, and a mail that has not left does not.
    ///
    /// # Errors
    /// See [`MembersError`].
    pub async fn revoke_invitation(
        &self,
        actor: &StaffActor,
        portal: PortalId,
        contact: ContactId,
    ) -> Result<(), MembersError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "revoke_invitation",
            self.revoke_invitation_once(actor, portal, contact)
        )
    }

    async fn revoke_invitation_once(
        &self,
        actor: &StaffActor,
        portal: PortalId,
        contact: ContactId,
    ) -> Result<(), MembersError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, site) = self.writer(&mut *tx, actor, portal).await?;
        let found = tx.members().invitation(portal, contact).await?;
        let invitation = found.ok_or(MembersError::NotFound)?;
        if invitation.state == InvitationState::Accepted {
            return Err(MembersError::Decided);
        }
        revoke(&mut *tx, &invitation, now).await?;
        self.done_to(tx, (&staff, AuditEvent::InvitationRevoked), &site, contact, now)
            .await
    }
}

/// How far inviting everybody got.
struct Step {
    queued: u64,
    last: Option<(PersonName, ContactId)>,
}

async fn revoke(tx: &mut dyn Tx, invitation: &Invitation, now: Timestamp) -> Result<(), StoreError> {
    let mail = Mail::Invitation {
        portal: invitation.portal,
        contact: invitation.contact,
    };
    if let Some(key) = mail.key() {
        tx.outbox().take_back(&key, now).await?;
    }
    let revoked = Invitation {
        state: InvitationState::Revoked,
        token: None,
        ended_at: Some(now),
        ..invitation.clone()
    };
    tx.members().put_invitation(&revoked).await
}

/// Until when invitations that were just asked for can be taken back.
pub(super) async fn newest_queued(
    tx: &mut dyn Tx,
    task: &Task,
    site: &CustomerPortal,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let query = MemberQuery {
        status: Some(MemberStatus::Invited),
        limit: A_UNIT,
        ..MemberQuery::default()
    };
    let some = tx.members().members(task, site.id, &site.access, &query, now).await?;
    let queued = some
        .iter()
        .filter_map(|it| it.invitation.as_ref())
        .filter(|it| it.state == InvitationState::Queued);
    let newest = queued.map(|it| it.asked_at.plus(CANCEL_WINDOW)).max();
    Ok(newest.filter(|it| now < *it))
}
