use async_trait::async_trait;

use super::error::StoreError;
use crate::actor::Task;
use crate::id::{AgentId, StaffSessionId};
use crate::membership::SecretHash;
use crate::staff::{StaffCredential, StaffSession, StaffToken, StaffTokenKind, StaffUser};
use crate::text::EmailAddress;
use crate::time::Timestamp;

/// Who works here: staff users with their permissions, credentials and sessions.
///
/// Staff and contacts never share a table, a cookie or a path.
#[async_trait]
pub trait Staffing: Send {
    /// A staff user, whatever their standing, as committed last: nothing is cached.
    async fn staff_user(&mut self, id: AgentId) -> Result<Option<StaffUser>, StoreError>;

    /// All staff users, by name.
    async fn staff_users(&mut self, task: &Task) -> Result<Vec<StaffUser>, StoreError>;

    /// Adds or replaces a staff user, and the agent of the same id, by whose name customers know them. MUST fail with
    /// [`Conflict`](super::StoreErrorKind::Conflict) if another active staff user has the address.
    async fn put_staff_user(&mut self, task: &Task, user: &StaffUser) -> Result<(), StoreError>;

    /// The active staff user with this address, and their credential if they have one.
    async fn staff_by_address(
        &mut self,
        address: &EmailAddress,
    ) -> Result<Option<(StaffUser, Option<StaffCredential>)>, StoreError>;

    /// The active staff users who may administer the installation. In a `Write` nobody else who asks the same MUST be
    /// answered until the end of the unit of work, also if there is none yet: so the last one stays, and the first one is
    /// made once.
    async fn admins(&mut self) -> Result<Vec<AgentId>, StoreError>;

    /// Whether there is an active administrator, and whether there is a portal; one statement.
    async fn has_admin_or_portal(&mut self) -> Result<(bool, bool), StoreError>;

    /// A staff user's credential.
    async fn staff_credential(&mut self, agent: AgentId) -> Result<Option<StaffCredential>, StoreError>;

    /// Adds or replaces a credential.
    async fn put_staff_credential(&mut self, credential: &StaffCredential) -> Result<(), StoreError>;

    /// Uses up the code of a time step: `false` if that one or a later one was used before, or there is no authenticator.
    /// Of several at the same time exactly one MUST be told `true`.
    async fn use_step(&mut self, agent: AgentId, step: u64) -> Result<bool, StoreError>;

    /// Puts recovery codes in the place of all that were there.
    async fn set_recovery_codes(&mut self, agent: AgentId, codes: &[[u8; 32]]) -> Result<(), StoreError>;

    /// Uses up a recovery code: `false` if it is not there. Of several at the same time exactly one MUST be told `true`.
    async fn use_recovery_code(&mut self, agent: AgentId, code: &[u8; 32]) -> Result<bool, StoreError>;

    /// How many recovery codes are left.
    async fn recovery_codes_left(&mut self, agent: AgentId) -> Result<u32, StoreError>;

    /// The session with this secret and whose it is, if they are active; whether it has ended is for the caller to say.
    async fn staff_doorway(&mut self, secret: &SecretHash) -> Result<Option<(StaffSession, StaffUser)>, StoreError>;

    /// Adds a session, and removes the oldest of the staff user beyond `keep`.
    async fn add_staff_session(&mut self, session: &StaffSession, keep: u32) -> Result<(), StoreError>;

    /// Replaces a session that is there: `false`, and nothing changed, if it has been removed.
    async fn change_staff_session(&mut self, session: &StaffSession) -> Result<bool, StoreError>;

    /// Notes that a session was used. One that has been removed MUST stay removed.
    async fn touch_staff_session(
        &mut self,
        id: StaffSessionId,
        seen_at: Timestamp,
        idle_until: Timestamp,
    ) -> Result<(), StoreError>;

    /// The complete sessions of a staff user that are alive, the one used last first.
    async fn staff_sessions(&mut self, agent: AgentId, now: Timestamp) -> Result<Vec<StaffSession>, StoreError>;

    /// Removes one session of a staff user. Removing one that is not there is fine.
    async fn end_staff_session(&mut self, agent: AgentId, id: StaffSessionId) -> Result<(), StoreError>;

    /// Removes all sessions of a staff user but one.
    async fn end_staff_sessions(&mut self, agent: AgentId, but: Option<StaffSessionId>) -> Result<(), StoreError>;

    /// Of these sessions those that are alive, complete, and whose staff users are active; one statement.
    async fn living_staff_sessions(
        &mut self,
        ids: &[StaffSessionId],
        now: Timestamp,
    ) -> Result<Vec<StaffSessionId>, StoreError>;

    /// Adds a token, and removes those that have ended by the time it was made.
    async fn add_staff_token(&mut self, token: &StaffToken) -> Result<(), StoreError>;

    /// The token with this secret; whether it has ended is for the caller to say.
    async fn staff_token(&mut self, secret: &SecretHash) -> Result<Option<StaffToken>, StoreError>;

    /// Takes a token away: `None` if it is not there. Of several at the same time exactly one MUST get it.
    async fn take_staff_token(&mut self, secret: &SecretHash) -> Result<Option<StaffToken>, StoreError>;

    /// The token of a kind that a staff user has, the newest if there are several.
    async fn staff_token_of(&mut self, agent: AgentId, kind: StaffTokenKind) -> Result<Option<StaffToken>, StoreError>;

    /// Removes all tokens of a staff user, or with `None` all of the set-up.
    async fn remove_staff_tokens(&mut self, agent: Option<AgentId>) -> Result<(), StoreError>;
}
