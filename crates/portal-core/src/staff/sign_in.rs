use super::credential::StaffCredential;
use super::door::StaffDoorError;
use super::session::{StaffSession, StaffSessionStage};
use super::user::StaffUser;
use crate::actor::Actor;
use crate::id::StaffSessionId;
use crate::input::Problems;
use crate::membership::{Password, Secret, ThrottleKey, count, uncount};
use crate::portal::{Portal, attempt};
use crate::ports::Access;
use crate::text::EmailAddress;

/// Signing in as somebody of the staff: the first factor.
#[derive(Clone)]
pub struct SignInStaff {
    /// The address, as typed.
    pub email: String,
    /// The password, as typed.
    pub password: String,
    /// The network the request comes from.
    pub network: String,
    /// What kind of browser it is.
    pub device: String,
}

impl std::fmt::Debug for SignInStaff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignInStaff(…)")
    }
}

/// A session that waits for the second factor.
#[derive(Clone, Debug)]
pub struct HalfSignedIn {
    /// Its secret, for the cookie.
    pub secret: Secret,
    /// Whether an authenticator app must be connected first.
    pub enrols: bool,
}

impl Portal {
    /// Checks the first factor and begins a session that opens nothing but the second step.
    ///
    /// Each attempt is counted before it is looked at, as for customers.
    ///
    /// # Errors
    /// See [`StaffDoorError`].
    pub async fn sign_in_staff(&self, command: SignInStaff) -> Result<HalfSignedIn, StaffDoorError> {
        let address: EmailAddress = command
            .email
            .parse()
            .map_err(|err: crate::text::EmailError| Problems::one("email", err))?;
        let keys = [ThrottleKey::staff(&address), ThrottleKey::network(&command.network)];
        let found = attempt!(
            self,
            &Actor::Anonymous,
            "count_staff_sign_in",
            self.find_staff(&address, &keys)
        )?;
        let hash = found.as_ref().map(|(_, credential)| credential.password_hash.as_str());
        let password = Password::typed(command.password).ok_or(StaffDoorError::Wrong)?;
        let right = self.passwords.verify(&password, hash).await?;
        let Some((user, credential)) = found.filter(|_| right) else {
            return Err(StaffDoorError::Wrong);
        };
        let secret = Secret::from_bytes("desk", &self.secrets.random()?);
        attempt!(
            self,
            &Actor::Anonymous,
            "sign_in_staff",
            self.begin_half_way(&user, &credential, &command.device, &secret, &keys)
        )
    }

    async fn find_staff(
        &self,
        address: &EmailAddress,
        keys: &[ThrottleKey],
    ) -> Result<Option<(StaffUser, StaffCredential)>, StaffDoorError> {
        let mut tx = self.store.begin(Access::Write).await?;
        count(&mut *tx, keys, self.clock.now()).await??;
        let found = tx.staffing().staff_by_address(address).await?;
        tx.commit().await?;
        Ok(found.and_then(|(user, credential)| Some((user, credential?))))
    }

    async fn begin_half_way(
        &self,
        user: &StaffUser,
        checked: &StaffCredential,
        device: &str,
        secret: &Secret,
        keys: &[ThrottleKey],
    ) -> Result<HalfSignedIn, StaffDoorError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        // The password may have been changed while the old one was checked.
        let credential = tx.staffing().staff_credential(user.id).await?;
        let credential = credential
            .filter(|it| it.password_hash == checked.password_hash)
            .ok_or(StaffDoorError::Wrong)?;
        for key in keys {
            uncount(&mut *tx, key).await?;
        }
        let until = now.plus(StaffSession::HALF_WAY);
        let session = StaffSession {
            id: StaffSessionId::from_uuid(self.ids.next(now)),
            agent: user.id,
            secret: secret.hash(),
            stage: StaffSessionStage::HalfWay,
            enrolling: None,
            device: device.chars().take(80).collect(),
            created_at: now,
            seen_at: now,
            proven_at: now,
            idle_until: until,
            ends_at: until,
        };
        tx.staffing().add_staff_session(&session, StaffSession::MOST).await?;
        tx.commit().await?;
        Ok(HalfSignedIn {
            secret: secret.clone(),
            enrols: credential.authenticator.is_none(),
        })
    }
}
