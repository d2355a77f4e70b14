//! What customers think of how their tickets were solved.

use async_trait::async_trait;
use portal_core::access::Scope;
use portal_core::actor::Task;
use portal_core::desk::StaffScope;
use portal_core::id::{ContactId, TicketNumber};
use portal_core::measures::MeasureQuery;
use portal_core::ports::{Satisfaction, StoreError};
use portal_core::satisfaction::{MeasuredRating, TicketRating};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use super::access;
use super::desk::scope;
use super::row::Row;
use super::service::measured;
use super::sql::{at, is, select, upsert};
use super::stored::{opt, val};
use super::tickets::record;
use super::tx::SeaTx;

const TABLE: &str = "ticket_rating";
const COLUMNS: [&str; 6] = ["number", "contact", "giver_name", "rating", "comment", "rated_at"];

fn read(row: &mut Row<'_>) -> Result<TicketRating, StoreError> {
    Ok(TicketRating {
        ticket: row.get()?,
        contact: row.get()?,
        name: row.get()?,
        rating: row.get()?,
        comment: row.opt()?,
        at: row.get()?,
    })
}

/// The ratings of the tickets that a stretch of time closed: a range of an index of each inbox, then few rows of each.
pub(super) fn measured_statement(
    inboxes: &[portal_core::id::InboxId],
    query: &MeasureQuery,
    limit: u32,
) -> SelectStatement {
    let mut statement = Query::select();
    statement
        .columns([(TABLE, "number"), (TABLE, "rating")])
        .from(record::TABLE)
        .inner_join(TABLE, at(TABLE, "number").equals((record::TABLE, "number")))
        .and_where(measured::within(inboxes))
        .and_where(at(record::TABLE, "closed_at").gte(val(&query.from)))
        .and_where(at(record::TABLE, "closed_at").lt(val(&query.until)))
        .and_where(measured::counts())
        .limit(u64::from(limit));
    statement
}

#[async_trait]
impl Satisfaction for SeaTx {
    async fn own_rating(&mut self, scope: &Scope, number: TicketNumber) -> Result<Option<TicketRating>, StoreError> {
        let mut statement = select(TABLE, &COLUMNS);
        statement
            .and_where(is("number", val(&number)))
            .and_where(is("contact", val(&scope.contact())))
            .and_where(access::permits(scope, at(TABLE, "number")));
        self.find_one(&statement, read).await
    }

    async fn put_rating(&mut self, it: &TicketRating) -> Result<(), StoreError> {
        let row = vec![
            ("number", val(&it.ticket)),
            ("contact", val(&it.contact)),
            ("giver", val(&it.contact)),
            ("giver_name", it.name.clone().into()),
            ("rating", val(&it.rating)),
            ("comment", opt(it.comment.as_ref())),
            ("rated_at", val(&it.at)),
        ];
        self.run(&upsert(TABLE, &["number", "contact"], row)).await.map(|_| ())
    }

    async fn ratings(
        &mut self,
        scope: &StaffScope,
        number: TicketNumber,
        limit: u32,
    ) -> Result<Vec<TicketRating>, StoreError> {
        let mut statement = select(TABLE, &COLUMNS);
        statement
            .and_where(is("number", val(&number)))
            .and_where(scope::has(scope, at(TABLE, "number")))
            .order_by("rated_at", Order::Desc)
            .order_by("contact", Order::Asc)
            .limit(u64::from(limit));
        self.list(&statement, read).await
    }

    async fn measured_ratings(
        &mut self,
        scope: &StaffScope,
        query: &MeasureQuery,
        limit: u32,
    ) -> Result<Vec<MeasuredRating>, StoreError> {
        let inboxes = scope::inboxes(self, scope, query.inbox).await?;
        if inboxes.is_empty() {
            return Ok(Vec::new());
        }
        let statement = measured_statement(&inboxes, query, limit);
        self.list(&statement, |row| {
            Ok(MeasuredRating {
                ticket: row.get()?,
                rating: row.get()?,
            })
        })
        .await
    }

    async fn ratings_by(
        &mut self,
        _task: &Task,
        contact: ContactId,
        limit: u32,
    ) -> Result<Vec<TicketRating>, StoreError> {
        let mut statement = select(TABLE, &COLUMNS);
        statement
            .and_where(is("contact", val(&contact)))
            .order_by("number", Order::Asc)
            .limit(u64::from(limit));
        self.list(&statement, read).await
    }

    async fn hand_rating(
        &mut self,
        _task: &Task,
        number: TicketNumber,
        from: ContactId,
        to: ContactId,
    ) -> Result<(), StoreError> {
        let mut theirs = select(TABLE, &["number"]);
        theirs
            .and_where(is("number", val(&number)))
            .and_where(is("contact", val(&to)));
        if self.one(&theirs).await?.is_some() {
            return Ok(());
        }
        let mut update = Query::update();
        update
            .table(TABLE)
            .value("contact", val(&to))
            .and_where(is("number", val(&number)))
            .and_where(is("contact", val(&from)));
        self.run(&update).await.map(|_| ())
    }

    async fn return_rating(
        &mut self,
        _task: &Task,
        number: TicketNumber,
        giver: ContactId,
        from: ContactId,
    ) -> Result<(), StoreError> {
        let mut update = Query::update();
        update
            .table(TABLE)
            .value("contact", val(&giver))
            .and_where(is("number", val(&number)))
            .and_where(is("contact", val(&from)))
            .and_where(is("giver", val(&giver)));
        self.run(&update).await.map(|_| ())
    }
}

/// Takes what is personal out of what somebody said: that they said it stays.
pub(super) async fn erase(tx: &SeaTx, contact: ContactId) -> Result<(), StoreError> {
    let mut update = Query::update();
    update
        .table(TABLE)
        .value("giver_name", "")
        .value("comment", Option::<String>::None)
        .and_where(is("giver", val(&contact)).or(Expr::col("contact").eq(val(&contact))));
    tx.run(&update).await.map(|_| ())
}
