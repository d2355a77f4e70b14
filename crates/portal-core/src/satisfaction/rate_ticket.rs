use super::rating::{Rating, RatingComment, TicketRating};
use crate::access::{Action, Denial};
use crate::actor::Actor;
use crate::id::{PortalId, TicketNumber};
use crate::input::Problems;
use crate::notify::AgentNews;
use crate::portal::{EntryError, Portal, attempt, use_case_error};
use crate::ports::{Access, DeskHint, DeskNews, StoreError};
use crate::ticket::writing::{author, find_to_change, from_stop};

/// Saying whether the solution of a ticket is good. Saying the same again changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateTicket {
    /// The portal.
    pub portal: PortalId,
    /// The ticket.
    pub number: TicketNumber,
    /// Whether it is good.
    pub rating: Rating,
    /// What there is to say about it, as typed.
    pub comment: String,
}

/// Why it was not kept.
#[derive(Debug, thiserror::Error)]
pub enum RateTicketError {
    /// The contact could not enter.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// It does not exist, or is not in the contact's scope; nobody can tell which.
    #[error("there is no such ticket")]
    NotFound,
    /// The contact sees the ticket and may not rate it.
    #[error(transparent)]
    Denied(Denial),
    /// The comment must be mended.
    #[error(transparent)]
    Invalid(#[from] Problems),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

use_case_error!(RateTicketError, NotFound);
from_stop!(RateTicketError);

impl Portal {
    /// Keeps what a contact thinks of how a ticket was solved, in place of what they said before. Nothing that customers
    /// can notice changes; the staff are shown it, and told if it is not good.
    ///
    /// # Errors
    /// See [`RateTicketError`].
    pub async fn rate_ticket(&self, actor: &Actor, command: RateTicket) -> Result<(), RateTicketError> {
        attempt!(self, actor, "rate_ticket", self.rate_ticket_once(actor, &command))
    }

    pub(super) async fn rate_ticket_once(&self, actor: &Actor, command: &RateTicket) -> Result<(), RateTicketError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(Access::Write).await?;
        let (_, viewer) = self.let_in(&mut *tx, actor, command.portal).await?;
        let ticket = find_to_change(&mut *tx, &viewer, command.number, Action::Rate, now).await?;
        let comment = RatingComment::typed(&command.comment).map_err(|err| Problems::one("comment", err))?;
        let by = author(&mut *tx, viewer.contact()).await?;
        let rating = TicketRating {
            ticket: ticket.number,
            contact: viewer.contact(),
            name: by.name.clone(),
            rating: command.rating,
            comment,
            at: now,
        };
        let before = tx.satisfaction().own_rating(viewer.scope(), ticket.number).await?;
        if let Some(before) = &before
            && (before.rating, &before.comment) == (rating.rating, &rating.comment)
        {
            return Ok(());
        }
        tx.satisfaction().put_rating(&rating).await?;
        let news = DeskHint {
            number: ticket.number,
            inbox: ticket.inbox,
            news: DeskNews::Noted,
        };
        tx.journal().desk_hint(&news).await?;
        // Who says more about it is not told of twice.
        let was_told = before.is_some_and(|it| it.rating == Rating::NotGood);
        if rating.rating == Rating::NotGood && !was_told {
            self.tell_whose_it_is(&mut *tx, &ticket, AgentNews::NotGood, &by, now)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
