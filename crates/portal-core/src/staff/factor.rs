use super::arrive::{HalfWay, StaffVisitor};
use super::credential::{Authenticator, StaffCredential};
use super::session::{StaffSession, StaffSessionStage};
use super::sign_in::{AUTHENTICATOR, StaffSignInError, StaffSignedIn};
use super::user::StaffUser;
use crate::actor::Actor;
use crate::audit::{AuditActor, AuditEntry, AuditEvent};
use crate::id::{AgentId, AuditId, StaffSessionId};
use crate::mail::{Intent, Mail, StaffNotice};
use crate::membership::{Secret, ThrottleKey, count, uncount};
use crate::portal::{Portal, attempt};
use crate::ports::{Access, Enrolment, StoreError, Tx, Vault, VaultError};

/// How many recovery codes there are.
const CODES: usize = 10;
/// The letters of recovery codes: Base32 (RFC 4648) in lower case.
const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// What was shown as second factor.
enum Shown {
    /// The code of a time step.
    Step(u64),
    /// The code of an app that is connected by it.
    First {
        step: u64,
        sealed: Vec<u8>,
        codes: RecoveryCodes,
    },
    /// Perhaps a recovery code; its hash.
    Recovery([u8; 32]),
}

/// New recovery codes and what is stored of them.
pub(super) struct RecoveryCodes {
    pub(super) shown: Vec<String>,
    pub(super) hashes: Vec<[u8; 32]>,
}

/// What is stored of a recovery code: keyed, so that the table alone is worth nothing.
///
/// # Errors
/// If the key of the installation cannot be used.
pub fn recovery_code_hash(vault: &dyn Vault, agent: AgentId, code: &str) -> Result<[u8; 32], VaultError> {
    let message = format!("{agent}:{}", plain(code));
    vault.sign("staff recovery code", message.as_bytes())
}

/// What is stored of the secret of an authenticator app.
///
/// # Errors
/// If the key of the installation cannot be used.
pub fn seal_authenticator(vault: &dyn Vault, secret: &[u8]) -> Result<Vec<u8>, VaultError> {
    vault.seal(AUTHENTICATOR, secret)
}

/// A code as it is compared, however it was grouped.
fn plain(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|it| it.to_ascii_lowercase())
        .take(64)
        .collect()
}

impl Portal {
    /// What an authenticator app is given to be connected, if whoever is half way must connect one.
    ///
    /// # Errors
    /// If the key of the installation cannot be used.
    pub fn staff_enrolment(&self, half: &HalfWay) -> Result<Option<Enrolment>, StaffSignInError> {
        self.enrolment_of(&half.user, &half.session)
    }

    /// What an authenticator app is given that is about to be connected in a session.
    pub(super) fn enrolment_of(
        &self,
        user: &StaffUser,
        session: &StaffSession,
    ) -> Result<Option<Enrolment>, StaffSignInError> {
        let Some(sealed) = &session.enrolling else {
            return Ok(None);
        };
        let secret = self.vault.open(AUTHENTICATOR, sealed)?;
        let account = user.email.as_str();
        Ok(Some(self.one_time_codes.enrolment(
            &secret,
            &self.installation,
            account,
        )))
    }

    /// The second step of a sign-in: a code of the authenticator app, or a recovery code. The half session ends and a whole
    /// one begins, with another secret.
    ///
    /// # Errors
    /// See [`StaffSignInError`].
    pub async fn show_second_factor(
        &self,
        half: &Secret,
        code: &str,
        network: &str,
    ) -> Result<StaffSignedIn, StaffSignInError> {
        let found = self.arrive_half_way(half).await?.ok_or(StaffSignInError::Gone)?;
        let keys = [ThrottleKey::staff_factor(found.user.id), ThrottleKey::network(network)];
        let credential = attempt!(
            self,
            &Actor::Anonymous,
            "count_staff_factor",
            self.count_factor(&found.user, &keys)
        )?;
        let shown = self.judge(&credential, found.session.enrolling.as_deref(), code)?;
        let secret = Secret::from_bytes("staff", &self.secrets.random()?);
        let result = match shown {
            Some(shown) => attempt!(
                self,
                &Actor::Anonymous,
                "begin_staff_session",
                self.begin_staff_session(&found, &shown, &secret, &keys)
            ),
            None => Err(StaffSignInError::Wrong),
        };
        self.report("show_second_factor", &Actor::Anonymous, result.as_ref().err());
        result
    }

    /// Counts an attempt at the second factor, and finds what it is checked against.
    async fn count_factor(&self, user: &StaffUser, keys: &[ThrottleKey]) -> Result<StaffCredential, StaffSignInError> {
        let mut tx = self.store.begin(Access::Write).await?;
        count(&mut *tx, keys, self.clock.now()).await??;
        let credential = tx.staffing().staff_credential(user.id).await?;
        tx.commit().await?;
        credential.ok_or(StaffSignInError::Gone)
    }

    /// Looks at a code without using it up. All that is not a code of the app now may be a recovery code.
    fn judge(
        &self,
        credential: &StaffCredential,
        enrolling: Option<&[u8]>,
        code: &str,
    ) -> Result<Option<Shown>, StaffSignInError> {
        let plain = plain(code);
        match (&credential.authenticator, enrolling) {
            (Some(authenticator), _) => {
                if let Some(step) = self.step_shown(&authenticator.sealed, &plain)? {
                    return Ok(Some(Shown::Step(step)));
                }
                let hash = recovery_code_hash(&*self.vault, credential.agent, &plain)?;
                Ok((plain.len() == 16).then_some(Shown::Recovery(hash)))
            }
            (None, Some(sealed)) => {
                let Some(step) = self.step_shown(sealed, &plain)? else {
                    return Ok(None);
                };
                Ok(Some(Shown::First {
                    step,
                    sealed: sealed.to_vec(),
                    codes: self.new_recovery_codes(credential.agent)?,
                }))
            }
            (None, None) => Err(StaffSignInError::Gone),
        }
    }

    /// The time step that a code belongs to, if it is one of this app and its time is now.
    pub(super) fn step_shown(&self, sealed: &[u8], code: &str) -> Result<Option<u64>, StaffSignInError> {
        let secret = self.vault.open(AUTHENTICATOR, sealed)?;
        Ok(self.one_time_codes.step_of(&secret, &plain(code), self.clock.now()))
    }

    /// Ten codes of 80 bits.
    pub(super) fn new_recovery_codes(&self, agent: AgentId) -> Result<RecoveryCodes, StaffSignInError> {
        let mut codes = RecoveryCodes {
            shown: Vec::with_capacity(CODES),
            hashes: Vec::with_capacity(CODES),
        };
        for _ in 0..CODES {
            // Five bits of each byte: 16 letters have 80 bits.
            let plain: String = self
                .secrets
                .random()?
                .iter()
                .take(16)
                .filter_map(|it| LETTERS.get(usize::from(it & 31)))
                .map(|it| char::from(*it))
                .collect();
            codes.hashes.push(recovery_code_hash(&*self.vault, agent, &plain)?);
            let letters: Vec<char> = plain.chars().collect();
            let groups: Vec<String> = letters.chunks(4).map(|it| it.iter().collect()).collect();
            codes.shown.push(groups.join("-"));
        }
        Ok(codes)
    }

    /// Uses the code up, in this unit of work: of several at the same time one gets through.
    async fn use_up(&self, tx: &mut dyn Tx, user: &StaffUser, shown: &Shown) -> Result<(), StaffSignInError> {
        let used = match shown {
            Shown::Step(step) => tx.staffing().use_step(user.id, *step).await?,
            Shown::Recovery(hash) => tx.staffing().use_recovery_code(user.id, hash).await?,
            Shown::First { step, sealed, codes } => {
                let credential = tx.staffing().staff_credential(user.id).await?;
                let Some(credential) = credential.filter(|it| it.authenticator.is_none()) else {
                    return Err(StaffSignInError::Gone);
                };
                let credential = StaffCredential {
                    authenticator: Some(Authenticator {
                        sealed: sealed.clone(),
                        since: self.clock.now(),
                        last_step: *step,
                    }),
                    ..credential
                };
                tx.staffing().put_staff_credential(&credential).await?;
                tx.staffing().set_recovery_codes(user.id, &codes.hashes).await?;
                true
            }
        };
        if !used {
            return Err(StaffSignInError::Wrong);
        }
        match shown {
            Shown::Step(_) => {}
            Shown::First { .. } => {
                self.note_own(tx, user, AuditEvent::StaffAuthenticatorSet).await?;
                self.tell_about_account(tx, user.id, StaffNotice::FactorAdded).await?;
            }
            Shown::Recovery(_) => {
                self.note_own(tx, user, AuditEvent::StaffRecoveryCodeUsed).await?;
                self.tell_about_account(tx, user.id, StaffNotice::RecoveryCodeUsed)
                    .await?;
            }
        }
        Ok(())
    }

    async fn begin_staff_session(
        &self,
        half: &HalfWay,
        shown: &Shown,
        secret: &Secret,
        keys: &[ThrottleKey],
    ) -> Result<StaffSignedIn, StaffSignInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        for key in keys {
            uncount(&mut *tx, key).await?;
        }
        self.use_up(&mut *tx, &half.user, shown).await?;
        // It may have ended meanwhile, or its owner been disabled.
        let still = tx.staffing().staff_doorway(&half.session.secret).await?;
        if still.is_none() {
            return Err(StaffSignInError::Gone);
        }
        tx.staffing().end_staff_session(half.user.id, half.session.id).await?;
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
            ..half.session.clone()
        };
        tx.staffing().add_staff_session(&session, StaffSession::MOST).await?;
        self.note_own(&mut *tx, &half.user, AuditEvent::StaffSignedIn).await?;
        tx.commit().await?;
        let recovery_codes = match shown {
            Shown::First { codes, .. } => codes.shown.clone(),
            Shown::Step(_) | Shown::Recovery(_) => Vec::new(),
        };
        Ok(StaffSignedIn {
            agent: half.user.id,
            secret: secret.clone(),
            recovery_codes,
        })
    }

    /// Shows the second factor again, for what is dangerous. The session gets another secret.
    ///
    /// # Errors
    /// See [`StaffSignInError`].
    pub async fn prove_staff(
        &self,
        visitor: &StaffVisitor,
        code: &str,
        network: &str,
    ) -> Result<StaffSignedIn, StaffSignInError> {
        let keys = [
            ThrottleKey::staff_factor(visitor.user.id),
            ThrottleKey::network(network),
        ];
        let credential = attempt!(
            self,
            &Actor::Anonymous,
            "count_staff_proof",
            self.count_factor(&visitor.user, &keys)
        )?;
        let shown = self.judge(&credential, None, code)?.ok_or(StaffSignInError::Wrong)?;
        let secret = Secret::from_bytes("staff", &self.secrets.random()?);
        attempt!(
            self,
            &Actor::Anonymous,
            "prove_staff",
            self.prove_once(visitor, &shown, &secret, &keys)
        )
    }

    async fn prove_once(
        &self,
        visitor: &StaffVisitor,
        shown: &Shown,
        secret: &Secret,
        keys: &[ThrottleKey],
    ) -> Result<StaffSignedIn, StaffSignInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        for key in keys {
            uncount(&mut *tx, key).await?;
        }
        self.use_up(&mut *tx, &visitor.user, shown).await?;
        let session = StaffSession {
            secret: secret.hash(),
            seen_at: now,
            proven_at: now,
            idle_until: now.plus(StaffSession::IDLE),
            ..visitor.session.clone()
        };
        if !tx.staffing().change_staff_session(&session).await? {
            return Err(StaffSignInError::Gone);
        }
        self.note_own(&mut *tx, &visitor.user, AuditEvent::StaffProved).await?;
        tx.commit().await?;
        Ok(StaffSignedIn {
            agent: visitor.user.id,
            secret: secret.clone(),
            recovery_codes: Vec::new(),
        })
    }

    /// Ends the session somebody of the staff came with. Ending it twice is fine.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn sign_out_staff(&self, visitor: &StaffVisitor) -> Result<(), StaffSignInError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "sign_out_staff",
            self.sign_out_staff_once(visitor)
        )
    }

    async fn sign_out_staff_once(&self, visitor: &StaffVisitor) -> Result<(), StaffSignInError> {
        let mut tx = self.store.begin(Access::Write).await?;
        tx.staffing()
            .end_staff_session(visitor.user.id, visitor.session.id)
            .await?;
        self.note_own(&mut *tx, &visitor.user, AuditEvent::StaffSignedOut)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Records what somebody did about themself.
    pub(super) async fn note_own(
        &self,
        tx: &mut dyn Tx,
        user: &StaffUser,
        event: AuditEvent,
    ) -> Result<(), StoreError> {
        let entry = self.staff_entry(AuditActor::Staff(user.id), event, user);
        tx.audit().record(&entry).await
    }

    /// An entry of the audit about a staff user.
    pub(super) fn staff_entry(&self, actor: AuditActor, event: AuditEvent, user: &StaffUser) -> AuditEntry {
        let now = self.clock.now();
        let id = AuditId::from_uuid(self.ids.next(now));
        AuditEntry::new(id, now, actor, event, user.name.as_str())
    }

    /// Has somebody told about their account by mail.
    pub(super) async fn tell_about_account(
        &self,
        tx: &mut dyn Tx,
        agent: AgentId,
        what: StaffNotice,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let id = crate::id::IntentId::from_uuid(self.ids.next(now));
        let intent = Intent::now(id, Mail::StaffNotice { agent, what }, now);
        tx.outbox().push(&intent).await.map(|_| ())
    }
}
