use std::collections::BTreeSet;

use super::user::{InboxAccess, Permission, StaffStanding, StaffUser};
use crate::actor::{Mode, Task};
use crate::audit::AuditActor;
use crate::id::{AgentId, Uuid};
use crate::portal::{Portal, UseCaseError};
use crate::ports::{StoreError, Tx};
use crate::time::Timestamp;

/// Who calls a use-case of the staff: an identity that was authenticated, and what the means of authentication allows.
///
/// Freely made by the embedder, who vouches for it. It grants nothing; [`authorise`] does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StaffActor {
    /// Who it is.
    pub agent: AgentId,
    /// Whether they proved again who they are a moment ago (10 minutes for sessions), for what is dangerous.
    pub proven_lately: bool,
    /// Whether anything may be changed.
    pub mode: Mode,
    /// What a token was made for; `None` for a session, which has all that its owner may.
    pub only: Option<BTreeSet<Permission>>,
}

impl StaffActor {
    /// A staff user with a session.
    #[must_use]
    pub const fn signed_in(agent: AgentId, proven_lately: bool) -> Self {
        Self {
            agent,
            proven_lately,
            mode: Mode::Write,
            only: None,
        }
    }

    /// Somebody at the command line of the server, who may everything. No staff user has this id.
    #[must_use]
    pub const fn command_line() -> Self {
        Self::signed_in(AgentId::from_uuid(Uuid::nil()), true)
    }

    fn is_command_line(&self) -> bool {
        *self == Self::command_line()
    }
}

/// Why somebody of the staff is not allowed to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StaffRefusal {
    /// Gone, or disabled.
    #[error("this staff account is not active")]
    NotActive,
    /// The permission is missing, or the token was not made for it.
    #[error("this needs the permission `{}`", .0.name())]
    NotAllowed(Permission),
    /// The token only reads.
    #[error("this token only reads")]
    ReadOnly,
    /// It is dangerous, and the last proof of who they are is too long ago.
    #[error("confirm who you are first")]
    ProveAgain,
}

/// Why a use-case of the staff did not begin.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// They may not.
    #[error(transparent)]
    Refused(#[from] StaffRefusal),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl UseCaseError for StaffError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(err) => Some(err),
            Self::Refused(_) => None,
        }
    }

    fn is_not_found(&self) -> bool {
        false
    }
}

/// Somebody of the staff who may do what was asked for. Only [`authorise`] makes one, and it never outlives the unit of
/// work that loaded its [`StaffUser`].
#[derive(Clone, Debug)]
pub struct Staff {
    user: StaffUser,
    mode: Mode,
    proven_lately: bool,
}

/// Judges whether the staff user behind an actor has a permission now.
///
/// # Errors
/// Says why not.
pub fn authorise(actor: &StaffActor, user: Option<StaffUser>, needs: Permission) -> Result<Staff, StaffRefusal> {
    let user = user
        .filter(|it| it.id == actor.agent && it.standing == StaffStanding::Active)
        .ok_or(StaffRefusal::NotActive)?;
    let made_for = actor
        .only
        .as_ref()
        .is_none_or(|it| it.contains(&Permission::Admin) || it.contains(&needs));
    if !user.may(needs) || !made_for {
        return Err(StaffRefusal::NotAllowed(needs));
    }
    Ok(Staff {
        user,
        mode: actor.mode,
        proven_lately: actor.proven_lately,
    })
}

impl Staff {
    /// Who it is.
    #[must_use]
    pub const fn id(&self) -> AgentId {
        self.user.id
    }

    /// Everything about them.
    #[must_use]
    pub const fn user(&self) -> &StaffUser {
        &self.user
    }

    /// The inboxes they work with.
    #[must_use]
    pub const fn inboxes(&self) -> &InboxAccess {
        &self.user.inboxes
    }

    /// As whom the ports of the system are called for them.
    #[must_use]
    pub fn task(&self) -> Task {
        if self.is_command_line() {
            Task::CommandLine
        } else {
            Task::Staff(self.user.id)
        }
    }

    /// As whom they stand in the audit.
    #[must_use]
    pub fn auditor(&self) -> AuditActor {
        if self.is_command_line() {
            AuditActor::CommandLine
        } else {
            AuditActor::Staff(self.user.id)
        }
    }

    /// Whether it is somebody at the command line of the server.
    #[must_use]
    pub fn is_command_line(&self) -> bool {
        self.user.id.uuid().is_nil()
    }

    /// Fine if anything may be changed.
    ///
    /// # Errors
    /// If they came with a token that only reads.
    pub const fn writes(&self) -> Result<(), StaffRefusal> {
        match self.mode {
            Mode::Write => Ok(()),
            Mode::Read => Err(StaffRefusal::ReadOnly),
        }
    }

    /// Fine if they proved a moment ago who they are, and may change something.
    ///
    /// # Errors
    /// If that is too long ago, or they only read.
    pub fn dangerous(&self) -> Result<(), StaffRefusal> {
        self.writes()?;
        if self.proven_lately {
            Ok(())
        } else {
            Err(StaffRefusal::ProveAgain)
        }
    }
}

impl Portal {
    /// Loads whoever of the staff asks, in this unit of work, and judges whether they may.
    pub(crate) async fn staff(
        &self,
        tx: &mut dyn Tx,
        actor: &StaffActor,
        needs: Permission,
    ) -> Result<Staff, StaffError> {
        let user = if actor.is_command_line() {
            Some(command_line()?)
        } else {
            tx.staffing().staff_user(actor.agent).await?
        };
        Ok(authorise(actor, user, needs)?)
    }
}

/// Whoever is at the command line, as if it were a staff user. It is stored nowhere.
fn command_line() -> Result<StaffUser, StaffRefusal> {
    let fixed = || {
        let name = "Command line".parse().ok()?;
        Some((name, "root@localhost.localdomain".parse().ok()?))
    };
    let (name, email) = fixed().ok_or(StaffRefusal::NotActive)?;
    Ok(StaffUser {
        id: StaffActor::command_line().agent,
        name,
        email,
        permissions: BTreeSet::from([Permission::Admin]),
        inboxes: InboxAccess::All,
        standing: StaffStanding::Active,
        language: None,
        time_zone: None,
        created_at: Timestamp::from_micros(0),
    })
}

/// Implements [`UseCaseError`] for an error enum of a use-case of the staff, with the variants `Staff` and `Store`, and
/// perhaps `NotFound`.
macro_rules! staff_use_case_error {
    ($name:ident) => {
        crate::staff::staff_use_case_error!(@ $name, _ => false);
    };
    ($name:ident, NotFound) => {
        crate::staff::staff_use_case_error!(@ $name, Self::NotFound => true, _ => false);
    };
    (@ $name:ident, $($missing:tt)*) => {
        impl crate::portal::UseCaseError for $name {
            fn store_error(&self) -> Option<&crate::ports::StoreError> {
                if let Self::Staff(err) = self {
                    return crate::portal::UseCaseError::store_error(err);
                }
                if let Self::Store(err) = self { Some(err) } else { None }
            }

            fn is_not_found(&self) -> bool {
                match self { $($missing)* }
            }
        }
    };
}
pub(crate) use staff_use_case_error;

#[cfg(test)]
mod tests {
    use super::*;

    fn user(permissions: &[Permission]) -> StaffUser {
        StaffUser {
            id: AgentId::from_uuid(Uuid::from_u128(1)),
            name: "Mara".parse().unwrap(),
            email: "mara@kestrel.example".parse().unwrap(),
            permissions: permissions.iter().copied().collect(),
            inboxes: InboxAccess::All,
            standing: StaffStanding::Active,
            language: None,
            time_zone: None,
            created_at: Timestamp::from_micros(0),
        }
    }

    fn actor() -> StaffActor {
        StaffActor::signed_in(AgentId::from_uuid(Uuid::from_u128(1)), false)
    }

    #[test]
    fn an_admin_may_everything_and_others_what_they_were_given() {
        for needs in Permission::ALL {
            assert!(authorise(&actor(), Some(user(&[Permission::Admin])), needs).is_ok());
            for given in Permission::ALL {
                let may = authorise(&actor(), Some(user(&[given])), needs).is_ok();
                assert_eq!(
                    may,
                    given == needs || given == Permission::Admin,
                    "{given:?} for {needs:?}"
                );
            }
            assert!(authorise(&actor(), Some(user(&[])), needs).is_err());
        }
    }

    #[test]
    fn nobody_disabled_absent_or_else_is_let_through() {
        let needs = Permission::Crm;
        let disabled = StaffUser {
            standing: StaffStanding::Disabled,
            ..user(&[Permission::Admin])
        };
        let other = StaffUser {
            id: AgentId::from_uuid(Uuid::from_u128(2)),
            ..user(&[Permission::Admin])
        };
        for nobody in [None, Some(disabled), Some(other)] {
            assert_eq!(authorise(&actor(), nobody, needs).unwrap_err(), StaffRefusal::NotActive);
        }
    }

    #[test]
    fn a_token_is_never_wider_than_it_was_made_nor_than_its_owner() {
        let token = StaffActor {
            only: Some(BTreeSet::from([Permission::Crm])),
            mode: Mode::Read,
            ..actor()
        };
        assert!(authorise(&token, Some(user(&[Permission::Admin])), Permission::HelpDesk).is_err());
        assert!(authorise(&token, Some(user(&[Permission::HelpDesk])), Permission::Crm).is_err());
        let staff = authorise(&token, Some(user(&[Permission::Admin])), Permission::Crm).unwrap();
        assert_eq!(staff.writes(), Err(StaffRefusal::ReadOnly));
    }

    #[test]
    fn the_command_line_may_everything_and_is_nobody_of_the_staff() {
        let actor = StaffActor::command_line();
        for needs in Permission::ALL {
            let staff = authorise(&actor, Some(command_line().unwrap()), needs).unwrap();
            assert!(staff.dangerous().is_ok());
            assert_eq!(staff.task(), Task::CommandLine);
            assert_eq!(staff.auditor(), AuditActor::CommandLine);
        }
        let token = StaffActor {
            only: Some(BTreeSet::new()),
            ..actor
        };
        assert!(!token.is_command_line());
    }

    #[test]
    fn what_is_dangerous_wants_a_fresh_proof() {
        let staff = authorise(&actor(), Some(user(&[Permission::Admin])), Permission::Admin).unwrap();
        assert_eq!(staff.dangerous(), Err(StaffRefusal::ProveAgain));
        let lately = StaffActor {
            proven_lately: true,
            ..actor()
        };
        assert!(
            authorise(&lately, Some(user(&[Permission::Admin])), Permission::Admin)
                .unwrap()
                .dangerous()
                .is_ok()
        );
    }
}
