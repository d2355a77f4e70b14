use crate::id::IntentId;
use crate::mail::{Content, EditableMail, Letter, Letterhead, Link, Mail, MailTexts, Origins};
use crate::portal::Portal;
use crate::ports::{OutgoingAnswer, PasswordsError, StoreError, Tx, VaultError};
use crate::settings::{CustomerPortal, Section, SettingsOwner, SettingsValue};
use crate::text::Locale;
use crate::time::Timestamp;

/// What has become of an intent when its time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prepared {
    /// It still makes sense: this is what to write.
    Send(Box<Letter>),
    /// It still makes sense, and leaves by a channel: this is what to hand over.
    Carry(Box<OutgoingAnswer>),
    /// It does not make sense any more; why, for staff to read.
    Drop(&'static str),
}

/// An intent could not be looked into; it is tried again later.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    /// Nobody told the service by which address browsers reach it.
    #[error("the base address of the installation is not known")]
    NoBaseUrl,
    /// No randomness.
    #[error(transparent)]
    Secrets(#[from] PasswordsError),
    /// No key.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Portal {
    /// By which addresses pages are reached, for whoever writes a letter.
    pub(crate) fn origins(&self) -> Result<Origins, PrepareError> {
        self.base_url.clone().map(Origins::new).ok_or(PrepareError::NoBaseUrl)
    }

    /// The head of a portal's letters.
    pub(crate) fn letterhead(&self, portal: &CustomerPortal) -> Result<Letterhead, PrepareError> {
        Ok(Letterhead {
            name: portal.name.to_string(),
            home: self.origins()?.portal(portal),
            time_zone: portal.time_zone.clone(),
            from_name: None,
            from: None,
            portal: Some(portal.id),
        })
    }

    /// The head of letters to the staff.
    pub(crate) fn staff_letterhead(&self) -> Result<Letterhead, PrepareError> {
        Ok(Letterhead {
            name: self.installation.clone(),
            home: self.origins()?.staff(),
            time_zone: "UTC".to_owned(),
            from_name: None,
            from: None,
            portal: None,
        })
    }

    /// Asks whoever owns this kind of mail whether it still makes sense, and what to write. Runs in a unit of work that
    /// writes: secrets are made here, and only their hashes stored.
    pub(super) async fn prepare(
        &self,
        tx: &mut dyn Tx,
        intent: IntentId,
        mail: &Mail,
        now: Timestamp,
    ) -> Result<Prepared, PrepareError> {
        match mail {
            Mail::Test {
                portal,
                of,
                to,
                asked_by,
            } => {
                let portal = match portal {
                    Some(id) => match tx.directory().portal(*id).await? {
                        Some(portal) => Some(portal),
                        None => return Ok(Prepared::Drop("the portal is gone")),
                    },
                    None => None,
                };
                let asked_by = match asked_by {
                    Some(agent) => tx.staffing().staff_user(*agent).await?,
                    None => None,
                };
                let (head, language) = match &portal {
                    Some(portal) => (self.letterhead(portal)?, portal.language.clone()),
                    None => (self.staff_letterhead()?, Locale::english()),
                };
                let language = asked_by.as_ref().and_then(|it| it.language.clone()).unwrap_or(language);
                let asked_by = asked_by.map(|it| it.name.to_string()).unwrap_or_default();
                let link = head.home.clone();
                Ok(Prepared::Send(Box::new(Letter {
                    content: of.map_or(
                        Content::Test {
                            asked_by: asked_by.clone(),
                        },
                        |of| sample(of, link, now),
                    ),
                    to_name: Some(asked_by).filter(|it| !it.is_empty()),
                    head,
                    to: to.clone(),
                    language,
                    test: true,
                })))
            }
            Mail::Invitation { .. }
            | Mail::AlreadyRegistered { .. }
            | Mail::VerifyAddress { .. }
            | Mail::SignIn { .. }
            | Mail::ResetPassword { .. }
            | Mail::ConfirmAddress { .. }
            | Mail::AddressChanging { .. }
            | Mail::AddressChanged { .. }
            | Mail::PasswordChanged { .. }
            | Mail::RegistrationApproved { .. }
            | Mail::RegistrationPending { .. } => self.prepare_for_member(tx, mail, now).await,
            Mail::TicketAnswered {
                portal,
                contact,
                ticket,
                seq,
            } => {
                self.prepare_for_contact(tx, *portal, *contact, *ticket, *seq, None)
                    .await
            }
            Mail::TicketNews {
                portal,
                contact,
                ticket,
                seq,
                what,
            } => {
                self.prepare_for_contact(tx, *portal, *contact, *ticket, *seq, Some(*what))
                    .await
            }
            Mail::ByChannel {
                conversation,
                ticket,
                seq,
            } => {
                self.prepare_by_channel(tx, intent, *conversation, *ticket, *seq, now)
                    .await
            }
            Mail::AgentNews { agent } => self.prepare_agent_news(tx, *agent, intent).await,
            Mail::StaffInvitation { agent } => self.prepare_staff_invitation(tx, *agent).await,
            Mail::StaffReset { agent } => self.prepare_staff_reset(tx, *agent).await,
            Mail::StaffNotice { agent, what } => self.prepare_staff_notice(tx, *agent, *what, now).await,
        }
    }

    /// Puts the sender of the portal's domain at the head of a letter, if it has one of its own.
    pub(super) async fn sign(&self, tx: &mut dyn Tx, letter: &mut Letter) -> Result<(), StoreError> {
        let Some(portal) = letter.head.portal else {
            return Ok(());
        };
        let Some(portal) = tx.directory().portal(portal).await? else {
            return Ok(());
        };
        let domain = tx.settings().domain_of(&portal.host).await?;
        if let Some((name, address)) = domain.and_then(|it| it.from) {
            letter.head.from_name = Some(name.to_string());
            letter.head.from = Some(address);
        }
        Ok(())
    }

    /// The texts that the portal of a letter has in place of the built-in ones.
    pub(super) async fn texts_of(&self, tx: &mut dyn Tx, letter: &Letter) -> Result<MailTexts, StoreError> {
        let Some(portal) = letter.head.portal else {
            return Ok(MailTexts::default());
        };
        let owner = SettingsOwner::Portal(portal);
        let version = tx.settings().current_settings(owner, Section::MailTexts).await?;
        Ok(match version.map(|it| it.value) {
            Some(SettingsValue::MailTexts(texts)) => texts,
            _ => MailTexts::default(),
        })
    }
}

/// A mail with made-up values, to try its text: nothing in it opens anything.
pub(crate) fn sample(of: EditableMail, link: Link, now: Timestamp) -> Content {
    let expires = now.plus(std::time::Duration::from_hours(24));
    let code = "123456".to_owned();
    match of {
        EditableMail::Invitation => Content::Invitation { link, expires },
        EditableMail::AlreadyRegistered => Content::AlreadyRegistered { link },
        EditableMail::VerifyAddress => Content::VerifyAddress { link, expires },
        EditableMail::SignIn => Content::SignIn { link, code, expires },
        EditableMail::ResetPassword => Content::ResetPassword { link, expires },
        EditableMail::RegistrationApproved => Content::RegistrationApproved { link },
    }
}
