use async_trait::async_trait;
use portal_core::access::Standing;
use portal_core::actor::Task;
use portal_core::id::{PipelineId, StatusId, TicketNumber};
use portal_core::ports::{StoreError, Timers, Warning};
use portal_core::ticket::Stage;
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Order, Query, SelectStatement};

use super::row::only;
use super::sql::{at, is, select, upsert};
use super::stored::val;
use super::tx::SeaTx;

const TICKETS: &str = "ticket";
const WARNINGS: &str = "closing_warning";

/// The tickets of a pipeline that wait, with nothing since an instant, by how long they do.
fn waiting(pipeline: PipelineId, quiet_since: Timestamp, limit: u32) -> SelectStatement {
    let mut statement = select(TICKETS, &["number"]);
    statement
        .and_where(at(TICKETS, "pipeline").eq(val(&pipeline)))
        // As the index has it: a bound value would hide that from the planner.
        .and_where(Expr::cust("\"ticket\".\"stage\" = 3"))
        .and_where(at(TICKETS, "standing").eq(val(&Standing::Live)))
        .and_where(at(TICKETS, "snoozed_until").is_null())
        .and_where(at(TICKETS, "last_activity").lte(val(&quiet_since)))
        .order_by((TICKETS, "last_activity"), Order::Asc)
        .order_by((TICKETS, "number"), Order::Asc)
        .limit(u64::from(limit));
    debug_assert_eq!(Stage::WaitingOnContact.rank(), 3);
    statement
}

/// The reminder about a ticket of the query, if nothing happened since.
fn warned() -> SelectStatement {
    let mut warned = Query::select();
    warned
        .expr(Expr::val(1i32))
        .from(WARNINGS)
        .and_where(at(WARNINGS, "number").equals((TICKETS, "number")))
        .and_where(at(WARNINGS, "last_activity").equals((TICKETS, "last_activity")));
    warned
}

/// Those of them that nobody was reminded of.
pub(super) fn to_warn(pipeline: PipelineId, quiet_since: Timestamp, limit: u32) -> SelectStatement {
    waiting(pipeline, quiet_since, limit)
        .and_where(Expr::exists(warned()).not())
        .take()
}

/// Those of them that somebody was reminded of long enough ago.
pub(super) fn to_close(
    pipeline: PipelineId,
    quiet_since: Timestamp,
    warned_before: Timestamp,
    limit: u32,
) -> SelectStatement {
    let mut warned = warned();
    warned.and_where(at(WARNINGS, "given_at").lte(val(&warned_before)));
    waiting(pipeline, quiet_since, limit)
        .and_where(Expr::exists(warned))
        .take()
}

#[async_trait]
impl Timers for SeaTx {
    async fn to_warn(
        &mut self,
        _task: &Task,
        pipeline: PipelineId,
        quiet_since: Timestamp,
        limit: u32,
    ) -> Result<Vec<TicketNumber>, StoreError> {
        self.list(&to_warn(pipeline, quiet_since, limit), only).await
    }

    async fn to_close(
        &mut self,
        _task: &Task,
        pipeline: PipelineId,
        quiet_since: Timestamp,
        warned_before: Timestamp,
        limit: u32,
    ) -> Result<Vec<TicketNumber>, StoreError> {
        self.list(&to_close(pipeline, quiet_since, warned_before, limit), only)
            .await
    }

    async fn warning(&mut self, _task: &Task, number: TicketNumber) -> Result<Option<Warning>, StoreError> {
        let mut statement = select(WARNINGS, &["number", "last_activity", "given_at"]);
        statement.and_where(is("number", val(&number)));
        self.find_one(&statement, |row| {
            Ok(Warning {
                ticket: row.get()?,
                last_activity: row.get()?,
                given_at: row.get()?,
            })
        })
        .await
    }

    async fn put_warning(&mut self, _task: &Task, it: &Warning) -> Result<(), StoreError> {
        let row = vec![
            ("number", val(&it.ticket)),
            ("last_activity", val(&it.last_activity)),
            ("given_at", val(&it.given_at)),
        ];
        self.run(&upsert(WARNINGS, &["number"], row)).await.map(|_| ())
    }

    async fn hold_pipeline(&mut self, _task: &Task, pipeline: PipelineId) -> Result<(), StoreError> {
        if !self.is_postgres() {
            return Ok(());
        }
        let mut statement = select("pipeline", &["id"]);
        statement.and_where(is("id", val(&pipeline))).lock(LockType::Update);
        self.all(&statement).await.map(|_| ())
    }

    async fn has_status(&mut self, _task: &Task, status: StatusId) -> Result<bool, StoreError> {
        let mut statement = select(TICKETS, &["number"]);
        statement.and_where(is("status", val(&status))).limit(1);
        Ok(self.one(&statement).await?.is_some())
    }

    async fn change_status(
        &mut self,
        _task: &Task,
        from: StatusId,
        to: StatusId,
        limit: u32,
    ) -> Result<u64, StoreError> {
        // In ascending order, as every writer of several tickets locks them.
        let mut some = select(TICKETS, &["number"]);
        some.and_where(is("status", val(&from)))
            .order_by("number", Order::Asc)
            .limit(u64::from(limit));
        if self.is_postgres() {
            some.lock(LockType::Update);
        }
        let some: Vec<TicketNumber> = self.list(&some, only).await?;
        let mut changed = 0;
        for number in some {
            let mut update = Query::update();
            update
                .table(TICKETS)
                .value("status", val(&to))
                .value("version", Expr::col("version").add(1i64))
                .and_where(is("number", val(&number)))
                .and_where(is("status", val(&from)));
            changed += self.run(&update).await?;
        }
        Ok(changed)
    }
}
