use std::time::Duration;

use super::rate_ticket::{RateTicket, RateTicketError};
use super::rating::Rating;
use crate::access::{Action, Decision, decide};
use crate::actor::Actor;
use crate::id::{ContactId, PortalId, TicketNumber, Uuid};
use crate::input::Problems;
use crate::mail::Link;
use crate::portal::{EntryError, Portal, UseCaseError, attempt};
use crate::ports::{Access, StoreError};
use crate::time::Timestamp;

/// Why a ticket was not rated by the link of a mail.
#[derive(Debug, thiserror::Error)]
pub enum RateByLinkError {
    /// Nobody sent this link, or it does not work any more: it is too old, the ticket is open again, its contact does not
    /// see it. Nobody can tell which.
    #[error("this link does not work")]
    NotFound,
    /// The comment must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl UseCaseError for RateByLinkError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(err) => Some(err),
            Self::NotFound | Self::Invalid(_) => None,
        }
    }

    fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound)
    }
}

impl From<RateTicketError> for RateByLinkError {
    fn from(err: RateTicketError) -> Self {
        match err {
            RateTicketError::Invalid(problems) => Self::Invalid(problems),
            RateTicketError::Store(err) | RateTicketError::Entry(EntryError::Store(err)) => Self::Store(err),
            RateTicketError::Entry(_) | RateTicketError::NotFound | RateTicketError::Denied(_) => Self::NotFound,
        }
    }
}

impl From<EntryError> for RateByLinkError {
    fn from(err: EntryError) -> Self {
        RateTicketError::from(err).into()
    }
}

const PURPOSE: &str = "rate a ticket by the link of a mail";
/// How long a link works.
const WORKS: Duration = Duration::from_hours(30 * 24);

/// What a link says of itself.
struct RatingLink {
    contact: ContactId,
    number: TicketNumber,
    /// The last second in which it works.
    until: i64,
}

impl RatingLink {
    /// What is signed.
    fn text(&self) -> String {
        format!("{}.{}.{}", self.contact.uuid().simple(), self.number, self.until)
    }
}

impl Portal {
    /// The address under which a contact rates a ticket without signing in, by a button there. None without a key to sign
    /// it with.
    pub(crate) fn rating_link(
        &self,
        home: &Link,
        contact: ContactId,
        number: TicketNumber,
        now: Timestamp,
    ) -> Option<Link> {
        let link = RatingLink {
            contact,
            number,
            until: now.plus(WORKS).seconds(),
        };
        let signature = self.signature_of(PURPOSE, &link.text())?;
        let token = format!("{}.{signature}", link.text());
        Some(home.to("csat").asking("token", &token))
    }

    /// Whose link this is, and to rate which ticket, if it was sent and is not too old.
    fn rating_token(&self, token: &str) -> Option<RatingLink> {
        let mut parts = token.splitn(4, '.');
        let link = RatingLink {
            contact: ContactId::from_uuid(Uuid::try_parse(parts.next()?).ok()?),
            number: parts.next()?.parse().ok()?,
            until: parts.next()?.parse().ok()?,
        };
        let given = parts.next()?;
        let is_ours = self.is_signature_of(PURPOSE, &link.text(), given);
        (is_ours && self.clock.now().seconds() <= link.until).then_some(link)
    }

    /// The number of the ticket that a link rates now. It shows nothing else, and changes nothing.
    ///
    /// # Errors
    /// See [`RateByLinkError`].
    pub async fn rated_by_link(&self, portal: PortalId, token: &str) -> Result<TicketNumber, RateByLinkError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "rated_by_link",
            self.rated_by_link_once(portal, token)
        )
    }

    async fn rated_by_link_once(&self, portal: PortalId, token: &str) -> Result<TicketNumber, RateByLinkError> {
        let now = self.clock.now();
        let link = self.rating_token(token).ok_or(RateByLinkError::NotFound)?;
        let mut tx = self.store.begin(Access::Snapshot).await?;
        let actor = Actor::signed_in(link.contact);
        let (_, viewer) = self.let_in(&mut *tx, &actor, portal).await?;
        let found = tx.tickets().find(viewer.scope(), link.number).await?;
        let ticket = found.ok_or(RateByLinkError::NotFound)?;
        match decide(&viewer, Action::Rate, &ticket.state(), now) {
            Decision::Allow => Ok(ticket.number),
            Decision::Deny(_) => Err(RateByLinkError::NotFound),
        }
    }

    /// Rates a ticket for whoever got the mail with this link, if they may do so now.
    ///
    /// # Errors
    /// See [`RateByLinkError`].
    pub async fn rate_by_link(
        &self,
        portal: PortalId,
        token: &str,
        rating: Rating,
        comment: &str,
    ) -> Result<TicketNumber, RateByLinkError> {
        attempt!(
            self,
            &Actor::Anonymous,
            "rate_by_link",
            self.rate_by_link_once(portal, token, rating, comment)
        )
    }

    async fn rate_by_link_once(
        &self,
        portal: PortalId,
        token: &str,
        rating: Rating,
        comment: &str,
    ) -> Result<TicketNumber, RateByLinkError> {
        let link = self.rating_token(token).ok_or(RateByLinkError::NotFound)?;
        let command = RateTicket {
            portal,
            number: link.number,
            rating,
            comment: comment.to_owned(),
        };
        // The link is as good as its contact for this one thing.
        let actor = Actor::signed_in(link.contact);
        self.rate_ticket_once(&actor, &command).await?;
        Ok(link.number)
    }
}
