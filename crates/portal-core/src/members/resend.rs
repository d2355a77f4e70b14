use std::collections::BTreeSet;
use std::time::Duration;

use super::MembersError;
use super::invitations::{A_MINUTE, A_UNIT, CANCEL_WINDOW};
use crate::access::AccessRule;
use crate::actor::{Actor, Task};
use crate::audit::AuditEvent;
use crate::id::{ContactId, PortalId};
use crate::membership::{InvitationState, Invited, Member, MemberQuery, MemberStatus, reissue};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::staff::{Permission, StaffActor};
use crate::text::PersonName;
use crate::time::Timestamp;

/// How many examples a plan shows.
const EXAMPLES: usize = 5;

/// What sending invitations again would do: how many of each kind would get another mail. One whose mail is still to leave
/// is not among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResendPlan {
    /// Those whose mail could not be delivered.
    pub failed: u64,
    /// Those whose link has expired.
    pub expired: u64,
    /// Those who have a mail with a good link and have not used it.
    pub pending: u64,
    /// Some of all these.
    pub examples: Vec<Member>,
}

impl ResendPlan {
    /// The statuses whose invitations can be sent again, in the order in which they are.
    pub const STATUSES: [MemberStatus; 3] = [MemberStatus::Failed, MemberStatus::Expired, MemberStatus::Invited];

    /// How many of these statuses would get a mail.
    #[must_use]
    pub fn recipients(&self, statuses: &BTreeSet<MemberStatus>) -> u64 {
        statuses.iter().map(|it| self.of(*it)).sum()
    }

    const fn of(&self, status: MemberStatus) -> u64 {
        match status {
            MemberStatus::Failed => self.failed,
            MemberStatus::Expired => self.expired,
            MemberStatus::Invited => self.pending,
            MemberStatus::Registered | MemberStatus::NotInvited | MemberStatus::NoAddress => 0,
        }
    }
}

/// Whether an invitation is there to be sent again.
fn is_out(member: &Member) -> bool {
    let state = member.invitation.as_ref().map(|it| &it.state);
    matches!(state, Some(InvitationState::Sent | InvitationState::Failed(_)))
}

/// A page of members of one status.
fn page(status: MemberStatus, after: Option<(PersonName, ContactId)>) -> MemberQuery {
    MemberQuery {
        status: Some(status),
        after,
        limit: A_UNIT,
        ..MemberQuery::default()
    }
}

fn place(members: &[Member]) -> Option<(PersonName, ContactId)> {
    let is_full = members.len() == A_UNIT as usize;
    members
        .last()
        .filter(|_| is_full)
        .map(|it| (it.name.clone(), it.contact))
}

async fn plan(
    tx: &mut dyn Tx,
    task: &Task,
    portal: PortalId,
    access: &AccessRule,
    now: Timestamp,
) -> Result<ResendPlan, StoreError> {
    let mut plan = ResendPlan::default();
    for status in ResendPlan::STATUSES {
        let mut after = None;
        loop {
            let members = tx
                .members()
                .members(task, portal, access, &page(status, after), now)
                .await?;
            after = place(&members);
            let out: Vec<Member> = members.into_iter().filter(is_out).collect();
            let count = match status {
                MemberStatus::Failed => &mut plan.failed,
                MemberStatus::Expired => &mut plan.expired,
                _ => &mut plan.pending,
            };
            *count = count.saturating_add(out.len() as u64);
            let room = EXAMPLES.saturating_sub(plan.examples.len());
            plan.examples.extend(out.into_iter().take(room));
            if after.is_none() {
                break;
            }
        }
    }
    Ok(plan)
}

impl Portal {
    /// What [`resend_invitations`](Self::resend_invitations) would do now.
    ///
    /// # Errors
    /// See [`MembersError`].
    pub async fn plan_resending(&self, actor: &StaffActor, portal: PortalId) -> Result<ResendPlan, MembersError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let staff = self.staff(&mut *tx, actor, Permission::PortalSettings).await?;
        let site = tx.directory().portal(portal).await?.ok_or(MembersError::NotFound)?;
        Ok(plan(&mut *tx, &staff.task(), portal, &site.access, now).await?)
    }

    /// Sends the invitations of these statuses again, `expected` of them: every link before is dead at once, the mails leave
    /// after two minutes, some a minute. Other statuses are left alone. Answers how many were queued.
    ///
    /// # Errors
    /// [`MembersError::Changed`] if there are more of them now than were confirmed; see [`MembersError`].
    pub async fn resend_invitations(
        &self,
        actor: &StaffActor,
        portal: PortalId,
        statuses: &BTreeSet<MemberStatus>,
        expected: u64,
    ) -> Result<u64, MembersError> {
        let now = self.clock.now();
        let mut queued = 0;
        let mut is_first = true;
        for status in ResendPlan::STATUSES.into_iter().filter(|it| statuses.contains(it)) {
            let mut after = None;
            loop {
                let begun = Begun {
                    statuses,
                    expected,
                    queued,
                    is_first,
                    now,
                };
                let step = attempt!(
                    self,
                    &Actor::Anonymous,
                    "resend_invitations",
                    self.resend_some(actor, portal, &begun, page(status, after.clone()))
                )?;
                is_first = false;
                queued += step.queued;
                after = step.after;
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(queued)
    }

    async fn resend_some(
        &self,
        actor: &StaffActor,
        portal: PortalId,
        begun: &Begun<'_>,
        query: MemberQuery,
    ) -> Result<Step, MembersError> {
        let now = begun.now;
        let mut tx = self.store.begin(Access::Write).await?;
        let (staff, site) = self.writer(&mut *tx, actor, portal).await?;
        if !site.published {
            return Err(MembersError::NotPublished);
        }
        let task = staff.task();
        if begun.is_first {
            let there = plan(&mut *tx, &task, portal, &site.access, now).await?;
            let there = there.recipients(begun.statuses);
            if there > begun.expected {
                return Err(MembersError::Changed { now: there });
            }
            let names: Vec<&str> = begun.statuses.iter().map(|it| it.name()).collect();
            let entry = self
                .noted(&staff, AuditEvent::InvitationsResent, &site, now)
                .with("count", there.to_string())
                .with("statuses", names.join(", "));
            tx.audit().record(&entry).await?;
        }
        let members = tx.members().members(&task, portal, &site.access, &query, now).await?;
        let mut step = Step {
            queued: 0,
            after: place(&members),
        };
        for member in members.iter().filter(|it| is_out(it)) {
            let minutes = (begun.queued + step.queued) / A_MINUTE;
            let not_before = now.plus(CANCEL_WINDOW).plus(Duration::from_mins(minutes));
            let done = reissue(&mut *tx, portal, member.contact, now, not_before, &*self.ids).await?;
            if done == Invited::Queued {
                step.queued += 1;
            }
        }
        tx.commit().await?;
        Ok(step)
    }
}

/// What the units of one resending share.
struct Begun<'a> {
    statuses: &'a BTreeSet<MemberStatus>,
    expected: u64,
    queued: u64,
    is_first: bool,
    now: Timestamp,
}

/// How far it got.
struct Step {
    queued: u64,
    after: Option<(PersonName, ContactId)>,
}
