use super::arrive::{HalfWay, StaffVisitor};
use super::credential::{Authenticator, StaffCredential};
use super::door::StaffDoorError;
use super::session::{StaffSession, StaffSessionStage};
use super::user::StaffUser;
use crate::actor::Actor;
use crate::audit::{AuditActor, AuditEntry, AuditEvent};
use crate::id::{AgentId, AuditId, StaffSessionId};
use crate::membership::{Secret, ThrottleKey, uncount};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, Enrolment, PasswordsError, Tx};
use crate::time::Timestamp;

/// What secrets of authenticator apps are sealed for.
const AUTHENTICATOR: &str = "staff authenticator";
/// What recovery codes are signed for.
const RECOVERY: &str = "staff recovery code";
/// How many recovery codes there are.
const CODES: usize = 10;
/// Letters of a recovery code: 32 that are not mistaken for each other, 5 bits each.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";

/// A session with both factors.
#[derive(Clone)]
pub struct StaffSignedIn {
    /// Its secret, for the cookie; another one than that of the first step.
    pub secret: Secret,
    /// The recovery codes, if an authenticator app was just connected. They are shown once.
    pub recovery_codes: Vec<String>,
}

impl std::fmt::Debug for StaffSignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StaffSignedIn(…)")
    }
}

/// What was typed as second factor.
enum Shown {
    Code(String),
    Recovery(String),
}

impl Shown {
    fn typed(text: &str) -> Self {
        let plain: String = text
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(40)
            .map(|it| it.to_ascii_lowercase())
            .collect();
        if plain.len() == 6 && plain.bytes().all(|it| it.is_ascii_digit()) {
            Self::Code(plain)
        } else {
            Self::Recovery(plain)
        }
    }
}

impl Portal {
    /// The authenticator app that is about to be connected; the same as long as the session lasts. Nothing if there is one
    /// already, so that a password alone never replaces it.
    ///
    /// # Errors
    /// See [`StaffDoorError`].
    pub async fn begin_enrolment(&self, half: &HalfWay) -> Result<Option<Enrolment>, StaffDoorError> {
        let fresh = self.secrets.random()?;
        let fresh: Vec<u8> = fresh.iter().copied().take(20).collect();
        let secret = attempt!(
            self,
            &Actor::Anonymous,
            "begin_enrolment",
            self.begin_enrolment_once(half, &fresh)
        )?;
        Ok(secret.map(|it| {
            self.one_time_codes
                .enrolment(&it, &self.installation, half.user.email.as_str())
        }))
    }

    async fn begin_enrolment_once(&self, half: &HalfWay, fresh: &[u8]) -> Result<Option<Vec<u8>>, StaffDoorError> {
        let mut tx = self.store.begin(Access::Write).await?;
        let (mut session, credential) = self.half_way_again(&mut *tx, half).await?;
        if credential.authenticator.is_some() {
            return Ok(None);
        }
        if let Some(sealed) = &session.enrolling {
            return Ok(Some(self.vault.open(AUTHENTICATOR, sealed)?));
        }
        session.enrolling = Some(self.vault.seal(AUTHENTICATOR, fresh)?);
        if !tx.staffing().change_staff_session(&session).await? {
            return Err(StaffDoorError::NotFound);
        }
        tx.commit().await?;
        Ok(Some(fresh.to_vec()))
    }

    /// Connects the authenticator app by its first code, and completes the sign-in.
    ///
    /// # Errors
    /// See [`StaffDoorError`].
    pub async fn finish_enrolment(&self, half: &HalfWay, code: &str) -> Result<StaffSignedIn, StaffDoorError> {
        let key = ThrottleKey::staff_code(half.user.id);
        attempt!(
            self,
            &Actor::Anonymous,
            "count_staff_code",
            self.count_staff_attempt(&[key])
        )?;
        let signed_in = StaffSignedIn {
            secret: Secret::from_bytes("desk", &self.secrets.random()?),
            recovery_codes: self.fresh_recovery_codes()?,
        };
        attempt!(
            self,
            &Actor::Anonymous,
            "finish_enrolment",
            self.finish_enrolment_once(half, code, &signed_in, &key)
        )?;
        Ok(signed_in)
    }

    async fn finish_enrolment_once(
        &self,
        half: &HalfWay,
        code: &str,
        signed_in: &StaffSignedIn,
        key: &ThrottleKey,
    ) -> Result<(), StaffDoorError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let (session, mut credential) = self.half_way_again(&mut *tx, half).await?;
        let sealed = session
            .enrolling
            .as_ref()
            .filter(|_| credential.authenticator.is_none());
        let sealed = sealed.ok_or(StaffDoorError::NotFound)?;
        let secret = self.vault.open(AUTHENTICATOR, sealed)?;
        let Shown::Code(code) = Shown::typed(code) else {
            return Err(StaffDoorError::Wrong);
        };
        let step = self.one_time_codes.step_of(&secret, &code, now);
        credential.authenticator = Some(Authenticator {
            sealed: sealed.clone(),
            since: now,
            last_step: step.ok_or(StaffDoorError::Wrong)?,
        });
        tx.staffing().put_staff_credential(&credential).await?;
        let signed: Result<Vec<_>, _> = signed_in
            .recovery_codes
            .iter()
            .map(|it| self.signed_recovery_code(half.user.id, it))
            .collect();
        tx.staffing().set_recovery_codes(half.user.id, &signed?).await?;
        self.note_staff(&mut *tx, &half.user, AuditEvent::StaffAuthenticatorSet, now)
            .await?;
        self.complete(&mut *tx, &half.user, &session, &signed_in.secret, now)
            .await?;
        uncount(&mut *tx, key).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Completes a sign-in by a code of the app, or by a recovery code. Each is good once.
    ///
    /// # Errors
    /// See [`StaffDoorError`].
    pub async fn show_second_factor(&self, half: &HalfWay, code: &str) -> Result<StaffSignedIn, StaffDoorError> {
        let key = ThrottleKey::staff_code(half.user.id);
        attempt!(
            self,
            &Actor::Anonymous,
            "count_staff_code",
            self.count_staff_attempt(&[key])
        )?;
        let secret = Secret::from_bytes("desk", &self.secrets.random()?);
        attempt!(
            self,
            &Actor::Anonymous,
            "show_second_factor",
            self.show_second_factor_once(half, code, &secret, &key)
        )?;
        Ok(StaffSignedIn {
            secret,
            recovery_codes: Vec::new(),
        })
    }

    async fn show_second_factor_once(
        &self,
        half: &HalfWay,
        code: &str,
        secret: &Secret,
        key: &ThrottleKey,
    ) -> Result<(), StaffDoorError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let (session, credential) = self.half_way_again(&mut *tx, half).await?;
        self.use_second_factor(&mut *tx, &half.user, &credential, code, now)
            .await?;
        self.complete(&mut *tx, &half.user, &session, secret, now).await?;
        uncount(&mut *tx, key).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Proves again who it is, by the second factor, for what is dangerous.
    ///
    /// # Errors
    /// See [`StaffDoorError`].
    pub async fn prove_again(&self, visitor: &StaffVisitor, code: &str) -> Result<(), StaffDoorError> {
        let key = ThrottleKey::staff_code(visitor.user.id);
        attempt!(
            self,
            &Actor::Anonymous,
            "count_staff_code",
            self.count_staff_attempt(&[key])
        )?;
        attempt!(
            self,
            &Actor::Anonymous,
            "prove_again",
            self.prove_again_once(visitor, code, &key)
        )
    }

    async fn prove_again_once(
        &self,
        visitor: &StaffVisitor,
        code: &str,
        key: &ThrottleKey,
    ) -> Result<(), StaffDoorError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let credential = tx.staffing().staff_credential(visitor.user.id).await?;
        let credential = credential.ok_or(StaffDoorError::NotFound)?;
        self.use_second_factor(&mut *tx, &visitor.user, &credential, code, now)
            .await?;
        let found = tx.staffing().staff_doorway(&visitor.session.secret).await?;
        let (mut session, _) = found
            .filter(|(it, _)| it.is_alive(now))
            .ok_or(StaffDoorError::NotFound)?;
        session.proven_at = now;
        if !tx.staffing().change_staff_session(&session).await? {
            return Err(StaffDoorError::NotFound);
        }
        self.note_staff(&mut *tx, &visitor.user, AuditEvent::StaffProved, now)
            .await?;
        uncount(&mut *tx, key).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn sign_out_staff(&self, visitor: &StaffVisitor) -> Result<(), StaffDoorError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "sign_out_staff",
            self.sign_out_staff_once(visitor)
        )
    }

    async fn sign_out_staff_once(&self, visitor: &StaffVisitor) -> Result<(), StaffDoorError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        tx.staffing()
            .end_staff_session(visitor.user.id, visitor.session.id)
            .await?;
        self.note_staff(&mut *tx, &visitor.user, AuditEvent::StaffSignedOut, now)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The session between the steps and its owner's credential, as they are in this unit of work.
    async fn half_way_again(
        &self,
        tx: &mut dyn Tx,
        half: &HalfWay,
    ) -> Result<(StaffSession, StaffCredential), StaffDoorError> {
        let now = self.clock.now();
        let found = tx.staffing().staff_doorway(&half.session.secret).await?;
        let (session, user) = found
            .filter(|(it, _)| it.is_alive(now) && it.stage == StaffSessionStage::HalfWay)
            .ok_or(StaffDoorError::NotFound)?;
        let credential = tx.staffing().staff_credential(user.id).await?;
        Ok((session, credential.ok_or(StaffDoorError::NotFound)?))
    }

    async fn use_second_factor(
        &self,
        tx: &mut dyn Tx,
        user: &StaffUser,
        credential: &StaffCredential,
        typed: &str,
        now: Timestamp,
    ) -> Result<(), StaffDoorError> {
        let authenticator = credential.authenticator.as_ref().ok_or(StaffDoorError::NotFound)?;
        let used = match Shown::typed(typed) {
            Shown::Code(code) => {
                let secret = self.vault.open(AUTHENTICATOR, &authenticator.sealed)?;
                let step = self.one_time_codes.step_of(&secret, &code, now);
                tx.staffing()
                    .use_step(user.id, step.ok_or(StaffDoorError::Wrong)?)
                    .await?
            }
            Shown::Recovery(code) => {
                let signed = self.signed_recovery_code(user.id, &code)?;
                let used = tx.staffing().use_recovery_code(user.id, &signed).await?;
                if used {
                    self.note_staff(tx, user, AuditEvent::StaffRecoveryCodeUsed, now)
                        .await?;
                }
                used
            }
        };
        if used { Ok(()) } else { Err(StaffDoorError::Wrong) }
    }

    /// Puts a complete session with another secret in the place of the one between the steps.
    async fn complete(
        &self,
        tx: &mut dyn Tx,
        user: &StaffUser,
        half: &StaffSession,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<(), StaffDoorError> {
        tx.staffing().end_staff_session(user.id, half.id).await?;
        let session = StaffSession {
            id: StaffSessionId::from_uuid(self.ids.next(now)),
            secret: secret.hash(),
            stage: StaffSessionStage::Complete,
            enrolling: None,
            created_at: now,
            seen_at: now,
            proven_at: now,
            idle_until: now.plus(StaffSession::IDLE),
            ends_at: now.plus(StaffSession::ABSOLUTE),
            ..half.clone()
        };
        tx.staffing().add_staff_session(&session, StaffSession::MOST).await?;
        self.note_staff(tx, user, AuditEvent::StaffSignedIn, now).await
    }

    async fn note_staff(
        &self,
        tx: &mut dyn Tx,
        user: &StaffUser,
        event: AuditEvent,
        now: Timestamp,
    ) -> Result<(), StaffDoorError> {
        let id = AuditId::from_uuid(self.ids.next(now));
        let entry = AuditEntry::new(id, now, AuditActor::Staff(user.id), event, user.email.to_string());
        tx.audit().record(&entry).await?;
        Ok(())
    }

    fn signed_recovery_code(&self, agent: AgentId, code: &str) -> Result<[u8; 32], StaffDoorError> {
        let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
        Ok(self.vault.sign(RECOVERY, format!("{agent}:{plain}").as_bytes())?)
    }

    /// Ten codes of 80 random bits, in groups of four letters.
    fn fresh_recovery_codes(&self) -> Result<Vec<String>, PasswordsError> {
        (0..CODES)
            .map(|_| {
                let mut code = String::new();
                for (index, byte) in self.secrets.random()?.iter().take(16).enumerate() {
                    if index > 0 && index % 4 == 0 {
                        code.push('-');
                    }
                    let letter = LETTERS.get(usize::from(byte & 31)).copied().unwrap_or(b'a');
                    code.push(char::from(letter));
                }
                Ok(code)
            })
            .collect()
    }
}
