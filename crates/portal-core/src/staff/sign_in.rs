use super::authorise::StaffError;
use super::credential::StaffCredential;
use super::session::{StaffSession, StaffSessionStage};
use super::user::StaffUser;
use crate::actor::Actor;
use crate::audit::{AuditActor, AuditEvent};
use crate::id::{AgentId, StaffSessionId};
use crate::input::Problems;
use crate::mail::StaffNotice;
use crate::membership::{Password, Secret, ThrottleKey, TooOften, count, one_less, uncount};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, PasswordsError, StoreError, Tx, VaultError};
use crate::text::EmailAddress;
use crate::time::Timestamp;

/// The longest description of a browser that is kept.
const MAX_DEVICE: usize = 80;
/// After so many wrong attempts in a row, each of which now takes a quarter of an hour, the staff user is told.
const TOLD_AT: u32 = 50;
/// What the secrets of authenticator apps are sealed for.
pub(super) const AUTHENTICATOR: &str = "staff authenticator";

/// The first step of signing in as somebody of the staff: the password.
#[derive(Clone, Debug)]
pub struct StaffSignIn {
    /// The address, as typed.
    pub email: String,
    /// The password, as typed.
    pub password: String,
    /// The network the request comes from: an IPv4 address, or the /64 of an IPv6 address.
    pub network: String,
    /// What kind of browser it is, for the list of sessions.
    pub device: String,
}

/// The password was right. The secret opens nothing but the second step.
#[derive(Clone, Debug)]
pub struct HalfSignedIn {
    /// Who it is.
    pub agent: AgentId,
    /// The secret of the half session, for the cookie.
    pub secret: Secret,
    /// Whether an authenticator app has to be connected first.
    pub must_enrol: bool,
}

/// A session of the staff that has begun.
#[derive(Clone, Debug)]
pub struct StaffSignedIn {
    /// Who it is.
    pub agent: AgentId,
    /// Its secret, for the cookie. It is not kept anywhere else.
    pub secret: Secret,
    /// The recovery codes, if an authenticator app was connected just now: shown once.
    pub recovery_codes: Vec<String>,
}

/// Why somebody of the staff got no further. Known and unknown addresses are treated the same, down to the work that is
/// done.
#[derive(Debug, thiserror::Error)]
pub enum StaffSignInError {
    /// The address is no address.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// Address, password or code is wrong, or there is no such staff user, or they are not active.
    #[error("this is wrong")]
    Wrong,
    /// Too many wrong attempts; this one was not looked at.
    #[error("too many attempts; try again later")]
    TooSoon {
        /// When the next attempt counts.
        retry_at: Timestamp,
    },
    /// So many wrong attempts that an administrator must make a link.
    #[error("this sign-in is blocked until an administrator makes a new link")]
    Blocked,
    /// The half session is not there any more: begin anew.
    #[error("begin anew with the password")]
    Gone,
    /// Too many sign-ins at the same moment, or hashing or randomness failed.
    #[error(transparent)]
    Passwords(#[from] PasswordsError),
    /// The key of the installation cannot be used.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// They may not.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

super::staff_use_case_error!(StaffSignInError);

impl From<TooOften> for StaffSignInError {
    fn from(it: TooOften) -> Self {
        match it {
            TooOften::RetryAt(retry_at) => Self::TooSoon { retry_at },
            TooOften::Blocked => Self::Blocked,
        }
    }
}

type Known = Option<(StaffUser, Option<StaffCredential>)>;

impl Portal {
    /// The first step of a sign-in: begins a half session if the address and password are right.
    ///
    /// Each attempt is counted before it is looked at, so that many attempts at once get no further than one after the
    /// other; a right one clears the counter of its address.
    ///
    /// # Errors
    /// See [`StaffSignInError`].
    pub async fn sign_in_staff(&self, command: StaffSignIn) -> Result<HalfSignedIn, StaffSignInError> {
        let address: EmailAddress = command
            .email
            .parse()
            .map_err(|err: crate::text::EmailError| Problems::one("email", err))?;
        let keys = [
            ThrottleKey::staff_address(&address),
            ThrottleKey::network(&command.network),
        ];
        let known = attempt!(
            self,
            &Actor::Anonymous,
            "count_staff_sign_in",
            self.count_staff_sign_in(&address, &keys)
        )?;
        let credential = known.as_ref().and_then(|(_, it)| it.as_ref());
        let hash = credential.map(|it| it.password_hash.as_str());
        let right = match Password::typed(command.password.clone()) {
            Some(password) => match self.passwords.verify(&password, hash).await {
                Ok(right) => right,
                Err(err) => {
                    // Nothing was looked at, so nothing failed.
                    attempt!(self, &Actor::Anonymous, "give_back_staff", self.give_back_staff(&keys))?;
                    return Err(err.into());
                }
            },
            None => false,
        };
        let result = match credential.filter(|_| right) {
            Some(credential) => {
                let secret = Secret::from_bytes("half", &self.secrets.random()?);
                let enrolling = self.fresh_authenticator()?;
                attempt!(
                    self,
                    &Actor::Anonymous,
                    "begin_half_session",
                    self.begin_half_session(&command, credential, &secret, &enrolling, &keys)
                )
            }
            None => Err(StaffSignInError::Wrong),
        };
        self.report("sign_in_staff", &Actor::Anonymous, result.as_ref().err());
        result
    }

    /// A new secret for an authenticator app (160 bits, RFC 4226 §4), sealed.
    pub(super) fn fresh_authenticator(&self) -> Result<Vec<u8>, StaffSignInError> {
        let random = self.secrets.random()?;
        let secret: Vec<u8> = random.into_iter().take(20).collect();
        Ok(super::factor::seal_authenticator(&*self.vault, &secret)?)
    }

    async fn count_staff_sign_in(
        &self,
        address: &EmailAddress,
        keys: &[ThrottleKey],
    ) -> Result<Known, StaffSignInError> {
        let mut tx = self.store.begin(Access::Write).await?;
        count(&mut *tx, keys, self.clock.now()).await??;
        let known = tx.staffing().staff_by_address(address).await?;
        let so_far = tx.accounts().throttle(&ThrottleKey::staff_address(address)).await?;
        if let (Some((user, _)), true) = (&known, so_far.is_some_and(|it| it.failures == TOLD_AT)) {
            let entry = self.staff_entry(AuditActor::System, AuditEvent::StaffBlocked, user);
            tx.audit().record(&entry).await?;
            self.tell_about_account(&mut *tx, user.id, StaffNotice::Locked).await?;
        }
        tx.commit().await?;
        Ok(known)
    }

    /// Takes one counted attempt back from all keys.
    pub(super) async fn give_back_staff(&self, keys: &[ThrottleKey]) -> Result<(), StaffSignInError> {
        let mut tx = self.store.begin(Access::Write).await?;
        for key in keys {
            let before = tx.accounts().throttle(key).await?;
            tx.accounts().set_throttle(key, one_less(before).as_ref()).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn begin_half_session(
        &self,
        command: &StaffSignIn,
        checked: &StaffCredential,
        secret: &Secret,
        enrolling: &[u8],
        keys: &[ThrottleKey],
    ) -> Result<HalfSignedIn, StaffSignInError> {
        let mut tx = self.store.begin(Access::Write).await?;
        for key in keys {
            uncount(&mut *tx, key).await?;
        }
        // The password may have been changed while the old one was checked.
        let current = tx.staffing().staff_credential(checked.agent).await?;
        let Some(current) = current.filter(|it| it.password_hash == checked.password_hash) else {
            return Err(StaffSignInError::Wrong);
        };
        let must_enrol = current.authenticator.is_none();
        let enrolling = must_enrol.then(|| enrolling.to_vec());
        self.add_half_session(&mut *tx, checked.agent, &command.device, secret, enrolling)
            .await?;
        tx.commit().await?;
        Ok(HalfSignedIn {
            agent: checked.agent,
            secret: secret.clone(),
            must_enrol,
        })
    }

    /// Adds a session that is open for the second step only.
    pub(super) async fn add_half_session(
        &self,
        tx: &mut dyn Tx,
        agent: AgentId,
        device: &str,
        secret: &Secret,
        enrolling: Option<Vec<u8>>,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let until = now.plus(StaffSession::HALF_WAY);
        let session = StaffSession {
            id: StaffSessionId::from_uuid(self.ids.next(now)),
            agent,
            secret: secret.hash(),
            stage: StaffSessionStage::HalfWay,
            enrolling,
            device: device.chars().filter(|it| !it.is_control()).take(MAX_DEVICE).collect(),
            created_at: now,
            seen_at: now,
            proven_at: now,
            idle_until: until,
            ends_at: until,
        };
        tx.staffing().add_staff_session(&session, StaffSession::MOST).await
    }
}
