use crate::actor::Actor;
use crate::id::{ContactId, PortalId, TicketNumber, Uuid};
use crate::mail::Link;
use crate::portal::{EntryError, Portal, UseCaseError, attempt, use_case_error};
use crate::ports::{Access, StoreError};

/// Why a ticket was not muted.
#[derive(Debug, thiserror::Error)]
pub enum MuteTicketError {
    /// The contact could not enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// It does not exist, or is not in the contact's scope; nobody can tell which.
    #[error("there is no such ticket")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(MuteTicketError, NotFound);

/// Why a ticket was not muted by the link of a mail.
#[derive(Debug, thiserror::Error)]
pub enum MuteByLinkError {
    /// Nobody sent this link.
    #[error("this link does not work")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl UseCaseError for MuteByLinkError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(err) => Some(err),
            Self::NotFound => None,
        }
    }

    fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound)
    }
}

const PURPOSE: &str = "mute a ticket by the link of a mail";

impl Portal {
    /// The address that mutes a ticket for a contact, without signing in: by a button there, or by the mail program itself
    /// (RFC 8058). None without a key to sign it with.
    pub(super) fn mute_link(&self, home: &Link, contact: ContactId, number: TicketNumber) -> Option<Link> {
        let signature = self.signature_of(PURPOSE, &signed(contact, number))?;
        let token = format!("{}.{number}.{signature}", contact.uuid().simple());
        Some(home.to("mute").asking("token", &token))
    }

    /// Whose link this is, and to mute which ticket.
    fn mute_token(&self, token: &str) -> Option<(ContactId, TicketNumber)> {
        let mut parts = token.splitn(3, '.');
        let contact = ContactId::from_uuid(Uuid::try_parse(parts.next()?).ok()?);
        let number = parts.next()?.parse().ok()?;
        let is_ours = self.is_signature_of(PURPOSE, &signed(contact, number), parts.next()?);
        is_ours.then_some((contact, number))
    }

    /// The number of the ticket that a link mutes. It opens nothing else.
    #[must_use]
    pub fn muted_by_link(&self, token: &str) -> Option<TicketNumber> {
        self.mute_token(token).map(|it| it.1)
    }

    /// Mutes a ticket for whoever got the mail with this link.
    ///
    /// # Errors
    /// If nobody sent this link, or the store fails.
    pub async fn mute_by_link(&self, token: &str) -> Result<TicketNumber, MuteByLinkError> {
        attempt!(self, &Actor::Anonymous, "mute_by_link", async {
            let (contact, number) = self.mute_token(token).ok_or(MuteByLinkError::NotFound)?;
            let mut tx = self.store.begin(Access::Write).await?;
            tx.notices().set_muted(contact, number, true).await?;
            tx.commit().await?;
            Ok::<_, MuteByLinkError>(number)
        })
    }

    /// Whether a contact gets no mails about a ticket they see.
    ///
    /// # Errors
    /// See [`MuteTicketError`].
    pub async fn is_ticket_muted(
        &self,
        actor: &Actor,
        portal: PortalId,
        number: TicketNumber,
    ) -> Result<bool, MuteTicketError> {
        attempt!(self, actor, "is_ticket_muted", async {
            let mut tx = self.store.begin(Access::Snapshot).await?;
            let (_, viewer) = self.let_in(&mut *tx, actor, portal).await?;
            let found = tx.tickets().find(viewer.scope(), number).await?;
            found.ok_or(MuteTicketError::NotFound)?;
            Ok::<_, MuteTicketError>(tx.notices().is_muted(viewer.contact(), number).await?)
        })
    }

    /// Mutes a ticket for the contact, or lets its mails come again.
    ///
    /// # Errors
    /// See [`MuteTicketError`].
    pub async fn mute_ticket(
        &self,
        actor: &Actor,
        portal: PortalId,
        number: TicketNumber,
        muted: bool,
    ) -> Result<(), MuteTicketError> {
        attempt!(self, actor, "mute_ticket", async {
            let mut tx = self.store.begin(Access::Write).await?;
            let (_, viewer) = self.let_in(&mut *tx, actor, portal).await?;
            let found = tx.tickets().find(viewer.scope(), number).await?;
            found.ok_or(MuteTicketError::NotFound)?;
            tx.notices().set_muted(viewer.contact(), number, muted).await?;
            tx.commit().await?;
            Ok::<_, MuteTicketError>(())
        })
    }
}

/// What is signed.
fn signed(contact: ContactId, number: TicketNumber) -> String {
    format!("{contact} {number}")
}
