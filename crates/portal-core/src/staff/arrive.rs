use std::time::Duration;

use super::authorise::{StaffActor, StaffError};
use super::session::{StaffSession, StaffSessionStage};
use super::user::StaffUser;
use crate::actor::Actor;
use crate::membership::Secret;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError};
use crate::time::Timestamp;

/// A session that was used less than this ago is not touched again.
const TOUCH_EVERY: Duration = Duration::from_mins(5);

/// Somebody of the staff who is signed in with both factors.
#[derive(Clone, Debug)]
pub struct StaffVisitor {
    /// The identity for use-cases.
    pub actor: StaffActor,
    /// Who they are.
    pub user: StaffUser,
    /// The session they came with.
    pub session: StaffSession,
}

/// Somebody who has shown the password, and nothing else yet. It is no identity for any use-case but the second step.
#[derive(Clone, Debug)]
pub struct HalfWay {
    /// Who they say they are.
    pub user: StaffUser,
    /// The session they came with.
    pub session: StaffSession,
}

/// Why nobody could be looked up.
#[derive(Debug, thiserror::Error)]
pub enum ArriveStaffError {
    /// Not used by this use-case; here so that all use-cases of the staff have the same two.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

super::staff_use_case_error!(ArriveStaffError);

impl Portal {
    /// Finds who of the staff comes with this secret. A session that has ended, has not seen the second factor, or belongs
    /// to somebody who is disabled, is nobody's. Using it extends it, written down at most every 5 minutes.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn arrive_staff(&self, secret: &Secret) -> Result<Option<StaffVisitor>, ArriveStaffError> {
        attempt!(self, &Actor::Anonymous, "arrive_staff", self.arrive_staff_once(secret))
    }

    async fn arrive_staff_once(&self, secret: &Secret) -> Result<Option<StaffVisitor>, ArriveStaffError> {
        let now = self.clock.now();
        let Some((session, user)) = self.staff_session(secret, StaffSessionStage::Complete, now).await? else {
            return Ok(None);
        };
        if now.since(session.seen_at) >= TOUCH_EVERY {
            let mut tx = self.store.begin(Access::Write).await?;
            let until = now.plus(StaffSession::IDLE);
            tx.staffing().touch_staff_session(session.id, now, until).await?;
            tx.commit().await?;
        }
        Ok(Some(StaffVisitor {
            actor: StaffActor::signed_in(user.id, session.is_proven(now)),
            user,
            session,
        }))
    }

    /// Finds who is between the password and the second factor.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn arrive_half_way(&self, secret: &Secret) -> Result<Option<HalfWay>, StoreError> {
        let now = self.clock.now();
        let found = self.staff_session(secret, StaffSessionStage::HalfWay, now).await?;
        Ok(found.map(|(session, user)| HalfWay { user, session }))
    }

    async fn staff_session(
        &self,
        secret: &Secret,
        stage: StaffSessionStage,
        now: Timestamp,
    ) -> Result<Option<(StaffSession, StaffUser)>, StoreError> {
        let mut tx = self.store.begin(Access::Read).await?;
        let found = tx.staffing().staff_doorway(&secret.hash()).await?;
        Ok(found.filter(|(session, _)| session.is_alive(now) && session.stage == stage))
    }
}
