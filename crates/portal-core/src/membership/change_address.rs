use super::account::Account;
use super::address_change::{AddressChange, AddressChangeState, CONFIRM_ADDRESS_LASTS, REVERT_ADDRESS_LASTS};
use super::allowance::spend;
use super::end_sessions::own_account;
use super::error::WayInError;
use super::password::Password;
use super::request_mail::{site, typed_address, within};
use super::reset_password::end_everything;
use super::session::Secret;
use super::sign_in::{TooOften, count, uncount};
use super::throttle::{ThrottleKey, ThrottleKind};
use crate::actor::Actor;

use crate::id::{AddressChangeId, ContactId, PortalId, SessionId};
use crate::input::{ProblemKind, Problems};
use crate::mail::Mail;
use crate::members::readdressed;
use crate::portal::{EntryError, Portal, attempt};
use crate::ports::Access;
use crate::text::EmailAddress;
use crate::time::Timestamp;

/// Changing the sign-in address.
#[derive(Clone, Debug)]
pub struct ChangeAddress {
    /// The portal whose page is open.
    pub portal: PortalId,
    /// The session in use, which goes on.
    pub session: Option<SessionId>,
    /// The new address, as typed.
    pub email: String,
    /// The password that counts now; not looked at if there is none.
    pub password: String,
    /// The network the request comes from.
    pub network: String,
}

/// What the page behind the link in a mail about a change of address says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressChangeLink {
    /// The address before.
    pub old: EmailAddress,
    /// The address to be.
    pub new: EmailAddress,
}

impl Portal {
    /// Asks for another sign-in address. The old one counts until the new one is confirmed from its mailbox.
    ///
    /// # Errors
    /// See [`WayInError`]; a wrong password is a problem of the field `password`.
    pub async fn change_address(&self, actor: &Actor, command: ChangeAddress) -> Result<(), WayInError> {
        let contact = own_account(actor)?;
        let new = typed_address(&command.email)?;
        let key = ThrottleKey::reauthentication(contact);
        let account = attempt!(self, actor, "count_proof", self.count_proof(contact, &key))?;
        let hash = account.as_ref().and_then(Account::password);
        if hash.is_some() {
            let right = match Password::typed(command.password.clone()) {
                Some(password) => self.passwords.verify(&password, hash).await?,
                None => false,
            };
            if !right {
                return Err(Problems::one("password", ProblemKind::WrongPassword).into());
            }
        }
        attempt!(
            self,
            actor,
            "change_address",
            self.change_address_once(contact, &command, &new, &key)
        )
    }

    async fn count_proof(&self, contact: ContactId, key: &ThrottleKey) -> Result<Option<Account>, WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let counted = count(&mut *tx, std::slice::from_ref(key), now).await?;
        counted.map_err(|err| match err {
            TooOften::RetryAt(retry_at) => WayInError::TooSoon { retry_at },
            TooOften::Blocked => WayInError::NotOffered,
        })?;
        let account = tx.accounts().account(contact).await?;
        tx.commit().await?;
        Ok(account)
    }

    async fn change_address_once(
        &self,
        contact: ContactId,
        command: &ChangeAddress,
        new: &EmailAddress,
        key: &ThrottleKey,
    ) -> Result<(), WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        uncount(&mut *tx, key).await?;
        let site = site(&mut *tx, command.portal).await?;
        let profile = tx.directory().profile(contact).await?;
        let old = profile
            .and_then(|it| it.email)
            .ok_or(WayInError::Entry(EntryError::SignInRequired))?;
        if old == *new {
            return Err(Problems::one("email", ProblemKind::NotOffered).into());
        }
        let network = ThrottleKey::of_network(ThrottleKind::MailNetwork, &command.network);
        within(&mut *tx, &[network], now).await?;
        tx.members().cancel_address_changes(contact).await?;
        let own = ThrottleKey::of_address(ThrottleKind::MailAddress, new);
        if spend(&mut *tx, &[own], now).await?.is_ok() {
            // Whether somebody else has the address is found out when it is confirmed, and told to its mailbox only.
            let change = AddressChange {
                id: AddressChangeId::from_uuid(self.ids.next(now)),
                contact,
                portal: site.id,
                session: command.session,
                old,
                new: new.clone(),
                state: AddressChangeState::Waiting,
                confirm: None,
                revert: None,
                asked_at: now,
                confirm_until: now.plus(CONFIRM_ADDRESS_LASTS),
                confirmed_at: None,
                revert_until: None,
            };
            tx.members().put_address_change(&change).await?;
            self.mail(&mut *tx, Mail::ConfirmAddress { change: change.id }, now)
                .await?;
            self.mail(&mut *tx, Mail::AddressChanging { change: change.id }, now)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// The change of address that waits, for the account page.
    ///
    /// # Errors
    /// If nobody is signed in, or the store fails.
    pub async fn waiting_address(&self, actor: &Actor) -> Result<Option<EmailAddress>, WayInError> {
        let contact = own_account(actor)?;
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Read).await?;
        let waiting = tx.members().waiting_address_change(contact).await?;
        Ok(waiting.filter(|it| now < it.confirm_until).map(|it| it.new))
    }

    /// Gives up the change of address that waits.
    ///
    /// # Errors
    /// If nobody is signed in, or the store fails.
    pub async fn give_up_address(&self, actor: &Actor) -> Result<(), WayInError> {
        attempt!(self, actor, "give_up_address", self.give_up_address_once(actor))
    }

    async fn give_up_address_once(&self, actor: &Actor) -> Result<(), WayInError> {
        let contact = own_account(actor)?;
        let mut tx = self.store.begin(Access::Write).await?;
        tx.members().cancel_address_changes(contact).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Looks at the link that went to the new address without using it.
    ///
    /// # Errors
    /// [`WayInError::Gone`] if it does not work.
    pub async fn look_at_new_address(&self, portal: PortalId, link: &Secret) -> Result<AddressChangeLink, WayInError> {
        let mut tx = self.store.begin(Access::Read).await?;
        let found = tx.members().address_change_to_confirm(&link.hash()).await?;
        let now = self.clock.now();
        let waits = |it: &AddressChange| it.state == AddressChangeState::Waiting && now < it.confirm_until;
        shown(found.filter(|it| it.portal == portal && waits(it)))
    }

    /// Makes the new address count, and ends all sessions but the one it was asked for in.
    ///
    /// # Errors
    /// [`WayInError::Gone`] if the link does not work, also if somebody else has the address meanwhile.
    pub async fn confirm_address(&self, portal: PortalId, link: &Secret) -> Result<(), WayInError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "confirm_address",
            self.confirm_address_once(portal, link)
        )
    }

    async fn confirm_address_once(&self, portal: PortalId, link: &Secret) -> Result<(), WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let found = tx.members().address_change_to_confirm(&link.hash()).await?;
        let change = found.filter(|it| it.portal == portal).ok_or(WayInError::Gone)?;
        let until = now.plus(REVERT_ADDRESS_LASTS);
        if !tx.members().use_address_change(change.id, now, until).await? {
            return Err(WayInError::Gone);
        }
        let contact = readdressed(&mut *tx, &change, &change.old, &change.new).await?;
        tx.accounts().end_sessions(contact.id, change.session).await?;
        tx.members().end_challenges(contact.id, None, None).await?;
        let mail = Mail::AddressChanged { change: change.id };
        self.mail(&mut *tx, mail, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Looks at the link that went to the old address without using it.
    ///
    /// # Errors
    /// [`WayInError::Gone`] if it does not work.
    pub async fn look_at_old_address(&self, portal: PortalId, link: &Secret) -> Result<AddressChangeLink, WayInError> {
        let mut tx = self.store.begin(Access::Read).await?;
        let found = tx.members().address_change_to_revert(&link.hash()).await?;
        let now = self.clock.now();
        shown(found.filter(|it| it.portal == portal && revertible(it, now)))
    }

    /// Takes a change of address back, or stops one that waits, from the mailbox of the old address. Whoever changed it
    /// knew the password: so it does not count any more, and everything that was signed in ends.
    ///
    /// # Errors
    /// [`WayInError::Gone`] if the link does not work.
    pub async fn revert_address(&self, portal: PortalId, link: &Secret) -> Result<(), WayInError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "revert_address",
            self.revert_address_once(portal, link)
        )
    }

    async fn revert_address_once(&self, portal: PortalId, link: &Secret) -> Result<(), WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let found = tx.members().address_change_to_revert(&link.hash()).await?;
        let change = found
            .filter(|it| it.portal == portal && revertible(it, now))
            .ok_or(WayInError::Gone)?;
        let contact = if change.state == AddressChangeState::Confirmed {
            if !tx.members().use_address_revert(change.id, now).await? {
                return Err(WayInError::Gone);
            }
            readdressed(&mut *tx, &change, &change.new, &change.old).await?.id
        } else {
            change.contact
        };
        let account = Account {
            contact,
            password_hash: Account::NO_PASSWORD.to_owned(),
            password_set_at: now,
        };
        tx.accounts().put_account(&account).await?;
        end_everything(&mut *tx, contact, now).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn revertible(it: &AddressChange, now: Timestamp) -> bool {
    match it.state {
        AddressChangeState::Waiting => now < it.confirm_until,
        AddressChangeState::Confirmed => it.revert_until.is_some_and(|until| now < until),
        AddressChangeState::Cancelled | AddressChangeState::Reverted => false,
    }
}

fn shown(found: Option<AddressChange>) -> Result<AddressChangeLink, WayInError> {
    let it = found.ok_or(WayInError::Gone)?;
    Ok(AddressChangeLink {
        old: it.old,
        new: it.new,
    })
}
