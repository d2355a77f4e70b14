use async_trait::async_trait;

use super::error::StoreError;
use crate::access::Scope;
use crate::actor::Task;
use crate::desk::StaffScope;
use crate::id::{ContactId, TicketNumber};
use crate::measures::MeasureQuery;
use crate::satisfaction::{MeasuredRating, TicketRating};

/// What customers think of how their tickets were solved: one rating for each contact and ticket.
#[async_trait]
pub trait Satisfaction: Send {
    /// What the scope's contact said of a ticket. MUST be nothing if the ticket is outside the scope, and MUST never be
    /// what anybody else said.
    async fn own_rating(&mut self, scope: &Scope, number: TicketNumber) -> Result<Option<TicketRating>, StoreError>;

    /// Adds a contact's rating of a ticket, or replaces the one they gave before. Nothing else of the ticket changes.
    async fn put_rating(&mut self, rating: &TicketRating) -> Result<(), StoreError>;

    /// What everybody said of a ticket, the newest first (then by contact), at most `limit`; nothing if it is outside of
    /// the scope.
    async fn ratings(
        &mut self,
        scope: &StaffScope,
        number: TicketNumber,
        limit: u32,
    ) -> Result<Vec<TicketRating>, StoreError>;

    /// What was said of the tickets of the scope that were closed in a stretch of time and still are, in any order, at most
    /// `limit`. Of spam, deleted and merged ones MUST be left out.
    async fn measured_ratings(
        &mut self,
        scope: &StaffScope,
        query: &MeasureQuery,
        limit: u32,
    ) -> Result<Vec<MeasuredRating>, StoreError>;

    /// What a contact said of any ticket, by ascending number, at most `limit`.
    async fn ratings_by(
        &mut self,
        task: &Task,
        contact: ContactId,
        limit: u32,
    ) -> Result<Vec<TicketRating>, StoreError>;

    /// What a contact said of a ticket is another one's from now on, unless that one said something, too: then both stay
    /// as they are.
    async fn hand_rating(
        &mut self,
        task: &Task,
        number: TicketNumber,
        from: ContactId,
        to: ContactId,
    ) -> Result<(), StoreError>;

    /// What was handed on in this way is its giver's again, unless who got it said something else since.
    async fn return_rating(
        &mut self,
        task: &Task,
        number: TicketNumber,
        giver: ContactId,
        from: ContactId,
    ) -> Result<(), StoreError>;
}
