use std::time::Duration;

use super::token::ProgramToken;
use crate::actor::Actor;
use crate::membership::Secret;
use crate::portal::{Portal, attempt};
use crate::ports::Access;
use crate::staff::{StaffActor, StaffError, StaffStanding, StaffUser};

/// A token that was used less than this ago is not touched again.
const TOUCH_EVERY: Duration = Duration::from_mins(5);

/// A program that came with a good token.
#[derive(Clone, Debug)]
pub struct Program {
    /// The identity for use-cases.
    pub actor: StaffActor,
    /// For whom it works.
    pub user: StaffUser,
    /// The token it came with.
    pub token: ProgramToken,
}

impl Portal {
    /// Finds for whom of the staff a program works that comes with this secret. A token that has ended, or belongs to
    /// somebody who is disabled, is nobody's.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn arrive_program(&self, secret: &Secret) -> Result<Option<Program>, StaffError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "arrive_program",
            self.arrive_program_once(secret)
        )
    }

    async fn arrive_program_once(&self, secret: &Secret) -> Result<Option<Program>, StaffError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let Some(token) = tx.programs().program_token(&secret.hash()).await? else {
            return Ok(None);
        };
        let user = tx.staffing().staff_user(token.agent).await?;
        drop(tx);
        let Some(user) = user.filter(|it| it.standing == StaffStanding::Active && now < token.ends_at) else {
            return Ok(None);
        };
        if token.seen_at.is_none_or(|it| now.since(it) >= TOUCH_EVERY) {
            let mut tx = self.store.begin(Access::Write).await?;
            tx.programs().touch_program_token(token.id, now).await?;
            tx.commit().await?;
        }
        Ok(Some(Program {
            actor: token.actor(),
            user,
            token,
        }))
    }
}
