use super::allowance::spend;
use super::begin::described;
use super::challenge::{Challenge, ChallengePurpose, MAIL_MAY_WAIT};
use super::error::WayInError;
use super::rules::{WaysIn, ways_in};
use super::session::Secret;
use super::throttle::{ThrottleKey, ThrottleKind};
use crate::access::Refusal;
use crate::actor::Actor;
use crate::id::{ChallengeId, IntentId, PortalId};
use crate::input::Problems;
use crate::mail::{Intent, Mail};
use crate::portal::{EntryError, Portal, attempt};
use crate::ports::{Access, Tx};
use crate::settings::CustomerPortal;
use crate::text::{EmailAddress, EmailError};
use crate::time::Timestamp;

/// Asking for a mail by which one signs in, or chooses a new password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestMail {
    /// The portal whose page is open.
    pub portal: PortalId,
    /// What the mail is for.
    pub purpose: ChallengePurpose,
    /// The address, as typed.
    pub email: String,
    /// The network the request comes from.
    pub network: String,
    /// What kind of browser it is; the mail's page says so.
    pub device: String,
}

/// A mail is on its way, if anybody has the address.
#[derive(Clone, Debug)]
pub struct MailRequested {
    /// The address in its canonical form.
    pub address: EmailAddress,
    /// The secret by which the browser is known again; `None` if there were enough mails to the address lately, and the
    /// browser should keep what it has.
    pub browser: Option<Secret>,
}

impl Portal {
    /// How one gets in at a portal: what the sign-in page offers.
    ///
    /// # Errors
    /// If the portal is gone, or the store fails.
    pub async fn ways_in(&self, portal: PortalId) -> Result<WaysIn, WayInError> {
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let site = site(&mut *tx, portal).await?;
        Ok(ways_in(&mut *tx, &site).await?)
    }

    /// Asks for a mail with a link, and a code if it is for signing in.
    ///
    /// Whether anybody has the address is not looked up here but when the mail is made, so known and unknown addresses cost
    /// the same.
    ///
    /// # Errors
    /// See [`WayInError`].
    pub async fn request_mail(&self, command: RequestMail) -> Result<MailRequested, WayInError> {
        let address = typed_address(&command.email)?;
        let browser = self.fresh_secret("browser")?;
        let armed = attempt!(
            self,
            &Actor::Anonymous,
            "request_mail",
            self.request_mail_once(&command, &address, &browser)
        )?;
        Ok(MailRequested {
            address,
            browser: armed.then_some(browser),
        })
    }

    async fn request_mail_once(
        &self,
        command: &RequestMail,
        address: &EmailAddress,
        browser: &Secret,
    ) -> Result<bool, WayInError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let site = site(&mut *tx, command.portal).await?;
        let ways = ways_in(&mut *tx, &site).await?;
        let offered = match command.purpose {
            ChallengePurpose::SignIn => ways.mail,
            ChallengePurpose::Reset => ways.password,
        };
        if !offered {
            return Err(WayInError::NotOffered);
        }
        let network = ThrottleKey::of_network(ThrottleKind::MailNetwork, &command.network);
        within(&mut *tx, &[network], now).await?;
        let own = ThrottleKey::of_address(ThrottleKind::MailAddress, address);
        let armed = spend(&mut *tx, &[own], now).await?.is_ok();
        if armed {
            let challenge = Challenge {
                id: ChallengeId::from_uuid(self.ids.next(now)),
                purpose: command.purpose,
                portal: site.id,
                address: address.clone(),
                browser: Some(browser.hash()),
                device: described(&command.device),
                contact: None,
                token: None,
                code: None,
                tries: 0,
                asked_at: now,
                expires_at: now.plus(MAIL_MAY_WAIT),
                used_at: None,
            };
            tx.members().add_challenge(&challenge).await?;
            let mail = match command.purpose {
                ChallengePurpose::SignIn => Mail::SignIn {
                    challenge: challenge.id,
                },
                ChallengePurpose::Reset => Mail::ResetPassword {
                    challenge: challenge.id,
                },
            };
            self.mail(&mut *tx, mail, now).await?;
        }
        tx.commit().await?;
        Ok(armed)
    }

    /// Hands a mail to the outbox that is to leave at once.
    pub(crate) async fn mail(
        &self,
        tx: &mut dyn Tx,
        mail: Mail,
        now: Timestamp,
    ) -> Result<(), crate::ports::StoreError> {
        let id = IntentId::from_uuid(self.ids.next(now));
        tx.outbox().push(&Intent::now(id, mail, now)).await.map(|_| ())
    }
}

/// The address in what somebody typed.
pub(super) fn typed_address(text: &str) -> Result<EmailAddress, Problems> {
    text.parse().map_err(|err: EmailError| Problems::one("email", err))
}

/// The portal whose page is open.
pub(super) async fn site(tx: &mut dyn Tx, portal: PortalId) -> Result<CustomerPortal, WayInError> {
    let found = tx.directory().portal(portal).await?;
    let found = found.ok_or(EntryError::Refused(Refusal::NoAccess))?;
    if found.published {
        Ok(found)
    } else {
        Err(EntryError::Refused(Refusal::NotPublished).into())
    }
}

/// Takes one from each allowance, or says when there is one again.
pub(super) async fn within(tx: &mut dyn Tx, keys: &[ThrottleKey], now: Timestamp) -> Result<(), WayInError> {
    spend(tx, keys, now)
        .await?
        .map_err(|retry_at| WayInError::TooSoon { retry_at })
}
