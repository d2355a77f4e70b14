use super::account::Account;
use super::allowance::spend;
use super::consent::{ConsentGiven, ConsentWording};
use super::error::WayInError;
use super::new_password::NewPassword;
use super::registration::{REGISTRATION_LASTS, Registration, RegistrationState};
use super::request_mail::{site, typed_address, within};
use super::rules::ways_in;
use super::session::Secret;
use super::sign_in::SignedIn;
use super::throttle::{ThrottleKey, ThrottleKind};
use crate::actor::Actor;
use crate::crm::ContactStanding;
use crate::id::{CompanyId, ContactId, PortalId, RegistrationId};
use crate::input::{Checker, ProblemKind, Problems};
use crate::mail::Mail;
use crate::portal::{Portal, attempt};
use crate::ports::{Access, StoreError, Tx};
use crate::text::{EmailAddress, Locale, PersonName};

/// Asking for an account: the address is to be proven first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// The portal whose page is open.
    pub portal: PortalId,
    /// The name, as typed.
    pub name: String,
    /// The address, as typed.
    pub email: String,
    /// The language of the page.
    pub language: Locale,
    /// The network the request comes from.
    pub network: String,
}

/// Choosing a password, once the address was proven by the link of a mail.
#[derive(Clone, Debug)]
pub struct FinishRegistration {
    /// The portal whose page is open.
    pub portal: PortalId,
    /// The link's secret.
    pub link: Secret,
    /// The name, as typed.
    pub name: String,
    /// The password; not looked at where the portal has none.
    pub password: String,
    /// The password again.
    pub again: String,
    /// That the consent notice was accepted, if it was.
    pub consent: Option<ConsentGiven>,
    /// What kind of browser it is, for the list of sessions.
    pub device: String,
}

/// What the page behind the link of a registration says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegistrationLink {
    /// The account can be made.
    Open {
        /// The name that was given.
        name: String,
        /// The address that the mail went to.
        address: EmailAddress,
        /// Whether a password is to be chosen.
        password: bool,
        /// What is to be accepted.
        consent: Option<ConsentWording>,
    },
    /// Staff has to approve it.
    Waiting,
}

/// What came of finishing a registration.
#[derive(Clone, Debug)]
pub enum Registered {
    /// There is an account, and a session.
    SignedIn(SignedIn),
    /// Staff has to approve it; a mail will say so.
    Waiting,
}

impl Portal {
    /// Asks for an account. The answer is the same for every address: nothing of an existing contact is looked up before the
    /// mail is made.
    ///
    /// # Errors
    /// See [`WayInError`].
    pub async fn register(&self, command: Register) -> Result<EmailAddress, WayInError> {
        let mut checker = Checker::default();
        let name = checker.take("name", command.name.parse::<PersonName>());
        let address = match typed_address(&command.email) {
            Ok(it) => Some(it),
            Err(problems) => {
                for it in problems.list() {
                    checker.note(it.field, it.kind.clone());
                }
                None
            }
        };
        checker.done()?;
        let (Some(name), Some(address)) = (name, address) else {
            return Err(Problems::one("name", ProblemKind::NotOffered).into());
        };
        attempt!(
            self,
            &Actor::Anonymous,
            "register",
            self.register_once(&command, &name, &address)
        )?;
        Ok(address)
    }

    async fn register_once(
        &self,
        command: &Register,
        name: &PersonName,
        address: &EmailAddress,
    ) -> Result<(), WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let site = site(&mut *tx, command.portal).await?;
        if !ways_in(&mut *tx, &site).await?.registration {
            return Err(WayInError::NotOffered);
        }
        let network = ThrottleKey::of_network(ThrottleKind::RegistrationNetwork, &command.network);
        within(&mut *tx, &[network], now).await?;
        let own = [
            ThrottleKey::of_address(ThrottleKind::RegistrationAddress, address),
            ThrottleKey::of_address(ThrottleKind::MailAddress, address),
        ];
        if spend(&mut *tx, &own, now).await?.is_ok() {
            let registration = Registration {
                id: RegistrationId::from_uuid(self.ids.next(now)),
                portal: site.id,
                address: address.clone(),
                name: name.clone(),
                language: command.language.clone(),
                state: RegistrationState::Unverified,
                token: None,
                password_hash: None,
                proposed: None,
                consent: None,
                contact: None,
                asked_at: now,
                expires_at: now.plus(REGISTRATION_LASTS),
                verified_at: None,
            };
            tx.members().put_registration(&registration).await?;
            let mail = Mail::VerifyAddress {
                registration: registration.id,
            };
            self.mail(&mut *tx, mail, now).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Looks at the link of a registration without using it.
    ///
    /// # Errors
    /// [`WayInError::Gone`] if it does not work.
    pub async fn look_at_registration(
        &self,
        portal: PortalId,
        link: &Secret,
        language: &Locale,
    ) -> Result<RegistrationLink, WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let site = site(&mut *tx, portal).await?;
        let found = of_link(&mut *tx, portal, link).await?;
        match found.state {
            RegistrationState::Waiting => Ok(RegistrationLink::Waiting),
            RegistrationState::Unverified if now < found.expires_at => {
                let ways = ways_in(&mut *tx, &site).await?;
                Ok(RegistrationLink::Open {
                    name: found.name.to_string(),
                    address: found.address,
                    password: ways.password,
                    consent: super::consent::wording(&mut *tx, &site, language).await?,
                })
            }
            RegistrationState::Unverified | RegistrationState::Approved | RegistrationState::Declined => {
                Err(WayInError::Gone)
            }
        }
    }

    /// Makes the account of somebody who proved their address, or has staff decide.
    ///
    /// Now, and not before, an existing contact without account whose record has the address becomes theirs. A contact who
    /// was removed does not: staff has to decide then.
    ///
    /// # Errors
    /// See [`WayInError`].
    pub async fn finish_registration(&self, command: FinishRegistration) -> Result<Registered, WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let site = site(&mut *tx, command.portal).await?;
        let found = of_link(&mut *tx, command.portal, &command.link).await?;
        if found.state != RegistrationState::Unverified || now >= found.expires_at {
            return Err(WayInError::Gone);
        }
        let ways = ways_in(&mut *tx, &site).await?;
        if !ways.registration {
            return Err(WayInError::NotOffered);
        }
        super::consent::check(&mut *tx, &site, command.consent.as_ref()).await?;
        drop(tx);
        let name = command
            .name
            .parse::<PersonName>()
            .map_err(|err| Problems::one("name", err))?;
        let hash = if ways.password {
            let chosen = NewPassword {
                field: "password",
                password: command.password.clone(),
                again: command.again.clone(),
            };
            self.chosen_hash(chosen, Some(&found.address), None, &site).await?
        } else {
            Account::NO_PASSWORD.to_owned()
        };
        let secret = self.fresh_secret("session")?;
        attempt!(
            self,
            &Actor::Anonymous,
            "finish_registration",
            self.finish_registration_once(&command, &name, &hash, &secret)
        )
    }

    async fn finish_registration_once(
        &self,
        command: &FinishRegistration,
        name: &PersonName,
        hash: &str,
        secret: &Secret,
    ) -> Result<Registered, WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let site = site(&mut *tx, command.portal).await?;
        let found = of_link(&mut *tx, command.portal, &command.link).await?;
        let (from, to) = (RegistrationState::Unverified, RegistrationState::Waiting);
        let first = now < found.expires_at && tx.members().use_registration(found.id, from, to).await?;
        if !first {
            return Err(WayInError::Gone);
        }
        let owner = owner_of(&mut *tx, &found.address).await?;
        let mut registration = Registration {
            name: name.clone(),
            state: to,
            password_hash: Some(hash.to_owned()),
            proposed: proposed(&mut *tx, &found.address).await?,
            consent: super::consent::accepted(&mut *tx, &site, command.consent.as_ref(), now).await?,
            verified_at: Some(now),
            ..found
        };
        let approval = ways_in(&mut *tx, &site).await?.approval;
        let owner = match owner {
            Owner::Taken => return Err(WayInError::Gone),
            Owner::Doubtful => None,
            Owner::Nobody => Some(None),
            Owner::Known(contact) => Some(Some(contact)),
        };
        let registered = match owner {
            Some(owner) if !approval => {
                let contact = self.admit(&mut *tx, &mut registration, owner, now).await?;
                let begun = self
                    .begin(&mut *tx, &site, contact, &command.device, secret, now)
                    .await?;
                Registered::SignedIn(begun)
            }
            _ => {
                self.tell_staff(&mut *tx, &registration, now).await?;
                Registered::Waiting
            }
        };
        tx.members().put_registration(&registration).await?;
        tx.commit().await?;
        Ok(registered)
    }
}

async fn of_link(tx: &mut dyn Tx, portal: PortalId, link: &Secret) -> Result<Registration, WayInError> {
    let found = tx.members().registration_of_link(&link.hash()).await?;
    found.filter(|it| it.portal == portal).ok_or(WayInError::Gone)
}

/// Whose an address is that somebody proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// Nobody's on record.
    Nobody,
    /// This contact's, who has no account.
    Known(ContactId),
    /// Somebody's who has an account.
    Taken,
    /// A removed contact's, or that of several: a person has to look.
    Doubtful,
}

/// Whose a proven address is.
pub(crate) async fn owner_of(tx: &mut dyn Tx, address: &EmailAddress) -> Result<Owner, StoreError> {
    let known = tx.members().known_contacts(address).await?;
    let active: Vec<_> = known
        .iter()
        .filter(|it| it.standing == ContactStanding::Active)
        .collect();
    // The membership e-mail is unique among the active ones, and goes before the contacts' own.
    if let Some(it) = active.iter().find(|it| it.by_membership) {
        return Ok(if it.registered {
            Owner::Taken
        } else {
            Owner::Known(it.contact)
        });
    }
    let unregistered: Vec<ContactId> = active.iter().filter(|it| !it.registered).map(|it| it.contact).collect();
    Ok(match (unregistered.as_slice(), known.len() > active.len()) {
        ([], false) => Owner::Nobody,
        ([one], false) => Owner::Known(*one),
        _ => Owner::Doubtful,
    })
}

/// The one company whose domain is exactly that of the address. Where everybody can have an address, nothing is proposed.
async fn proposed(tx: &mut dyn Tx, address: &EmailAddress) -> Result<Option<CompanyId>, StoreError> {
    let domain = address.domain();
    if super::free_mail::is_free_mail(domain) {
        return Ok(None);
    }
    let companies = tx.members().companies_of_domain(domain).await?;
    Ok(match companies.as_slice() {
        [one] => Some(*one),
        _ => None,
    })
}
