use std::collections::BTreeSet;
use std::time::Duration;

use super::token::ProgramToken;
use crate::actor::{Actor, Mode};
use crate::audit::{AuditActor, AuditEntry, AuditEvent};
use crate::id::{AgentId, AuditId, TokenId};
use crate::input::{Checker, ProblemKind, Problems};
use crate::membership::{Secret, SecretHash};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, PasswordsError, StoreError, Tx};
use crate::staff::{Permission, StaffActor, StaffError, StaffRefusal, StaffStanding, StaffUser, staff_use_case_error};
use crate::text::{EmailAddress, Line};
use crate::time::Timestamp;

/// The longest life of a token in days.
const MAX_DAYS: u32 = 366;
/// The longest life in days of one that may do what is dangerous.
const MAX_DANGEROUS_DAYS: u32 = 31;

/// Making a token for a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateProgramToken {
    /// What its owner calls it.
    pub name: String,
    /// Whether it may change anything.
    pub mode: Mode,
    /// What it is for; permissions that its owner has.
    pub only: BTreeSet<Permission>,
    /// Whether it may do what asks people for a fresh proof: deleting a portal, changing the staff. A program has no second
    /// factor to show, so its owner decides beforehand, and proves who they are then.
    pub dangerous: bool,
    /// How many days it works, 1 to 366; at most 31 if it is dangerous.
    pub days: u32,
}

/// A token that was made. This is the only time its secret is there.
#[derive(Clone, Debug)]
pub struct CreatedProgramToken {
    /// The token.
    pub token: ProgramToken,
    /// Its secret.
    pub secret: Secret,
}

/// Why no token was made, shown or removed.
#[derive(Debug, thiserror::Error)]
pub enum ProgramTokenError {
    /// They may not, or must prove again who they are.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// A program asks: tokens are for people to make.
    #[error("a program cannot make or remove tokens")]
    Program,
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// There is no such staff user.
    #[error("there is no active staff user with this address")]
    NotFound,
    /// They have enough of them.
    #[error("there are {} tokens already; remove one first", ProgramToken::MOST)]
    TooMany,
    /// No secret could be made.
    #[error(transparent)]
    Secrets(#[from] PasswordsError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
staff_use_case_error!(ProgramTokenError, NotFound);

impl From<StaffRefusal> for ProgramTokenError {
    fn from(it: StaffRefusal) -> Self {
        Self::Staff(it.into())
    }
}

impl Portal {
    /// Makes a token by which a program acts as the staff user. It wants the permission to make tokens, and a fresh proof.
    ///
    /// # Errors
    /// See [`ProgramTokenError`].
    pub async fn create_program_token(
        &self,
        actor: &StaffActor,
        command: &CreateProgramToken,
    ) -> Result<CreatedProgramToken, ProgramTokenError> {
        let secret = Secret::from_bytes("admin", &self.secrets.random()?);
        let token = attempt!(self, &Actor::Anonymous, "create_program_token", async {
            if actor.only.is_some() {
                return Err(ProgramTokenError::Program);
            }
            let mut tx = self.store.begin(Access::Write).await?;
            let staff = self.staff(&mut *tx, actor, Permission::Api).await?;
            staff.dangerous()?;
            let by = AuditActor::Staff(staff.id());
            let token = self
                .add_program_token(&mut *tx, staff.user(), command, secret.hash(), by)
                .await?;
            tx.commit().await?;
            Ok(token)
        })?;
        Ok(CreatedProgramToken { token, secret })
    }

    /// Makes a token for somebody at the command line of the server, as the staff user with this address. That the staff
    /// user has the permission to make tokens is not asked for: who is at the command line may everything.
    ///
    /// # Errors
    /// See [`ProgramTokenError`].
    pub async fn create_program_token_from_command_line(
        &self,
        address: &EmailAddress,
        command: &CreateProgramToken,
    ) -> Result<CreatedProgramToken, ProgramTokenError> {
        let secret = Secret::from_bytes("admin", &self.secrets.random()?);
        let token = attempt!(self, &Actor::Anonymous, "create_program_token", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let found = tx.staffing().staff_by_address(address).await?;
            let (user, _) = found.ok_or(ProgramTokenError::NotFound)?;
            let token = self
                .add_program_token(&mut *tx, &user, command, secret.hash(), AuditActor::CommandLine)
                .await?;
            tx.commit().await?;
            Ok::<_, ProgramTokenError>(token)
        })?;
        Ok(CreatedProgramToken { token, secret })
    }

    async fn add_program_token(
        &self,
        tx: &mut dyn Tx,
        user: &StaffUser,
        command: &CreateProgramToken,
        secret: SecretHash,
        by: AuditActor,
    ) -> Result<ProgramToken, ProgramTokenError> {
        let now = self.clock.now();
        let name = checked(user, command)?;
        if tx.programs().program_tokens(user.id).await?.len() >= ProgramToken::MOST {
            return Err(ProgramTokenError::TooMany);
        }
        let token = ProgramToken {
            id: TokenId::from_uuid(self.ids.next(now)),
            agent: user.id,
            name,
            mode: command.mode,
            only: command.only.clone(),
            dangerous: command.dangerous,
            secret,
            created_at: now,
            ends_at: now.plus(Duration::from_secs(u64::from(command.days) * 24 * 3600)),
            seen_at: None,
        };
        tx.programs().add_program_token(&token).await?;
        let scopes: Vec<&str> = token.only.iter().map(|it| it.name()).collect();
        let mode = match token.mode {
            Mode::Read => "read",
            Mode::Write => "write",
        };
        let entry = self
            .program_entry(by, AuditEvent::ProgramTokenMade, &token, now)
            .with("owner", user.name.as_str())
            .with("scopes", scopes.join(" "))
            .with("mode", mode)
            .with("dangerous", if token.dangerous { "yes" } else { "no" });
        tx.audit().record(&entry).await?;
        Ok(token)
    }

    /// The tokens of whoever asks, newest first; those that have ended are there until they are removed.
    ///
    /// # Errors
    /// If they are not active, or the store fails.
    pub async fn program_tokens(&self, actor: &StaffActor) -> Result<Vec<ProgramToken>, ProgramTokenError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        active(&mut *tx, actor).await?;
        Ok(tx.programs().program_tokens(actor.agent).await?)
    }

    /// Removes one of one's own tokens; it is good for nothing from the next request on. One that is not there is fine.
    ///
    /// # Errors
    /// See [`ProgramTokenError`].
    pub async fn remove_program_token(&self, actor: &StaffActor, id: TokenId) -> Result<(), ProgramTokenError> {
        attempt!(self, &Actor::Anonymous, "remove_program_token", async {
            if actor.only.is_some() {
                return Err(ProgramTokenError::Program);
            }
            let mut tx = self.store.begin(Access::Write).await?;
            active(&mut *tx, actor).await?;
            self.drop_program_token(&mut *tx, actor.agent, id, AuditActor::Staff(actor.agent))
                .await?;
            Ok(tx.commit().await?)
        })
    }

    /// Removes a token of the staff user with this address, for somebody at the command line of the server.
    ///
    /// # Errors
    /// See [`ProgramTokenError`].
    pub async fn remove_program_token_from_command_line(
        &self,
        address: &EmailAddress,
        id: TokenId,
    ) -> Result<(), ProgramTokenError> {
        attempt!(self, &Actor::Anonymous, "remove_program_token", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let found = tx.staffing().staff_by_address(address).await?;
            let (user, _) = found.ok_or(ProgramTokenError::NotFound)?;
            self.drop_program_token(&mut *tx, user.id, id, AuditActor::CommandLine)
                .await?;
            Ok::<_, ProgramTokenError>(tx.commit().await?)
        })
    }

    /// The tokens of the staff user with this address, for somebody at the command line of the server.
    ///
    /// # Errors
    /// See [`ProgramTokenError`].
    pub async fn program_tokens_from_command_line(
        &self,
        address: &EmailAddress,
    ) -> Result<Vec<ProgramToken>, ProgramTokenError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let found = tx.staffing().staff_by_address(address).await?;
        let (user, _) = found.ok_or(ProgramTokenError::NotFound)?;
        Ok(tx.programs().program_tokens(user.id).await?)
    }

    async fn drop_program_token(
        &self,
        tx: &mut dyn Tx,
        agent: AgentId,
        id: TokenId,
        by: AuditActor,
    ) -> Result<(), StoreError> {
        let own = tx.programs().program_tokens(agent).await?;
        let Some(token) = own.iter().find(|it| it.id == id) else {
            return Ok(());
        };
        tx.programs().remove_program_token(agent, id).await?;
        let entry = self.program_entry(by, AuditEvent::ProgramTokenRemoved, token, self.clock.now());
        tx.audit().record(&entry).await
    }

    fn program_entry(&self, by: AuditActor, event: AuditEvent, token: &ProgramToken, now: Timestamp) -> AuditEntry {
        let id = AuditId::from_uuid(self.ids.next(now));
        AuditEntry::new(id, now, by, event, token.name.as_str())
    }
}

fn checked(user: &StaffUser, command: &CreateProgramToken) -> Result<Line, ProgramTokenError> {
    let mut checker = Checker::default();
    let name = checker.take("name", command.name.parse::<Line>());
    if command.only.is_empty() || !command.only.iter().all(|it| user.may(*it)) {
        checker.note("scopes", ProblemKind::NotOffered);
    }
    let max = if command.dangerous {
        MAX_DANGEROUS_DAYS
    } else {
        MAX_DAYS
    };
    if !(1..=max).contains(&command.days) {
        checker.note("days", ProblemKind::Range { min: 1, max });
    }
    checker.done()?;
    Ok(name.ok_or_else(|| Problems::one("name", ProblemKind::NotOffered))?)
}

/// Fine if whoever asks is an active staff user, whatever they may.
async fn active(tx: &mut dyn Tx, actor: &StaffActor) -> Result<(), StaffError> {
    let user = tx.staffing().staff_user(actor.agent).await?;
    match user {
        Some(it) if it.standing == StaffStanding::Active => Ok(()),
        _ => Err(StaffRefusal::NotActive.into()),
    }
}
