use super::StaffCredential;
use super::authorise::StaffError;
use super::sign_in::{HalfSignedIn, StaffSignInError};
use super::token::{StaffToken, StaffTokenKind};
use super::user::{StaffStanding, StaffUser};
use crate::actor::Actor;
use crate::audit::{AuditActor, AuditEvent};
use crate::input::{Checker, ProblemKind, Problems};
use crate::mail::StaffNotice;
use crate::membership::{Password, Secret, ThrottleKey};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, PasswordsError, StoreError, Tx, VaultError};
use crate::text::EmailAddress;

/// Choosing a password by a link.
#[derive(Clone, Debug)]
pub struct ChoosePassword {
    /// The password.
    pub password: String,
    /// The password again.
    pub again: String,
    /// What kind of browser it is, for the list of sessions.
    pub device: String,
}

/// Whose link it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffInvitee {
    /// The staff user.
    pub user: StaffUser,
    /// What the link is for.
    pub kind: StaffTokenKind,
}

/// Why a link did nothing.
#[derive(Debug, thiserror::Error)]
pub enum StaffLinkError {
    /// There is no such link: it never was, was used, has ended, or its owner is disabled.
    #[error("there is no such link")]
    NotFound,
    /// Fields that must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// Hashing or randomness failed.
    #[error(transparent)]
    Passwords(#[from] PasswordsError),
    /// The key of the installation cannot be used.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Not used by these use-cases; here so that all use-cases of the staff have the same two.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

super::staff_use_case_error!(StaffLinkError, NotFound);

impl From<StaffSignInError> for StaffLinkError {
    fn from(err: StaffSignInError) -> Self {
        match err {
            StaffSignInError::Invalid(it) => Self::Invalid(it),
            StaffSignInError::Passwords(it) => Self::Passwords(it),
            StaffSignInError::Vault(it) => Self::Vault(it),
            StaffSignInError::Staff(it) => Self::Staff(it),
            StaffSignInError::Store(it) => Self::Store(it),
            StaffSignInError::Wrong
            | StaffSignInError::TooSoon { .. }
            | StaffSignInError::Blocked
            | StaffSignInError::Gone => Self::NotFound,
        }
    }
}

/// Checks a new password of somebody of the staff, and that it was typed twice.
pub(super) fn checked_password(
    checker: &mut Checker,
    password: &str,
    again: &str,
    email: Option<&EmailAddress>,
    name: &str,
) -> Option<Password> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let chosen = match email {
        Some(email) => {
            let chosen = Password::chosen_by_staff(password.to_owned(), email, &words);
            checker.take("password", chosen)
        }
        None => None,
    };
    if password != again {
        checker.note("again", ProblemKind::Differs);
    }
    chosen
}

impl Portal {
    /// Whose invitation or reset a link is.
    ///
    /// # Errors
    /// See [`StaffLinkError`].
    pub async fn view_staff_link(&self, link: &Secret) -> Result<StaffInvitee, StaffLinkError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let token = tx.staffing().staff_token(&link.hash()).await?;
        self.owner_of(&mut *tx, token).await
    }

    async fn owner_of(&self, tx: &mut dyn Tx, token: Option<StaffToken>) -> Result<StaffInvitee, StaffLinkError> {
        let living = token.filter(|it| self.clock.now() < it.ends_at);
        let Some((kind, agent)) = living.and_then(|it| Some((it.kind, it.agent?))) else {
            return Err(StaffLinkError::NotFound);
        };
        let user = tx.staffing().staff_user(agent).await?;
        let user = user.filter(|it| it.standing == StaffStanding::Active);
        let user = user.ok_or(StaffLinkError::NotFound)?;
        Ok(StaffInvitee { user, kind })
    }

    /// Chooses a password by an invitation or reset, and goes on with the second factor. All sessions and other links of
    /// the staff user end.
    ///
    /// # Errors
    /// See [`StaffLinkError`].
    pub async fn use_staff_link(&self, link: &Secret, command: ChoosePassword) -> Result<HalfSignedIn, StaffLinkError> {
        let invitee = self.view_staff_link(link).await?;
        let mut checker = Checker::default();
        let password = checked_password(
            &mut checker,
            &command.password,
            &command.again,
            Some(&invitee.user.email),
            invitee.user.name.as_str(),
        );
        checker.done()?;
        let Some(password) = password else {
            return Err(StaffLinkError::NotFound);
        };
        let hash = self.passwords.hash(&password).await?;
        let secret = Secret::from_bytes("half", &self.secrets.random()?);
        let enrolling = self.fresh_authenticator()?;
        attempt!(
            self,
            &Actor::Anonymous,
            "use_staff_link",
            self.use_staff_link_once(link, &hash, &secret, &enrolling, &command.device)
        )
    }

    async fn use_staff_link_once(
        &self,
        link: &Secret,
        hash: &str,
        secret: &Secret,
        enrolling: &[u8],
        device: &str,
    ) -> Result<HalfSignedIn, StaffLinkError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let token = tx.staffing().take_staff_token(&link.hash()).await?;
        let StaffInvitee { user, kind } = self.owner_of(&mut *tx, token).await?;
        let before = tx.staffing().staff_credential(user.id).await?;
        let kept = match kind {
            StaffTokenKind::Reset => before.and_then(|it| it.authenticator),
            StaffTokenKind::SetUp | StaffTokenKind::Invitation | StaffTokenKind::ResetBoth => None,
        };
        let must_enrol = kept.is_none();
        let credential = StaffCredential {
            agent: user.id,
            password_hash: hash.to_owned(),
            password_set_at: self.clock.now(),
            authenticator: kept,
        };
        tx.staffing().put_staff_credential(&credential).await?;
        tx.staffing().remove_staff_tokens(Some(user.id)).await?;
        tx.staffing().end_staff_sessions(user.id, None).await?;
        // What was counted was counted against the old credential.
        let mut keys = vec![
            ThrottleKey::staff_address(&user.email),
            ThrottleKey::staff_password(user.id),
        ];
        if must_enrol {
            tx.staffing().set_recovery_codes(user.id, &[]).await?;
            keys.push(ThrottleKey::staff_factor(user.id));
        }
        for key in &keys {
            tx.accounts().throttle(key).await?;
            tx.accounts().set_throttle(key, None).await?;
        }
        let enrolling = must_enrol.then(|| enrolling.to_vec());
        self.add_half_session(&mut *tx, user.id, device, secret, enrolling)
            .await?;
        let event = match kind {
            StaffTokenKind::Invitation | StaffTokenKind::SetUp => AuditEvent::StaffAccepted,
            StaffTokenKind::Reset | StaffTokenKind::ResetBoth => AuditEvent::StaffReset,
        };
        let entry = self.staff_entry(AuditActor::Staff(user.id), event, &user);
        tx.audit().record(&entry).await?;
        if event == AuditEvent::StaffReset {
            self.tell_about_account(&mut *tx, user.id, StaffNotice::PasswordChanged)
                .await?;
        }
        tx.commit().await?;
        Ok(HalfSignedIn {
            agent: user.id,
            secret: secret.clone(),
            must_enrol,
        })
    }

    /// Puts a new link of a kind in the place of an older one of the same kind, in this unit of work.
    pub(super) async fn replace_link(
        &self,
        tx: &mut dyn Tx,
        user: &StaffUser,
        kind: StaffTokenKind,
        secret: &Secret,
    ) -> Result<StaffToken, StoreError> {
        let now = self.clock.now();
        let token = StaffToken {
            secret: secret.hash(),
            kind,
            agent: Some(user.id),
            created_at: now,
            ends_at: now.plus(kind.lifetime()),
        };
        tx.staffing().remove_staff_tokens(Some(user.id)).await?;
        tx.staffing().add_staff_token(&token).await?;
        Ok(token)
    }
}
