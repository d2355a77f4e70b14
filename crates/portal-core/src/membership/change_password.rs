use super::account::Account;
use super::end_sessions::own_account;
use super::password::Password;
use super::sign_in::{TooOften, count, uncount};
use super::throttle::ThrottleKey;
use crate::actor::Actor;
use crate::id::{ContactId, PortalId, SessionId};
use crate::input::{Checker, ProblemKind, Problems};
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, PasswordsError, StoreError};
use crate::text::EmailAddress;
use crate::time::Timestamp;

/// Choosing a new password. All other sessions end.
#[derive(Clone, Debug)]
pub struct ChangePassword {
    /// The portal whose page is open; its name must not be the password.
    pub portal: PortalId,
    /// The session in use, which goes on.
    pub session: Option<SessionId>,
    /// The password that counts now.
    pub current: String,
    /// The new one.
    pub new: String,
    /// The new one again.
    pub again: String,
}

/// Why the password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangePasswordError {
    /// Nobody is signed in.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// Fields that must be mended; also if the current password is wrong.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// Too many wrong attempts; this one was not looked at.
    #[error("too many attempts; try again later")]
    TooSoon {
        /// When the next attempt counts.
        retry_at: Timestamp,
    },
    /// So many wrong attempts that somebody else must set the password.
    #[error("this is blocked until the password is set anew")]
    Blocked,
    /// Too many at the same moment, or hashing failed.
    #[error(transparent)]
    Passwords(#[from] PasswordsError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(ChangePasswordError);

/// What is known of the account before the change.
struct Known {
    account: Option<Account>,
    email: Option<EmailAddress>,
    words: Vec<String>,
}

impl Portal {
    /// Changes the contact's password, after the current one was shown, and ends all other sessions.
    ///
    /// # Errors
    /// See [`ChangePasswordError`].
    pub async fn change_password(&self, actor: &Actor, command: ChangePassword) -> Result<(), ChangePasswordError> {
        let contact = own_account(actor)?;
        let key = ThrottleKey::reauthentication(contact);
        let known = attempt!(
            self,
            actor,
            "count_reauthentication",
            self.count_reauthentication(&command, contact, &key)
        )?;
        let mut checker = Checker::default();
        let hash = known.account.as_ref().and_then(Account::password);
        let right = match Password::typed(command.current.clone()) {
            Some(password) => self.passwords.verify(&password, hash).await?,
            None => false,
        };
        if !right {
            checker.note("current", ProblemKind::WrongPassword);
        }
        let words: Vec<&str> = known.words.iter().map(String::as_str).collect();
        let new = checker.take(
            "new",
            Password::chosen(command.new.clone(), known.email.as_ref(), &words),
        );
        if command.again != command.new {
            checker.note("again", ProblemKind::Differs);
        }
        let checked = checker.done();
        let (Some(new), Ok(())) = (new, checked.as_ref()) else {
            if right {
                attempt!(
                    self,
                    actor,
                    "uncount_reauthentication",
                    self.uncount_reauthentication(&key)
                )?;
            }
            return Err(checked
                .err()
                .unwrap_or_else(|| Problems::one("new", ProblemKind::NotOffered))
                .into());
        };
        let hash = self.passwords.hash(&new).await?;
        attempt!(
            self,
            actor,
            "change_password",
            self.change_password_once(known.account.as_ref(), &command, &hash, &key)
        )
    }

    async fn count_reauthentication(
        &self,
        command: &ChangePassword,
        contact: ContactId,
        key: &ThrottleKey,
    ) -> Result<Known, ChangePasswordError> {
        let mut tx = self.store.begin(Access::Write).await?;
        count(&mut *tx, std::slice::from_ref(key), self.clock.now())
            .await?
            .map_err(|err| match err {
                TooOften::RetryAt(retry_at) => ChangePasswordError::TooSoon { retry_at },
                TooOften::Blocked => ChangePasswordError::Blocked,
            })?;
        let account = tx.accounts().account(contact).await?;
        let profile = tx.directory().profile(contact).await?;
        let site = tx.directory().portal(command.portal).await?;
        tx.commit().await?;
        let name = profile.as_ref().map(|it| it.name.as_str().to_owned());
        let company = profile.as_ref().and_then(|it| it.company.clone());
        let portal = site.map(|it| it.name.as_str().to_owned());
        let words = [name, company, portal].into_iter().flatten();
        let words = words
            .flat_map(|it| it.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        Ok(Known {
            account,
            email: profile.and_then(|it| it.email),
            words,
        })
    }

    async fn uncount_reauthentication(&self, key: &ThrottleKey) -> Result<(), ChangePasswordError> {
        let mut tx = self.store.begin(Access::Write).await?;
        uncount(&mut *tx, key).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn change_password_once(
        &self,
        checked: Option<&Account>,
        command: &ChangePassword,
        hash: &str,
        key: &ThrottleKey,
    ) -> Result<(), ChangePasswordError> {
        let wrong = || Problems::one("current", ProblemKind::WrongPassword);
        let checked = checked.ok_or_else(wrong)?;
        let contact = checked.contact;
        let mut tx = self.store.begin(Access::Write).await?;
        uncount(&mut *tx, key).await?;
        // Somebody may have set another password while this one was checked and hashed; theirs stays.
        let current = tx
            .accounts()
            .account(contact)
            .await?
            .filter(|it| it.password_hash == checked.password_hash);
        if current.is_none() {
            return Err(wrong().into());
        }
        let account = Account {
            contact,
            password_hash: hash.to_owned(),
            password_set_at: self.clock.now(),
        };
        tx.accounts().put_account(&account).await?;
        tx.accounts().end_sessions(contact, command.session).await?;
        tx.accounts().forget_devices(contact, self.clock.now()).await?;
        // A mailed link to choose a password is dead once one was chosen, and so is one that signs in.
        tx.members().end_challenges(contact, None, None).await?;
        tx.members().cancel_address_changes(contact).await?;
        let mail = crate::mail::Mail::PasswordChanged {
            portal: command.portal,
            contact,
        };
        self.mail(&mut *tx, mail, self.clock.now()).await?;
        tx.commit().await?;
        Ok(())
    }
}
