use super::account::Account;
use super::device::{Device, DeviceMark};
use super::password::Password;
use super::session::Secret;
use super::throttle::{Throttle, ThrottleKey};
use crate::actor::Actor;
use crate::id::{ContactId, PortalId, SessionId};
use crate::input::Problems;
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, PasswordsError, StoreError, Tx};
use crate::text::EmailAddress;
use crate::time::Timestamp;

/// The most sessions of a contact on one host; a new one ends the oldest.
pub(super) const MAX_SESSIONS: u32 = 20;
/// The longest description of a browser that is kept.
pub(super) const MAX_DEVICE: usize = 80;

/// Signing in with a password.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The portal whose page is open: it gives the host and how long the session lasts.
    pub portal: PortalId,
    /// The address, as typed.
    pub email: String,
    /// The password, as typed.
    pub password: String,
    /// The network the request comes from: an IPv4 address, or the /64 of an IPv6 address.
    pub network: String,
    /// What kind of browser it is, for the list of sessions.
    pub device: String,
    /// The mark by which the browser is known, if it brought one.
    pub known_as: Option<DeviceMark>,
}

/// A session that has begun.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who it is.
    pub contact: ContactId,
    /// The session.
    pub session: SessionId,
    /// Its secret, for the cookie. It is not kept anywhere else.
    pub secret: Secret,
    /// When it ends in any case.
    pub ends_at: Timestamp,
    /// By what the browser is known from now on; it takes the place of what it brought.
    pub mark: Option<DeviceMark>,
}

/// Why no session has begun. Known and unknown addresses are treated the same, down to the work that is done.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The address is no address.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The address or the password is wrong, or there is no such account, or the contact is not active.
    #[error("the e-mail address or the password is wrong")]
    Wrong,
    /// Too many wrong attempts; this one was not looked at.
    #[error("too many attempts; try again later")]
    TooSoon {
        /// When the next attempt counts.
        retry_at: Timestamp,
    },
    /// So many wrong attempts that the password must be set anew.
    #[error("this sign-in is blocked until the password is set anew")]
    Blocked,
    /// Too many sign-ins at the same moment, or hashing failed.
    #[error(transparent)]
    Passwords(#[from] PasswordsError),
    /// The portal is gone.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(SignInError);

impl Portal {
    /// Begins a session, if the address and password are right.
    ///
    /// Each attempt is counted before it is looked at, so that many attempts at once get no further than one after the
    /// other; a right one clears the counter of its address. On a device on which the contact signed in before, a counter of
    /// its own counts instead of the one of the address, so that nobody locks others out by guessing.
    ///
    /// # Errors
    /// See [`SignInError`].
    pub async fn sign_in(&self, command: SignIn) -> Result<SignedIn, SignInError> {
        let address: EmailAddress = command
            .email
            .parse()
            .map_err(|err: crate::text::EmailError| Problems::one("email", err))?;
        let now = self.clock.now();
        let device = command.known_as.as_ref().and_then(|it| self.device_of(it, now));
        let network = ThrottleKey::network(&command.network);
        let (account, keys) = attempt!(
            self,
            &Actor::Anonymous,
            "count_sign_in",
            self.count_attempt(command.portal, &address, device, network)
        )?;
        let right = match Password::typed(command.password.clone()) {
            Some(password) => {
                let hash = account.as_ref().and_then(Account::password);
                let right = match self.passwords.verify(&password, hash).await {
                    Ok(right) => right,
                    Err(err) => {
                        // Nothing was looked at, so nothing failed.
                        attempt!(self, &Actor::Anonymous, "give_back", self.give_back(&keys))?;
                        return Err(err.into());
                    }
                };
                let rehash = right && hash.is_some_and(|it| self.passwords.is_outdated(it));
                right.then_some(if rehash {
                    Some(self.passwords.hash(&password).await?)
                } else {
                    None
                })
            }
            None => None,
        };
        let result = match (account, right) {
            (Some(account), Some(rehashed)) => {
                let secret = Secret::from_bytes("session", &self.secrets.random()?);
                attempt!(
                    self,
                    &Actor::Anonymous,
                    "begin_session",
                    self.begin_session(&command, &account, rehashed.as_deref(), &secret, &keys)
                )
            }
            _ => Err(SignInError::Wrong),
        };
        self.report("sign_in", &Actor::Anonymous, result.as_ref().err());
        result
    }

    /// Counts the attempt against all keys, or says when the next one counts; and finds the account, and which keys those
    /// are.
    async fn count_attempt(
        &self,
        portal: PortalId,
        address: &EmailAddress,
        device: Option<Device>,
        network: ThrottleKey,
    ) -> Result<(Option<Account>, [ThrottleKey; 2]), SignInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let account = tx.accounts().account_by_address(address).await?;
        let mut own = ThrottleKey::address(address);
        if let (Some(account), Some(device)) = (&account, device)
            && device.is_known(&mut *tx, account.contact).await?
        {
            own = ThrottleKey::device(address, device.id);
        }
        let keys = [own, network];
        count(&mut *tx, &keys, now).await?.map_err(|err| match err {
            TooOften::RetryAt(retry_at) => SignInError::TooSoon { retry_at },
            TooOften::Blocked => SignInError::Blocked,
        })?;
        let site = tx.directory().portal(portal).await?;
        let offered = match &site {
            Some(site) => super::rules::ways_in(&mut *tx, site).await?.password,
            None => false,
        };
        tx.commit().await?;
        Ok((account.filter(|_| offered), keys))
    }

    /// Takes one counted attempt back from all keys.
    async fn give_back(&self, keys: &[ThrottleKey]) -> Result<(), SignInError> {
        let mut tx = self.store.begin(Access::Write).await?;
        for key in keys {
            let before = tx.accounts().throttle(key).await?;
            tx.accounts().set_throttle(key, one_less(before).as_ref()).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn begin_session(
        &self,
        command: &SignIn,
        account: &Account,
        rehashed: Option<&str>,
        secret: &Secret,
        keys: &[ThrottleKey],
    ) -> Result<SignedIn, SignInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let site = tx
            .directory()
            .portal(command.portal)
            .await?
            .ok_or(EntryError::Refused(crate::access::Refusal::NoAccess))?;
        // The password may have been changed, or the contact removed, while the old one was checked.
        let current = tx
            .accounts()
            .account(account.contact)
            .await?
            .filter(|it| it.password_hash == account.password_hash);
        let Some(mut current) = current else {
            return Err(SignInError::Wrong);
        };
        for key in keys {
            uncount(&mut *tx, key).await?;
        }
        if let Some(hash) = rehashed {
            hash.clone_into(&mut current.password_hash);
            tx.accounts().put_account(&current).await?;
        }
        let begun = self
            .begin(&mut *tx, &site, account.contact, &command.device, secret, now)
            .await?;
        tx.commit().await?;
        Ok(begun)
    }
}

/// A counter without its last attempt; nothing if none is left.
pub(crate) fn one_less(before: Option<Throttle>) -> Option<Throttle> {
    let less = |it: Throttle| Throttle {
        failures: it.failures.saturating_sub(1),
        ..it
    };
    before.map(less).filter(|it| it.failures > 0)
}

/// Why an attempt is not looked at.
pub(crate) enum TooOften {
    RetryAt(Timestamp),
    Blocked,
}

/// Counts an attempt as a failure against all keys; nothing is counted if one of them says it is too soon.
pub(crate) async fn count(
    tx: &mut dyn Tx,
    keys: &[ThrottleKey],
    now: Timestamp,
) -> Result<Result<(), TooOften>, StoreError> {
    let mut counted = Vec::new();
    for key in keys {
        let before = tx.accounts().throttle(key).await?;
        match before.map_or(Some(now), |it| it.next_attempt(key.kind)) {
            None => return Ok(Err(TooOften::Blocked)),
            Some(at) if at > now => return Ok(Err(TooOften::RetryAt(at))),
            Some(_) => counted.push((key, Throttle::failed(before, key.kind, now))),
        }
    }
    for (key, throttle) in counted {
        tx.accounts().set_throttle(key, Some(&throttle)).await?;
    }
    Ok(Ok(()))
}

/// After a right password: an address begins anew, a network gets back the one attempt that was counted.
pub(crate) async fn uncount(tx: &mut dyn Tx, key: &ThrottleKey) -> Result<(), StoreError> {
    use super::throttle::ThrottleKind;
    // Each key is read before it is written, as `count` does: a store takes its turn at the key by that, and two sign-ins
    // of one address from one network must take them in the same order.
    let before = tx.accounts().throttle(key).await?;
    let after = match key.kind {
        ThrottleKind::Address | ThrottleKind::Reauthentication => None,
        ThrottleKind::Network
        | ThrottleKind::MailNetwork
        | ThrottleKind::MailAddress
        | ThrottleKind::CodeNetwork
        | ThrottleKind::CodeAddress
        | ThrottleKind::RegistrationNetwork
        | ThrottleKind::RegistrationAddress => one_less(before),
    };
    tx.accounts().set_throttle(key, after.as_ref()).await
}
