use std::time::Duration;

use super::invitation::{Invitation, InvitationState, MemberStatus};
use super::invite::{Invited, invite, reissue};
use super::member::{Member, MemberCounts, MemberQuery};
use super::register::{Owner, owner_of};
use super::registration::{Registration, RegistrationState};
use super::reset_password::end_everything;
use crate::actor::{Actor, Task};
use crate::audit::{AuditActor, AuditEntry, AuditEvent};
use crate::id::{AuditId, ContactId, IntentId, PortalId, RegistrationId};
use crate::mail::{Intent, Mail};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::settings::CustomerPortal;
use crate::staff::{Permission, Staff, StaffActor, StaffError, StaffRefusal, staff_use_case_error};
use crate::text::PersonName;
use crate::time::Timestamp;

/// How long after invitations were asked for they can be taken back before any mail left.
pub const CANCEL_WINDOW: Duration = Duration::from_mins(2);
/// More new recipients than this in one change wait until somebody confirms them.
pub const MOST_AT_ONCE: u64 = 500;
/// How many invitation mails of one portal leave in a minute.
const A_MINUTE: u64 = 60;
/// How many invitations are queued in one unit of work.
const A_UNIT: u32 = 200;
/// How many registrations a page shows.
const WAITING_SHOWN: u32 = 100;

/// Why staff could not do something about a member.
#[derive(Debug, thiserror::Error)]
pub enum MembersError {
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// The portal, contact or registration is not there.
    #[error("there is no such thing")]
    NotFound,
    /// Without membership e-mail there is nowhere to write to.
    #[error("the contact has no membership e-mail")]
    NoAddress,
    /// Nobody can be invited into a portal that is not open.
    #[error("publish the portal first")]
    NotPublished,
    /// The access rule would not let the contact in.
    #[error("the contact is in none of the portal's access groups")]
    NoAccess,
    /// The number that was confirmed is not the number now.
    #[error("there are {now} people to invite now")]
    Changed {
        /// How many there are now.
        now: u64,
    },
    /// Somebody else decided, or the address belongs to an account meanwhile.
    #[error("this was decided already")]
    Decided,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

staff_use_case_error!(MembersError, NotFound);

impl From<StaffRefusal> for MembersError {
    fn from(refusal: StaffRefusal) -> Self {
        Self::Staff(refusal.into())
    }
}

/// The members of a portal as staff see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MembersView {
    /// The portal.
    pub portal: CustomerPortal,
    /// A page of them.
    pub members: Vec<Member>,
    /// Where the next page begins, if there is one.
    pub next: Option<(PersonName, ContactId)>,
    /// How many have each status.
    pub counts: MemberCounts,
    /// Registrations that wait for a decision, oldest first.
    pub waiting: Vec<Registration>,
    /// How many mails can still be taken back, and until when.
    pub cancellable: Option<Timestamp>,
}

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
    /// Lists the members of a portal.
    ///
    /// # Errors
    /// See [`MembersError`].
    pub async fn list_members(
        &self,
        actor: &StaffActor,
        portal: PortalId,
        query: MemberQuery,
    ) -> Result<MembersView, MembersError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "list_members",
            self.list_members_once(actor, portal, &query)
        )
    }

    async fn list_members_once(
        &self,
        actor: &StaffActor,
        portal: PortalId,
        query: &MemberQuery,
    ) -> Result<MembersView, MembersError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        let task = staff.task();
        let site = tx.directory().portal(portal).await?.ok_or(MembersError::NotFound)?;
        let limit = query.limit.clamp(1, 100);
        let one_more = MemberQuery {
            limit: limit + 1,
            ..query.clone()
        };
        let mut members = tx
            .members()
            .members(&task, portal, &site.access, &one_more, now)
            .await?;
        let more = members.len() > limit as usize;
        members.truncate(limit as usize);
        let last = members.last().filter(|_| more);
        let counts = tx.members().member_counts(&task, portal, &site.access, now).await?;
        let waiting = tx
            .members()
            .registrations(&task, portal, RegistrationState::Waiting, WAITING_SHOWN)
            .await?;
        let cancellable = newest_queued(&mut *tx, &task, &site, now).await?;
        Ok(MembersView {
            next: last.map(|it| (it.name.clone(), it.contact)),
            members,
            counts,
            waiting,
            cancellable,
            portal: site,
        })
    }

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
        let entry = self
            .noted(&staff, AuditEvent::MemberInvited, &site, now)
            .with("contact", contact.to_string());
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(())
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
        super::mails::would_enter(&entrant).map_err(|_| MembersError::NoAccess)?;
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
        let entry = self
            .noted(&staff, AuditEvent::InvitationRevoked, &site, now)
            .with("contact", contact.to_string());
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(())
    }

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
        let challenge = super::challenge::Challenge {
            id: crate::id::ChallengeId::from_uuid(self.ids.next(now)),
            purpose: super::challenge::ChallengePurpose::Reset,
            portal,
            address,
            browser: None,
            device: String::new(),
            contact: None,
            token: None,
            code: None,
            tries: 0,
            asked_at: now,
            expires_at: now.plus(super::challenge::MAIL_MAY_WAIT),
            used_at: None,
        };
        tx.members().add_challenge(&challenge).await?;
        let mail = Mail::ResetPassword {
            challenge: challenge.id,
        };
        self.mail(&mut *tx, mail, now).await?;
        let entry = self
            .noted(&staff, AuditEvent::MemberReset, &site, now)
            .with("contact", contact.to_string());
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(())
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
        end_everything(&mut *tx, contact).await?;
        let entry = self
            .noted(&staff, AuditEvent::MemberSessionsEnded, &site, now)
            .with("contact", contact.to_string());
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Approves or declines a registration whose address was proven. A company is never granted by it.
    ///
    /// # Errors
    /// See [`MembersError`].
    pub async fn decide_registration(
        &self,
        actor: &StaffActor,
        registration: RegistrationId,
        approve: bool,
    ) -> Result<(), MembersError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "decide_registration",
            self.decide_registration_once(actor, registration, approve)
        )
    }

    async fn decide_registration_once(
        &self,
        actor: &StaffActor,
        registration: RegistrationId,
        approve: bool,
    ) -> Result<(), MembersError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let found = tx.members().registration(registration).await?;
        let mut found = found.ok_or(MembersError::NotFound)?;
        let (staff, site) = self.writer(&mut *tx, actor, found.portal).await?;
        let to = if approve {
            RegistrationState::Approved
        } else {
            RegistrationState::Declined
        };
        let from = RegistrationState::Waiting;
        if !tx.members().use_registration(registration, from, to).await? {
            return Err(MembersError::Decided);
        }
        found.state = to;
        if approve {
            // Whoever was removed stays so: approving makes a contact of their own.
            let owner = match owner_of(&mut *tx, &found.address).await? {
                Owner::Taken => return Err(MembersError::Decided),
                Owner::Known(contact) => Some(contact),
                Owner::Nobody | Owner::Doubtful => None,
            };
            let contact = self.admit(&mut *tx, &mut found, owner, now).await?;
            let mail = Mail::RegistrationApproved {
                portal: site.id,
                contact,
            };
            let id = IntentId::from_uuid(self.ids.next(now));
            tx.outbox().push(&Intent::now(id, mail, now)).await?;
        } else {
            found.password_hash = None;
        }
        tx.members().put_registration(&found).await?;
        let event = if approve {
            AuditEvent::RegistrationApproved
        } else {
            AuditEvent::RegistrationDeclined
        };
        let entry = self
            .noted(&staff, event, &site, now)
            .with("registration", registration.to_string());
        tx.audit().record(&entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Somebody of the staff who may change members, and the portal.
    async fn writer(
        &self,
        tx: &mut dyn Tx,
        actor: &StaffActor,
        portal: PortalId,
    ) -> Result<(Staff, CustomerPortal), MembersError> {
        let staff = self.staff(tx, actor, Permission::PortalSettings).await?;
        staff.writes()?;
        let site = tx.directory().portal(portal).await?.ok_or(MembersError::NotFound)?;
        Ok((staff, site))
    }

    fn noted(&self, staff: &Staff, event: AuditEvent, site: &CustomerPortal, now: Timestamp) -> AuditEntry {
        let id = AuditId::from_uuid(self.ids.next(now));
        AuditEntry::new(id, now, AuditActor::Staff(staff.id()), event, site.name.to_string()).within(site.id)
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
async fn newest_queued(
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
