use super::MembersError;
use super::invitations::newest_queued;
use crate::actor::Actor;
use crate::id::{ContactId, PortalId};
use crate::membership::{Member, MemberCounts, MemberQuery, Registration, RegistrationState};
use crate::portal::{Portal, attempt};
use crate::ports::Access;
use crate::settings::CustomerPortal;
use crate::staff::{Permission, StaffActor};
use crate::text::PersonName;
use crate::time::Timestamp;

/// How many registrations a page shows.
const WAITING_SHOWN: u32 = 100;

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
}
