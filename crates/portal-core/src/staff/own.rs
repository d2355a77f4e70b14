use super::arrive::StaffVisitor;
use super::authorise::{StaffError, StaffRefusal};
use super::credential::Authenticator;
use super::links::checked_password;
use super::session::{StaffSession, StaffSessionStage};
use super::sign_in::StaffSignInError;
use super::user::StaffUser;
use crate::actor::{Actor, Task};
use crate::audit::AuditEvent;
use crate::id::StaffSessionId;
use crate::input::{Checker, ProblemKind, Problems};
use crate::mail::StaffNotice;
use crate::membership::{Password, ThrottleKey, TooOften, count, uncount};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, Enrolment, PasswordsError, StoreError, Tx, VaultError};
use crate::text::{Locale, PersonName};
use crate::time::Timestamp;

/// What somebody of the staff sees of their own account.
#[derive(Clone, Debug)]
pub struct OwnStaffAccount {
    /// Who they are.
    pub user: StaffUser,
    /// Since when the authenticator app is connected.
    pub authenticator_since: Option<Timestamp>,
    /// How many recovery codes are left.
    pub codes_left: u32,
    /// The living sessions, the one used last first.
    pub sessions: Vec<StaffSession>,
}

/// What somebody of the staff is called, and how they like their pages; as typed.
#[derive(Clone, Debug)]
pub struct OwnStaffProfile {
    /// The name that customers see under answers.
    pub name: String,
    /// The language of their pages; the browser's if `None`.
    pub language: Option<Locale>,
    /// Their IANA time zone; the device's if `None`.
    pub time_zone: Option<String>,
}

/// Choosing a new password. All other sessions end.
#[derive(Clone, Debug)]
pub struct ChangeOwnPassword {
    /// The password that counts now.
    pub current: String,
    /// The new one.
    pub password: String,
    /// The new one again.
    pub again: String,
}

/// Why nothing of one's own account was changed.
#[derive(Debug, thiserror::Error)]
pub enum OwnStaffError {
    /// They may not, or must prove again who they are.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The code of the other app is wrong.
    #[error("this code is wrong")]
    WrongCode,
    /// Too many wrong attempts; this one was not looked at.
    #[error("too many attempts; try again later")]
    TooSoon {
        /// When the next attempt counts.
        retry_at: Timestamp,
    },
    /// So many wrong attempts that an administrator must make a link.
    #[error("this is blocked until an administrator makes a new link")]
    Blocked,
    /// Hashing or randomness failed.
    #[error(transparent)]
    Passwords(#[from] PasswordsError),
    /// The key of the installation cannot be used.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

super::staff_use_case_error!(OwnStaffError);

impl From<TooOften> for OwnStaffError {
    fn from(it: TooOften) -> Self {
        match it {
            TooOften::RetryAt(retry_at) => Self::TooSoon { retry_at },
            TooOften::Blocked => Self::Blocked,
        }
    }
}

impl From<StaffSignInError> for OwnStaffError {
    fn from(err: StaffSignInError) -> Self {
        match err {
            StaffSignInError::Invalid(it) => Self::Invalid(it),
            StaffSignInError::TooSoon { retry_at } => Self::TooSoon { retry_at },
            StaffSignInError::Blocked => Self::Blocked,
            StaffSignInError::Passwords(it) => Self::Passwords(it),
            StaffSignInError::Vault(it) => Self::Vault(it),
            StaffSignInError::Staff(it) => Self::Staff(it),
            StaffSignInError::Store(it) => Self::Store(it),
            StaffSignInError::Wrong | StaffSignInError::Gone => Self::Staff(StaffRefusal::NotActive.into()),
        }
    }
}

impl Portal {
    /// One's own account.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn own_staff_account(&self, visitor: &StaffVisitor) -> Result<OwnStaffAccount, OwnStaffError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let credential = tx.staffing().staff_credential(visitor.user.id).await?;
        Ok(OwnStaffAccount {
            user: visitor.user.clone(),
            authenticator_since: credential.and_then(|it| it.authenticator).map(|it| it.since),
            codes_left: tx.staffing().recovery_codes_left(visitor.user.id).await?,
            sessions: tx.staffing().staff_sessions(visitor.user.id, self.clock.now()).await?,
        })
    }

    /// Changes what somebody of the staff is called, and the language and time zone of their pages.
    ///
    /// # Errors
    /// See [`OwnStaffError`].
    pub async fn change_own_profile(
        &self,
        visitor: &StaffVisitor,
        command: &OwnStaffProfile,
    ) -> Result<(), OwnStaffError> {
        let mut checker = Checker::default();
        let name: Option<PersonName> = checker.take("name", command.name.parse());
        checker.done()?;
        let Some(name) = name else { return Ok(()) };
        attempt!(self, &Actor::Anonymous, "staff.own_profile", async {
            let mut tx = self.store.begin(Access::Write).await?;
            // Others may change what this one may do at the same time.
            tx.staffing().admins().await?;
            let user = tx.staffing().staff_user(visitor.user.id).await?;
            let user = user.ok_or(StaffError::Refused(StaffRefusal::NotActive))?;
            let user = StaffUser {
                name: name.clone(),
                language: command.language.clone(),
                time_zone: command.time_zone.clone(),
                ..user
            };
            let task = Task::Staff(user.id);
            tx.staffing().put_staff_user(&task, &user).await?;
            self.note_own(&mut *tx, &user, AuditEvent::StaffProfileChanged).await?;
            tx.commit().await?;
            Ok::<_, OwnStaffError>(())
        })
    }

    /// Changes one's own password, after the current one was shown, and ends all other sessions.
    ///
    /// # Errors
    /// See [`OwnStaffError`].
    pub async fn change_own_password(
        &self,
        visitor: &StaffVisitor,
        command: &ChangeOwnPassword,
    ) -> Result<(), OwnStaffError> {
        let user = &visitor.user;
        let key = ThrottleKey::staff_password(user.id);
        let credential = attempt!(self, &Actor::Anonymous, "count_staff_password", async {
            let mut tx = self.store.begin(Access::Write).await?;
            count(&mut *tx, std::slice::from_ref(&key), self.clock.now()).await??;
            let credential = tx.staffing().staff_credential(user.id).await?;
            tx.commit().await?;
            Ok::<_, OwnStaffError>(credential)
        })?;
        let wrong = || Problems::one("current", ProblemKind::WrongPassword);
        let credential = credential.ok_or_else(wrong)?;
        let right = match Password::typed(command.current.clone()) {
            Some(password) => {
                self.passwords
                    .verify(&password, Some(&credential.password_hash))
                    .await?
            }
            None => false,
        };
        if !right {
            return Err(wrong().into());
        }
        let mut checker = Checker::default();
        let (email, name) = (Some(&user.email), user.name.as_str());
        let chosen = checked_password(&mut checker, &command.password, &command.again, email, name);
        let checked = checker.done();
        let (Some(chosen), Ok(())) = (chosen, &checked) else {
            attempt!(self, &Actor::Anonymous, "uncount_staff_password", async {
                let mut tx = self.store.begin(Access::Write).await?;
                uncount(&mut *tx, &key).await?;
                tx.commit().await?;
                Ok::<_, OwnStaffError>(())
            })?;
            checked?;
            return Err(wrong().into());
        };
        let hash = self.passwords.hash(&chosen).await?;
        attempt!(self, &Actor::Anonymous, "staff.own_password", async {
            let mut tx = self.store.begin(Access::Write).await?;
            uncount(&mut *tx, &key).await?;
            // Somebody may have set another password meanwhile; theirs stays.
            let current = tx.staffing().staff_credential(user.id).await?;
            let current = current.filter(|it| it.password_hash == credential.password_hash);
            let mut current = current.ok_or_else(wrong)?;
            current.password_hash.clone_from(&hash);
            current.password_set_at = self.clock.now();
            tx.staffing().put_staff_credential(&current).await?;
            tx.staffing()
                .end_staff_sessions(user.id, Some(visitor.session.id))
                .await?;
            tx.staffing().remove_staff_tokens(Some(user.id)).await?;
            self.note_own(&mut *tx, user, AuditEvent::StaffPasswordChanged).await?;
            self.tell_about_account(&mut *tx, user.id, StaffNotice::PasswordChanged)
                .await?;
            tx.commit().await?;
            Ok::<_, OwnStaffError>(())
        })
    }

    /// Makes new recovery codes, which are shown once; the old ones end. It wants a fresh proof.
    ///
    /// # Errors
    /// See [`OwnStaffError`].
    pub async fn renew_recovery_codes(&self, visitor: &StaffVisitor) -> Result<Vec<String>, OwnStaffError> {
        fresh(visitor)?;
        let codes = self.new_recovery_codes(visitor.user.id)?;
        attempt!(self, &Actor::Anonymous, "staff.recovery_codes", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let agent = visitor.user.id;
            tx.staffing().set_recovery_codes(agent, &codes.hashes).await?;
            let event = AuditEvent::StaffRecoveryCodesMade;
            self.note_own(&mut *tx, &visitor.user, event).await?;
            self.tell_about_account(&mut *tx, agent, StaffNotice::RecoveryCodesRenewed)
                .await?;
            tx.commit().await?;
            Ok::<_, OwnStaffError>(())
        })?;
        Ok(codes.shown)
    }

    /// Begins to connect another authenticator app, in the session it was wanted in; the old one counts until then. It wants
    /// a fresh proof.
    ///
    /// # Errors
    /// See [`OwnStaffError`].
    pub async fn begin_authenticator(&self, visitor: &StaffVisitor) -> Result<(), OwnStaffError> {
        fresh(visitor)?;
        let enrolling = self.fresh_authenticator()?;
        attempt!(self, &Actor::Anonymous, "staff.begin_authenticator", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let mut session = self.own_session(&mut *tx, visitor).await?;
            session.enrolling = Some(enrolling.clone());
            if !tx.staffing().change_staff_session(&session).await? {
                return Err(gone());
            }
            tx.commit().await?;
            Ok::<_, OwnStaffError>(())
        })
    }

    /// What the other authenticator app is given, if one is about to be connected.
    ///
    /// # Errors
    /// If the key of the installation cannot be used.
    pub fn own_enrolment(&self, visitor: &StaffVisitor) -> Result<Option<Enrolment>, OwnStaffError> {
        Ok(self.enrolment_of(&visitor.user, &visitor.session)?)
    }

    /// Connects the other authenticator app by its first code, in the place of the old one. There are new recovery codes,
    /// which are shown once; all other sessions end.
    ///
    /// # Errors
    /// See [`OwnStaffError`].
    pub async fn finish_authenticator(
        &self,
        visitor: &StaffVisitor,
        code: &str,
        network: &str,
    ) -> Result<Vec<String>, OwnStaffError> {
        fresh(visitor)?;
        let user = &visitor.user;
        let keys = [ThrottleKey::staff_factor(user.id), ThrottleKey::network(network)];
        attempt!(self, &Actor::Anonymous, "count_staff_authenticator", async {
            let mut tx = self.store.begin(Access::Write).await?;
            count(&mut *tx, &keys, self.clock.now()).await??;
            tx.commit().await?;
            Ok::<_, OwnStaffError>(())
        })?;
        let codes = self.new_recovery_codes(user.id)?;
        attempt!(self, &Actor::Anonymous, "staff.finish_authenticator", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let mut session = self.own_session(&mut *tx, visitor).await?;
            let sealed = session.enrolling.take().ok_or_else(gone)?;
            let step = self.step_shown(&sealed, code)?.ok_or(OwnStaffError::WrongCode)?;
            let credential = tx.staffing().staff_credential(user.id).await?;
            let mut credential = credential.ok_or_else(gone)?;
            credential.authenticator = Some(Authenticator {
                sealed,
                since: self.clock.now(),
                last_step: step,
            });
            tx.staffing().put_staff_credential(&credential).await?;
            tx.staffing().set_recovery_codes(user.id, &codes.hashes).await?;
            if !tx.staffing().change_staff_session(&session).await? {
                return Err(gone());
            }
            tx.staffing().end_staff_sessions(user.id, Some(session.id)).await?;
            for key in &keys {
                uncount(&mut *tx, key).await?;
            }
            self.note_own(&mut *tx, user, AuditEvent::StaffAuthenticatorSet).await?;
            self.tell_about_account(&mut *tx, user.id, StaffNotice::FactorAdded)
                .await?;
            tx.commit().await?;
            Ok::<_, OwnStaffError>(())
        })?;
        Ok(codes.shown)
    }

    /// The session they came with, as it is in this unit of work.
    async fn own_session(&self, tx: &mut dyn Tx, visitor: &StaffVisitor) -> Result<StaffSession, OwnStaffError> {
        let found = tx.staffing().staff_doorway(&visitor.session.secret).await?;
        let living = found.filter(|(it, _)| it.is_alive(self.clock.now()) && it.stage == StaffSessionStage::Complete);
        Ok(living.ok_or_else(gone)?.0)
    }

    /// Ends one of one's own sessions, or with `None` all but the one in use.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn end_own_sessions(
        &self,
        visitor: &StaffVisitor,
        which: Option<StaffSessionId>,
    ) -> Result<(), OwnStaffError> {
        attempt!(self, &Actor::Anonymous, "staff.end_sessions", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let agent = visitor.user.id;
            match which {
                Some(id) => tx.staffing().end_staff_session(agent, id).await?,
                None => {
                    let own = Some(visitor.session.id);
                    tx.staffing().end_staff_sessions(agent, own).await?;
                }
            }
            let event = AuditEvent::StaffSessionsEnded;
            self.note_own(&mut *tx, &visitor.user, event).await?;
            tx.commit().await?;
            Ok::<_, OwnStaffError>(())
        })
    }
}

/// The session ended meanwhile.
fn gone() -> OwnStaffError {
    StaffError::Refused(StaffRefusal::NotActive).into()
}

/// Fine if they proved a moment ago who they are.
fn fresh(visitor: &StaffVisitor) -> Result<(), OwnStaffError> {
    if visitor.actor.proven_lately {
        Ok(())
    } else {
        Err(StaffError::Refused(StaffRefusal::ProveAgain).into())
    }
}
