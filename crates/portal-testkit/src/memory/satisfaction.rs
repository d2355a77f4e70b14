use std::cmp::Reverse;

use async_trait::async_trait;
use portal_core::access::{Scope, Standing};
use portal_core::actor::Task;
use portal_core::desk::StaffScope;
use portal_core::id::{ContactId, TicketNumber};
use portal_core::measures::MeasureQuery;
use portal_core::ports::{Satisfaction, StoreError};
use portal_core::satisfaction::{MeasuredRating, TicketRating};

use super::MemoryTx;

#[async_trait]
impl Satisfaction for MemoryTx {
    async fn own_rating(&mut self, scope: &Scope, number: TicketNumber) -> Result<Option<TicketRating>, StoreError> {
        let visible = self.state.visible(scope, number).is_some();
        let own = self.state.ratings.get(&(number, scope.contact()));
        Ok(own.filter(|_| visible).map(|it| it.0.clone()))
    }

    async fn put_rating(&mut self, rating: &TicketRating) -> Result<(), StoreError> {
        let key = (rating.ticket, rating.contact);
        self.changed()?.ratings.insert(key, (rating.clone(), rating.contact));
        Ok(())
    }

    async fn ratings(
        &mut self,
        scope: &StaffScope,
        number: TicketNumber,
        limit: u32,
    ) -> Result<Vec<TicketRating>, StoreError> {
        if self.state.ticket(number).is_none_or(|it| !scope.permits(&it)) {
            return Ok(Vec::new());
        }
        let all = self.state.ratings.values().map(|it| &it.0);
        let mut found: Vec<_> = all.filter(|it| it.ticket == number).cloned().collect();
        found.sort_by_key(|it| (Reverse(it.at), it.contact));
        found.truncate(limit as usize);
        Ok(found)
    }

    async fn measured_ratings(
        &mut self,
        scope: &StaffScope,
        query: &MeasureQuery,
        limit: u32,
    ) -> Result<Vec<MeasuredRating>, StoreError> {
        let counts = |number| {
            self.state.ticket(number).is_some_and(|it| {
                scope.permits(&it)
                    && query.inbox.is_none_or(|inbox| it.inbox == inbox)
                    && matches!(it.standing, Standing::Live | Standing::Unverified)
                    && it.closed_at.is_some_and(|at| (query.from..query.until).contains(&at))
            })
        };
        let all = self.state.ratings.values().map(|it| &it.0);
        let measured = all.filter(|it| counts(it.ticket)).map(|it| MeasuredRating {
            ticket: it.ticket,
            rating: it.rating,
        });
        Ok(measured.take(limit as usize).collect())
    }

    async fn ratings_by(
        &mut self,
        _task: &Task,
        contact: ContactId,
        limit: u32,
    ) -> Result<Vec<TicketRating>, StoreError> {
        let all = self.state.ratings.values().map(|it| &it.0);
        let theirs = all.filter(|it| it.contact == contact);
        Ok(theirs.take(limit as usize).cloned().collect())
    }

    async fn hand_rating(
        &mut self,
        _task: &Task,
        number: TicketNumber,
        from: ContactId,
        to: ContactId,
    ) -> Result<(), StoreError> {
        let ratings = &mut self.changed()?.ratings;
        if !ratings.contains_key(&(number, to))
            && let Some((mut rating, giver)) = ratings.remove(&(number, from))
        {
            rating.contact = to;
            ratings.insert((number, to), (rating, giver));
        }
        Ok(())
    }

    async fn return_rating(
        &mut self,
        _task: &Task,
        number: TicketNumber,
        giver: ContactId,
        from: ContactId,
    ) -> Result<(), StoreError> {
        let ratings = &mut self.changed()?.ratings;
        if ratings.get(&(number, from)).is_some_and(|it| it.1 == giver)
            && let Some((mut rating, _)) = ratings.remove(&(number, from))
        {
            rating.contact = giver;
            ratings.insert((number, giver), (rating, giver));
        }
        Ok(())
    }
}
